// The package as others install it: pre-commit, npm and the hooks of husky, each from a plain clone. Takes minutes, so CI alone runs it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { snippetWith } from './support/documents.js';
import { callIn, cloneOfProject, doIn, emptyFolder } from './support/repository.js';
import { wrap } from './support/texts.js';
import { REQUIRED, needs, onlyInCi } from './support/tools.js';

const PAGE = 'docs/integrations.md';
const MINUTES = 60_000;

const bad = wrap('<Certificate name="Tls" thumbprint="12" thumbprintAlgorithm="sha1" />');
const good = wrap('<Certificate name="Tls" thumbprint="947236336E4D5457CAD2888EF3F45A17F8CFDFE2" thumbprintAlgorithm="sha1" />');

let clone: string;
beforeAll(() => {
  if (REQUIRED) clone = cloneOfProject();
});

/** A snippet that installs from the clone instead of from GitHub. */
function fromClone(text: string): string {
  return text.replaceAll('git+https://github.com/cscfglint/cscfglint.git', `git+file://${clone}`).replaceAll('https://github.com/cscfglint/cscfglint', clone);
}

function repository(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  doIn(folder, 'git', ['init', '-q']);
  write(folder, files);
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(join(folder, 'src'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/** Commits the files, hooks and all. */
function commit(folder: string, files: Readonly<Record<string, string | Uint8Array>>, env: Readonly<Record<string, string>> = {}) {
  write(folder, files);
  doIn(folder, 'git', ['add', '-A']);
  return callIn(folder, 'git', ['commit', '-qm', 'A change'], env);
}

describe('installed from a plain clone', () => {
  it('by pre-commit, the hook refuses a bad thumbprint and takes the good one', { timeout: 15 * MINUTES }, ({ skip }) => {
    onlyInCi(skip);
    needs(skip, 'pre-commit', 'Debian: pre-commit');
    const folder = repository({ '.pre-commit-config.yaml': fromClone(snippetWith(PAGE, '- id: cscfglint\n')) });
    // The environments of Node that pre-commit makes do not bear a space in their path.
    const env = { PRE_COMMIT_HOME: emptyFolder('pre-commit-'), npm_config_prefer_offline: 'true' };
    doIn(folder, 'pre-commit', ['install', '--install-hooks'], env);
    const refused = commit(folder, { 'src/a.cscfg': bad, 'src/b.cscfg': Buffer.from(`\uFEFF${bad}`, 'utf16le') }, env);
    expect(refused.printed).toContain('--> src/a.cscfg:1:');
    expect(refused.printed).toContain('--> src/b.cscfg:1:');
    expect(refused.status).toBe(1);
    expect(commit(folder, { 'src/a.cscfg': good, 'src/b.cscfg': Buffer.from(`\uFEFF${good}`, 'utf16le') }, env)).toMatchObject({ status: 0 });
  });

  it('by npm, with husky and lint-staged, a commit with a bad thumbprint is refused, and a good one taken', { timeout: 15 * MINUTES }, ({ skip }) => {
    onlyInCi(skip);
    const folder = repository({ 'package.json': '{ "name": "shop", "version": "1.0.0", "private": true }', '.gitignore': 'node_modules\n' });
    const settings = JSON.parse(snippetWith(PAGE, '"lint-staged": {')) as object;
    const env = { npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
    for (const line of fromClone(snippetWith(PAGE, 'npx husky init')).trim().split('\n')) doIn(folder, 'bash', ['-c', line], env);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
    const refused = commit(folder, { 'package.json': JSON.stringify({ ...manifest, ...settings }), 'src/a.cscfg': bad }, env);
    expect(refused.printed).toContain('error thumbprint-length');
    expect(refused.status).toBe(1);
    expect(commit(folder, { 'src/a.cscfg': good }, env)).toMatchObject({ status: 0 });
  });
});

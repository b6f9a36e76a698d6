// Git repositories that tests commit to.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export interface Called {
  readonly status: number | null;
  /** Standard output and standard error. */
  readonly printed: string;
}

/** A git identity, and nothing of the settings of whoever runs the tests. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  NO_COLOR: '1',
};

/** What is not handed on: where these tests themselves run in a pipeline, or in a git hook. */
const FOREIGN = new Set(['GITHUB_ACTIONS', 'TF_BUILD', 'GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE']);

/** Runs a program in a folder. */
export function callIn(cwd: string, program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Called {
  const ours = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.has(name)));
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...ours, ...IDENTITY, ...env }, maxBuffer: 1e8 });
  return { status, printed: `${stdout}${stderr}` };
}

/** As {@link callIn}, for what has to succeed. */
export function doIn(cwd: string, program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, printed } = callIn(cwd, program, args, env);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${printed}`);
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder, by default with a space in its name; gone after the tests of the file. */
export function emptyFolder(prefix = 'cscfglint repository-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  return folder;
}

/** This project as somebody who clones it gets it, with the tag that the documents name. */
export function cloneOfProject(): string {
  const folder = emptyFolder('cscfglint-clone-');
  const left = new Set(['node_modules', 'dist', '.git', 'coverage']);
  cpSync(resolve('.'), folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
  doIn(folder, 'git', ['init', '-q']);
  doIn(folder, 'git', ['add', '-A']);
  doIn(folder, 'git', ['commit', '-qm', 'All']);
  doIn(folder, 'git', ['tag', 'v0.1.0']);
  return folder;
}

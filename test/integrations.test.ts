// Hooks, actions and templates, and the snippets of docs/integrations.md: run with the built command, as far as a plain machine can.

import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseYaml, snippetWith, snippetsOf } from './support/documents.js';
import { callIn, doIn, emptyFolder } from './support/repository.js';
import { wrap } from './support/texts.js';
import { needs } from './support/tools.js';

const PAGE = 'docs/integrations.md';
const COMMAND = resolve('dist/cscfglint.cjs');

const bad = wrap('<Certificate name="Tls" thumbprint="12" thumbprintAlgorithm="sha1" />');
const good = wrap('<Certificate name="Tls" thumbprint="947236336E4D5457CAD2888EF3F45A17F8CFDFE2" thumbprintAlgorithm="sha1" />');
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

const PRE_COMMIT = ['pre-commit', 'Debian: pre-commit'] as const;
const PYTHON_YAML = ['python3', 'Debian: python3-yaml', ['-c', 'import yaml']] as const;

/** A copy of a service in the middle of a rotation: three of its certificates are not in osProfile. */
function rotation(): string {
  const folder = emptyFolder();
  cpSync('fixtures/projects/rotation', folder, { recursive: true });
  return folder;
}

/** A folder in which an installed command lies where npm puts it. */
function installed(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'cscfglint/node_modules/.bin'), { recursive: true });
  symlinkSync(COMMAND, join(folder, 'cscfglint/node_modules/.bin/cscfglint'));
  return folder;
}

const resultsOf = (sarif: string) => (JSON.parse(readFileSync(sarif, 'utf8')) as { runs: [{ results: unknown[] }] }).runs[0].results.length;

describe('the hooks of pre-commit', () => {
  let folder: string;
  const env = () => ({ PRE_COMMIT_HOME: join(folder, '.git', 'pre-commit') });
  const commit = () => callIn(folder, 'git', ['commit', '-qm', 'A change'], env());

  /** The hook as it is offered, of the built command: test/installed.test.ts has pre-commit build it. */
  function use(id: string): void {
    const hooks = readFileSync('.pre-commit-hooks.yaml', 'utf8').replaceAll('language: node', 'language: system').replaceAll('entry: cscfglint', `entry: node '${COMMAND}'`);
    const hook = hooks.split(/^(?=- id: )/m).find((text) => text.startsWith(`- id: ${id}\n`));
    expect(hook, id).toBeDefined();
    folder = emptyFolder();
    doIn(folder, 'git', ['init', '-q']);
    writeFileSync(join(folder, '.pre-commit-config.yaml'), `repos:\n  - repo: local\n    hooks:\n${hook!.replace(/^/gm, '      ').trimEnd()}\n`);
    doIn(folder, 'git', ['add', '-A']);
    doIn(folder, 'git', ['commit', '-qm', 'The hook']);
    doIn(folder, 'pre-commit', ['install'], env());
  }

  function stage(files: Readonly<Record<string, string | Uint8Array>>): void {
    mkdirSync(join(folder, 'src'), { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'src', name), content);
    doIn(folder, 'git', ['add', '-A']);
  }

  it('refuse a commit with bad thumbprints, in any encoding and letter case, and take the good ones', ({ skip }) => {
    needs(skip, ...PRE_COMMIT);
    use('cscfglint');
    stage({ 'a.cscfg': bad, 'b.cscfg': utf16(bad), 'c.CsCfg': bad });
    const refused = commit();
    for (const name of ['a.cscfg', 'b.cscfg', 'c.CsCfg']) expect(refused.printed).toContain(`--> src/${name}:`);
    expect(refused.printed).toContain('error thumbprint-length');
    expect(refused.status).toBe(1);
    stage({ 'a.cscfg': good, 'b.cscfg': utf16(good), 'c.CsCfg': good });
    expect(commit()).toMatchObject({ status: 0 });
    stage({ 'readme.txt': bad });
    expect(commit()).toMatchObject({ status: 0, printed: expect.stringContaining('no files to check') as string });
  });

  it('look at the whole project where they are asked to', ({ skip }) => {
    needs(skip, ...PRE_COMMIT);
    use('cscfglint-project');
    stage({ 'a.cscfg': bad });
    doIn(folder, 'git', ['commit', '-qnm', 'Without hooks']);
    stage({ 'readme.txt': 'A word' });
    expect(commit()).toMatchObject({ status: 1, printed: expect.stringContaining('error thumbprint-length') as string });
  });
});

/** Every YAML that there is, read in one go: Python takes its time to start. */
let yaml: ReadonlyMap<string, unknown> | null = null;
function parsed(skip: (note: string) => void, text: string): unknown {
  needs(skip, ...PYTHON_YAML);
  yaml ??= parseYaml([...FILES.map((path) => readFileSync(path, 'utf8')), ...SNIPPETS]);
  return yaml.get(text);
}
const FILES = ['.pre-commit-hooks.yaml', 'action.yml', 'integrations/azure-pipelines.yml', 'integrations/gitlab-ci.yml'];
const SNIPPETS = snippetsOf(PAGE).flatMap(({ language, text }) => (language === 'yaml' ? [text] : []));

describe('YAML', () => {
  it.for([...FILES.map((path) => [path, readFileSync(path, 'utf8')] as const), ...SNIPPETS.map((text) => [`a snippet: ${text.split('\n')[0]!}`, text] as const)])('%s', ([, text], { skip }) => {
    expect(parsed(skip, text)).toBeTypeOf('object');
  });
});

describe('JSON', () => {
  it.each(snippetsOf(PAGE).filter(({ language }) => language === 'json'))('$text', ({ text }) => {
    expect(JSON.parse(text)).toBeTypeOf('object');
  });
});

describe('the commands of the page', () => {
  const lines = snippetsOf(PAGE).flatMap(({ language, text }) => (language === 'sh' ? text.split('\n').filter((line) => line.startsWith('cscfglint')) : []));

  it.each(lines)('%s', (line) => {
    const cwd = rotation();
    const path = `${join(installed(), 'cscfglint/node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    const { status, printed } = callIn(cwd, 'bash', ['-c', line], { PATH: path });
    expect(printed).not.toContain('cscfglint: ');
    expect(status).toBeOneOf([0, 1]);
    for (const [, file] of line.matchAll(/=(\S+)/g)) expect(readFileSync(join(cwd, file!), 'utf8')).not.toBe('');
  });
});

describe('the action of GitHub', () => {
  it('annotates, and writes the report that the snippet uploads', ({ skip }) => {
    const { runs } = parsed(skip, readFileSync('action.yml', 'utf8')) as { runs: { steps: { name: string; run: string }[] } };
    const snippet = parsed(skip, snippetWith(PAGE, '.github/workflows')) as { jobs: { cscfglint: { steps: { with?: Record<string, string> }[] } } };
    const [, action, upload] = snippet.jobs.cscfglint.steps;
    const script = runs.steps.find(({ name }) => name === 'cscfglint')!.run;
    const cwd = rotation();
    const { status, printed } = callIn(cwd, 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { CSCFGLINT: COMMAND, CSCFGLINT_ARGUMENTS: action!.with!['arguments']!, GITHUB_ACTIONS: 'true' });
    expect(printed).toContain('::error file=ServiceConfiguration.Cloud.cscfg,line=9,');
    expect(status).toBe(1);
    expect(resultsOf(join(cwd, upload!.with!['sarif_file']!))).toBeGreaterThanOrEqual(3);
    expect(callIn(cwd, 'bash', ['-euc', script], { CSCFGLINT: COMMAND, CSCFGLINT_ARGUMENTS: '' })).toMatchObject({ status: 0 });
  });
});

describe('the template of Azure Pipelines', () => {
  it('annotates, and writes what is published', ({ skip }) => {
    const { steps } = parsed(skip, readFileSync('integrations/azure-pipelines.yml', 'utf8')) as { steps: { bash?: string; displayName?: string; inputs?: Record<string, string> }[] };
    const snippet = parsed(skip, snippetWith(PAGE, '# azure-pipelines.yml')) as { steps: [{ parameters: { arguments: string } }] };
    const staging = emptyFolder();
    const filled = (text: string) =>
      text
        .replaceAll('$(Agent.TempDirectory)', installed())
        .replaceAll('$(Build.ArtifactStagingDirectory)', staging)
        .replaceAll('${{ parameters.arguments }}', snippet.steps[0].parameters.arguments);
    const script = steps.find(({ displayName }) => displayName === 'cscfglint')!.bash!;
    const { status, printed } = callIn(rotation(), 'bash', ['--noprofile', '--norc', '-c', filled(script)], { TF_BUILD: 'True' });
    expect(printed).toContain('##vso[task.logissue type=error;sourcepath=ServiceConfiguration.Cloud.cscfg;linenumber=9;');
    expect(status).toBe(1);
    const published = (key: string) => filled(steps.flatMap(({ inputs }) => inputs?.[key] ?? [])[0]!);
    expect(readFileSync(published('testResultsFiles'), 'utf8')).toContain('<failure');
    expect(resultsOf(published('pathToPublish'))).toBeGreaterThanOrEqual(3);
  });
});

describe('the job of GitLab', () => {
  it('writes the reports that it declares', ({ skip }) => {
    const { cscfglint: job } = parsed(skip, readFileSync('integrations/gitlab-ci.yml', 'utf8')) as { cscfglint: { script: string[]; artifacts: { reports: Record<'codequality' | 'junit', string> } } };
    const { variables } = parsed(skip, snippetWith(PAGE, '.gitlab-ci.yml')) as { variables: Record<string, string> };
    const cwd = rotation();
    const place = installed();
    const line = job.script.at(-1)!.replace('/tmp/cscfglint/', `"${place}"/cscfglint/`);
    expect(callIn(cwd, 'sh', ['-c', line], variables)).toMatchObject({ status: 1 });
    expect((JSON.parse(readFileSync(join(cwd, job.artifacts.reports.codequality), 'utf8')) as unknown[]).length).toBeGreaterThanOrEqual(3);
    expect(readFileSync(join(cwd, job.artifacts.reports.junit), 'utf8')).toContain('<failure');
  });
});

describe('the problem matcher of Visual Studio Code', () => {
  it('understands each finding of the compact format', () => {
    const { tasks } = JSON.parse(snippetWith(PAGE, 'problemMatcher')) as { tasks: [{ problemMatcher: { pattern: { regexp: string } } }] };
    const pattern = new RegExp(tasks[0].problemMatcher.pattern.regexp);
    const lines = readFileSync('fixtures/formats/compact.out', 'utf8').split('\n').filter((line) => /: (?:error|warning|info) /.test(line));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(pattern);
  });
});

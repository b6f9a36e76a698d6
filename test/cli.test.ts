// The command line: which files, which config, which exit code, which stream.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CTRL_C, folderWith, run, type RunOptions } from './support/cli.js';
import { NAMESPACE, wrap, wrapDefinition } from './support/texts.js';

const GOOD = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const clean = wrap('<Role name="Web"><Instances count="2" /></Role>');
const broken = '<ServiceConfiguration>';
const short = wrap('<Certificate name="Tls" thumbprint="12" thumbprintAlgorithm="sha1" />');
const lower = wrap(`<Certificate name="Tls" thumbprint="${GOOD.toLowerCase()}" thumbprintAlgorithm="sha1" />`);
const dummy = wrap('<Certificate name="Tls" thumbprint="0000000000000000000000000000000000000000" thumbprintAlgorithm="sha1" />');

interface Json {
  files: { path: string; findings: { rule: string; severity: string; location: { path: string; line: number; column: number } }[] }[];
  summary: { files: number; errors: number; warnings: number; infos: number };
}

/** The findings as JSON, with the exit code. */
async function lint(argv: readonly string[], options: RunOptions) {
  const ran = await run([...argv, '--format', 'json'], options);
  const whole = ran.out === '' ? null : (JSON.parse(ran.out) as Json);
  // A service without a mistake is told that the platform ends.
  const report = whole === null ? null : { ...whole, files: whole.files.map((file) => ({ ...file, findings: file.findings.filter(({ rule }) => rule !== 'cses-retirement') })) };
  return { ...ran, paths: report?.files.map(({ path }) => path) ?? [], rules: report?.files.flatMap(({ findings }) => findings.map(({ rule }) => rule)) ?? [], report };
}

describe('files', () => {
  const cwd = folderWith({
    '.git/HEAD': '',
    '.gitignore': 'bin/\n*.Generated.cscfg\n!keep/Keep.Generated.cscfg\n',
    'a.cscfg': clean,
    'sub/B.CSCFG': clean,
    'sub/deep/c.cscfg': clean,
    'sub/other.xml': clean,
    'bin/Release/d.cscfg': clean,
    'e.Generated.cscfg': clean,
    'keep/Keep.Generated.cscfg': clean,
    'keep/.gitignore': 'local.cscfg\n',
    'keep/local.cscfg': clean,
    'node_modules/x/f.cscfg': clean,
    'empty/readme.txt': '',
  });

  it('are every .cscfg below the working directory, .gitignore respected', async () => {
    const expected = ['a.cscfg', 'keep/Keep.Generated.cscfg', 'sub/B.CSCFG', 'sub/deep/c.cscfg'];
    expect((await lint([], { cwd })).paths).toEqual(expected);
    expect((await lint(['.'], { cwd })).paths).toEqual(expected);
  });

  it('are those that --no-ignore brings back', async () => {
    expect((await lint(['--no-ignore'], { cwd })).paths).toEqual(
      expect.arrayContaining(['bin/Release/d.cscfg', 'e.Generated.cscfg', 'keep/local.cscfg']),
    );
  });

  it('are found by directory, glob, relative and absolute path, each once', async () => {
    expect((await lint(['sub'], { cwd })).paths).toEqual(['sub/B.CSCFG', 'sub/deep/c.cscfg']);
    expect((await lint(['**/*.cscfg', 'sub/deep/c.cscfg'], { cwd })).paths).toEqual(['a.cscfg', 'keep/Keep.Generated.cscfg', 'sub/deep/c.cscfg']);
    expect((await lint([join(cwd, 'a.cscfg'), './a.cscfg'], { cwd })).paths).toEqual(['a.cscfg']);
    expect((await lint(['../a.cscfg'], { cwd: join(cwd, 'sub') })).paths).toEqual(['../a.cscfg']);
  });

  it('that are named are linted whatever .gitignore says', async () => {
    expect((await lint(['bin/Release/d.cscfg'], { cwd })).paths).toEqual(['bin/Release/d.cscfg']);
  });

  it('may come from standard input, under the name that is given', async () => {
    expect(await lint(['-'], { cwd, input: short })).toMatchObject({ code: 1, paths: ['<stdin>'], rules: ['thumbprint-length'] });
    expect((await lint(['-', '--stdin-filename', 'sub/x.cscfg'], { cwd, input: short })).paths).toEqual(['sub/x.cscfg']);
  });

  it('that no path matches end the run with 2, and are named', async () => {
    expect(await run(['empty'], { cwd })).toEqual({ code: 2, out: 'No file checked.\n', err: 'cscfglint: empty matches no .cscfg file.\n' });
    for (const pattern of ['bin', 'bin/**']) {
      expect(await run([pattern], { cwd })).toMatchObject({ code: 2, err: `cscfglint: ${pattern}: a .gitignore leaves out every .cscfg file there. --no-ignore lints them, too.\n` });
    }
    expect((await run(['x/ServiceConfiguration.Clod.cscfg'], { cwd: folderWith({ 'x/ServiceConfiguration.Cloud.cscfg': clean, 'x/other.txt': '' }) })).err).toBe(
      'cscfglint: x/ServiceConfiguration.Clod.cscfg matches no .cscfg file. Did you mean x/ServiceConfiguration.Cloud.cscfg?\n',
    );
    expect(await run(['nowhere.cscfg', '*.nothing'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('*.nothing matches no .cscfg file') as string });
    expect(await run([], { cwd: join(cwd, 'empty') })).toMatchObject({ code: 2, err: expect.stringContaining('There is no .cscfg file in') as string });
    expect(await run(['empty', '--no-error-on-unmatched-pattern'], { cwd })).toMatchObject({ code: 0, err: '' });
  });

  it('that match beside one that does not are still reported', async () => {
    const { code, out, err } = await run(['a.cscfg', 'nowhere.cscfg'], { cwd });
    expect(code).toBe(2);
    expect(out).toContain('1 file checked');
    expect(err).toContain('nowhere.cscfg');
  });

  it.runIf(process.getuid?.() !== 0)('that cannot be read end the run with 2, in words', async () => {
    const locked = folderWith({ 'a.cscfg': clean, 'b.cscfg': short });
    chmodSync(join(locked, 'a.cscfg'), 0);
    expect(await lint(['.'], { cwd: locked })).toMatchObject({ code: 2, rules: ['thumbprint-length'], err: 'cscfglint: a.cscfg cannot be read: permission denied.\n' });
  });

  it('are not looked for behind links to folders', async () => {
    const linked = folderWith({ 'a/x.cscfg': clean });
    symlinkSync(linked, join(linked, 'a', 'loop'));
    expect((await lint([], { cwd: linked })).paths).toEqual(['a/x.cscfg']);
  });
});

describe('the exit code', () => {
  const cwd = folderWith({ 'clean.cscfg': clean, 'short.cscfg': short, 'lower.cscfg': lower, 'dummy.cscfg': dummy, 'broken.cscfg': broken, 'folder/x.txt': '', 'definition/s.csdef': wrapDefinition('<WorkerRole name="Web" vmsize="Standard_A2_v2" />') });

  it.each([
    [['clean.cscfg'], 0],
    [['short.cscfg'], 1],
    [['broken.cscfg'], 1],
    [['lower.cscfg'], 0],
    [['dummy.cscfg'], 0],
    [['short.cscfg', '--fail-on', 'never'], 0],
    [['dummy.cscfg', '--fail-on', 'warning'], 1],
    [['lower.cscfg', '--fail-on', 'warning'], 0],
    [['lower.cscfg', '--fail-on', 'info'], 1],
    [['dummy.cscfg', '--max-warnings', '0'], 1],
    [['dummy.cscfg', '--max-warnings', '1'], 0],
    [['short.cscfg', '--skip', 'thumbprint-length'], 0],
    [['short.cscfg', '--rule', 'thumbprint-length:warning'], 0],
    [['short.cscfg', '--rule', 'thumbprint-length:off'], 0],
    [['lower.cscfg', '--rule', 'thumbprint-uppercase:error'], 1],
    [['short.cscfg', '--only', 'thumbprint-uppercase'], 0],
    [['clean.cscfg', '--csdef', 'definition/s.csdef', '--strict-inputs'], 0],
    [['clean.cscfg', '--strict-inputs'], 1],
    [['lower.cscfg', '--strict-inputs'], 1],
    [['lower.cscfg', '--strict-inputs', '--fail-on', 'never'], 0],
    [['short.cscfg', '--format', 'json'], 1],
  ])('of %j is %i', async (argv, code) => {
    expect((await run(argv, { cwd })).code).toBe(code);
  });

  it('is not that of a remark on the run, as long as it is a note', async () => {
    const alone = folderWith({ 'clean.cscfg': clean });
    expect((await run(['--fail-on', 'info'], { cwd: alone })).code).toBe(0);
    expect((await run(['--fail-on', 'warning', '--rule', 'cses-retirement:warning'], { cwd: alone })).code).toBe(1);
  });

  it.each([
    [['--nonsense'], 'There is no option --nonsense.'],
    [['--vaults', 'x'], 'Did you mean --vault?'],
    [['-x'], 'There is no option -x.'],
    [['--rule', 'nonsense'], '--rule nonsense is not ID:LEVEL.'],
    [['--rule', 'thumbprint-lenght:off'], 'Did you mean thumbprint-length?'],
    [['--only', 'nonsense'], 'There is no rule "nonsense".'],
    [['--only', 'thumbprint-length', '--only', 'xml-doctype', '--skip', 'xml-doctype'], '--only xml-doctype and --skip xml-doctype do not go together.'],
    [['--format', 'jsno'], 'Did you mean json?'],
    [['-f', 'text', '-f', 'json'], 'Two formats cannot share standard output.'],
    [['--format', 'json='], 'needs a file'],
    [['--fail-on', 'sometimes'], '--fail-on sometimes'],
    [['--max-warnings', 'many'], '--max-warnings many'],
    [['--now', 'today'], '--now today is no date.'],
    [['--now', '2026-02-30'], '--now 2026-02-30 is no date.'],
    [['--vault'], '--vault needs a value'],
    [['--vault', '--quiet'], '--vault needs a value'],
    [['--vault', 'clean.cscfg', '--vault'], '--vault needs a value'],
    [['--vault='], '--vault needs a value'],
    [['--no-vault'], 'There is no option --no-vault.'],
    [['--config'], '--config needs a value'],
    [['--quiet=very'], '--quiet takes no value'],
    [['--vault', '-', '-'], '--vault cannot be read from standard input.'],
    [['-c', 'a', '-c', 'b'], '--config is given twice.'],
    [['-c', 'a', '--no-config'], '--config and --no-config do not go together.'],
    [['--no-config', '--config=a'], '--config and --no-config do not go together.'],
    [['-c', 'nowhere.json'], 'there is no such file'],
    [['--vault', 'nowhere.json'], '--vault nowhere.json matches no file.'],
    [['--pfx', '*.pfx'], '--pfx *.pfx matches no file.'],
    [['--password', 'x'], 'A password is never an argument: give it with --pfx-password-env'],
    [['--pfx-password=x'], 'A password is never an argument'],
    [['--unmatched'], 'Did you mean --error-on-unmatched-pattern?'],
    [['--config-file', 'x'], 'Did you mean --config?'],
    [['--only', 'lower-case-thumbprint'], 'Did you mean '],
    [['--only', 'nonsense'], '"cscfglint rules" lists them.'],
    [['--vault', 'folder'], "--vault folder is a folder.\nName the files in it: --vault 'folder/*.json'."],
    [['--pfx', 'folder/'], "--pfx 'folder/*.pfx'"],
    [['--format', 'json=missing/dir/x.json'], 'there is no folder'],
    [['-', '--pfx-password-stdin'], 'Standard input cannot be both'],
    [['--__proto__.x', '1'], 'There is no option'],
  ])('of %j is 2, and the reason stands on standard error', async (argv, reason) => {
    const { code, out, err } = await run(['clean.cscfg', ...argv], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(reason);
  });
});

describe('output', () => {
  const cwd = folderWith({ 'clean/clean.cscfg': clean, 'short.cscfg': short });

  it('is one line where all is well, and none with --quiet', async () => {
    expect(await run(['clean/clean.cscfg'], { cwd })).toEqual({
      code: 0,
      out: expect.stringMatching(/^1 file checked, nothing found\. Not compared with a service definition \(--csdef\): \d+ rules not run\. Cloud Services \(extended support\) is retired on 2027-03-31\.\n$/) as string,
      err: '',
    });
    expect(await run(['clean/clean.cscfg', '--quiet'], { cwd })).toEqual({ code: 0, out: '', err: '' });
  });

  it('says what was not checked', async () => {
    const { out } = await run(['short.cscfg'], { cwd });
    expect(out).toMatch(/Not compared with a service definition \(--csdef\), a vault export \(--vault\), an osProfile \(--os-profile\) and local certificates \(--pfx\): \d+ rules not run\. /m);
  });

  it('goes to files and to standard output in one run, written whole or not at all', async () => {
    const { out, err } = await run(['short.cscfg', '-f', 'json=report.json', '-f', 'text'], { cwd });
    expect(out).toContain('error thumbprint-length');
    expect(err).toBe('');
    expect((JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Json).summary.errors).toBe(1);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const failed = await run(['short.cscfg', '-f', 'json=nowhere/report.json'], { cwd });
    expect(failed).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written') as string });
    expect(existsSync(join(cwd, 'nowhere'))).toBe(false);
  });

  it('leaves the summary on standard error where every report goes to a file', async () => {
    expect(await run(['short.cscfg', '-f', 'json=report.json'], { cwd })).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^cscfglint: 1 error in 1 file/) as string });
  });

  it('has colours only where they are wanted', async () => {
    const escape = '\u001B[';
    expect((await run(['short.cscfg'], { cwd })).out).not.toContain(escape);
    expect((await run(['short.cscfg', '--color'], { cwd })).out).toContain(escape);
    expect((await run(['short.cscfg'], { cwd, colors: true })).out).toContain(escape);
    expect((await run(['short.cscfg', '--no-color'], { cwd, colors: true })).out).not.toContain(escape);
  });

  it('shows help with examples, and the version', async () => {
    const help = await run(['--help'], { cwd });
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('--os-profile');
    expect(help.out).toContain('Exit codes');
    expect(await run(['--version'], { cwd })).toEqual({ code: 0, out: '0.0.0\n', err: '' });
  });
});

describe('the config', () => {
  it('is the nearest one, as far as the folder with .git, and never the home folder’s', async () => {
    const off = '{ "rules": { "thumbprint-length": "off" } }';
    const cwd = folderWith({
      '.cscfglintrc': off,
      'repository/.git/HEAD': '',
      'repository/a.cscfg': short,
      'repository/near/.cscfglintrc.jsonc': `// a comment\n${off.replace('}', '}, // and a trailing comma\n')}`,
      'repository/near/deep/a.cscfg': short,
      'repository/package/package.json': '{ "name": "x", "cscfglint": { "rules": { "thumbprint-length": "info" } } }',
      'repository/package/a.cscfg': short,
    });
    expect((await lint(['repository/a.cscfg'], { cwd })).rules).toEqual(['thumbprint-length']);
    expect((await lint(['repository/near'], { cwd })).rules).toEqual([]);
    expect((await lint(['repository/package'], { cwd })).report?.summary).toMatchObject({ errors: 0, infos: 2 });
    expect((await lint(['repository/near', '--no-config'], { cwd })).rules).toEqual(['thumbprint-length']);
    expect((await lint(['repository/a.cscfg', '-c', '.cscfglintrc'], { cwd })).rules).toEqual([]);
    expect((await lint(['repository/near'], { cwd, home: join(cwd, 'repository/near') })).rules).toEqual(['thumbprint-length']);
  });

  it('is independent of the working directory', async () => {
    const cwd = folderWith({ '.git/HEAD': '', 'a/.cscfglintrc': '{ "ignore": ["generated/**"], "overrides": [{ "files": ["**/*.Test.cscfg"], "rules": { "thumbprint-length": "warning" } }] }', 'a/x.cscfg': short, 'a/generated/y.cscfg': short, 'a/sub/z.Test.cscfg': short });
    for (const [folder, prefix] of [['.', 'a/'], ['a', ''], ['a/sub', '../']] as const) {
      const ran = await lint(folder === 'a/sub' ? ['..'] : ['.'], { cwd: join(cwd, folder) });
      expect(ran.report?.files.map(({ path, findings }) => [path, findings[0]?.severity])).toEqual([
        [folder === 'a/sub' ? 'z.Test.cscfg' : `${prefix}sub/z.Test.cscfg`, 'warning'],
        [`${prefix}x.cscfg`, 'error'],
      ]);
      expect(ran.err).toContain('1 ignored by a config');
    }
  });

  it('that ignores a named file leaves nothing, which is no failure', async () => {
    const cwd = folderWith({ '.git/HEAD': '', '.cscfglintrc': '{ "ignore": ["*.cscfg"] }', 'a.cscfg': short });
    expect(await lint(['a.cscfg'], { cwd })).toMatchObject({ code: 0, paths: [] });
    expect((await lint(['a.cscfg', '--no-ignore'], { cwd })).paths).toEqual(['a.cscfg']);
  });

  it.each([
    ['{ "rules": { "thumbprint-lenght": "off" } }', 'cscfglint: .cscfglintrc:1:36: there is no rule "thumbprint-lenght"; did you mean "thumbprint-length"?'],
    ['{\n  "rule": {}\n}', '.cscfglintrc:2:11: there is no key "rule"; did you mean "rules"?'],
    ['{ "rules": { "xml-doctype": "fatal" } }', 'the level of xml-doctype must be "off", "info", "warning" or "error"'],
    ['{ "evidence": { "vaults": [] } }', 'did you mean "vault"?'],
    ['{ "evidence": { "vault": "x.json" } }', '.cscfglintrc:1:27: vault must be a list, […]'],
    ['{ "target": "azure" }', 'target must be one of "cses", "emulator"'],
    ['{ "overrides": [{}] }', 'needs "files"'],
    ['{ "evidence": { "passwords": { "a/b.pfx": "secret" } } }', 'a/b.pfx must be an object'],
    ['{ "suppressions": [{ "rule": "thumbprint-lenght", "reason": "x" }] }', '.cscfglintrc:1:31: there is no rule "thumbprint-lenght"; did you mean "thumbprint-length"?'],
    ['{ "suppressions": [{ "rule": "xml-doctype" }] }', 'suppressions[0] needs "reason"'],
    ['{ "__proto__": {} }', 'there is no key "__proto__"'],
    ['[]', 'the config must be an object'],
    ['{ "rules": ', 'ends before its last bracket'],
    ['', 'The file is empty.'],
  ])('%j is refused with the place and the reason', async (config, reason) => {
    const cwd = folderWith({ '.git/HEAD': '', '.cscfglintrc': config, 'a.cscfg': clean });
    const { code, out, err } = await run([], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(reason);
    expect(err).not.toContain('secret');
  });

  it('must be one in a folder', async () => {
    const cwd = folderWith({ '.git/HEAD': '', '.cscfglintrc': '{}', '.cscfglintrc.json': '{}', 'a.cscfg': clean });
    expect(await run([], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('two configs') as string });
  });

  it('is found in .cscfglintrc.example as it ships', async () => {
    const cwd = folderWith({ '.git/HEAD': '', '.cscfglintrc': readFileSync('.cscfglintrc.example', 'utf8'), 'a.cscfg': clean });
    const names = ['evidence.pfx "certs/*.pfx"', 'evidence.vault "exports/vault.json"', 'evidence.osProfile "deploy/template.json"', 'evidence.osProfile "deploy/parameters.json"'];
    expect(await run([], { cwd })).toMatchObject({ code: 0, err: names.map((name) => `cscfglint: warning: .cscfglintrc: ${name} matches no file.\n`).join('') });
  });

  it('that names a folder as evidence is told', async () => {
    const cwd = folderWith({ '.git/HEAD': '', '.cscfglintrc': '{ "evidence": { "vault": ["exports"] } }', 'a.cscfg': clean, 'exports/vault.json': '[]' });
    expect(await run([], { cwd })).toMatchObject({ code: 0, err: 'cscfglint: warning: .cscfglintrc: evidence.vault "exports" is a folder, and not read.\n' });
  });
});

describe('passwords', () => {
  const pfx = readFileSync('fixtures/certificates/aes-256.pfx');
  const cwd = folderWith({ '.git/HEAD': '', 'a.cscfg': clean, 'a.pfx': pfx, 'empty.txt': '\nPass-2\n', 'good.txt': 'Pass-2\n', 'rc/.cscfglintrc': '{ "evidence": { "pfx": ["../a.pfx"], "passwords": { "../a.pfx": { "env": "EMPTY" } } } }', 'rc/a.cscfg': clean });
  const argv = ['a.cscfg', '--pfx', 'a.pfx'];
  const WRONG = 'That password does not open a.pfx.\n';
  const QUESTION = 'Password of a.pfx: \n';

  it('are asked for, and a wrong one is told before the next question', async () => {
    expect(await run(argv, { cwd, answers: ['Pass-2'] })).toMatchObject({ code: 0, err: QUESTION });
    expect(await run(argv, { cwd, answers: ['pass-2', 'Pass-2'] })).toMatchObject({ code: 0, err: QUESTION + WRONG + QUESTION });
    expect(await run([...argv, '--pfx-password-env', 'P'], { cwd, env: { P: 'wrong' }, answers: ['Pass-2'] })).toMatchObject({ code: 0, err: WRONG + QUESTION });
  });

  it('that are wrong leave open what they lock', async () => {
    const services = folderWith({ 'a.cscfg': wrap(`<Certificate name="Tls" thumbprint="${GOOD}" thumbprintAlgorithm="sha1" />`), 'a.pfx': pfx, 'b.cer': readFileSync('fixtures/certificates/rsa.cer') });
    const { report, err } = await lint(['a.cscfg', '--pfx', 'a.pfx', '--pfx', 'b.cer', '--pfx-password-env', 'P'], { cwd: services, env: { P: 'wrong' } });
    expect(report?.files.flatMap(({ findings }) => findings)).toMatchObject([{ rule: 'thumbprint-not-in-pfx', messageId: 'unread' }]);
    expect(err).toContain('a.pfx');
  });

  it('are not asked for again after Ctrl-C: the run ends with 130, and says nothing', async () => {
    expect(await run(argv, { cwd, answers: ['wrong', CTRL_C] })).toEqual({ code: 130, out: '', err: QUESTION + WRONG + QUESTION });
  });

  it.each([
    [['--pfx-password-env', 'EMPTY'], 'The environment variable EMPTY, which --pfx-password-env names, is empty.'],
    [['--pfx-password-env', 'UNSET'], 'The environment variable that --pfx-password-env names for a password is not set.'],
    [['--pfx-password-file', 'nowhere.txt'], 'The password file that --pfx-password-file names does not exist.'],
    [['--pfx-password-file', 'empty.txt'], 'empty.txt is empty.'],
    [['--pfx-password-stdin'], 'Standard input is empty.'],
  ])('that are empty are refused: %j', async (more, reason) => {
    const { code, out, err } = await run([...argv, ...more], { cwd, env: { EMPTY: '' }, input: '\n' });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(reason);
  });

  it('that a config names and cannot be had are a failure that says where, and the rest is checked', async () => {
    expect(await run(['rc'], { cwd, env: { EMPTY: '' } })).toMatchObject({
      code: 2,
      out: expect.stringContaining('1 file checked, nothing found.') as string,
      err: expect.stringContaining('cscfglint: rc/.cscfglintrc, the password of a.pfx: The environment variable EMPTY, which the config names, is empty.') as string,
    });
    expect((await run(['rc'], { cwd, env: {} })).err).toContain('rc/.cscfglintrc, the password of a.pfx: The environment variable that the config names for a password is not set. A config holds the name');
  });
});

describe('evidence', () => {
  const placeholder = wrap('<Certificate name="Tls" thumbprint="__Tls__" thumbprintAlgorithm="sha1" />');
  const other = wrap('<Role name="__Web__"><Instances count="1" /></Role>');
  const certificate = wrap(`<Certificate name="Tls" thumbprint="${GOOD}" thumbprintAlgorithm="sha1" />`);
  const cwd = folderWith({
    '.git/HEAD': '',
    'placeholder.cscfg': placeholder,
    'other.cscfg': other,
    'certificate.cscfg': certificate,
    'vault.json': '[{ "id": "https://shop-kv.vault.azure.net/certificates/tls", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {} }]',
    'projection.json': '[{ "name": "tls", "thumbprint": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B" }]',
    'empty.json': '[]',
  });

  it('that cannot be used stands in the summary and in the JSON report', async () => {
    const { code, out } = await run(['other.cscfg', '--vault', 'empty.json', '--vault', 'vault.json', '-f', 'json'], { cwd });
    expect(code).toBe(2);
    expect((JSON.parse(out) as { evidence: unknown }).evidence).toEqual([
      { path: 'empty.json', kind: 'vault', shape: null, records: 0, newest: null },
      { path: 'vault.json', kind: 'vault', shape: 'az-certificates', records: 1, newest: null },
    ]);
    expect((await run(['other.cscfg', '--vault', 'empty.json', '--vault', 'vault.json'], { cwd })).out).toContain('Compared with vault.json (1 certificate). Could not be used: empty.json.');
  });

  it('is not compared with a thumbprint that a pipeline fills in, which --strict-inputs counts', async () => {
    const argv = ['--vault', 'vault.json', '--os-profile', 'empty.json', '--pfx', resolve('fixtures/certificates/shop.cer'), '--strict-inputs'];
    expect(await run(['placeholder.cscfg', ...argv], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining('1 question has no answer.') as string });
    expect((await run(['other.cscfg', ...argv], { cwd })).err).not.toContain('no answer');
  });

  it('without the name of a vault leaves no hole in the sentence of Azure', async () => {
    expect((await run(['certificate.cscfg', '--vault', 'projection.json'], { cwd })).out).toContain("Add the missing certificates in Key Vault: '<vault>'.");
  });

  it('that is a plain list may lack an older version', async () => {
    expect((await run(['certificate.cscfg', '--vault', 'vault.json'], { cwd })).out).toContain('az keyvault certificate list-versions --vault-name shop-kv --name tls -o json');
  });

  it('without the private key is not what is to be imported', async () => {
    const leaf = wrap('<Certificate name="Tls" thumbprint="C105300EFA9191CFA0EA778691A82EFF342C8A10" thumbprintAlgorithm="sha1" />');
    const folder = folderWith({ 'a.cscfg': leaf, 'vault.json': readFileSync(join(cwd, 'vault.json')), 'shop.cer': readFileSync('fixtures/certificates/shop.cer'), 'shop.pfx': readFileSync('fixtures/certificates/base64.pfx') });
    expect((await run(['a.cscfg', '--vault', 'vault.json', '--pfx', 'shop.cer'], { cwd: folder })).out).toContain('Else import the .pfx that has its private key');
    expect((await run(['a.cscfg', '--vault', 'vault.json', '--pfx', 'shop.cer', '--pfx', 'shop.pfx'], { cwd: folder })).out).toContain('--file shop.pfx", with --password if the file has one');
  });
});

describe('the target', () => {
  const cwd = folderWith({
    '.git/HEAD': '',
    'ServiceConfiguration.Local.cscfg': dummy,
    'ServiceConfiguration.Cloud.cscfg': dummy,
    'emulator/.cscfglintrc': '{ "target": "emulator" }',
    'emulator/ServiceConfiguration.Cloud.cscfg': dummy,
    'cloud/.cscfglintrc': '{ "overrides": [{ "files": ["*.Local.cscfg"], "target": "cses" }] }',
    'cloud/ServiceConfiguration.Local.cscfg': dummy,
    'root/.cscfglintrc': '{ "target": "cses" }',
    'root/ServiceConfiguration.Local.cscfg': dummy,
    'os-profile.json': '[]',
  });

  it.each([
    ['ServiceConfiguration.Cloud.cscfg', ['thumbprint-placeholder']],
    ['ServiceConfiguration.Local.cscfg', []],
    ['emulator/ServiceConfiguration.Cloud.cscfg', []],
    ['cloud/ServiceConfiguration.Local.cscfg', ['thumbprint-placeholder']],
    ['root/ServiceConfiguration.Local.cscfg', []],
  ])('of %s', async (path, rules) => {
    expect((await lint([path], { cwd })).rules).toEqual(rules);
  });

  it('is the cloud for a Local file that is named together with evidence', async () => {
    expect((await lint(['ServiceConfiguration.Local.cscfg', '--os-profile', 'os-profile.json'], { cwd })).rules).toContain('os-profile-empty');
    expect((await lint(['*.Local.cscfg', '--os-profile', 'os-profile.json'], { cwd })).rules).toEqual([]);
  });

  it('is told where evidence was given and a file was not compared with it', async () => {
    const one = await run(['*.Local.cscfg', '--os-profile', 'os-profile.json'], { cwd });
    expect(one.out).toContain("1 file checked, nothing found. The service configuration was taken for the emulator's and not compared.");
    const both = await run(['*.cscfg', '--os-profile', 'os-profile.json'], { cwd });
    expect(both.out).toContain("Compared with os-profile.json. 1 of 2 service configurations was taken for the emulator's and not compared.");
    const rule = await run(['*.cscfg', '--os-profile', 'os-profile.json', '--only', 'os-profile-missing-certificate'], { cwd });
    expect(rule.out).toContain('1 rule not run in 1 of 2 service configurations.');
  });
});

describe('the service definition', () => {
  const roles = (...names: string[]) => `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="${NAMESPACE}">${names.map((name) => `<Role name="${name}"><Instances count="2" /></Role>`).join('')}</ServiceConfiguration>`;
  const defined = (...names: string[]) => wrapDefinition(names.map((name) => `<WorkerRole name="${name}" vmsize="Standard_A2_v2" />`).join(''));
  const only = ['--only', 'role-not-defined', '--only', 'role-not-configured', '--only', 'xml-well-formed'];
  const found = async (argv: readonly string[], cwd: string) => {
    const { code, out, err } = await run([...argv, '-f', 'json', ...only], { cwd });
    const report = JSON.parse(out) as { files: { path: string; findings: { rule: string }[] }[]; skipped: { reason: string }[]; evidence: { path: string; kind: string; records: number }[] };
    return { code, err, files: Object.fromEntries(report.files.map(({ path, findings }) => [path, findings.map(({ rule }) => rule)])), skipped: report.skipped.map(({ reason }) => reason), evidence: report.evidence };
  };

  it('is found beside the .cscfg, linted once, and named as evidence', async () => {
    const cwd = folderWith({ 'a.cscfg': roles('Web'), 'b.cscfg': roles('Mail', 'Web'), 's.csdef': defined('Web', 'Mail') });
    expect(await found(['.'], cwd)).toEqual({
      code: 1,
      err: '',
      files: { 'a.cscfg': ['role-not-configured'], 's.csdef': [], 'b.cscfg': [] },
      skipped: [],
      evidence: [expect.objectContaining({ path: 's.csdef', kind: 'csdef', records: 2 })],
    });
  });

  it('is the one that --csdef names, or the config', async () => {
    const cwd = folderWith({ 'a/a.cscfg': roles('Web'), 'a/s.csdef': defined('Mail'), 'b/t.csdef': defined('Web'), 'c/.cscfglintrc': '{ "evidence": { "csdef": "../b/t.csdef" } }', 'c/c.cscfg': roles('Mail') });
    expect((await found(['a/a.cscfg'], cwd)).files).toEqual({ 'a/a.cscfg': ['role-not-configured', 'role-not-defined'], 'a/s.csdef': [] });
    expect((await found(['a/a.cscfg', '--csdef', 'b/t.csdef'], cwd)).files).toEqual({ 'a/a.cscfg': [], 'b/t.csdef': [] });
    expect((await found(['c/c.cscfg'], cwd)).files).toEqual({ 'c/c.cscfg': ['role-not-configured', 'role-not-defined'], 'b/t.csdef': [] });
  });

  it('is not guessed among several', async () => {
    const cwd = folderWith({ 'a.cscfg': roles('Web'), 's.csdef': defined('Mail'), 't.csdef': defined('Web') });
    expect(await found(['a.cscfg'], cwd)).toMatchObject({ code: 0, files: { 'a.cscfg': [], 's.csdef': [], 't.csdef': [] }, skipped: ['ambiguous-definition'] });
    const { out } = await run(['a.cscfg', ...only], { cwd });
    expect(out).toContain('since several lie beside a.cscfg (--csdef names one)');
    expect(out.match(/service definition/g)).toHaveLength(1);
  });

  it('can be linted alone, and is where no .cscfg lies beside it', async () => {
    const cwd = folderWith({ 'a.cscfg': roles('Web'), 's.csdef': defined('Mail'), 'deep/t.csdef': '<ServiceDefinition>' });
    expect((await found(['s.csdef'], cwd)).files).toEqual({ 's.csdef': [] });
    expect(await found(['.'], cwd)).toMatchObject({ code: 1, files: { 'a.cscfg': ['role-not-configured', 'role-not-defined'], 's.csdef': [], 'deep/t.csdef': ['xml-well-formed'] } });
  });

  it('that is not well-formed is a finding there, and leaves the rules about it undone', async () => {
    const cwd = folderWith({ 'a.cscfg': roles('Web'), 's.csdef': '<ServiceDefinition>' });
    expect(await found(['a.cscfg'], cwd)).toMatchObject({ code: 1, files: { 'a.cscfg': [], 's.csdef': ['xml-well-formed'] }, skipped: ['unreadable-definition'] });
  });

  it('that does not exist is a failure for the flag, and a warning for the config', async () => {
    const cwd = folderWith({ 'a.cscfg': roles('Web'), '.cscfglintrc': '{ "evidence": { "csdef": "x.csdef" } }' });
    expect(await run(['a.cscfg', '--csdef', 'y.csdef'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('--csdef y.csdef is no file.') as string });
    expect(await run(['a.cscfg', ...only], { cwd })).toMatchObject({ code: 0, err: expect.stringContaining('evidence.csdef "x.csdef" is no file.') as string });
  });
});

describe('suppressions of the config', () => {
  const suppressing = (more = '') => `{ "suppressions": [\n  { "rule": "thumbprint-length", "role": "Web", "reason": "the partner sends it"${more} }\n] }`;

  it('silence, and are told where they stand when nothing needs them', async () => {
    const cwd = folderWith({ 'short.cscfg': short, 'clean/clean.cscfg': clean, '.cscfglintrc': suppressing(), 'clean/.cscfglintrc': suppressing() });
    expect(await lint(['short.cscfg'], { cwd })).toMatchObject({ code: 0, rules: [] });
    expect(await lint(['short.cscfg', '--no-suppressions'], { cwd })).toMatchObject({ code: 1, rules: ['thumbprint-length'] });
    const { report } = await lint(['.'], { cwd });
    expect(report?.files.find(({ path }) => path === 'clean/.cscfglintrc')).toMatchObject({ findings: [{ rule: 'suppression-unused', location: { line: 2 } }] });
    // Of a part of the files nobody knows what the others need.
    expect(await lint(['clean/clean.cscfg'], { cwd })).toMatchObject({ code: 0, rules: [] });
  });

  it('speak again when their day has passed', async () => {
    const cwd = folderWith({ 'short.cscfg': short, '.cscfglintrc': suppressing(', "until": "2026-12-31"') });
    expect((await lint(['short.cscfg'], { cwd })).rules).toEqual(['thumbprint-length', 'suppression-expired']);
    expect((await lint(['short.cscfg', '--now', '2026-12-31T23:59:59Z'], { cwd })).rules).toEqual([]);
  });

  it.each(['2026-02-30', '2027-02-29', '2026-04-31', '31.12.2026'])('cannot hold until %s', async (until) => {
    const cwd = folderWith({ 'short.cscfg': short, '.cscfglintrc': suppressing(`, "until": "${until}"`) });
    expect(await run(['short.cscfg'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('.cscfglintrc:2:93: until must be a day of the calendar, such as "2026-12-31"') as string });
  });

  it('need a reason', async () => {
    const cwd = folderWith({ 'short.cscfg': short, '.cscfglintrc': '{ "suppressions": [{ "rule": "thumbprint-length" }] }' });
    expect(await run(['short.cscfg'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('needs "reason"') as string });
  });
});

describe('the remark that the platform ends', () => {
  it('is told once in a run, at the root of the first file, and never for the emulator', async () => {
    const cwd = folderWith({ 'a.cscfg': clean, 'b.cscfg': clean, 'local/ServiceConfiguration.Local.cscfg': clean });
    const { out } = await run(['.', '--format', 'json'], { cwd });
    const { files } = JSON.parse(out) as Json;
    expect(files.map(({ findings }) => findings.map(({ rule, location }) => [rule, location.line]))).toEqual([[['cses-retirement', 1]], [], []]);
    expect((await run(['local'], { cwd })).out).not.toContain('retired');
    expect((await run(['a.cscfg', '--now', '2027-04-01'], { cwd })).out).toMatch(/ was retired on 2027-03-31\.\n$/);
    // One that is more than a note is shown like any other.
    expect((await run(['a.cscfg', '--rule', 'cses-retirement:warning'], { cwd })).out).toMatch(/^warning cses-retirement: [\s\S]*\n1 warning in 1 file\. [^\n]*not run\.\n$/);
  });
});

describe('SOURCE_DATE_EPOCH', () => {
  it('is the moment that dates are judged by, and is said, unless another is asked for', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean });
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    expect((await run(['.'], { cwd, env })).out).toMatch(/ Dates are judged as of 2023-11-14 \(SOURCE_DATE_EPOCH\)\.\n$/);
    expect((await run(['.', '--now', '2027-01-01'], { cwd, env })).out).not.toContain('as of');
    expect((await run(['.'], { cwd })).out).not.toContain('as of');
  });
});

describe('a baseline', () => {
  it('is written, silences, tells what is stale, and is pruned', async () => {
    const cwd = folderWith({ 'a/short.cscfg': short, 'b/dummy.cscfg': dummy });
    const baseline = ['--baseline', 'ci/known.json'];
    expect(await run(['.', ...baseline], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('There is no baseline ci/known.json.') as string });
    expect(await run(['.', ...baseline, '--write-baseline'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('there is no folder') as string });
    mkdirSync(join(cwd, 'ci'));
    expect(await run(['.', ...baseline, '--write-baseline'], { cwd })).toEqual({ code: 0, out: '', err: 'cscfglint: 2 findings written to ci/known.json; from now on only new ones are told.\n' });
    expect(readFileSync(join(cwd, 'ci/known.json'), 'utf8')).toContain('"path": "../a/short.cscfg"');
    expect(await lint(['.', ...baseline, '--fail-on', 'info'], { cwd })).toMatchObject({ code: 0, rules: [] });

    writeFileSync(join(cwd, 'a/short.cscfg'), clean);
    const { rules, report } = await lint(['.', ...baseline], { cwd });
    expect(rules).toEqual(['baseline-stale']);
    expect(report?.files.at(-1)).toMatchObject({ path: 'ci/known.json', findings: [{ location: { line: expect.any(Number) as number } }] });
    expect(await run(['.', ...baseline, '--prune-baseline'], { cwd })).toEqual({ code: 0, out: '', err: 'cscfglint: 1 finding taken out of ci/known.json.\n' });
    expect((await lint(['.', ...baseline], { cwd })).rules).toEqual([]);
  });

  it('with a mistake in it, or without a file, is refused', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean, 'a.json': '{', 'b.json': '{ "version": 2 }', 'c.json': '{ "version": 1, "entries": [{ "rule": "x" }] }' });
    for (const name of ['a.json', 'b.json', 'c.json']) expect(await run(['.', '--baseline', name], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--write-baseline writes one.') as string });
    expect(await run(['.', '--write-baseline'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('--write-baseline needs --baseline FILE.') as string });
  });
});

describe('a report', () => {
  it('is not written over a file that is read, and takes the place of what a link leads to', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean, 'vault.json': '[]', 'real.json': '' });
    symlinkSync(join(cwd, 'real.json'), join(cwd, 'link.json'));
    symlinkSync(join(cwd, 'clean.cscfg'), join(cwd, 'other.json'));
    for (const file of ['clean.cscfg', './clean.cscfg', 'other.json']) {
      expect(await run(['clean.cscfg', '-f', `json=${file}`], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('over a file that is read') as string });
    }
    expect(readFileSync(join(cwd, 'clean.cscfg'), 'utf8')).toBe(clean);
    expect((await run(['clean.cscfg', '-f', 'json=link.json'], { cwd })).code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'real.json'), 'utf8'))).toMatchObject({ version: 1 });
  });

  it('follows no link that lies where its temporary file is to be', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean, 'victim.txt': 'mine' });
    symlinkSync(join(cwd, 'victim.txt'), join(cwd, `.cscfglint-${process.pid}.tmp`));
    expect((await run(['clean.cscfg', '-f', 'json=report.json'], { cwd })).code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ version: 1 });
    expect(readFileSync(join(cwd, 'victim.txt'), 'utf8')).toBe('mine');
  });
});

describe('a very long name', () => {
  it('is cut in sentences', async () => {
    const name = 'x'.repeat(1_000_000);
    const cwd = folderWith({ 'a.cscfg': wrap(`<Role name="${name}"><Instances count="1" /></Role><Role name="${name}"><Instances count="1" /></Role>`) });
    const { out } = await run(['a.cscfg', '-f', 'compact'], { cwd });
    expect(out).toContain('role-duplicate');
    expect(out.length).toBeLessThan(20_000);
  });
});

describe('a folder', () => {
  it.skipIf(process.platform === 'win32')('may hold pipes, which are not read', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean });
    execFileSync('mkfifo', [join(cwd, 'pipe.cscfg')]);
    expect((await lint(['.'], { cwd })).paths).toEqual(['clean.cscfg']);
  });

  it.skipIf(process.platform === 'win32')('may hold links that lead in a circle', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean });
    symlinkSync('loop.cscfg', join(cwd, 'loop.cscfg'));
    expect((await lint(['.'], { cwd })).paths).toEqual(['clean.cscfg']);
  });
});

describe('--strict-inputs', () => {
  it('counts what stands in an element that is not read', async () => {
    const cwd = folderWith({ 'a.cscfg': short.replaceAll('Certificates>', 'certificates>'), 's.csdef': wrapDefinition('<WorkerRole name="Web" vmsize="Standard_A2_v2" />') });
    expect(await lint(['a.cscfg'], { cwd })).toMatchObject({ code: 0, rules: ['schema-unknown-element'] });
    expect(await run(['a.cscfg', '--strict-inputs'], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining('1 question has no answer') as string });
  });
});

describe('--require', () => {
  it('ends with 2 where evidence of that kind is not there or not usable', async () => {
    const cwd = folderWith({ 'clean.cscfg': clean, 'empty.json': '', 'rc/.cscfglintrc': '{ "require": ["csdef"] }', 'rc/clean.cscfg': clean, 'clean.Local.cscfg': clean });
    expect(await run(['clean.cscfg', '--require', 'vault'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('clean.cscfg: vault is required, and there is no usable vault export.') as string });
    expect(await run(['clean.cscfg', '--require', 'vault', '--vault', 'empty.json'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('vault is required') as string });
    expect(await run(['rc/clean.cscfg'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('csdef is required') as string });
    expect(await run(['clean.cscfg', '--require', 'faith'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('none of csdef, vault, os-profile, pfx') as string });
    expect(await run(['.', '--require', 'csdef', '--csdef', 'none.csdef'], { cwd })).toMatchObject({ code: 2 });
  });
});

describe('--timing', () => {
  it('says on standard error what took the time, and changes nothing else', async () => {
    const cwd = folderWith({ 'a.cscfg': wrap('<Certificate name="Tls" thumbprint="12" thumbprintAlgorithm="sha1" />') });
    const [plain, timed] = [await run(['a.cscfg'], { cwd }), await run(['a.cscfg', '--timing'], { cwd })];
    expect(timed).toMatchObject({ code: plain.code, out: plain.out });
    expect(timed.err).toMatch(/^Time in ms.*\n(?: +\d+\.\d {2}.+\n)+$/);
    expect(timed.err).toContain('reading and linting');
    expect(timed.err).toMatch(/ thumbprint-length \(\d+ calls\)\n/);
    expect((await run(['certs', 'a.cscfg', '--timing'], { cwd })).err).toMatch(/^Time in ms.*\n(?: +\d+\.\d {2}.+\n)+$/);
  });
});

describe('a file that describes a vault alone', () => {
  it('is no export of certificates: no thumbprint is missing for it, and nothing is said to be compared', async () => {
    const vault = JSON.stringify({ id: '/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv', name: 'shop-kv', type: 'Microsoft.KeyVault/vaults', location: 'westeurope', properties: { enabledForDeployment: false, vaultUri: 'https://shop-kv.vault.azure.net/' } });
    const cwd = folderWith({ 'a.cscfg': wrap('<Certificate name="Tls" thumbprint="947236336E4D5457CAD2888EF3F45A17F8CFDFE2" thumbprintAlgorithm="sha1" />'), 'vault.json': vault });
    expect((await lint(['a.cscfg', '--vault', 'vault.json'], { cwd })).rules).toEqual(['vault-not-enabled-for-deployment']);
    expect((await run(['a.cscfg', '--vault', 'vault.json'], { cwd })).out).toContain('Not compared with a service definition (--csdef), a vault export (--vault)');
    expect(await lint(['a.cscfg', '--vault', 'vault.json', '--require', 'vault'], { cwd })).toMatchObject({ code: 2 });
  });
});

describe('places in other files of a service', () => {
  it('are those in the text that is linted, be it standard input', async () => {
    const [short = '', long = ''] = ['Web', 'Web"><Instances count="2" /></Role>\n<Role name="Extra'].map((name) => wrap(`<Role name="${name}"><Instances count="2" /></Role>`));
    const cwd = folderWith({ 'a.cscfg': short, 'b.cscfg': short });
    const { out } = await run(['-', 'b.cscfg', '--stdin-filename', 'a.cscfg', '--only', 'environment-parity'], { cwd, input: `\n\n\n${long}`.replace(/^\n+(<\?xml[^>]*>)/, '$1\n\n\n') });
    expect(out).toMatch(/::: a\.cscfg:\d+:\d+ \(it is here\)\n +\|\n *\d+ \| <Role name="Extra">/);
  });
});

describe('what people do at midnight', () => {
  const service = { 'a.cscfg': wrap('<Certificate name="Tls" thumbprint="947236336E4D5457CAD2888EF3F45A17F8CFDFE2" thumbprintAlgorithm="sha1" />') };

  it('is a pattern without quotes, which the shell makes paths of', async () => {
    const cwd = folderWith({ ...service, 'x.pfx': '', 'vault.json': '[]' });
    expect(await run(['x.pfx'], { cwd })).toMatchObject({ code: 2, out: '', err: "cscfglint: x.pfx is a certificate, not a service configuration.\nGive certificates with --pfx, and put a pattern into quotes: --pfx 'certs/*.pfx'.\n" });
    expect(await run(['vault.json'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--vault or --os-profile') as string });
  });

  it('is naming the wrong file', async () => {
    expect(await run(['a.cscfg', '--csdef', 'a.cscfg'], { cwd: folderWith(service) })).toMatchObject({ code: 2, err: expect.stringContaining('--csdef a.cscfg names a service configuration.') as string });
  });

  it('is asking for certificates of a file that is cut off', async () => {
    const cwd = folderWith({ 'a.cscfg': service['a.cscfg'].slice(0, -40) });
    expect(await run(['certs'], { cwd })).toMatchObject({ code: 2, out: expect.stringContaining('It was not read to its end') as string });
  });

  it('is asking which files there are where evidence is required', async () => {
    expect(await run(['list-files'], { cwd: folderWith({ ...service, '.cscfglintrc': '{ "require": ["vault"] }' }) })).toEqual({ code: 0, out: 'a.cscfg\n', err: '' });
  });

  it('is an export behind which the tool says that it failed', async () => {
    const vault = '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "947236336E4D5457CAD2888EF3F45A17F8CFDFE2"}]\nERROR: (Forbidden) Caller is not authorized\n';
    const { out, code } = await run(['inspect', 'vault.json'], { cwd: folderWith({ 'vault.json': vault }) });
    expect(out).toContain('947236336E4D5457CAD2888EF3F45A17F8CFDFE2');
    expect(out).toContain('The file is not JSON');
    expect(code).toBe(0);
  });

  it('is a baseline of what stood in an export, and does no more', async () => {
    const osProfile = (mode: string) => JSON.stringify({ name: 'shop', location: 'westeurope', properties: { upgradeMode: mode, osProfile: { secrets: [] } } });
    const cwd = folderWith({ ...service, 'service.json': osProfile('Sometimes') });
    const argv = ['a.cscfg', '--os-profile', 'service.json', '--baseline', 'b.json'];
    await run([...argv, '--write-baseline'], { cwd });
    expect(readFileSync(join(cwd, 'b.json'), 'utf8')).toContain('"path": "service.json"');
    expect((await run(argv, { cwd })).out).toMatch(/nothing found\. \d silenced\./);
    writeFileSync(join(cwd, 'service.json'), osProfile('Auto'));
    expect((await lint(argv, { cwd })).rules).toContain('baseline-stale');
  });

  it('is a password file that PowerShell wrote', async () => {
    const pfx = readFileSync('fixtures/certificates/aes-256.pfx');
    const cwd = folderWith({ 'x.pfx': pfx, password: Buffer.from('\uFEFFPass-2\r\n', 'utf16le') });
    expect(await run(['inspect', 'x.pfx', '--pfx-password-file', 'password'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('1 certificate') as string });
  });
});

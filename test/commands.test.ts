// The commands beside lint, inspect and certs: how they are named, what they print, what they refuse.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { OPTIONS } from '../src/cli/args.js';
import { COMMANDS, type CommandSpec } from '../src/cli/commands.js';
import { RULES } from '../src/rules/index.js';
import { folderWith, run } from './support/cli.js';
import { wrap } from './support/texts.js';

const clean = wrap('<Role name="Web"><Instances count="2" /></Role>');
const here = folderWith({ '.git/HEAD': '', 'a.cscfg': clean, 'rule/a.cscfg': clean, 'rules/a.cscfg': clean });

function check(name: string, value: unknown): void {
  const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8')) as object);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

describe('a command', () => {
  it.each([
    [['lint', 'a.cscfg'], 0, '1 file checked'],
    [['--quiet', 'list-files', 'a.cscfg'], 2, ''],
    [['list-files', 'a.cscfg'], 0, 'a.cscfg\n'],
    [['a.cscfg', 'list-files'], 2, ''],
    [['./rules'], 0, '1 file checked'],
    [['--', 'rules'], 0, '1 file checked'],
    [['rule'], 0, '1 file checked'],
    [['rules'], 0, `${RULES.length} rules.`],
    [['--version', 'inspect'], 0, '0.0.0'],
  ])('%j', async (argv, code, printed) => {
    const ran = await run(argv, { cwd: here });
    expect(ran.code).toBe(code);
    expect(ran.out).toContain(printed);
  });

  it.each([
    [['inpsect', 'x.pfx'], 'There is no command "inpsect", and nothing here is called so.\nDid you mean inspect?'],
    [['Cert'], 'Did you mean certs?'],
    [['inspect'], 'inspect needs FILE…'],
    [['explain'], 'explain needs RULE'],
    [['explain', 'a', 'b'], 'explain takes one argument only'],
    [['rules', 'a'], 'rules takes no arguments'],
    [['init', 'a', 'b'], 'init takes one argument only'],
    [['init', '--no-ignore'], '--ignore means nothing to init.'],
    [[''], 'An argument of lint is empty.\nWrite "." for the working directory. If a variable stands there, it holds nothing.'],
    [['a.cscfg', ''], 'An argument of lint is empty.'],
    [['--', ''], 'An argument of lint is empty.'],
    [['list-files', ''], 'An argument of list-files is empty.'],
    [['explain', ''], 'An argument of explain is empty.\nIf a variable stands there, it holds nothing.'],
    [['explain', 'xml-doctpye'], 'Did you mean xml-doctype?'],
    [['inspect', 'a.cscfg', '--only', 'xml-doctype'], '--only means nothing to inspect.\ncscfglint inspect --help lists its options.'],
    [['rules', '-c', 'x'], '--config means nothing to rules.'],
    [['rules', '-f', 'markdown'], 'There is no format "markdown".\nThere are text, json.'],
    [['completion'], 'Which shell this is cannot be told.'],
    [['completion', 'fish'], 'There is no completion for "fish".'],
  ])('%j is refused', async (argv, reason) => {
    const { code, out, err } = await run(argv, { cwd: here });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(reason);
  });

  it('that is misspelt is a path all the same where nothing is near to it', async () => {
    expect((await run(['nowhere'], { cwd: here })).err).toBe('cscfglint: nowhere matches no .cscfg file.\n');
  });

  it.each(COMMANDS.map((command): [string, CommandSpec] => [command.name, command]))('%s has help of its own, with its options and examples', async (name, { options, examples }) => {
    const { code, out } = await run([name, '--help'], { cwd: here, env: { COLUMNS: '110' } });
    expect(code).toBe(0);
    expect(out).toContain(`cscfglint ${name}`);
    for (const [, what] of examples) expect(out.replace(/\s+/g, ' ')).toContain(what);
    for (const { name: option } of OPTIONS) expect(new RegExp(`--${option}\\s`).test(out), option).toBe(options === 'all' || options.some((one) => one === option));
  });

  it('is helped with by "help", too', async () => {
    const both = async (...argv: string[]) => [(await run(['help', ...argv], { cwd: here })).out, (await run([...argv, '--help'], { cwd: here })).out];
    for (const [one, other] of [await both(), await both('certs')]) expect(one).toBe(other);
    expect((await run(['help', 'help'], { cwd: here })).code).toBe(0);
    expect((await run(['help'], { cwd: folderWith({ 'help/a.cscfg': '<' }) })).code).toBe(1);
    expect(await run(['help', 'cert'], { cwd: here })).toEqual({ code: 2, out: '', err: 'cscfglint: There is no command "cert".\nDid you mean certs?\n' });
  });

  it('is listed by --help', async () => {
    const { out } = await run(['--help'], { cwd: here });
    for (const { name } of COMMANDS) expect(out).toContain(`cscfglint ${name}`);
  });
});

describe('rules', () => {
  it('lists every rule, in words and as JSON', async () => {
    const { out } = await run(['rules'], { cwd: here });
    for (const { id } of RULES) expect(out).toContain(id);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const json = JSON.parse((await run(['rules', '-f', 'json'], { cwd: here })).out) as { rules: { id: string }[] };
    check('rules', json);
    expect(json.rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  });
});

describe('explain', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const { code, out } = await run(['explain', id], { cwd: here });
    expect(code).toBe(0);
    const words = out.replace(/\s+/g, ' ');
    for (const text of [rule.summary, rule.why, rule.source, ...Object.values(rule.messages).flatMap(({ message, cause, help, azure }) => [message, cause ?? '', help, azure ?? ''])]) {
      expect(words).toContain(text.trim());
    }
    const hasSlots = Object.values(rule.messages).some(({ message, cause = '', help }) => /\{\w+\}/.test(`${message}${cause}${help}`));
    expect(out).toContain(hasSlots ? '\nWhat it says, with the words in {braces} filled in\n' : '\nWhat it says\n');
    expect(out).not.toMatch(/[\u200B-\u200F\u202A-\u202E]/);
  });
});

describe('print-config', () => {
  const cwd = folderWith({
    '.git/HEAD': '',
    'src/.cscfglintrc': '{ "target": "cses", "evidence": { "vault": ["v.json"], "pfx": ["*.pfx"] }, "rules": { "xml-doctype": "warning" }, "ignore": ["old/**"], "suppressions": [{ "rule": "xml-doctype", "reason": "known" }], "overrides": [{ "files": ["*.Test.cscfg"], "target": "emulator", "evidence": { "vault": ["t.json"] } }] }',
  });

  async function configOf(...argv: string[]) {
    const { code, out } = await run(['print-config', ...argv, '-f', 'json'], { cwd });
    expect(code).toBe(0);
    const json = JSON.parse(out) as Record<'target', unknown> & { evidence: object; rules: Record<string, unknown>; ignored: boolean; config: string | null };
    check('print-config', json);
    return json;
  }

  it('tells of each part where it comes from', async () => {
    expect(await configOf('src/a.Test.cscfg')).toMatchObject({
      config: 'src/.cscfglintrc',
      ignored: false,
      target: { value: 'emulator', from: 'src/.cscfglintrc, overrides[0]' },
      evidence: { vault: { value: ['t.json'], from: 'src/.cscfglintrc, overrides[0]' }, pfx: { value: ['*.pfx'], from: 'src/.cscfglintrc' } },
      rules: { 'xml-doctype': { value: 'warning', from: 'src/.cscfglintrc' }, 'xml-encoding': { from: 'default' } },
      require: { value: [], from: 'default' },
      ignore: { value: ['old/**'], from: 'src/.cscfglintrc' },
      suppressions: { value: [{ rule: 'xml-doctype', reason: 'known' }], from: 'src/.cscfglintrc' },
    });
    expect(await configOf('src/old/a.Local.cscfg')).toMatchObject({ ignored: true, target: { value: 'emulator', from: 'the name of the file' }, evidence: { vault: { value: ['v.json'] } } });
    expect(await configOf('a.cscfg')).toMatchObject({ config: null, evidence: {}, target: { value: 'cses', from: 'default' } });
    expect(await configOf('src/a.cscfg', '--no-config')).toMatchObject({ config: null });
    expect(await configOf('a.cscfg', '-c', 'src/.cscfglintrc')).toMatchObject({ config: 'src/.cscfglintrc' });
  });

  it('prints the same for people', async () => {
    const { out } = await run(['print-config', 'src/a.Test.cscfg'], { cwd });
    expect(out).toMatch(/^config {3}src\/\.cscfglintrc$/m);
    expect(out).toMatch(/^ignore {3}\["old\/\*\*"\] {2}\(src\/\.cscfglintrc\)$/m);
    expect(out).toMatch(/^ {2}vault +\["t\.json"\] {2}\(src\/\.cscfglintrc, overrides\[0\]\)$/m);
    expect(out).toContain('suppressions  (src/.cscfglintrc)\n  {"rule":"xml-doctype","reason":"known"}\n');
    expect(out).toMatch(/^ {2}xml-doctype +warning {2}\(src\/\.cscfglintrc\)$/m);
  });
});

describe('list-files', () => {
  const cwd = folderWith({ '.git/HEAD': '', '.gitignore': 'bin/\n', '.cscfglintrc': '{ "ignore": ["old/**"] }', 'a.cscfg': clean, 'bin/b.cscfg': clean, 'old/c.cscfg': clean });

  it('lists what lint checks', async () => {
    for (const argv of [[], ['--no-ignore'], ['old'], ['bin/b.cscfg']]) {
      const { out } = await run(['list-files', ...argv], { cwd });
      const json = JSON.parse((await run(['list-files', ...argv, '-f', 'json'], { cwd })).out) as { files: string[] };
      check('list-files', json);
      expect(out).toBe(json.files.map((file) => `${file}\n`).join(''));
      const linted = JSON.parse((await run([...argv, '-f', 'json'], { cwd })).out) as { files: { path: string }[] };
      expect(json.files).toEqual(linted.files.map(({ path }) => path));
    }
  });

  it('ends with 2 where a path matches nothing', async () => {
    expect(await run(['list-files', 'nowhere'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('nowhere') as string });
  });
});

describe('completion', () => {
  it('is for the shell that $SHELL names where none is', async () => {
    const { out } = await run(['completion'], { cwd: here, env: { SHELL: '/usr/bin/zsh' } });
    expect(out).toMatch(/^#compdef cscfglint\n/);
    for (const { name } of COMMANDS) expect(out).toContain(`'${name}:`);
  });

  it.runIf(spawnSync('bash', ['--version']).status === 0).each([
    [['ins'], ['inspect']],
    [['explain', 'xml-'], ['xml-doctype', 'xml-encoding', 'xml-encoding-declaration', 'xml-version', 'xml-well-formed']],
    [['certs', '--format', ''], ['json', 'markdown', 'text']],
    [['certs', '--va'], ['--vault']],
    [['rules', '--va'], []],
    [['--fail-on', 'w'], ['warning']],
    [['--vault', 'a.c'], ['a.cscfg']],
    [['completion', ''], ['bash', 'zsh']],
    [['inspect', 'a.c'], ['a.cscfg']],
  ])('in bash, %j', async (words, expected) => {
    const { out } = await run(['completion', 'bash'], { cwd: here });
    const folder = folderWith({ 'script.bash': out });
    const script = `source ${join(folder, 'script.bash')}; COMP_WORDS=(cscfglint "$@"); COMP_CWORD=$#; _cscfglint; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { cwd: here, encoding: 'utf8' });
    expect(stderr).toBe('');
    const offered = [...new Set(stdout.split('\n').filter((line) => line !== ''))].sort();
    // Options are offered where nothing is typed yet, too.
    expect(offered.filter((one) => !one.startsWith('-') || words.at(-1)?.startsWith('-'))).toEqual(expected);
  });
});

// Patterns of paths: what they mean, and that none keeps the command busy.

import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchesPatterns } from '../src/cli/files.js';
import { globProblem, ignoreProblem, readGlob } from '../src/cli/patterns.js';
import { folderWith, run } from './support/cli.js';
import { wrap } from './support/texts.js';

const clean = wrap('<Role name="Web"><Instances count="2" /></Role>');

/** The longest name that a file can have, of the letter that the patterns below repeat. */
const LONG = `${'a'.repeat(249)}.cscfg`;

/** Milliseconds that any pattern may take with a few long names. Measured: 20 for most. */
const ENOUGH = 2000;

async function timed(argv: readonly string[], cwd: string) {
  const start = performance.now();
  const ran = await run(argv, { cwd });
  expect(performance.now() - start).toBeLessThan(ENOUGH);
  return ran;
}

describe('a glob', () => {
  const cwd = folderWith({ 'a.cscfg': clean, 'b.cscfg': clean, 'sub/c.cscfg': clean, 'sub/deep/d.cscfg': clean, 'Copy (2)/e+.cscfg': clean, 'x{1}.cscfg': clean });

  it.each([
    ['*.cscfg', ['a.cscfg', 'b.cscfg', 'x{1}.cscfg']],
    ['{a,b}.cscfg', ['a.cscfg', 'b.cscfg']],
    ['{sub/{c,x},b}.cscfg', ['b.cscfg', 'sub/c.cscfg']],
    ['sub/**/*.cscfg', ['sub/c.cscfg', 'sub/deep/d.cscfg']],
    ['**/[de]*.cscfg', ['Copy (2)/e+.cscfg', 'sub/deep/d.cscfg']],
    ['Copy (2)/*.cscfg', ['Copy (2)/e+.cscfg']],
    ['Copy*/e+.cscfg', ['Copy (2)/e+.cscfg']],
    ['x{?}.cscfg', ['x{1}.cscfg']],
  ])('%s', async (pattern, paths) => {
    const { out } = await run([pattern, '--format', 'json'], { cwd });
    expect((JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path)).toEqual(paths);
  });

  it('goes through links to folders, and ends', async () => {
    const linked = folderWith({ 'a/x.cscfg': clean });
    symlinkSync(linked, `${linked}/a/loop`);
    expect((await timed(['**/x.cscfg'], linked)).code).toBe(0);
  });
});

describe('time is bounded', () => {
  const cwd = folderWith({ '.git/HEAD': '', [LONG]: clean, [`${'a'.repeat(200)}/${LONG}`]: clean });

  it.each(['*a*a*a*a*a*a*a*ab.cscfg', '*a*a*a*ab.cscfg', '*a*a/*a*a/*a*ab', `${'{a,aa}'.repeat(20)}b.cscfg`, '**/a/**/a/**/a/**/b.cscfg'])('%s is refused', async (pattern) => {
    expect(await timed(['--no-config', pattern], cwd)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('cannot be matched in reasonable time') as string });
    expect(await timed([LONG, '--vault', pattern], cwd)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('cannot be matched in reasonable time') as string });
  });

  it('one that is longer than any path is refused', async () => {
    expect(await timed(['--no-config', `${'{,'.repeat(50_000)}*`], cwd)).toMatchObject({ code: 2, err: expect.stringContaining('it has more than 4096 characters') as string });
    expect(await timed(['--no-config', 'a'.repeat(5000)], cwd)).toMatchObject({ code: 2, err: expect.stringContaining('matches no .cscfg file') as string });
  });

  it.each(['*a*a*ab.cscfg', '*/*a*a*ab.cscfg', '*a*a/*a*ab.cscfg', '**/*a*a*ab.cscfg', '(a+)+b*.cscfg', '[a]+[a]+[a]+[a]+[a]+*b.cscfg', '+(a|aa)*b.cscfg', '*(a|aa)b.cscfg', '{a,aa}{a,aa}{a,aa}*a*b.cscfg'])('%s is matched, and matches nothing', async (pattern) => {
    expect(await timed(['--no-config', pattern], cwd)).toMatchObject({ code: 2, err: expect.stringContaining('matches no .cscfg file') as string });
  });

  it.each(['{ "ignore": ["PATTERN"] }', '{ "overrides": [{ "files": ["PATTERN"] }] }', '{ "evidence": { "pfx": ["PATTERN"] } }', '{ "overrides": [{ "files": ["*"], "evidence": { "osProfile": ["PATTERN"] } }] }'])('a config %s is refused at its place', async (config) => {
    const text = config.replace('PATTERN', '**/a/**/a/**/a/**/b');
    const folder = folderWith({ '.git/HEAD': '', '.cscfglintrc': text, 'a.cscfg': clean });
    const { code, err } = await run([], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toContain(`.cscfglintrc:1:${text.indexOf('**') + 1}: the pattern cannot be matched in reasonable time: it has "**" more than 3 times`);
  });

  it('a line of a .gitignore is left out, and told', async () => {
    const folder = folderWith({ '.git/HEAD': '', '.gitignore': '*.log\n**/a/**/a/**/a/**/b\nx.cscfg\n', 'a.cscfg': clean, 'x.cscfg': clean });
    expect(await run([], { cwd: folder })).toMatchObject({ code: 0, out: expect.stringContaining('1 file checked, nothing found.') as string, err: expect.stringMatching(/^cscfglint: warning: .*\.gitignore:2: the pattern is left out: it has "\*\*" more than 3 times\.\n$/) as string });
  });

  it('patterns of a .gitignore are matched in time, in a long name and in a deep folder', () => {
    const deep = `${'a/'.repeat(100)}a.cscfg`;
    for (const pattern of ['*a*a*a*a*a*a*a*ab.cscfg', '*ab*ab*ab*ab*ab*c', '*?*?*?*?*?*b', '**/a/**/a/**/b', '**/*/**/*/**/b', '/a/**/a/**/a/**']) {
      expect(ignoreProblem(pattern)).toBeNull();
      const start = performance.now();
      for (const path of [LONG, deep]) matchesPatterns([pattern], path);
      expect(performance.now() - start, pattern).toBeLessThan(ENOUGH);
    }
    expect(() => matchesPatterns(['b'], `${'a/'.repeat(300)}a.cscfg`)).toThrow('more than 200 folders deep');
  });

  it('patterns that people write are not refused', () => {
    for (const pattern of ['**/*.cscfg', 'src/**/ServiceConfiguration.*.cscfg', '**/*Service*.*.cscfg', 'certs/*.{pfx,p12,cer,crt,pem}', '{a,b}/{c,d}/*.{json,jsonc}', '*/*/*/*/*.cscfg']) expect(globProblem(pattern)).toBeNull();
    for (const pattern of ['*- [Bb]ackup ([0-9][0-9]).rdl', '**/[Pp]ackages/*', '!**/[Pp]ackages/build/', '_ReSharper*/', '*.*.*.user', '**/bin/**', '# ** ** ** comment']) expect(ignoreProblem(pattern)).toBeNull();
    expect(readGlob('{a,b}{c,d}')).toEqual({ patterns: expect.arrayContaining(['ac', 'ad', 'bc', 'bd']) as unknown });
  });
});

// Several reports in one run, annotations beside the text, and what is said on standard error.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../src/formats/index.js';
import { folderWith, run } from './support/cli.js';
import { azureCommands, githubCommands } from './support/readers.js';
import { wrap } from './support/texts.js';

const certificate = (thumbprint: string) => `<Certificate name="##vso[task.setvariable variable=x]y" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`;
const files = { 'a.cscfg': wrap(certificate('12')) };

describe('several formats', () => {
  it('are written in one run, each to its file', async () => {
    const cwd = folderWith(files);
    const given = FORMAT_NAMES.filter((name) => name !== 'text').flatMap((name) => ['-f', `${name}=report=${name}.txt`]);
    const { code, out } = await run(['a.cscfg', '--only', 'thumbprint-length', ...given, '-f', 'text'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^error thumbprint-length/);
    for (const name of FORMAT_NAMES.filter((one) => one !== 'text')) expect(readFileSync(join(cwd, `report=${name}.txt`), 'utf8')).toContain('thumbprint-length');
    expect(readdirSync(cwd).filter((name) => name.startsWith('.cscfglint-'))).toEqual([]);
  });

  it('give the same exit code, whichever it is', async () => {
    const cwd = folderWith(files);
    for (const name of FORMAT_NAMES) expect((await run(['a.cscfg', '-f', name], { cwd })).code).toBe(1);
  });

  it.each([
    [['-f', 'json', '-f', 'sarif'], 'Two formats cannot share standard output.'],
    [['-f', 'json=x', '-f', 'sarif=x'], 'Two formats cannot share the file x.'],
    [['-f', 'sarfi'], 'Did you mean sarif?'],
    [['-f', 'sarif='], 'needs a file'],
    [['--annotations', 'gitlab'], 'is none of auto, github, azure, none'],
    [['--annotations', 'github', '-f', 'json'], 'would stand in the json report'],
    [['--annotations', 'github', '--diff'], 'would stand in the diff'],
    [['--diff', '-f', 'sarif'], 'Standard output carries the diff.'],
  ])('are refused for %j', async (argv, sentence) => {
    const { code, out, err } = await run(['a.cscfg', ...argv], { cwd: folderWith(files) });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  it('without room for what was not checked have it said on standard error, unless only findings are wanted', async () => {
    const cwd = folderWith({ 'a.cscfg': wrap(certificate('3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7')) });
    for (const format of ['gitlab', 'rdjson', 'gitlab=x.json']) expect((await run(['a.cscfg', '-f', format], { cwd })).err).toMatch(/^cscfglint: not checked: .*\(without vault, os-profile: a\.cscfg\)/m);
    for (const format of ['json', 'compact', 'text']) expect((await run(['a.cscfg', '-f', format], { cwd })).err).toBe('');
    expect((await run(['a.cscfg', '-f', 'gitlab', '--quiet'], { cwd })).err).toBe('');
  });
});

describe('annotations', () => {
  const GITHUB = { GITHUB_ACTIONS: 'true' };
  const AZURE = { TF_BUILD: 'True' };
  const annotated = async (argv: readonly string[], env: Record<string, string>) => {
    const { out } = await run(['a.cscfg', '--only', 'thumbprint-length', ...argv], { cwd: folderWith(files), env });
    return { github: githubCommands(out).filter(({ name }) => name !== ':').length, azure: azureCommands(out).length };
  };

  it.each([
    [[], {}, 0, 0],
    [[], GITHUB, 1, 0],
    [[], AZURE, 0, 1],
    [['--annotations', 'auto'], AZURE, 0, 1],
    [['--annotations', 'none'], GITHUB, 0, 0],
    [['--annotations', 'azure'], {}, 0, 1],
    [['--annotations', 'github'], AZURE, 1, 0],
    [['-f', 'text', '-f', 'json=report.json'], GITHUB, 1, 0],
    [['-f', 'json'], GITHUB, 0, 0],
    [['-f', 'compact'], AZURE, 0, 0],
    [['--diff'], AZURE, 0, 0],
    [['-f', 'json=report.json'], GITHUB, 0, 0],
    [['-f', 'json=report.json', '--annotations', 'github'], {}, 1, 0],
    [['-f', 'github', '--annotations', 'none'], GITHUB, 1, 0],
    [[], { GITHUB_ACTIONS: 'false', TF_BUILD: '' }, 0, 0],
  ] as [string[], Record<string, string>, number, number][])('with %j in %j', async (argv, env, github, azure) => {
    expect(await annotated(argv, env)).toEqual({ github, azure });
  });

  it('stand behind the whole text report, with a last line about those that are not shown', async () => {
    const cwd = folderWith({ 'a.cscfg': wrap(`<Role name="Web"><Instances count="1" /><Certificates>${Array.from({ length: 12 }, (_, index) => certificate('12').replace('y"', `${index}"`)).join('')}</Certificates></Role>`) });
    const plain = await run(['a.cscfg', '--only', 'thumbprint-length'], { cwd });
    const { out, code } = await run(['a.cscfg', '--only', 'thumbprint-length'], { cwd, env: AZURE });
    expect(out.startsWith(plain.out)).toBe(true);
    expect(code).toBe(plain.code);
    expect(azureCommands(out)).toHaveLength(12);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^cscfglint: 2 more errors than Azure Pipelines shows/);
  });
});

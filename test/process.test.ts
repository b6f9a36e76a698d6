// The built command as a process: how it is called, what it leaves behind, pipes that close early.

import { closeSync, existsSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from './support/cli.js';
import { wrap } from './support/texts.js';
import { REQUIRED } from './support/tools.js';

const COMMAND = resolve('dist/cscfglint.cjs');
const short = wrap('<Certificate name="Tls" thumbprint="12" thumbprintAlgorithm="sha1" />');
const cwd = folderWith({ '.git/HEAD': '', 'a.cscfg': short, 'sub folder/b.cscfg': short, 'sub folder/.cscfglintrc': '{ "rules": { "thumbprint-length": "warning" } }' });

function call(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, input, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return { status, stdout, stderr };
}

describe('the command', () => {
  it.each([
    ['a relative path', ['a.cscfg']],
    ['a relative path that begins with a dot', ['./a.cscfg']],
    ['an absolute path', [join(cwd, 'a.cscfg')]],
    ['a glob', ['*.cscfg']],
  ])('takes %s', (_, args) => {
    expect(call(args)).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('--> a.cscfg:1:') as string });
  });

  it('takes a folder with a space, and the config in it', () => {
    expect(call(['sub folder'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--> sub folder/b.cscfg:1:') as string });
  });

  it('takes standard input', () => {
    expect(call(['-', '--stdin-filename', 'sub folder/x.cscfg'], short)).toMatchObject({ status: 0, stdout: expect.stringContaining('warning thumbprint-length') as string });
  });

  it('reads evidence, passwords from standard input, and .pfx files', () => {
    const folder = resolve('fixtures/projects/local-certificates');
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'ServiceConfiguration.Cloud.cscfg', '--pfx', 'certs/*', '--pfx-password-stdin'], { cwd: folder, input: 'Pass-11\n', encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('thumbprint-is-issuer');
  });

  it('shows help and the version, and refuses a wrong flag with 2', () => {
    expect(call(['--help'])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('cscfglint [paths') as string });
    expect(call(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(call(['--vautl', 'x'])).toEqual({ status: 2, stdout: '', stderr: 'cscfglint: There is no option --vautl.\nDid you mean --vault?\n' });
  });

  it('tolerates a pipe that closes early', async () => {
    const many = folderWith(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.cscfg`, short])));
    const child = spawn(process.execPath, [COMMAND, '.'], { cwd: many, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect(err).toBe('');
    expect(code).toBeOneOf([0, 1]);
  });

  it.runIf(existsSync('/dev/full'))('says in one line that standard output cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    try {
      const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'a.cscfg'], { cwd, stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 2, stderr: 'cscfglint: the report cannot be written to standard output: the disk is full.\n' });
    } finally {
      closeSync(full);
    }
  });

  it.skipIf(process.platform === 'win32')('says how it went though nobody reads the report', () => {
    const { stdout, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${COMMAND}" a.cscfg missing.cscfg | true; echo "\${PIPESTATUS[0]}"`], { cwd, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '2\n', stderr: 'cscfglint: missing.cscfg matches no .cscfg file.\n' });
  });

  it('loses nothing of a long report in a pipe', () => {
    const many = folderWith(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.cscfg`, short])));
    const { status, stdout } = spawnSync(process.execPath, [COMMAND, '.', '--format', 'json'], { cwd: many, encoding: 'utf8', maxBuffer: 1e8 });
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { summary: { errors: number } }).summary.errors).toBe(300);
  });
});

describe('the built command', () => {
  // It holds rules in short, and loads them whole with what they compare.
  const some = ['projects/rotation', 'projects/material', 'services/harbour'];
  it.each(REQUIRED ? [...readdirSync('fixtures/projects').map((name) => `projects/${name}`), 'services/harbour'] : some)('says of %s what the sources say', async (folder) => {
    const where = resolve('fixtures', folder);
    const given = existsSync(join(where, 'argv.txt')) ? readFileSync(join(where, 'argv.txt'), 'utf8').trim().split('\n') : ['.'];
    const argv = [...given, '--now', '2027-01-01', '--format', 'json'];
    const { code, out } = await run(argv, { cwd: where });
    const built = spawnSync(process.execPath, [COMMAND, ...argv], { cwd: where, encoding: 'utf8', maxBuffer: 1e8 });
    expect(built.status).toBe(code);
    expect({ ...(JSON.parse(built.stdout) as object), tool: null }).toEqual({ ...(JSON.parse(out) as object), tool: null });
  });
});

// cscfglint certs: what stands in each cell, which link is marked, what the next step is, and that no format loses a thumbprint.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from './support/cli.js';
import { wrap } from './support/texts.js';

const A = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const B = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const HOST = 'https://shop-kv.vault.azure.net';
const V1 = '0a9b8c7d6e5f40312233445566778899';
const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schema/certs.schema.json', 'utf8')) as object);

interface Row {
  role: string;
  certificate: string;
  thumbprint: string | null;
  cells: { cscfg: string; csdef: string; pfx: string; vault: string; osProfile: string };
  expires: string | null;
  daysLeft: number | null;
  broken: string | null;
  rule: string | null;
  step: string;
}

const role = (certificates: string, name = 'Web') => `<Role name="${name}"><Instances count="1" /><Certificates>${certificates}</Certificates></Role>`;
const entry = (thumbprint: string, name = 'Tls') => `<Certificate name="${name}" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`;
const vault = (thumbprint: string | null, more: object = {}) =>
  JSON.stringify([{ id: `${HOST}/certificates/tls/${V1}`, name: 'tls', x509ThumbprintHex: thumbprint, attributes: { enabled: true, created: '2026-01-01T00:00:00Z', expires: '2027-02-01T00:00:00Z' }, ...more }]);
const profile = (...urls: string[]) => JSON.stringify([{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: urls.map((certificateUrl) => ({ certificateUrl })) }]);
const SECRET = `${HOST}/secrets/tls/${V1}`;

async function matrix(files: Record<string, string | Uint8Array>, argv: readonly string[] = [], more = {}) {
  const cwd = folderWith({ '.git/HEAD': '', ...files });
  const { code, out, err } = await run(['certs', ...argv, '-f', 'json'], { cwd, ...more });
  const report = JSON.parse(out) as { files: { path: string; problem: string | null; rows: Row[] }[]; summary: Record<string, number> };
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return { code, err, report, rows: report.files.flatMap(({ rows }) => rows), summary: report.summary };
}

/** The cells of the only row. */
async function cells(thumbprint: string, evidence: { vault?: string; profile?: string }, now = '2027-01-01') {
  const files = { 'a.cscfg': wrap(role(entry(thumbprint))), ...(evidence.vault === undefined ? {} : { 'vault.json': evidence.vault }), ...(evidence.profile === undefined ? {} : { 'profile.json': evidence.profile }) };
  const argv = [...(evidence.vault === undefined ? [] : ['--vault', 'vault.json']), ...(evidence.profile === undefined ? [] : ['--os-profile', 'profile.json'])];
  const { code, rows } = await matrix(files, [...argv, '--now', now]);
  const [row] = rows;
  const { cscfg, pfx, vault: inVault, osProfile } = row!.cells;
  return { cells: [cscfg, pfx, inVault, osProfile].join(), broken: row!.broken, rule: row!.rule, step: row!.step, code, daysLeft: row!.daysLeft };
}

describe('a cell', () => {
  it.each([
    ['nothing given', A, {}, 'yes,not given,not given,not given', null],
    ['all in place', A, { vault: vault(A), profile: profile(SECRET) }, 'yes,not given,yes,yes', null],
    ['another case', A.toLowerCase(), { vault: vault(A), profile: profile(SECRET) }, 'yes,not given,yes,yes', null],
    ['not listed', A, { vault: vault(A), profile: profile() }, 'yes,not given,yes,no', 'osProfile'],
    ['not in the vault', B, { vault: vault(A), profile: profile(SECRET) }, 'yes,not given,no,no', 'vault'],
    ['the vault alone', A, { vault: vault(A) }, 'yes,not given,yes,not given', null],
    ['osProfile alone', A, { profile: profile(SECRET) }, 'yes,not given,not given,unknown', null],
    ['an empty osProfile alone', A, { profile: '[]' }, 'yes,not given,not given,no', 'osProfile'],
    ['a URL of another vault', B, { vault: vault(A), profile: profile('https://other-kv.vault.azure.net/secrets/x/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7') }, 'yes,not given,unknown,unknown', null],
    ['deleted', A, { vault: vault(A, { deletedDate: '2026-05-01T00:00:00Z', recoveryId: `${HOST}/deletedcertificates/tls` }), profile: profile() }, 'yes,not given,no,no', 'vault'],
    ['too short', '12', { vault: vault(A), profile: profile(SECRET) }, 'no,not given,unknown,unknown', 'cscfg'],
    ['a dummy', '0'.repeat(40), { vault: vault(A), profile: profile(SECRET) }, 'no,not given,no,no', 'cscfg'],
    ['spaces between', A.replace(/(..)/g, '$1 ').trim(), { vault: vault(A), profile: profile(SECRET) }, 'no,not given,yes,yes', 'cscfg'],
    ['filled in later', '$(Thumbprint)', { vault: vault(A), profile: profile(SECRET) }, 'unknown,not given,unknown,unknown', null],
  ])('of %s', async (_, thumbprint, evidence, expected, broken) => {
    const found = await cells(thumbprint, evidence);
    expect(found).toMatchObject({ cells: expected, broken, code: broken === null ? 0 : 1 });
    expect(found.step).not.toBe('');
  });

  it('says unknown of a .pfx that does not open, and ends with 2', async () => {
    const { code, rows, err } = await matrix({ 'a.cscfg': wrap(role(entry(A))), 'x.pfx': readFileSync('fixtures/certificates/aes-256.pfx') }, ['--pfx', 'x.pfx']);
    expect(rows[0]).toMatchObject({ cells: { pfx: 'unknown' }, broken: null });
    expect(code).toBe(2);
    expect(err).toContain('no password was given');
  });

  it('says yes of the certificate of a .pfx, no of its issuer', async () => {
    const { certificates } = JSON.parse(JSON.stringify({ certificates: ['C105300EFA9191CFA0EA778691A82EFF342C8A10', '60EEB302F3574FEA7CD7D3839D8A6E1EEB7DEAB8'] })) as { certificates: string[] };
    const truth = JSON.parse(readFileSync('fixtures/certificates/truth.json', 'utf8')) as Record<string, { password: string }>;
    const { rows } = await matrix({ 'a.cscfg': wrap(certificates.map((one, index) => role(entry(one, `C${index}`), `R${index}`)).join('')), 'x.pfx': readFileSync('fixtures/certificates/chain.pfx') }, ['--pfx', 'x.pfx', '--pfx-password-env', 'PW'], { env: { PW: truth['chain.pfx']!.password } });
    expect(rows.map(({ cells: { pfx }, broken, rule }) => [pfx, broken, rule])).toEqual([
      ['yes', null, null],
      ['no', 'pfx', 'thumbprint-is-issuer'],
    ]);
  });

  it('needs no .pfx of what the vault has', async () => {
    const { rows } = await matrix({ 'a.cscfg': wrap(role(entry(A))), 'vault.json': vault(A), 'profile.json': profile(SECRET), 'x.cer': readFileSync('fixtures/certificates/rsa.cer') }, ['--pfx', 'x.cer', '--vault', 'vault.json', '--os-profile', 'profile.json']);
    expect(rows[0]).toMatchObject({ cells: { pfx: 'no', vault: 'yes', osProfile: 'yes' }, broken: null });
  });
});

describe('the service definition', () => {
  const definition = (certificates: string) =>
    `<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WorkerRole name="web" vmsize="Standard_A2_v2"><Certificates>${certificates}</Certificates></WorkerRole></ServiceDefinition>`;
  const declared = (name: string) => `<Certificate name="${name}" storeLocation="LocalMachine" storeName="My" />`;

  it('has a certificate, or lacks it, or has one more', async () => {
    const { rows, code } = await matrix({ 'a.cscfg': wrap(role(entry(A) + entry(B, 'Api'))), 'a.csdef': definition(declared('TLS') + declared('Extra')) });
    expect(rows.map(({ certificate, cells: { cscfg, csdef }, broken }) => [certificate, cscfg, csdef, broken])).toEqual([
      ['Tls', 'yes', 'yes', null],
      ['Api', 'yes', 'no', 'csdef'],
      ['Extra', 'no', 'yes', 'cscfg'],
    ]);
    expect(rows[2]?.step).toContain('.csdef');
    expect(code).toBe(1);
  });

  it('is unknown where two lie in the folder, or one is not well-formed', async () => {
    expect((await matrix({ 'a.cscfg': wrap(role(entry(A))), 'a.csdef': definition(''), 'b.csdef': definition('') })).rows[0]?.cells.csdef).toBe('unknown');
    expect((await matrix({ 'a.cscfg': wrap(role(entry(A))), 'a.csdef': '<ServiceDefinition' })).rows[0]?.cells.csdef).toBe('unknown');
  });

  it('may be named, and has no rows of its own', async () => {
    const { report } = await matrix({ 'a/a.cscfg': wrap(role(entry(A))), 'b/a.csdef': definition(declared('Tls')) }, ['a', '--csdef', 'b/a.csdef']);
    expect(report.files.map(({ path, rows }) => [path, rows[0]?.cells.csdef])).toEqual([['a/a.cscfg', 'yes']]);
  });
});

describe('the end of validity', () => {
  it.each([
    ['2026-06-01', 245, null, 'Nothing to do.'],
    ['2027-01-15', 17, null, 'Renew it, and put the new thumbprint into the .cscfg and the secret URL of the new version into osProfile.'],
    ['2027-01-31T12:00:00Z', 0, null, 'Renew it, and put the new thumbprint into the .cscfg and the secret URL of the new version into osProfile.'],
    ['2027-02-01T00:00:01Z', -1, 'expires', 'Renew it, and put the new thumbprint into the .cscfg and the secret URL of the new version into osProfile.'],
  ])('seen from %s is %i days away', async (now, daysLeft, broken, step) => {
    expect(await cells(A, { vault: vault(A), profile: profile(SECRET) }, now)).toMatchObject({ daysLeft, broken, step });
  });
});

describe('the next step', () => {
  it('is that of the rule which speaks for the certificate, even where the config turns it off', async () => {
    const off = '{ "rules": { "os-profile-missing-certificate": "off" } }';
    const { rows } = await matrix({ 'a.cscfg': wrap(role(entry(A))), 'vault.json': vault(A), 'profile.json': profile(), '.cscfglintrc': off }, ['--vault', 'vault.json', '--os-profile', 'profile.json']);
    expect(rows[0]).toMatchObject({ broken: 'osProfile', step: expect.stringContaining(SECRET) as string });
  });

  it('belongs to its own row', async () => {
    const { rows } = await matrix({ 'a.cscfg': wrap(role(entry('12', 'Short') + entry(A, 'Good') + entry('x'.repeat(40), 'Odd')) + role(entry('12', 'Short'), 'Worker')) });
    expect(rows.map(({ role: name, certificate, rule }) => `${name} ${certificate} ${rule ?? '-'}`)).toEqual(['Web Short thumbprint-length', 'Web Good -', 'Web Odd thumbprint-length', 'Worker Short thumbprint-length']);
    expect(rows[1]?.step).toContain('--vault');
  });

  it('is none for the certificate of Remote Desktop, which Azure compares with nothing', async () => {
    const name = 'Microsoft.WindowsAzure.Plugins.RemoteAccess.PasswordEncryption';
    const { code, rows } = await matrix({ 'a.cscfg': wrap(role(entry(B, name))), 'vault.json': vault(A), 'profile.json': profile(SECRET) }, ['--vault', 'vault.json', '--os-profile', 'profile.json']);
    expect(rows[0]).toMatchObject({ broken: null, step: expect.stringContaining('Remote Desktop') as string });
    expect(code).toBe(0);
  });
});

describe('a file', () => {
  it('that is not well-formed says so, with the rows above that place', async () => {
    const { report } = await matrix({ 'a.cscfg': wrap(role(entry(A))).replace('</Certificates>', '<') });
    expect(report.files[0]).toMatchObject({ rows: [{ certificate: 'Tls' }], problem: expect.stringContaining('not read to its end: line 1') as string });
  });

  it('for the emulator is not compared, and that is said', async () => {
    const { report, code } = await matrix({ 'ServiceConfiguration.Local.cscfg': wrap(role(entry('0'.repeat(40)))) });
    expect(report.files[0]).toMatchObject({ rows: [], problem: expect.stringContaining('emulator') as string });
    expect(code).toBe(0);
  });

  it('that no path matches ends the run with 2', async () => {
    expect(await matrix({ 'a.cscfg': wrap(role('')) }, ['a.cscfg', 'nowhere.cscfg'])).toMatchObject({ code: 2, err: expect.stringContaining('nowhere.cscfg') as string });
  });
});

describe('what is printed', () => {
  const hostile = '\u001B[31m|`<b>@team](x)\u202E';
  const long = 'A'.repeat(70);
  const escaped = hostile.replaceAll('<', '&lt;').replaceAll('\u001B', '');
  const cwd = folderWith({ '.git/HEAD': '', 'a.cscfg': wrap(role(entry(A, escaped) + entry(B, long))), 'vault.json': vault(A), 'profile.json': profile() });
  const argv = ['certs', '--vault', 'vault.json', '--os-profile', 'profile.json'];

  it('fits eighty columns, and keeps every thumbprint and URL whole', async () => {
    const { out } = await run(argv, { cwd });
    expect(out).toContain(A);
    expect(out).toContain(B);
    expect(out).toContain(SECRET);
    // A name that is longer by itself cannot be helped.
    for (const line of out.split('\n')) if (!line.includes(long)) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('shows nothing hidden, and starts neither Markdown nor HTML', async () => {
    for (const format of ['text', 'markdown']) {
      const { out } = await run([...argv, '-f', format], { cwd });
      expect(out).not.toMatch(/[\u202E\u001B]/);
      expect(out).toContain('u{202E}');
    }
    const { out } = await run([...argv, '-f', 'markdown'], { cwd });
    expect(out).not.toContain('<b>');
    expect(out).not.toContain('@team');
    const rows = out.split('\n').filter((line) => line.startsWith('|'));
    expect(new Set(rows.map((line) => line.replace(/\\./g, '').split('|').length)).size).toBe(1);
  });

  it('leaves with --quiet only what is broken or open', async () => {
    const { out } = await run(['certs', '--quiet', '--vault', 'vault.json'], { cwd });
    expect(out).not.toContain(A);
    expect(out).toContain(B);
  });

  it('is painted where colours are wanted, and the same below the paint', async () => {
    const plain = await run(argv, { cwd });
    const painted = await run([...argv, '--color'], { cwd });
    expect(painted.out).not.toBe(plain.out);
    expect(painted.out.replace(/\u001B\[\d+m/g, '')).toBe(plain.out);
  });
});

/** The arguments of a project without those that mean something to lint only. */
function argumentsOf(cwd: string): string[] {
  const argv = readFileSync(resolve(cwd, 'argv.txt'), 'utf8').trim().split('\n');
  return argv.filter((one, index) => one !== '--strict-inputs' && one !== '--skip' && argv[index - 1] !== '--skip');
}

// After a wanted change: npx vitest run test/certs.test.ts -u, and read the difference.
describe('projects', () => {
  it.each(['causes', 'counting', 'in-place', 'local-certificates', 'other-environment', 'rotation', 'unknown', 'unusable', 'vault-alone'])('%s', async (name) => {
    const cwd = resolve('fixtures/projects', name);
    const argv = argumentsOf(cwd);
    const { code, out, err } = await run(['certs', ...argv], { cwd });
    await expect(`${out}${err === '' ? '' : `--- standard error\n${err}`}--- exit code ${code}\n`).toMatchFileSnapshot(resolve('fixtures/commands', `certs-${name}.out`));
    const json = await run(['certs', ...argv, '-f', 'json'], { cwd });
    expect(validate(JSON.parse(json.out)), JSON.stringify(validate.errors)).toBe(true);
    expect(json.code).toBe(code);
  });

  it('as Markdown', async () => {
    const cwd = resolve('fixtures/projects/rotation');
    const argv = argumentsOf(cwd);
    const { out } = await run(['certs', ...argv, '-f', 'markdown'], { cwd });
    await expect(out).toMatchFileSnapshot(resolve('fixtures/commands/certs-rotation.md'));
  });
});

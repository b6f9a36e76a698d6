// cscfglint inspect: what is recognised, what is printed of it, and when the run ends with 2.

import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from './support/cli.js';
import { wrap } from './support/texts.js';

const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schema/inspect.schema.json', 'utf8')) as object);
const CERTIFICATES = resolve('fixtures/certificates');
const A = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const SHOP = 'C105300EFA9191CFA0EA778691A82EFF342C8A10';

interface Inspected {
  path: string;
  kind: string | null;
  shape: string | null;
  certificates: { thumbprint: string; notAfter: string | null; hasPrivateKey: boolean | 'unknown' }[];
  vaultCertificates: { thumbprint: string | null; secretUrl: string | null; created: string | null }[];
  certificateUrls: string[];
  problems: { code: string; help: string; line: number | null }[];
}

async function inspect(cwd: string, argv: readonly string[], more = {}) {
  const ran = await run(['inspect', ...argv, '-f', 'json'], { cwd, ...more });
  const { files } = JSON.parse(ran.out) as { files: Inspected[] };
  expect(validate(JSON.parse(ran.out)), JSON.stringify(validate.errors)).toBe(true);
  return { code: ran.code, err: ran.err, files, file: files[0]! };
}

describe('every file of the fixtures', () => {
  const truth = JSON.parse(readFileSync(resolve(CERTIFICATES, 'truth.json'), 'utf8')) as Record<string, { password: string; thumbprints: string[] }>;
  // Files that hold no certificate, or hold it in a way that is not read.
  const REFUSED = ['cut.pfx', 'crlf.pfx', 'empty.pfx', 'java-keystore.pfx', 'lfs-pointer.pfx', 'sign-in.pfx', 'unsupported.pfx', 'request.cer', 'utf-8.pfx'];

  it.each(Object.entries(truth))('%s', async (name, { password, thumbprints }) => {
    const { code, file, err } = await inspect(CERTIFICATES, [name, ...(password === '' ? [] : ['--pfx-password-env', 'PW'])], { env: { PW: password } });
    expect(err).toBe('');
    if (REFUSED.includes(name)) {
      expect(code).toBe(2);
      expect(file.problems[0]?.help).not.toBe('');
      return;
    }
    expect(new Set(file.certificates.map(({ thumbprint }) => thumbprint))).toEqual(new Set(thumbprints));
    expect(code).toBe(0);
    expect(file.kind).not.toBe(null);
  });

  it('of the projects keeps to the schema', async () => {
    for (const project of readdirSync('fixtures/projects')) {
      const cwd = resolve('fixtures/projects', project);
      const { files } = await inspect(cwd, ['*', '*/*']);
      expect(files.length).toBeGreaterThan(1);
    }
  });
});

describe('a file', () => {
  const vault = JSON.stringify([{ id: 'https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899', name: 'tls', x509ThumbprintHex: A, attributes: { enabled: true, created: '2026-01-01T00:00:00+02:00' } }]);
  const secret = 'https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899';
  const template = JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    parameters: { version: { type: 'string' } },
    resources: [{ type: 'Microsoft.Compute/cloudServices', name: 'shop', properties: { osProfile: { secrets: [{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: [{ certificateUrl: "[concat('https://shop-kv.vault.azure.net/secrets/tls/', parameters('version'))]" }] }] } } }],
  });
  const cwd = folderWith({
    'vault.json': vault,
    'logged.json': `WARNING: a new version is there\n${vault}`,
    'utf16.json': Buffer.from(`\uFEFF${vault}`, 'utf16le'),
    'vault.pfx': vault,
    'parameters.json': JSON.stringify([{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: [{ certificateUrl: secret }] }]),
    'template.json': template,
    'commented.json': `// The service.\n${template}`,
    'main.bicep': "param location string\nresource x 'Microsoft.Compute/cloudServices@2022-09-04' = {}\n",
    'a.cscfg': wrap('<Role name="Web"><Instances count="1" /></Role>'),
    'latin1.json': Buffer.from('[{"name": "Gr\u00FC\u00DFe"}]', 'latin1'),
    'web.pfx': readFileSync(resolve(CERTIFICATES, 'rsa.cer')),
    'web.cer': readFileSync(resolve(CERTIFICATES, 'aes-256.pfx')),
    'nothing.txt': 'nothing of the kind\n',
  });

  it.each([
    ['vault.json', 'vault', 'az-certificates'],
    ['logged.json', 'vault', 'az-certificates'],
    ['utf16.json', 'vault', 'az-certificates'],
    ['vault.pfx', 'vault', 'az-certificates'],
    ['parameters.json', 'os-profile', 'secret-groups'],
    ['template.json', 'os-profile', 'arm-template'],
    ['commented.json', 'os-profile', 'arm-template'],
  ])('%s is recognised by its content', async (name, kind, shape) => {
    const { code, file } = await inspect(cwd, [name]);
    expect(file).toMatchObject({ path: name, kind, shape });
    expect(code).toBe(0);
  });

  it('of a vault shows thumbprints and secret URLs, times in UTC', async () => {
    const { file } = await inspect(cwd, ['vault.json']);
    expect(file.vaultCertificates).toMatchObject([{ thumbprint: A, secretUrl: secret, created: '2025-12-31T22:00:00.000Z' }]);
  });

  it('of an osProfile shows its URLs, what cannot be known in brackets', async () => {
    expect((await inspect(cwd, ['parameters.json'])).file.certificateUrls).toEqual([secret]);
    const { file } = await inspect(cwd, ['template.json']);
    expect(file.certificateUrls).toEqual(["https://shop-kv.vault.azure.net/secrets/tls/[parameters('version')]"]);
    expect(file.problems.map(({ code }) => code)).toEqual(['unresolved-expression']);
  });

  it('with an extension that lies is read, and is told of', async () => {
    expect((await inspect(cwd, ['web.pfx'])).file).toMatchObject({ kind: 'certificate', shape: 'der', problems: [{ code: 'not-pfx' }] });
    const { file, code } = await inspect(cwd, ['web.cer', '--pfx-password-env', 'PW'], { env: { PW: 'Pass-2' } });
    expect(file).toMatchObject({ kind: 'pfx', shape: 'pfx', certificates: [{ hasPrivateKey: true }] });
    expect(code).toBe(0);
  });

  it.each([
    ['main.bicep', 'not-json', 'bicep build'],
    ['a.cscfg', 'wrong-resource', 'cscfglint certs'],
    ['latin1.json', 'undecodable', 'JSON'],
    ['nothing.txt', 'not-certificate', 'right file'],
    ['nowhere.pfx', 'unreadable', 'Check the path'],
    ['web.cer', 'needs-password', '--pfx-password-env'],
  ])('%s ends the run with 2, with advice', async (name, problem, advice) => {
    const { code, file, err } = await inspect(cwd, [name]);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(file.problems[0]).toMatchObject({ code: problem, help: expect.stringContaining(advice) as string });
  });

  it('that is a .pfx shows its encryption, without its password too', async () => {
    const aes = { cipher: 'aes-256-cbc', hash: 'sha256' };
    expect((await inspect(cwd, ['web.cer'])).file).toMatchObject({ certificates: [], encryption: { certificates: [aes], keys: [aes], mac: 'sha256' } });
    expect((await inspect(cwd, ['web.pfx'])).file).toMatchObject({ encryption: null });
  });

  it('that cannot be read does not keep the others from being read', async () => {
    const { code, files } = await inspect(cwd, ['nowhere.json', 'vault.json', 'a.cscfg', 'parameters.json', 'vault.json']);
    expect(files.map(({ path, kind }) => [path, kind])).toEqual([['nowhere.json', null], ['vault.json', 'vault'], ['a.cscfg', null], ['parameters.json', 'os-profile']]);
    expect(code).toBe(2);
  });

  it('is no folder', async () => {
    expect(await run(['inspect', 'fixtures'], { cwd: process.cwd() })).toEqual({ code: 2, out: '', err: 'cscfglint: fixtures is a folder.\nName the files in it: cscfglint inspect fixtures/*\n' });
  });

  it('may come from standard input', async () => {
    expect((await inspect(cwd, ['-'], { input: vault })).file).toMatchObject({ path: '<stdin>', kind: 'vault' });
    expect(await run(['inspect', '-', '--pfx-password-stdin'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('cannot be both') as string });
  });

  it('is asked a password for at a terminal, and the answer opens later files, too', async () => {
    const folder = folderWith({ 'a.pfx': readFileSync(resolve(CERTIFICATES, 'aes-256.pfx')), 'b.pfx': readFileSync(resolve(CERTIFICATES, 'aes-256.pfx')) });
    const { code, out, err } = await run(['inspect', '*.pfx'], { cwd: folder, answers: ['wrong', 'Pass-2'] });
    expect(code).toBe(0);
    expect(err.match(/Password of/g)).toHaveLength(2);
    expect(out + err).not.toContain('Pass-2');
  });
});

describe('secrets', () => {
  it('are in no format', async () => {
    const SECRET = 'c2VjcmV0LWNhbmFyeQ';
    const cwd = folderWith({
      'secret.json': JSON.stringify({ id: 'https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899', name: 'tls', contentType: 'application/x-pkcs12', value: SECRET, attributes: { enabled: true } }),
      'cut.json': `{"value": "${SECRET}", "id": `,
      'key.pem': `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`,
      'text.txt': SECRET,
    });
    for (const format of ['text', 'json']) {
      const { code, out, err } = await run(['inspect', '*', '-f', format, '--debug'], { cwd });
      expect(code).toBe(2);
      expect(out + err).not.toContain(SECRET);
    }
  });
});

describe('the text', () => {
  it('shows nothing hidden', async () => {
    const name = '\u202E\u001B[31mtls';
    const cwd = folderWith({ 'v.json': JSON.stringify([{ name, x509ThumbprintHex: A }]) });
    const { out } = await run(['inspect', 'v.json'], { cwd });
    expect(out).toContain('\\u{202E}\\u{1B}[31mtls');
    expect(out).not.toMatch(/[\u202E\u001B]/);
  });

  it('leaves with --quiet only files with a problem', async () => {
    const { out } = await run(['inspect', 'shop.cer', 'sign-in.pfx', '--quiet'], { cwd: CERTIFICATES });
    expect(out).not.toContain(SHOP);
    expect(out).toContain('sign-in.pfx');
  });

  // After a wanted change: npx vitest run test/inspect.test.ts -u, and read the difference.
  it.each([
    ['rotation', 'fixtures/projects/rotation', ['certs/*', 'exports/*', 'deploy/*']],
    ['causes', 'fixtures/projects/causes', ['*']],
    ['certificates', 'fixtures/certificates', ['chain.pfx', 'key-only.pfx', 'ed25519.cer', 'chain.p7b', 'with-key.pem', 'base64.pfx', 'no-mac.pfx', 'java-keystore.pfx', 'sign-in.pfx', 'lfs-pointer.pfx', 'cut.pfx', 'request.pem']],
  ])('of %s', async (name, folder, argv) => {
    const { code, out, err } = await run(['inspect', ...argv, '--pfx-password-env', 'PW', '--pfx-password-env', 'PW2'], { cwd: resolve(folder), env: { PW: 'Pass-11', PW2: 'Pass-2' } });
    await expect(`${out}${err === '' ? '' : `--- standard error\n${err}`}--- exit code ${code}\n`).toMatchFileSnapshot(resolve('fixtures/commands', `inspect-${name}.out`));
  });
});

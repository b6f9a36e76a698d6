// cscfglint init: what is found, what the config says, when none is written; and that the config is one that works.

import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { findByName } from '../src/cli/files.js';
import { Folders } from '../src/cli/folders.js';
import type { Config } from '../src/core/config.js';
import { folderWith, run } from './support/cli.js';
import { wrap } from './support/texts.js';

const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schema/rc.schema.json', 'utf8')) as object);

/** The certificate that the fixtures call "rsa". */
const RSA = readFileSync('fixtures/certificates/rsa.cer');
const LOCKED = readFileSync('fixtures/certificates/aes-256.pfx');
const A = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const VERSION = '0a9b8c7d6e5f40312233445566778899';

const cscfg = wrap('<Role name="Web"><Instances count="2" /></Role>');
const vault = JSON.stringify([{ id: `https://shop-kv.vault.azure.net/certificates/tls/${VERSION}`, name: 'tls', x509ThumbprintHex: A, attributes: { enabled: true, created: '2026-01-01T00:00:00Z' } }]);
const service = (name: string) =>
  JSON.stringify({ type: 'Microsoft.Compute/cloudServices', name, properties: { osProfile: { secrets: [{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: [{ certificateUrl: `https://shop-kv.vault.azure.net/secrets/tls/${VERSION}` }] }] } } });
const template = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  parameters: { version: {}, location: {} },
  resources: [{ type: 'Microsoft.Compute/cloudServices', name: 'shop', properties: { osProfile: { secrets: [{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: [{ certificateUrl: "[concat('https://shop-kv.vault.azure.net/secrets/tls/', parameters('version'))]" }] }] } } }],
});
const parameters = (values: Record<string, string>) =>
  JSON.stringify({ $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#', parameters: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])) });
const vaultTemplate = JSON.stringify({ $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', resources: [{ type: 'Microsoft.KeyVault/vaults', name: 'shop-kv', location: 'westeurope', properties: { enabledForDeployment: true } }] });

/** Runs init in a folder; the config that it wrote, which the schema accepts. */
async function init(cwd: string) {
  const ran = await run(['init'], { cwd });
  expect(ran).toMatchObject({ code: 0, err: '' });
  const text = readFileSync(join(cwd, '.cscfglintrc'), 'utf8');
  return { ...ran, text, evidence: read(text).evidence! };
}

function read(text: string): Config {
  const config = parse(text, [], { allowTrailingComma: true }) as Config;
  expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
  return config;
}

/** What lint says, which must not be about the config. */
async function lint(cwd: string, argv: readonly string[] = [], env = {}) {
  const { code, out, err } = await run([...argv, '-f', 'json'], { cwd, env });
  expect({ code: code < 2, err }).toEqual({ code: true, err: '' });
  return JSON.parse(out) as { files: unknown[]; evidence: { path: string; kind: string }[] };
}

describe('a repository with everything', () => {
  const copy = () => {
    const cwd = folderWith({ '.git/HEAD': '' });
    cpSync('fixtures/projects/rotation', cwd, { recursive: true });
    return cwd;
  };
  const argv = readFileSync('fixtures/projects/rotation/argv.txt', 'utf8').trim().split('\n');

  it('gets a config with which lint says what it says with every flag', async () => {
    const [cwd, other] = [copy(), copy()];
    const { evidence } = await init(cwd);
    expect(evidence).toEqual({ csdef: 'ServiceDefinition.csdef', pfx: ['certs/*.pfx'], vault: ['exports/vault.json'], osProfile: ['deploy/parameters.json', 'deploy/template.json'] });
    expect((await lint(cwd)).files).toEqual((await lint(other, argv)).files);
  });

  // After a wanted change: npx vitest run test/init.test.ts -u, and read the difference.
  it('is told of, and of what cannot be used', async () => {
    const cwd = copy();
    writeFileSync(join(cwd, 'certs/api.pfx'), LOCKED);
    writeFileSync(join(cwd, 'certs/key.pem'), '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n');
    writeFileSync(join(cwd, 'exports/cut.json'), vault.slice(0, -20));
    writeFileSync(join(cwd, 'main.bicep'), "param location string\nresource x 'Microsoft.Compute/cloudServices@2022-09-04' = {}\n");
    const { out, text } = await init(cwd);
    await expect(`${out}--- .cscfglintrc\n${text}`).toMatchFileSnapshot(resolve('fixtures/commands/init.out'));
    // The .pfx that needs a password opens as the comment says.
    writeFileSync(join(cwd, '.cscfglintrc'), text.replace('// "passwords": {', '"passwords": {').replace('//   "certs', '"certs').replace('// },', '},'));
    const { evidence } = await lint(cwd, [], { API_PFX_PASSWORD: 'Pass-2' });
    expect(evidence.map(({ path }) => path)).toContain('certs/api.pfx');
  });

  it('gets comments of which each can be made a part of the config', async () => {
    const { text } = await init(copy());
    const keys = read(text.replace(/^( *)\/\/ ( *["}])/gm, '$1$2'));
    expect(Object.keys(keys)).toEqual(['$schema', 'root', 'evidence', 'overrides', 'require', 'rules']);
    expect(keys.evidence).toHaveProperty('passwords');
    expect(text).not.toMatch(/[^\n\x20-\x7E]/);
  });
});

describe('no config is written', () => {
  it.each([
    ['.cscfglintrc', '{}', '.cscfglintrc'],
    ['.cscfglintrc.json', '{', '.cscfglintrc.json'],
    ['.cscfglintrc.jsonc', '', '.cscfglintrc.jsonc'],
    ['package.json', '{ "cscfglint": { "rulse": {} } }', '"cscfglint" in package.json'],
  ])('where there is %s', async (name, content, told) => {
    const cwd = folderWith({ 'a.cscfg': cscfg, [name]: content });
    const { code, out, err } = await run(['init'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`There is a config already, which stays as it is: ${told}.`);
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(content);
    expect(readdirSync(cwd)).toHaveLength(2);
  });

  it.each([
    ['without a .cscfg', { 'a.csdef': '', 'b.json': vault }, [], 'There is no .cscfg file in '],
    ['where a .gitignore leaves out every .cscfg', { '.gitignore': 'bin/', 'bin/a.cscfg': cscfg }, [], 'a .gitignore leaves out every .cscfg file there'],
    ['for a folder that is not there', { 'a.cscfg': cscfg }, ['nowhere'], 'nowhere cannot be read: there is no such file.'],
    ['for a file', { 'a.cscfg': cscfg }, ['a.cscfg'], 'a.cscfg is no folder.'],
  ])('%s', async (_, files: Record<string, string>, argv, told) => {
    const cwd = folderWith(files);
    const before = readdirSync(cwd);
    const { code, out, err } = await run(['init', ...argv], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(told);
    expect(readdirSync(cwd)).toEqual(before);
  });

  it('in the home folder, where it would count for nothing', async () => {
    const cwd = folderWith({ 'a.cscfg': cscfg });
    expect(await run(['init'], { cwd, home: cwd })).toMatchObject({ code: 2, err: expect.stringContaining('home folder') as string });
  });

  it('over another that is written at the same time', async () => {
    const cwd = folderWith({ 'a.cscfg': cscfg });
    const [one, other] = await Promise.all([run(['init'], { cwd }), run(['init'], { cwd })]);
    expect([one.code, other.code].sort()).toEqual([0, 2]);
    expect(one.err + other.err).toContain('There is a config already');
    expect(readdirSync(cwd)).toEqual(['.cscfglintrc', 'a.cscfg']);
  });
});

describe('what is named', () => {
  it('is told from its content: an export of Windows PowerShell in UTF-16 under any name, and no package.json', async () => {
    const export16 = JSON.stringify({ Name: 'tls', Version: VERSION, VaultName: 'shop-kv', Thumbprint: A, SecretId: `https://shop-kv.vault.azure.net:443/secrets/tls/${VERSION}`, Enabled: true }, null, 4).replaceAll('\n', '\r\n');
    const cwd = folderWith({
      'a.cscfg': cscfg,
      'notes/package.json': Buffer.from(`\uFEFF${export16}`, 'utf16le'),
      // A commit has forty digits, too.
      'package.json': JSON.stringify({ name: 'shop', gitHead: A.toLowerCase() }),
      'vault.json': '[]',
      'secrets.json': '{ "secrets": [] }',
      'appsettings.json': '{ "KeyVault": "https://shop-kv.vault.azure.net/" }',
      'broken.json': '{ "a": ',
    });
    const { evidence, out } = await init(cwd);
    expect(evidence).toEqual({ vault: ['notes/package.json'] });
    expect(out).not.toContain('left out');
    expect((await lint(cwd)).evidence).toMatchObject([{ path: 'notes/package.json', kind: 'vault' }]);
  });

  it('is not what a .gitignore leaves out, nor by way of a glob', async () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      '.gitignore': 'old.cer\n/exports/\n',
      'a.cscfg': cscfg,
      'certs/a.cer': RSA,
      'certs/b.cer': RSA,
      'certs/old.cer': RSA,
      'more/a.cer': RSA,
      'more/b.cer': RSA,
      'exports/vault.json': vault,
      'node_modules/x/vault.json': vault,
    });
    const { evidence, out } = await init(cwd);
    expect(evidence).toEqual({ pfx: ['certs/a.cer', 'certs/b.cer', 'more/*.cer'] });
    expect(out).toContain('left out  certs/old.cer: a .gitignore leaves it out.');
  });

  it('is a vault itself, by itself too: no certificate is missed for it', async () => {
    const files = { 'a.cscfg': cscfg, 'kv.json': vaultTemplate };
    expect((await init(folderWith(files))).evidence).toEqual({ vault: ['kv.json'] });
    expect((await init(folderWith({ ...files, 'vault.json': vault }))).evidence).toEqual({ vault: ['vault.json', 'kv.json'] });
  });

  it('is none of several service definitions and cloud services, which a person chooses', async () => {
    const cwd = folderWith({ 'a/a.cscfg': cscfg, 'a/a.csdef': '', 'b/b.csdef': '', 'blue.json': service('shop-blue'), 'green.json': service('shop-green') });
    const { evidence, text } = await init(cwd);
    expect(evidence).toEqual({ osProfile: ['blue.json', 'green.json'] });
    expect(text).toContain('    // "csdef": "a/a.csdef",\n    // "csdef": "b/b.csdef",\n');
    expect(text).toContain('    // "cloudService": "shop-blue",\n    // "cloudService": "shop-green",\n');
  });

  it('is of parameters those that go with the template, and none of those that contradict each other', async () => {
    const base = { 'a.cscfg': cscfg, 'template.json': template, 'prod.json': parameters({ version: VERSION, location: 'westeurope' }), 'vnet.json': parameters({ location: 'westus', prefix: '10.0.0.0/8' }) };
    expect((await init(folderWith(base))).evidence).toEqual({ osProfile: ['prod.json', 'template.json'] });
    const other = JSON.stringify({ $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#', parameters: { groups: { value: [{ vaultCertificates: [] }] } } });
    expect((await init(folderWith({ ...base, 'other.json': other }))).out).toContain('left out  other.json: The file is one of parameters, and no template that was found takes its secret groups.');
    const cwd = folderWith({ ...base, 'test.json': parameters({ version: VERSION.replace('0', '1') }) });
    const { evidence, text } = await init(cwd);
    expect(evidence).toEqual({ osProfile: ['template.json'] });
    expect(text).toContain('    // "prod.json"\n    // "test.json"\n');
  });

  it('is shown without what its name could do', async () => {
    const names = ['a"b.cer', 'a\nb.cer', '\u001B[31m\u202Ea.cer', '##vso[task.complete].cer', '{a,b}*.cer', '[x].cer', '__proto__.cer', '*, \u00E9], "root": false, "x": [.cer'];
    const cwd = folderWith({ 'a.cscfg': cscfg, ...Object.fromEntries(names.map((name): [string, Uint8Array] => [`certs/${name}`, RSA])), 'a*b*c*d*e.cer': RSA, 'c\n"x": 1/d.pfx': LOCKED, 'x\ny.csdef': '', 'z\u2028.csdef': '' });
    const { evidence, text, out } = await init(cwd);
    expect(new Set(evidence.pfx)).toEqual(new Set(['c\n"x": 1/d.pfx', 'certs/*.cer']));
    expect(out).toContain('left out  a*b*c*d*e.cer: A config cannot name it');
    for (const printed of [out, text]) expect(printed).not.toMatch(/[^\n\x20-\x7E\u00E9]|##vso/);
    expect(out.match(/\n/g)).toHaveLength(out.split(/\n(?=found |left out |wrote |next |$)/).length - 1);
    // Each by itself, where a glob would be one more.
    writeFileSync(join(cwd, '.gitignore'), '\\[x\\].cer\n*.csdef\n*.pfx\n');
    writeFileSync(join(cwd, 'package.json'), '{}');
    const again = folderWith({});
    cpSync(cwd, again, { recursive: true, filter: (path) => !path.endsWith('.cscfglintrc') });
    const single = await init(again);
    expect(new Set(single.evidence.pfx)).toEqual(new Set(names.filter((name) => name !== '[x].cer').map((name) => `certs/${name}`)));
    expect((await lint(again)).evidence).toHaveLength(names.length - 1);
  });

  it('is told of where it was not read', async () => {
    const cwd = folderWith({ 'a.cscfg': cscfg, 'large.json': Buffer.alloc(17 * 1024 * 1024, ' '), 'deep/b.cscfg': cscfg });
    expect((await init(cwd)).out).toContain('not read  large.json: ');
    const few = findByName(cwd, new Folders(), (name) => (name.endsWith('.cscfg') ? 'cscfg' : null), 4);
    expect(few).toMatchObject({ files: [{ path: join(cwd, 'a.cscfg') }], isWhole: false });
  });
});

it('writes into the folder that is named, and says how to lint it', async () => {
  const cwd = folderWith({ "it's/a.cscfg": cscfg, "it's/vault.json": vault, 'vault.json': vault });
  const { code, out } = await run(['init', "it's"], { cwd });
  expect({ code, out }).toEqual({
    code: 0,
    out: "found     it's/a.cscfg: service configuration\nfound     it's/vault.json: vault export, 1 certificate\nwrote     it's/.cscfglintrc\nnext      cscfglint './it'\\''s'\n",
  });
  expect(read(readFileSync(join(cwd, "it's/.cscfglintrc"), 'utf8')).evidence).toEqual({ vault: ['vault.json'] });
  expect(existsSync(join(cwd, '.cscfglintrc'))).toBe(false);
});

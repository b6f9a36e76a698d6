// Secrets stay secret: one lies in every place that can hold one, every command reads them all, and none comes out again.

import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands.js';
import { FORMAT_NAMES } from '../src/formats/index.js';
import { RULES } from '../src/rules/index.js';
import { folderWith, run, type Ran, type RunOptions } from './support/cli.js';
import { bag, certificateBag, data, localKeyId, mac, octets, oid, pfx, sequence, tripleDes } from './support/pkcs12.js';
import { DEFINITION_NAMESPACE, NAMESPACE } from './support/texts.js';

/** A secret: long, and with the one word that is looked for so often in it that no excerpt can be cut between two. */
const canary = (name: string) => `Canary${name}`.repeat(4);

/** One that can be taken for a thumbprint. */
const HEX_CANARY = '5EC2E7'.repeat(11);

const CANARY = /(?:canary|5ec2e7)\w*/gi;

/** The secrets in a text, each once. */
const canariesIn = (text: string) => [...new Set(text.match(CANARY) ?? [])];

const SHOP = readFileSync('fixtures/certificates/shop.cer');
const [SHOP_PEM = ''] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(readFileSync('fixtures/certificates/chain.pem', 'utf8')) ?? [];
const THUMBPRINT = 'C105300EFA9191CFA0EA778691A82EFF342C8A10';
const VERSION = '0a9b8c7d6e5f40312233445566778899';
const VAULT = 'https://shop-kv.vault.azure.net';
const VAULT_ID = '/subscriptions/x/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv';

// ---------------------------------------------------------------------------------------------------------------------
// Inputs
// ---------------------------------------------------------------------------------------------------------------------

/** Base64 text of sixteen lines in which a word stands again and again. */
const base64With = (word: string) => word.repeat(64).slice(0, 1024).replace(/(.{64})/g, '$1\n');

const PEM_KEY = `-----BEGIN PRIVATE KEY-----\n${base64With('CanaryPemKey')}-----END PRIVATE KEY-----\n`;

/** A .pfx whose sealed key is a secret, in the bytes and in the base64 of them. */
function pfxWithKey(password: string): Buffer {
  for (const fill of ['', 'x', 'xx']) {
    const key = bag(2, sequence(sequence(oid('1.2.3')), octets(Buffer.concat([Buffer.from(`CanaryKeyBytes${fill}`), Buffer.from('CanaryKeyText'.repeat(32), 'base64')]))), localKeyId(1));
    const contents = sequence(certificateBag(SHOP, localKeyId(1)), key);
    const safes = password === '' ? [data(contents)] : [tripleDes(contents, password)];
    const bytes = Buffer.from(pfx(safes, mac(safes, password)));
    if (password !== '' || bytes.toString('base64').includes('CanaryKeyText')) return bytes;
  }
  throw new Error('the key is at no place where its base64 can be read');
}

const setting = (name: string, value: string) => `<Setting name="${name}" value="${value}" />`;

/** Something to find stands on every line that holds a secret, so that reports show the line. */
const CSCFG = `<?xml version="1.0" encoding="utf-8"?>
<ServiceConfiguration serviceName="Shop" osFamily="4" osVersion="*" schemaVersion="2015-04.2.6" xmlns="${NAMESPACE}">
  <Role name="Web"><Instances count="0" /><ConfigurationSettings>
      ${setting('Plain', canary('Plain'))}<Settin name="x" value="${canary('Misspelt')}" />
      ${setting('Plain', canary('Twice'))}
      ${setting('Shop.Password', canary('Named'))}
      ${setting('Storage', `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${canary('AccountKey')}`)}
      ${setting('Blob', `https://shop.blob.core.windows.net/in?sv=2022-11-02&amp;sig=${canary('SettingSignature')}`)}
      ${setting('Filled', `#{Password}${canary('BesidePlaceholder')}`)}
      ${setting('Web.Thumbprint', HEX_CANARY.slice(0, 41))}${setting('Api.Thumbprint', `\u200E${HEX_CANARY.slice(0, 40)}`)}
      ${setting('Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountEncryptedPassword', canary('RemoteAccess'))}
      ${setting('Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString', `UseDevelopmentStorage=true;X=${canary('Diagnostics')}`)}
    </ConfigurationSettings><!-- ${setting('Old', canary('CommentedOut'))} --><Certificates>
      <Certificate name="Tls" thumbprint="${THUMBPRINT.toLowerCase()}" thumbprintAlgorithm="SHA1" password="${canary('Attribute')}" />
      <Certificate name="Other" thumbprint="\u200E3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7" thumbprintAlgorithm="sha1" /></Certificates></Role>
  <NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /></NetworkConfiguration>
  <Role name="Worker"><ConfigurationSettings>${setting('Key', canary('Moved'))}</ConfigurationSettings><Instances count="1" vmname="x" /><AdminPassword>${canary('ElementText')}</AdminPassword></Role>
</ServiceConfiguration>
`;

const CSDEF = `<?xml version="1.0" encoding="utf-8"?>
<ServiceDefinition name="Shop" schemaVersion="2015-04.2.6" xmlns="${DEFINITION_NAMESPACE}">
  <WebRole name="Web" vmsize="Small">
    <ConfigurationSettings><Setting name="Plain" value="${canary('DefinitionSetting')}" /><Setting name="Declared" /></ConfigurationSettings>
    <Startup><Task commandLine="setup.cmd -p ${canary('CommandLine')}" executioncontext="elevated"><Environment><Variable name="A" Value="${canary('Variable')}" /><Variable name="B" value="${canary('VariableToo')}" x="" /></Environment></Task></Startup>
    <Certificates><Certificate name="tls" storeLocation="LocalMachine" storeName="My" /></Certificates>
    <Endpoints><InputEndpoint name="E" protocol="https" port="0" certificate="None" /></Endpoints>
  </WebRole>
</ServiceDefinition>
`;

const secret = (value: string, more: object = {}) => ({ value, contentType: 'application/x-pkcs12', id: `${VAULT}/secrets/tls/${VERSION}`, attributes: { enabled: true, exp: 1796083200 }, tags: { password: canary('SecretTag') }, ...more });
const SECRET_PFX = pfxWithKey('').toString('base64');
const SECRET_WRAPPED = Buffer.from(JSON.stringify({ data: pfxWithKey('CanaryInJson').toString('base64'), dataType: 'pfx', password: 'CanaryInJson' })).toString('base64');

/** How the secrets begin that hold no such word there. */
const ENCODED = [SECRET_PFX, SECRET_WRAPPED].map((secretText) => secretText.slice(0, 40));

const extension = (name: string, protectedSettings: unknown, settings: unknown = '') => ({ name, properties: { publisher: 'Microsoft.Windows.Azure.Extensions', type: name, autoUpgradeMinorVersion: 'x', protectedSettings, settings, rolesAppliedTo: ['Nobody'] } });

/** What stands first in an object is what an excerpt of that object would show. */
const cloudService = (configuration: unknown) => ({
  tags: { password: canary('Tag') },
  properties: {
    packageUrl: `https://shop.blob.core.windows.net/x/shop.cspkg?sv=2022-11-02&se=2026-06-01T00:00:00Z&sp=r&sig=${canary('PackageSignature')}`,
    configurationUrl: `https://shop.blob.core.windows.net/x/shop.cscfgsig=${canary('JoinedSignature')}&sv=2022-11-02`,
    configuration,
    upgradeMode: 'Sometimes',
    extensionProfile: {
      extensions: [
        extension('RDP', `<PrivateConfig><Password>${canary('ProtectedXml')}</Password></PrivateConfig>`, `<PublicConfig><UserName>admin</UserName><Expiration>2026-01-01</Expiration><Password>${canary('PublicXml')}</Password></PublicConfig>`),
        extension('Diagnostics', { storageAccountKey: canary('ProtectedJson') }, { connectionString: canary('PublicJson') }),
      ],
    },
    roleProfile: { roles: [{ name: 'Web', sku: { name: 'Small', tier: 'x', capacity: 7 } }] },
    networkProfile: { loadBalancerConfigurations: [] },
    osProfile: { secrets: [{ sourceVault: { id: VAULT_ID }, vaultCertificates: [{ certificateUrl: `${VAULT}/certificates/tls/${VERSION}` }, { certificateUrl: "[parameters('certificateUrl')]" }] }] },
  },
  type: 'Microsoft.Compute/cloudServices',
  apiVersion: '1999-01-01',
  name: 'shop',
  location: 'westeurope',
});

/** Short enough before its first secret that two hundred characters reach it. */
const INLINE = `<ServiceConfiguration serviceName="Shop"><Role name="Web"><Instances count="5" /><ConfigurationSettings>${setting('A', canary('Inline'))}</ConfigurationSettings></Role></ServiceConfiguration>`;

const template = (configuration: unknown) => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { adminPassword: { type: 'securestring', defaultValue: canary('SecureDefault') }, certificateUrl: { type: 'string' }, sas: { type: 'securestring' } },
  variables: { password: canary('TemplateVariable') },
  resources: [cloudService(configuration), { type: 'Microsoft.Network/publicIPAddresses', name: 'ip', properties: { dnsSettings: { password: canary('Elsewhere') } } }],
  outputs: { leak: { type: 'string', value: canary('Output') } },
});

/** Secrets that come to their places by way of expressions. */
const computed = {
  ...template("[parameters('configuration')]"),
  parameters: { sas: { type: 'securestring', defaultValue: `?se=2026-06-01T00:00:00Z&sig=${canary('DefaultSignature')}` }, configuration: { type: 'string', defaultValue: INLINE } },
  variables: { url: 'https://shop.blob.core.windows.net/x/shop.cspkg', signature: `sp=c&sig=${canary('VariableSignature')}` },
  resources: [
    {
      ...cloudService("[parameters('configuration')]"),
      properties: {
        ...cloudService("[parameters('configuration')]").properties,
        packageUrl: "[concat(variables('url'), parameters('sas'))]",
        configurationUrl: `[concat(variables('url'), '?', variables('signature'), '&x=${canary('Literal')}')]`,
        extensionProfile: { extensions: [extension('RDP', `[concat('<Password>', '${canary('LiteralArgument')}', '</Password>')]`)] },
      },
    },
  ],
};

const PARAMETERS = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
  contentVersion: '1.0.0.0',
  parameters: { adminPassword: { value: canary('Parameter') }, sas: { value: `?sig=${canary('ParameterSignature')}` }, unknownPassword: { value: canary('UnknownParameter') }, certificateUrl: { value: `${VAULT}/secrets/tls` } },
};

const terraformValues = {
  certificate: [{ contents: SECRET_PFX, password: canary('TerraformPassword') }],
  id: `${VAULT}/certificates/tls/${VERSION}`,
  secret_id: `${VAULT}/secrets/tls/${VERSION}`,
  name: 'tls',
  thumbprint: THUMBPRINT,
};
const TERRAFORM = {
  format_version: '1.0',
  terraform_version: '1.9.0',
  values: {
    outputs: { password: { sensitive: true, value: canary('TerraformOutput') } },
    root_module: {
      resources: [
        { mode: 'managed', type: 'azurerm_key_vault_certificate', name: 'tls', values: terraformValues },
        { mode: 'managed', type: 'azurerm_key_vault_secret', name: 'password', values: { value: canary('TerraformSecret'), id: `${VAULT}/secrets/password/${VERSION}` } },
        { mode: 'managed', type: 'tls_private_key', name: 'key', values: { private_key_pem: PEM_KEY } },
      ],
    },
  },
};
const STATE = {
  version: 4,
  lineage: 'x',
  outputs: { password: { value: canary('StateOutput') } },
  resources: [{ mode: 'managed', type: 'azurerm_key_vault_certificate', name: 'tls', instances: [{ attributes: terraformValues }] }, { mode: 'managed', type: 'azurerm_key_vault_secret', name: 'x', instances: [{ attributes: { value: canary('StateSecret') } }] }],
};

/** Every rule is on. */
const CONFIG = {
  rules: Object.fromEntries(RULES.map(({ id }) => [id, 'warning'])),
  evidence: { pfx: ['certs/*'], passwords: { 'certs/web.pfx': { env: 'PFX_PASSWORD' }, 'certs/other.pfx': { file: 'password.txt' } } },
};

const VAULT_FILES = {
  'secret-pfx.json': secret(SECRET_PFX),
  'secret-pem.json': secret(`${PEM_KEY}${SHOP_PEM}`, { contentType: 'application/x-pem-file' }),
  'secret-wrapped.json': secret(SECRET_WRAPPED),
  'secret-password.json': secret(canary('SecretValue'), { contentType: 'text/plain' }),
  'secret-unreadable.json': secret(`${canary('NoPfx')}====`),
  'secret-list.json': [secret(SECRET_PFX), secret(canary('ListedSecret'))],
  'secret-powershell.json': { SecretValue: { Length: 20 }, SecretValueText: SECRET_PFX, VaultName: 'shop-kv', Name: 'tls', Version: VERSION, Id: `${VAULT}:443/secrets/tls/${VERSION}`, ContentType: 'application/x-pkcs12' },
  'terraform.json': TERRAFORM,
  'terraform.tfstate': STATE,
};

const PUBLISH_PROFILE = `<PublishData><PublishProfile userPWD="${canary('PublishProfile')}" ManagementCertificate="${canary('ManagementCertificate')}"></PublishProfile></PublishData>`;

const json = (value: unknown) => JSON.stringify(value);
const text = (value: unknown) => JSON.stringify(value, null, 2);

const INPUTS: Readonly<Record<string, string | Uint8Array>> = {
  '.git/HEAD': '',
  '.cscfglintrc': json(CONFIG),
  'password.txt': 'CanaryFilePassword\n',
  'shop.publishsettings': PUBLISH_PROFILE,
  'wrong.txt': 'CanaryWrongFilePassword\n',
  'ServiceConfiguration.Cloud.cscfg': CSCFG,
  'ServiceConfiguration.Test.cscfg': CSCFG.replace('name="Worker"', 'name="Job"').replaceAll('\n', '\r\n'),
  'ServiceDefinition.csdef': CSDEF,
  'certs/web.pfx': pfxWithKey('CanaryEnvPassword'),
  'certs/other.pfx': pfxWithKey('CanaryFilePassword'),
  'certs/typed.pfx': pfxWithKey('CanaryStdinPassword'),
  'certs/open.pfx': pfxWithKey(''),
  'certs/key.pem': `${PEM_KEY}${SHOP_PEM}`,
  'deploy/template.json': text(template(INLINE)),
  'deploy/template-base64.json': json(template(Buffer.from(INLINE).toString('base64'))),
  'deploy/computed.json': text(computed),
  'deploy/service.json': json(cloudService(INLINE)),
  'deploy/parameters.json': text(PARAMETERS),
  ...Object.fromEntries(Object.entries(VAULT_FILES).map(([name, value]) => [`vault/${name}`, json(value)])),
};

const ENV = { PFX_PASSWORD: 'CanaryEnvPassword', WRONG_PASSWORD: 'CanaryWrongPassword', AZURE_CLIENT_SECRET: canary('Environment') };

// ---------------------------------------------------------------------------------------------------------------------
// Runs
// ---------------------------------------------------------------------------------------------------------------------

/** Every format, each to a file of its own. */
const REPORTS = FORMAT_NAMES.flatMap((name) => ['-f', `${name}=out.${name}`]);
const TEMPLATE = ['--os-profile', 'deploy/template.json', '--os-profile', 'deploy/parameters.json'];
const EVIDENCE = [...TEMPLATE, '--vault', 'vault/secret-pfx.json', '--vault', 'vault/secret-pem.json'];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Runs it, and expects no secret on standard output, on standard error and in a file that it wrote. */
async function quiet(argv: readonly string[], options: RunOptions): Promise<Ran & { readonly all: string }> {
  const before = new Set(filesIn(options.cwd));
  const ran = await run(argv, options);
  const written = filesIn(options.cwd).filter((path) => !before.has(path));
  const all = [ran.out, ran.err, ...written.map((path) => readFileSync(path, 'utf8'))].join('\n');
  for (const path of written) rmSync(path);
  const leaks = all.split('\n').filter((line) => canariesIn(line).length > 0 || ENCODED.some((beginning) => line.includes(beginning)));
  expect(leaks.map((line) => line.slice(0, 300)), argv.join(' ').slice(0, 200)).toEqual([]);
  expect(all).not.toContain('this is a bug');
  return { ...ran, all };
}

const RUNS = [
  ['annotations for GitHub', ['.', ...EVIDENCE, '--annotations', 'github', '--color']],
  ['annotations for Azure', ['.', ...EVIDENCE, '--annotations', 'azure', '--quiet']],
  ['every export', ['.', ...Object.keys(VAULT_FILES).flatMap((name) => ['--vault', `vault/${name}`]), '--os-profile', 'deploy/service.json', '--strict-inputs', '--debug']],
  ['a template with Base64', ['.', '--os-profile', 'deploy/template-base64.json', '--no-suppressions', '--no-config', '-f', 'json']],
  ['a template without its parameters', ['ServiceConfiguration.Cloud.cscfg', '--os-profile', 'deploy/template.json']],
  ['a template with expressions', ['.', '--os-profile', 'deploy/computed.json', '--debug']],
  ['a diff', ['.', '--diff']],
  ['a diff of unsafe fixes', ['.', '--fix-unsafe', '--diff']],
  ['a baseline', ['.', ...EVIDENCE, '--baseline', 'baseline.json', '--write-baseline']],
  ['certs', ['certs', '.', ...EVIDENCE, '-f', 'text', '-f', 'json=out.json', '-f', 'markdown=out.md', '--debug']],
  ['inspect', ['inspect', '*', 'certs/*', 'vault/*', 'deploy/*', '--pfx-password-env', 'PFX_PASSWORD', '-f', 'text', '-f', 'json=out.json', '--debug']],
  ['print-config', ['print-config', 'ServiceConfiguration.Cloud.cscfg', '-f', 'text', '-f', 'json=out.json']],
  ['list-files', ['list-files', '-f', 'text', '-f', 'json=out.json']],
  ['what took how long', ['.', ...EVIDENCE, '--timing']],
  ['rules', ['rules', '-f', 'text', '-f', 'json=out.json']],
  ['completion', ['completion', 'bash']],
  ['explain', ['explain', 'setting-secret-literal']],
] as const;

describe('whole files', () => {
  const cwd = folderWith(INPUTS);

  it('by init, which writes a config where there is none', async () => {
    const bare = folderWith(Object.fromEntries(Object.entries(INPUTS).filter(([name]) => name !== '.cscfglintrc')));
    expect(await quiet(['init', '--debug'], { cwd: bare, env: ENV })).toMatchObject({ code: 0, all: expect.stringContaining('"evidence"') as string });
  });

  it('by every command', () => {
    expect(COMMANDS.map(({ name }) => name).filter((name) => !RUNS.some(([, [command]]) => command === name))).toEqual(['lint', 'init']);
  });

  it('in every format', async () => {
    const { all } = await quiet(['.', ...EVIDENCE, ...REPORTS, '--debug'], { cwd, env: ENV });
    // The secrets were read, and there was something to say of them.
    for (const id of ['setting-secret-literal', 'setting-thumbprint-shape', 'template-secret-literal', 'template-configuration-differs', 'package-url', 'schema-element-order']) expect(all).toContain(id);
  });

  it.each(RUNS)('%s', async (_, argv) => {
    expect((await quiet(argv, { cwd, env: ENV })).all).not.toBe('');
  });

  it.each(Object.keys(INPUTS))('%s, given as what it is not', async (name) => {
    const options = { cwd, env: ENV };
    const [cscfg, own] = ['ServiceConfiguration.Cloud.cscfg', '--no-config'];
    await quiet([name, own, '--debug'], options);
    await quiet([cscfg, own, '--csdef', name, '--vault', name, '--os-profile', name, '--pfx', name], options);
    await quiet([cscfg, '--config', name], options);
    await quiet([cscfg, own, '--baseline', name], options);
    await quiet(['inspect', '-', '--debug'], { ...options, input: INPUTS[name]! });
  });
});

describe('passwords', () => {
  const cwd = folderWith(INPUTS);
  const inspect = ['inspect', 'certs/web.pfx', 'certs/other.pfx', 'certs/typed.pfx', '--debug'];

  it.each([
    ['from the environment, a file and standard input', 0, ['--pfx-password-env', 'PFX_PASSWORD', '--pfx-password-file', 'password.txt', '--pfx-password-stdin'], { input: 'CanaryStdinPassword\n' }],
    ['that are wrong', 2, ['--pfx-password-env', 'WRONG_PASSWORD', '--pfx-password-file', 'wrong.txt', '--pfx-password-stdin'], { input: 'CanaryWrongStdinPassword\n' }],
    ['that are typed', 0, [], { answers: ['CanaryWrongTyped', 'CanaryEnvPassword', 'CanaryFilePassword', 'CanaryStdinPassword'] }],
    ['in place of the name of a variable', 2, ['--pfx-password-env', 'CanaryEnvPassword'], {}],
    ['in place of the name of a file', 2, ['--pfx-password-file', 'CanaryFilePassword'], {}],
    ['given as an argument', 2, ['--password', 'CanaryEnvPassword'], {}],
    ['given as an argument of a flag', 2, ['--pfx-password=CanaryEnvPassword'], {}],
    ['given to a flag that takes no value', 2, ['--pfx-password-stdin=CanaryEnvPassword'], {}],
  ] as const)('%s', async (_, code, argv, more) => {
    const options = { cwd, env: ENV, ...more };
    expect((await quiet([...inspect, ...argv], options)).code).toBe(code);
    await quiet(['.', '--pfx', 'certs/*.pfx', '--no-config', '--debug', ...argv], options);
    await quiet(['certs', '.', '--pfx', 'certs/*.pfx', '--no-config', ...argv], options);
  });

  it.each([
    ['in place of a place', '"CanaryEnvPassword"'],
    ['in place of the name of a variable', '{ "env": "CanaryEnvPassword" }'],
    ['in place of the name of a file', '{ "file": "CanaryFilePassword" }'],
    ['as something else', '{ "password": "CanaryEnvPassword" }'],
    ['without quotes', 'CanaryEnvPassword'],
    ['and cut off', '"CanaryEnvPassword'],
  ])('in a config %s', async (_, place) => {
    writeFileSync(join(cwd, '.cscfglintrc'), `{ "evidence": { "pfx": ["certs/web.pfx"], "passwords": { "certs/web.pfx": ${place} } } }`);
    expect((await quiet(['.', '--debug'], { cwd, env: ENV })).code).toBe(2);
  });
});

/** What may become of a file on its way: cut off, mistyped, put into another encoding. */
function damaged(content: string | Uint8Array): (string | Uint8Array)[] {
  if (typeof content !== 'string') return [0.2, 0.6, 0.95].map((part) => content.subarray(0, content.length * part));
  const secrets = Array.from(content.matchAll(/canary/gi), ({ index }) => index);
  const places = secrets.filter((_, index) => index % Math.ceil(secrets.length / 4) === 0);
  const [first = 0] = secrets;
  return [
    ...places.map((place) => content.slice(0, place + 50)),
    ...places.flatMap((place) => ['"', '<', '&', '\u0001', '}'].map((inserted) => content.slice(0, place + 6) + inserted + content.slice(place + 6))),
    // Without the quote before it.
    ...places.map((place) => content.slice(0, place - 1) + content.slice(place)),
    Buffer.concat([Buffer.from(content.slice(0, first + 6)), Buffer.of(0xff, 0xc3), Buffer.from(content.slice(first + 6))]),
    Buffer.from(content, 'utf16le'),
    Buffer.from(`\uFEFF${content}`, 'utf16le'),
    `<<<<<<< HEAD\n${content}`,
    content.replaceAll(/\s*\n\s*/g, ' '),
  ];
}

describe('damaged files', () => {
  const DAMAGED = ['ServiceConfiguration.Cloud.cscfg', 'ServiceDefinition.csdef', 'deploy/template.json', 'deploy/parameters.json', 'vault/secret-pfx.json', 'vault/secret-password.json', 'vault/terraform.json', 'certs/key.pem', 'certs/open.pfx'];

  it.each(DAMAGED)('%s', async (name) => {
    const variants = Object.fromEntries(damaged(INPUTS[name]!).map((content, index) => [`damaged/${index}${name.slice(name.lastIndexOf('.'))}`, content]));
    const cwd = folderWith({ ...INPUTS, ...variants });
    const options = { cwd, env: ENV };
    const paths = Object.keys(variants);
    const of = (flag: string) => paths.flatMap((path) => [flag, path]);
    await quiet([...paths, '-f', 'text', '--debug'], options);
    await quiet(['inspect', ...paths, '-f', 'json'], options);
    if (/\.cs(?:cfg|def)$/.test(name)) return;
    await quiet(['ServiceConfiguration.Cloud.cscfg', '--no-config', ...of('--vault'), ...of('--os-profile'), ...of('--pfx'), '--debug'], options);
    // Some can be read in spite of what happened to them, and rules speak of what is in them.
    for (const path of paths.filter((__, index) => index % 8 === 7)) await quiet(['ServiceConfiguration.Cloud.cscfg', '--os-profile', path, '--vault', path], options);
  });

  it('password.txt', async () => {
    const variants = Object.fromEntries(damaged(INPUTS['password.txt']!).map((content, index) => [`damaged/${index}.txt`, content]));
    await quiet(['inspect', 'certs/other.pfx', ...Object.keys(variants).flatMap((path) => ['--pfx-password-file', path])], { cwd: folderWith({ ...INPUTS, ...variants }), env: ENV });
  });
});

describe('fixes', () => {
  it('write a file with what was in it, and nothing else', async () => {
    const cwd = folderWith(INPUTS);
    await quiet(['.', ...EVIDENCE, '--fix-unsafe'], { cwd, env: ENV });
    const after = (name: string) => readFileSync(join(cwd, name), 'latin1');
    const before = (name: string) => Buffer.from(INPUTS[name]!).toString('latin1');
    expect(Object.keys(INPUTS).filter((name) => after(name) !== before(name))).toEqual(['ServiceConfiguration.Cloud.cscfg', 'ServiceConfiguration.Test.cscfg', 'ServiceDefinition.csdef']);
    for (const name of Object.keys(INPUTS)) expect(canariesIn(after(name)).filter((one) => !canariesIn(before(name)).includes(one))).toEqual([]);
  });

  it('of standard input print what was put in, and nothing else', async () => {
    const { out, err } = await run(['-', '--fix', '--pfx', 'certs/*', '--no-config'], { cwd: folderWith(INPUTS), env: ENV, input: CSCFG });
    expect(out).not.toBe(CSCFG);
    expect(canariesIn(out)).toEqual(canariesIn(CSCFG));
    expect(canariesIn(err)).toEqual([]);
  });
});

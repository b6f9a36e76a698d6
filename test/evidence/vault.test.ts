// Vault exports: every shape, what each may honestly say, and what is refused with advice.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../src/cli/crypto.js';
import { SourceFile, decode } from '../../src/core/source.js';
import type { VaultCertificate, VaultExport } from '../../src/core/types.js';
import { readPfx } from '../../src/evidence/pfx.js';
import { readVaultExport } from '../../src/evidence/vault/index.js';
import { EXPORT_SHAPES, secretUrlOf, type Version } from '../support/shapes.js';
import { runs } from '../support/setup.js';

const FOLDER = new URL('../../fixtures/certificates/', import.meta.url);
const DER = readFileSync(new URL('shop.cer', FOLDER));
const THUMBPRINT = Buffer.from(nodeCrypto.hash('sha1', DER)).toString('hex').toUpperCase();
const OTHER = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const VERSION = '0a9b8c7d6e5f40312233445566778899';
const OLDER = '5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7';
const HOST = 'https://shop-kv.vault.azure.net';
const ID = `${HOST}/certificates/tls/${VERSION}`;
const SID = `${HOST}/secrets/tls/${VERSION}`;

function read(content: unknown): VaultExport {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readVaultExport(new SourceFile('vault.json', text), { crypto: nodeCrypto, readPfx });
}

function only(content: unknown): VaultCertificate {
  const { records, problems } = read(content);
  expect(problems).toEqual([]);
  expect(records).toHaveLength(1);
  return records[0]!;
}

/** The one problem of an export that cannot be used. */
function refusal(content: unknown) {
  const { records, vaults, problems, complete } = read(content);
  expect(records.filter(({ thumbprint }) => thumbprint !== null)).toEqual([]);
  expect(vaults).toEqual([]);
  expect(problems).toHaveLength(1);
  return { ...problems[0]!, complete };
}

const az = (more: object = {}) => ({ id: ID, name: 'tls', x509ThumbprintHex: THUMBPRINT, attributes: { enabled: true, created: '2026-01-01T00:00:00+00:00' }, ...more });
const rest = (more: object = {}) => ({ id: ID, x5t: Buffer.from(THUMBPRINT, 'hex').toString('base64url'), attributes: { enabled: true, created: 1_767_225_600 }, ...more });
const powershell = (more: object = {}) => ({ Id: ID, SecretId: SID, Name: 'tls', VaultName: 'shop-kv', Version: VERSION, Thumbprint: THUMBPRINT, Enabled: true, Certificate: null, ...more });

describe('every shape', () => {
  const one: Version = { vault: 'shop-kv', name: 'tls', version: VERSION, thumbprint: THUMBPRINT };

  it.each(EXPORT_SHAPES.map((shape) => [shape.shape, shape] as const))('%s gives the same record', (_, shape) => {
    for (const content of shape.write([one])) {
      const decoded = decode('vault.json', typeof content === 'string' ? Buffer.from(content) : content);
      const { records, problems, complete } = readVaultExport(decoded.source, { crypto: nodeCrypto, readPfx });
      expect({ problems, complete }).toEqual({ problems: [], complete: true });
      expect(records).toMatchObject([
        {
          vault: 'shop-kv',
          host: 'shop-kv.vault.azure.net',
          name: 'tls',
          version: shape.versions ? VERSION : null,
          secretUrl: shape.versions ? secretUrlOf(one) : null,
          thumbprint: THUMBPRINT,
          enabled: true,
          deleted: false,
          pending: false,
        },
      ]);
      const { span } = records[0]!.origin;
      expect(decoded.source.text.slice(span!.start, span!.end)).toContain('shop-kv');
    }
  });
});

describe('the Azure CLI', () => {
  it('reads show with the certificate itself, and its policy', () => {
    const policy = { keyProperties: { exportable: false, keyType: 'RSA-HSM' }, secretProperties: { contentType: 'application/x-pem-file' } };
    expect(only(az({ cer: DER.toString('base64'), sid: SID, policy }))).toMatchObject({
      thumbprint: THUMBPRINT,
      certificate: { subject: 'CN=shop.example, O=Contoso\\, Ltd., C=DE' },
      exportable: false,
      keyType: 'RSA-HSM',
      contentType: 'application/x-pem-file',
      secretUrl: SID,
    });
  });

  it('decides by length and alphabet, not by the key: some tools put digits under x509Thumbprint', () => {
    expect(only(az({ x509ThumbprintHex: null, x509Thumbprint: THUMBPRINT.toLowerCase() })).thumbprint).toBe(THUMBPRINT);
    expect(only(az({ x509ThumbprintHex: null, x509Thumbprint: { type: 'Buffer', data: [...Buffer.from(THUMBPRINT, 'hex')] } })).thumbprint).toBe(THUMBPRINT);
  });

  it('reads a pending certificate as pending, and a deleted one as deleted', () => {
    const pending = az({ id: `${HOST}/certificates/new`, x509ThumbprintHex: null, x509Thumbprint: null, attributes: { enabled: false, created: '2026-01-01T00:00:00+00:00' } });
    expect(read([az(), pending])).toMatchObject({ complete: true, problems: [], records: [{ pending: false }, { pending: true, thumbprint: null }] });
    expect(only(az({ deletedDate: '2026-02-01T00:00:00+00:00', recoveryId: 'x' }))).toMatchObject({ deleted: true, thumbprint: THUMBPRINT });
  });

  it('believes the certificate rather than what is said of it, and tells the difference', () => {
    const { records, problems } = read(az({ cer: DER.toString('base64'), x509ThumbprintHex: OTHER }));
    expect(records).toMatchObject([{ thumbprint: THUMBPRINT }]);
    expect(problems).toMatchObject([{ code: 'inconsistent-thumbprint', message: expect.stringContaining(OTHER) as string }]);
  });
});

describe('which version is current', () => {
  const at = (version: string, created: string, thumbprint = THUMBPRINT) => az({ id: `${HOST}/certificates/tls/${version}`, x509ThumbprintHex: thumbprint, attributes: { enabled: true, created } });

  it('is the newest of a whole list of versions', () => {
    const { records } = read([at(OLDER, '2025-01-01T00:00:00Z', OTHER), at(VERSION, '2026-01-01T00:00:00Z')]);
    expect(records.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([[OLDER, false], [VERSION, true]]);
  });

  it('is not known of a single one, of equal times, and of a list that was cut', () => {
    expect(only({ ...at(VERSION, '2026-01-01T00:00:00Z'), cer: DER.toString('base64') }).isCurrent).toBe('unknown');
    const equal = read([at(OLDER, '2026-01-01T00:00:00Z', OTHER), at(VERSION, '2026-01-01T00:00:00Z')]);
    expect(equal.records.map(({ isCurrent }) => isCurrent)).toEqual(['unknown', 'unknown']);
    const page = read({ value: [rest()], nextLink: 'https://next' });
    expect(page.records[0]?.isCurrent).toBe('unknown');
  });

  it('is what a list without versions shows', () => {
    expect(only([az({ id: `${HOST}/certificates/tls` })])).toMatchObject({ version: null, secretUrl: null, isCurrent: true });
  });
});

describe('REST', () => {
  it('says that one page of several is incomplete', () => {
    const { complete, records, problems } = read({ value: [rest()], nextLink: 'https://shop-kv.vault.azure.net/certificates?$skiptoken=x' });
    expect(complete).toBe(false);
    expect(records).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'page-of-several' }]);
    expect(read({ value: [rest()], nextLink: null })).toMatchObject({ complete: true, problems: [] });
  });

  it('reads single certificates, bodies of examples, answers in a string, several documents', () => {
    expect(only({ ...rest(), kid: ID, sid: SID, cer: DER.toString('base64') }).secretUrl).toBe(SID);
    expect(only({ responses: { 200: { body: rest() } } }).thumbprint).toBe(THUMBPRINT);
    expect(only({ StatusCode: 200, Content: JSON.stringify(rest()) }).thumbprint).toBe(THUMBPRINT);
    expect(read(`${JSON.stringify(rest())}\r\n${JSON.stringify(rest({ id: `${HOST}/certificates/api/${OLDER}` }))}`).records).toHaveLength(2);
    expect(only(`WARNING: This command is in preview.\n${JSON.stringify(rest())}`).name).toBe('tls');
  });
});

describe('PowerShell', () => {
  it('refuses a list without thumbprints, with the command that has them', () => {
    const item = { Enabled: true, Id: `${HOST}:443/certificates/tls`, Name: 'tls', VaultName: 'shop-kv', Version: null };
    expect(refusal([item])).toMatchObject({ code: 'no-thumbprints', complete: false, help: expect.stringContaining('Select-Object') as string });
    expect(refusal(item).help).toContain('-VaultName shop-kv');
  });

  it('takes what -IncludeVersions has, and says what is missing', () => {
    const older = { Enabled: true, Id: `${HOST}/certificates/tls/${OLDER}`, Name: 'tls', VaultName: 'shop-kv', Version: OLDER };
    const { records, complete, problems } = read([powershell(), older]);
    expect(records.map(({ thumbprint }) => thumbprint)).toEqual([THUMBPRINT, null]);
    expect(complete).toBe(false);
    expect(problems).toMatchObject([{ code: 'no-thumbprints', message: 'Of the 2 certificates in the export, 1 has no thumbprint.' }]);
  });

  it('reads the certificate out of its bytes, and the thumbprint out of the text that a cut leaves', () => {
    expect(only(powershell({ Certificate: { RawData: [...DER], Thumbprint: THUMBPRINT } })).certificate?.dnsNames).toContain('shop.example');
    const text = `[Subject]\n  CN=x\n\n[Thumbprint]\n  ${THUMBPRINT}\n`;
    expect(only(powershell({ Thumbprint: null, Certificate: text })).thumbprint).toBe(THUMBPRINT);
  });

  it('says that a cut by depth lost the thumbprint', () => {
    const cut = read(powershell({ Thumbprint: null, Certificate: 'System.Security.Cryptography.X509Certificates.X509Certificate2' }));
    expect(cut.complete).toBe(false);
    expect(cut.problems).toMatchObject([{ code: 'depth-truncated', help: expect.stringContaining('-Depth 100') as string }]);
  });

  it('reads what Select-Object left, as long as there is a thumbprint and a name', () => {
    expect(read([{ Name: 'tls', Thumbprint: THUMBPRINT, SecretId: SID }])).toMatchObject({ problems: [], records: [{ secretUrl: SID, thumbprint: THUMBPRINT }] });
    expect(read([{ n: 'tls', thumb: THUMBPRINT }]).problems).toMatchObject([{ code: 'unsupported-projection' }]);
    expect(read([{ name: 'tls', thumb: THUMBPRINT }])).toMatchObject({ shape: 'projection', records: [{ name: 'tls', version: null, isCurrent: 'unknown' }] });
  });
});

describe('Terraform', () => {
  const values = { id: ID, name: 'tls', secret_id: SID, thumbprint: THUMBPRINT, version: VERSION, certificate: [{ contents: 'c2VjcmV0', password: 'secret' }], certificate_data: DER.toString('hex').toUpperCase() };
  const resource = { type: 'azurerm_key_vault_certificate', mode: 'managed', name: 'tls', values };

  it.each([
    ['terraform-show', { format_version: '1.0', terraform_version: '1.9.8', values: { root_module: { child_modules: [{ resources: [resource] }] } } }],
    ['terraform-plan', { format_version: '1.2', planned_values: { root_module: { resources: [resource] } } }],
    ['terraform-state', { version: 4, lineage: 'x', resources: [{ type: 'azurerm_key_vault_certificate', instances: [{ attributes: values }] }] }],
  ])('%s', (shape, file) => {
    const result = read(file);
    expect(result).toMatchObject({ shape, problems: [], records: [{ name: 'tls', version: VERSION, secretUrl: SID, thumbprint: THUMBPRINT, certificate: { thumbprint: THUMBPRINT } }] });
    expect(JSON.stringify(result)).not.toContain('c2VjcmV0');
  });

  it('says that a plan makes a certificate only when it is applied', () => {
    const planned = { ...resource, values: { name: 'tls', key_vault_id: '/subscriptions/x/resourceGroups/g/providers/Microsoft.KeyVault/vaults/shop-kv' } };
    expect(refusal({ format_version: '1.2', planned_values: { root_module: { resources: [planned] } } })).toMatchObject({ code: 'no-thumbprints', complete: false });
  });
});

describe('secrets', () => {
  const secret = (value: string, contentType: string) => ({ id: SID, value, contentType, attributes: { enabled: true } });

  it('take the leaf that belongs to the key', () => {
    const chain = readFileSync(new URL('empty-password.pfx', FOLDER)).toString('base64');
    const result = only(secret(chain, 'application/x-pkcs12'));
    expect(result).toMatchObject({ secretUrl: SID, thumbprint: THUMBPRINT, contentType: 'application/x-pkcs12' });
    expect(JSON.stringify(result)).not.toContain(chain.slice(0, 40));
  });

  it('read PEM', () => {
    expect(only(secret(readFileSync(new URL('with-key.pem', FOLDER), 'utf8'), 'application/x-pem-file')).thumbprint).toBe(THUMBPRINT);
  });

  it('read the old base64 of JSON with its own password, which is never told', () => {
    const data = readFileSync(new URL('mac-md5.pfx', FOLDER)).toString('base64');
    const wrapped = Buffer.from(JSON.stringify({ data, dataType: 'pfx', password: 'Pass-5' })).toString('base64');
    const result = only(secret(wrapped, 'application/json'));
    expect(result.thumbprint).toBe(THUMBPRINT);
    expect(JSON.stringify(result)).not.toContain('Pass-5');
  });
});

describe('the vault itself', () => {
  const id = '/subscriptions/x/resourceGroups/g/providers/Microsoft.KeyVault/vaults/shop-kv';

  it.each([
    ['az keyvault show', { id, name: 'shop-kv', location: 'westeurope', type: 'Microsoft.KeyVault/vaults', properties: { vaultUri: `${HOST}/`, enabledForDeployment: true, tenantId: 't' } }, true],
    ['Get-AzKeyVault', { ResourceId: id, VaultName: 'shop-kv', Location: 'westeurope', VaultUri: HOST, EnabledForDeployment: false }, false],
    ['a template', { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', resources: [{ type: 'Microsoft.KeyVault/vaults', name: 'shop-kv', location: 'westeurope', properties: { tenantId: 't' } }] }, false],
  ])('%s', (_, content, enabledForDeployment) => {
    expect(read(content)).toMatchObject({ problems: [], records: [], vaults: [{ name: 'shop-kv', location: 'westeurope', enabledForDeployment }] });
  });
});

describe('what is refused, and with which advice', () => {
  it.each([
    ['nothing', '', 'empty', 'Run the export again'],
    ['an empty list', '[]', 'empty', 'Check the name of the vault'],
    ['a cut file', '[{"id": "https://x', 'truncated-json', 'run the export again'],
    ['a table', 'Name  Thumbprint\ntls   ABC', 'not-json', '-o json'],
    ['what az said', "ERROR: (Forbidden) The user has no list permission.\nCode: Forbidden", 'not-json', '2>&1'],
    ['a page of HTML', '<!DOCTYPE html><html></html>', 'not-json', 'sign in'],
    ['a backup', '&AzureKeyVaultKeyBackupV1.microsoft.com...', 'backup-blob', 'list-versions'],
    ['a backup in JSON', { value: 'JkF6dXJlS2V5VmF1bHRLZXlCYWNrdXBWMS5taWNyb3NvZnQuY29tAAAA' }, 'backup-blob', 'list-versions'],
    ['an error of the service', { error: { code: 'Forbidden', message: 'No list permission.' } }, 'service-error', 'Sign in'],
    ['an osProfile', [{ sourceVault: { id: 'x' }, vaultCertificates: [] }], 'wrong-resource', '--os-profile'],
    ['a service configuration', '<?xml version="1.0"?><ServiceConfiguration/>', 'wrong-resource', 'without --vault'],
    ['PEM', '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----', 'wrong-resource', '--pfx'],
    ['a projection without thumbprints', [{ name: 'tls', id: 7 }], 'unsupported-projection', 'without --query'],
    ['a package with its commit', { name: 'shop', version: '1.0.0', gitHead: THUMBPRINT.toLowerCase() }, 'unsupported-projection', 'without --query'],
    ['another resource', { type: 'Microsoft.Web/sites', name: 'x' }, 'wrong-resource', 'list-versions'],
  ])('%s', (_, content, code, advice) => {
    expect(refusal(content)).toMatchObject({ code, help: expect.stringContaining(advice) as string });
  });

  it('quotes nothing of what az said, which may hold its arguments', () => {
    expect(JSON.stringify(refusal('ERROR: unrecognized arguments: --pasword hunter2'))).not.toContain('hunter2');
  });

  it('takes a thumbprint under any key for one, but for the hashes of a repository', () => {
    for (const key of ['digest', 'reverseProxyThumbprint', 'headThumbprint', 'thumb']) expect(read([{ name: 'tls', [key]: THUMBPRINT }]).records).toHaveLength(1);
  });

  it('tells elements that it does not know', () => {
    const { records, complete, problems } = read([az(), { anything: 1 }]);
    expect(records).toHaveLength(1);
    expect(complete).toBe(false);
    expect(problems).toMatchObject([{ message: 'Of the 2 elements of the file, 1 is not recognised.' }]);
  });

  it('never throws, whatever stands in the JSON', () => {
    const key = fc.constantFrom('id', 'value', 'x5t', 'cer', 'attributes', 'name', 'Thumbprint', 'SecretId', 'Certificate', 'RawData', 'error', 'code', 'message', 'nextLink', 'Content', 'values', 'root_module', 'resources', 'type', 'format_version', '__proto__', 'constructor', 'VaultName', 'contentType', 'data');
    const leaf = fc.oneof(fc.constantFrom<unknown>(ID, SID, THUMBPRINT, HOST, 'System.Object', '', null, true, 7, -1, 'azurerm_key_vault_certificate', 'eyJ', 'MIIB'), fc.string({ maxLength: 20 }));
    const tree = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(key, tie('value'), { maxKeys: 6 })),
    }));
    fc.assert(
      fc.property(tree.value, (value) => {
        const { records, problems, vaults } = read(value);
        expect(records.length + problems.length + vaults.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('advice', () => {
  it('takes only a text that is XML for a service configuration', () => {
    const service = { type: 'Microsoft.Compute/cloudServices', properties: { configuration: '<ServiceConfiguration serviceName="Shop" />' } };
    expect(refusal(service).message).toBe('This is a cloud service or its osProfile, not an export of a vault.');
    expect(refusal('\uFEFF \n<?xml version="1.0"?><ServiceConfiguration />').message).toBe('The file is a service configuration, not an export of a vault.');
    expect(only(az({ tags: { note: '<ServiceConfiguration>' } })).thumbprint).toBe(THUMBPRINT);
  });

  it('for a secret of PowerShell is the command that prints the thumbprints', () => {
    const { help } = refusal({ Id: SID, Name: 'tls', VaultName: 'shop-kv', Version: VERSION, ContentType: 'application/x-pkcs12', SecretValue: { Length: 3000 } });
    expect(help).toContain('"Get-AzKeyVaultCertificate -VaultName shop-kv -Name tls -IncludeVersions | % { Get-AzKeyVaultCertificate -VaultName shop-kv -Name $_.Name -Version $_.Version } | Select-Object Name,');
    expect(help).toContain('SecureString');
  });

  it('for a certificate that is being made says each step once', () => {
    const { help } = refusal({ id: `${HOST}/certificates/tls/pending`, status: 'inProgress', statusDetails: null });
    expect(help).toBe('Finish the request first. Export its versions: "az keyvault certificate list-versions --vault-name shop-kv --name tls -o json".');
  });
});

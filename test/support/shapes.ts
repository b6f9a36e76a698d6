// Writes the same certificates in every shape in which a vault export or an osProfile source may come.

/** A version of a certificate in a vault. */
export interface Version {
  readonly vault: string;
  readonly name: string;
  /** 32 hexadecimal digits. */
  readonly version: string;
  /** Forty upper-case hexadecimal digits. */
  readonly thumbprint: string;
}

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';

export function secretUrlOf({ vault, name, version }: Version): string {
  return `https://${vault}.vault.azure.net/secrets/${name}/${version}`;
}

function idOf({ vault, name, version }: Version, port = ''): string {
  return `https://${vault}.vault.azure.net${port}/certificates/${name}/${version}`;
}

function withoutVersion(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}

function base64(thumbprint: string, alphabet: 'base64' | 'base64url'): string {
  return Buffer.from(thumbprint, 'hex').toString(alphabet);
}

function utf16(text: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

const SECONDS = 1_750_000_000;
const ISO = '2025-06-15T15:06:40+00:00';

function azItem(one: Version, id: string) {
  return {
    attributes: { created: ISO, enabled: true, expires: '2027-06-15T15:06:40+00:00', notBefore: ISO, recoveryLevel: null, updated: ISO },
    id,
    name: one.name,
    subject: '',
    tags: null,
    x509Thumbprint: base64(one.thumbprint, 'base64'),
    x509ThumbprintHex: one.thumbprint,
  };
}

function azShow(one: Version) {
  return { ...azItem(one, idOf(one)), subject: undefined, cer: null, contentType: null, kid: idOf(one).replace('/certificates/', '/keys/'), sid: secretUrlOf(one), policy: null };
}

function restItem(one: Version, id: string) {
  return { id, x5t: base64(one.thumbprint, 'base64url'), attributes: { enabled: true, nbf: SECONDS, exp: SECONDS + 63_072_000, created: SECONDS, updated: SECONDS } };
}

function powershell(one: Version) {
  return {
    Certificate: { Thumbprint: one.thumbprint, Subject: `CN=${one.name}.example`, HasPrivateKey: false },
    KeyId: idOf(one, ':443').replace('/certificates/', '/keys/'),
    SecretId: secretUrlOf(one).replace('.net/', '.net:443/'),
    Thumbprint: one.thumbprint,
    Enabled: true,
    Expires: '/Date(1813071999000)/',
    NotBefore: `/Date(${SECONDS}000)/`,
    Created: `/Date(${SECONDS}000)/`,
    Updated: `/Date(${SECONDS}000)/`,
    Id: idOf(one, ':443'),
    Name: one.name,
    VaultName: one.vault,
    Version: one.version,
  };
}

function terraform(one: Version, index: number) {
  return {
    address: `azurerm_key_vault_certificate.c${index}`,
    mode: 'managed',
    type: 'azurerm_key_vault_certificate',
    name: `c${index}`,
    values: {
      certificate: [],
      certificate_attribute: [{ created: ISO, enabled: true, expires: ISO, not_before: ISO }],
      id: idOf(one),
      name: one.name,
      secret_id: secretUrlOf(one),
      thumbprint: one.thumbprint,
      version: one.version,
      versionless_secret_id: withoutVersion(secretUrlOf(one)),
    },
  };
}

/** A shape of a vault export. */
export interface ExportShape {
  readonly shape: string;
  /** Whether it tells the versions. */
  readonly versions: boolean;
  /** One export, in as many files as the shape needs. */
  write(certificates: readonly Version[]): (string | Uint8Array)[];
}

function json(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent);
}

export const EXPORT_SHAPES: readonly ExportShape[] = [
  { shape: 'az list', versions: false, write: (all) => [json(all.map((one) => azItem(one, withoutVersion(idOf(one)))))] },
  { shape: 'az list-versions', versions: true, write: (all) => all.map((one) => json([azItem(one, idOf(one))])) },
  { shape: 'az show', versions: true, write: (all) => all.map((one) => json(azShow(one))) },
  { shape: 'az show, several appended', versions: true, write: (all) => [all.map((one) => json(azShow(one))).join('\n')] },
  { shape: 'az show, as an array', versions: true, write: (all) => [json(all.map(azShow))] },
  { shape: 'REST list', versions: false, write: (all) => [json({ value: all.map((one) => restItem(one, withoutVersion(idOf(one)))), nextLink: null }, 0)] },
  { shape: 'REST versions', versions: true, write: (all) => [json({ value: all.map((one) => restItem(one, idOf(one))), nextLink: null }, 0)] },
  { shape: 'REST single', versions: true, write: (all) => all.map((one) => json({ ...restItem(one, idOf(one)), kid: idOf(one), sid: secretUrlOf(one) })) },
  { shape: 'PowerShell array', versions: true, write: (all) => [json(all.map(powershell))] },
  { shape: 'PowerShell array in UTF-16', versions: true, write: (all) => [utf16(json(all.map(powershell), 4).replaceAll('\n', '\r\n'))] },
  { shape: 'PowerShell single, with a mark', versions: true, write: (all) => all.map((one) => `\uFEFF${json(powershell(one), 4)}`) },
  {
    shape: 'terraform show',
    versions: true,
    write: (all) => [json({ format_version: '1.0', terraform_version: '1.9.8', values: { root_module: { resources: all.map(terraform) } } }, 0)],
  },
];

function groups(urls: readonly Version[]) {
  const vaults = [...new Set(urls.map(({ vault }) => vault))];
  return vaults.map((vault) => ({
    sourceVault: { id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/${vault}` },
    vaultCertificates: urls.filter((one) => one.vault === vault).map((one) => ({ certificateUrl: secretUrlOf(one) })),
  }));
}

function properties(urls: readonly Version[]) {
  return {
    configuration: '<ServiceConfiguration/>',
    packageUrl: 'https://shop.blob.core.windows.net/packages/shop.cspkg',
    upgradeMode: 'Auto',
    roleProfile: { roles: [] },
    osProfile: { secrets: groups(urls) },
    networkProfile: { loadBalancerConfigurations: [] },
  };
}

const TEMPLATE = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const PARAMETERS = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#';

function template(secrets: unknown, parameters: unknown) {
  const service = {
    type: 'Microsoft.Compute/cloudServices',
    apiVersion: '2022-09-04',
    name: 'shop',
    location: 'westeurope',
    properties: { ...properties([]), osProfile: { secrets } },
  };
  return { $schema: TEMPLATE, contentVersion: '1.0.0.0', parameters, resources: [service] };
}

function parametersFile(urls: readonly Version[]) {
  return { $schema: PARAMETERS, contentVersion: '1.0.0.0', parameters: { location: { value: 'westeurope' }, secrets: { value: groups(urls) } } };
}

/** A shape of an osProfile source: its files go together. */
export interface OsProfileShapeWriter {
  readonly shape: string;
  write(urls: readonly Version[]): (string | Uint8Array)[];
}

export const OS_PROFILE_SHAPES: readonly OsProfileShapeWriter[] = [
  {
    shape: 'REST GET',
    write: (urls) => [
      json({
        name: 'shop',
        id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop`,
        type: 'Microsoft.Compute/cloudServices',
        location: 'westeurope',
        properties: { ...properties(urls), provisioningState: 'Succeeded', uniqueId: 'a-b-c' },
      }),
    ],
  },
  { shape: 'REST PUT body', write: (urls) => [json({ location: 'westeurope', properties: properties(urls) }, 0)] },
  { shape: 'template with literals', write: (urls) => [json(template(groups(urls), {}))] },
  {
    shape: 'template and parameters',
    write: (urls) => [json(template("[parameters('secrets')]", { secrets: { type: 'array' } })), json(parametersFile(urls))],
  },
  { shape: 'parameters alone', write: (urls) => [json(parametersFile(urls))] },
  {
    shape: 'Get-AzCloudService',
    write: (urls) => [
      json({
        Id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop`,
        Name: 'shop',
        Location: 'westeurope',
        OSProfile: {
          Secret: groups(urls).map(({ sourceVault, vaultCertificates }) => ({
            SourceVaultId: sourceVault.id,
            VaultCertificate: vaultCertificates.map(({ certificateUrl }) => ({ CertificateUrl: certificateUrl.replace('.net/', '.net:443/') })),
          })),
        },
        ProvisioningState: 'Succeeded',
        Type: 'Microsoft.Compute/cloudServices',
      }),
    ],
  },
  { shape: 'secret groups', write: (urls) => [json(groups(urls))] },
];

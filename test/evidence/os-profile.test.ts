// Sources of an osProfile: every shape is recognised, every URL knows its place, and what is something else is refused with advice.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showKnown } from '../../src/core/known.js';
import { SourceFile } from '../../src/core/source.js';
import { runs } from '../support/setup.js';
import type { CloudServiceFact, OsProfile, Problem } from '../../src/core/types.js';
import { readOsProfile } from '../../src/evidence/os-profile/index.js';

const VAULT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv';
const WEB = 'https://kv.vault.azure.net/secrets/web/0123456789abcdef0123456789abcdef';
const API = 'https://kv.vault.azure.net/secrets/api/fedcba9876543210fedcba9876543210';
const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/cloudServices/shop';
const TYPE = 'Microsoft.Compute/cloudServices';

const group = (...urls: unknown[]) => ({ sourceVault: { id: VAULT }, vaultCertificates: urls.map((certificateUrl) => ({ certificateUrl })) });
const groupOfPowerShell = (...urls: string[]) => ({ SourceVaultId: VAULT, VaultCertificate: urls.map((CertificateUrl) => ({ CertificateUrl })) });
const osProfile = (...urls: unknown[]) => ({ osProfile: { secrets: [group(...urls)] } });
const resource = (name: string, properties: unknown) => ({ name, id: ID.replace('shop', name), type: TYPE, location: 'westus', properties });

/** The files by name; what is no text is written as JSON. */
function read(files: Record<string, unknown>, cloudService: string | null = null): OsProfile {
  return readOsProfile(sourcesOf(files), { cloudService });
}

function sourcesOf(files: Record<string, unknown>): SourceFile[] {
  return Object.entries(files).map(([path, content]) => new SourceFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2)));
}

function urlsOf(services: readonly CloudServiceFact[]): string[] {
  return services.flatMap(({ secrets }) => secrets.flatMap(({ certificateUrls }) => certificateUrls.map(({ url }) => showKnown(url))));
}

/** The only service of one file, with its URLs and its problems. */
function only(content: unknown): { service: CloudServiceFact; urls: string[]; problems: readonly Problem[] } {
  const { files, services } = read({ 'file.json': content });
  expect(services).toHaveLength(1);
  return { service: services[0]!, urls: urlsOf(services), problems: files[0]!.problems };
}

/** The only problem of a file that gives nothing. */
function refusalOf(content: unknown): Problem {
  const { files, services } = read({ 'file.json': content });
  expect(services).toEqual([]);
  expect(files[0]).toMatchObject({ shape: null, urls: 0 });
  expect(files[0]!.problems).toHaveLength(1);
  const problem = files[0]!.problems[0]!;
  // A place is shown: it must not be a whole document.
  expect(problem.location.span!.end - problem.location.span!.start).toBeLessThanOrEqual(100);
  return problem;
}

/** Path, JSON path and text of every URL's place. */
function placesOf(files: Record<string, unknown>): string[] {
  const texts = new Map(sourcesOf(files).map(({ path, text }) => [path, text]));
  return read(files).services.flatMap(({ secrets }) =>
    secrets.flatMap(({ certificateUrls }) =>
      certificateUrls.map(({ location: { path, span, pointer } }) => `${path} ${pointer} ${texts.get(path)!.slice(span!.start, span!.end)}`),
    ),
  );
}

describe('REST and the Azure CLI', () => {
  it('reads what GET returns', () => {
    const { service, urls, problems } = only(resource('shop', { ...osProfile(WEB, API), provisioningState: 'Succeeded', uniqueId: 'u' }));
    expect(urls).toEqual([WEB, API]);
    expect(problems).toEqual([]);
    expect(service).toMatchObject({ id: ID, name: 'shop', location: 'westus', live: true, complete: true, shape: 'rest-cloud-service' });
    expect(service.secrets[0]!.vaultId).toBe(VAULT);
    expect(service.origin.pointer).toBe('$.properties.osProfile.secrets');
  });

  it('points at each URL', () => {
    expect(placesOf({ 'cs.json': resource('shop', osProfile(WEB, API)) })).toEqual([
      `cs.json $.properties.osProfile.secrets[0].vaultCertificates[0].certificateUrl ${WEB}`,
      `cs.json $.properties.osProfile.secrets[0].vaultCertificates[1].certificateUrl ${API}`,
    ]);
  });

  it('reads the body of a PUT, which is not live', () => {
    const { service, urls } = only({ location: 'westus', properties: { ...osProfile(WEB), roleProfile: { roles: [] } } });
    expect(urls).toEqual([WEB]);
    expect(service).toMatchObject({ id: null, name: null, live: false });
  });

  it.each(['id', 'provisioningState', 'uniqueId'])('takes what has %s as live', (key) => {
    const inside = key === 'id' ? {} : { [key]: 'x' };
    const outside = key === 'id' ? { id: ID } : {};
    expect(only({ ...outside, properties: { ...osProfile(WEB), ...inside } }).service.live).toBe(true);
  });

  it('knows no certificates where osProfile or its secrets are empty, null or absent, and points at what should hold them', () => {
    for (const [properties, pointer] of [
      [{ osProfile: { secrets: [] } }, '$.properties.osProfile.secrets'],
      [{ osProfile: { secrets: null } }, '$.properties.osProfile'],
      [{ osProfile: null }, '$.properties'],
      [{ upgradeMode: 'Auto' }, '$.properties'],
    ] as const) {
      const { service, problems } = only(resource('shop', properties));
      expect(service).toMatchObject({ secrets: [], complete: true, origin: { pointer } });
      expect(service.origin.span!.end - service.origin.span!.start).toBe(1);
      expect(problems).toEqual([]);
    }
  });

  it('tells the shapes of the Azure CLI', () => {
    const shown = { ...resource('shop', osProfile(WEB)), resourceGroup: 'g' };
    expect(only(shown).service.shape).toBe('az-cloud-service');
    expect(only({ ...shown, kind: null, plan: null }).service.shape).toBe('az-resource');
    const flat = only({ id: ID, name: 'shop', type: TYPE, resourceGroup: 'g', uniqueId: 'u', ...osProfile(WEB) });
    expect(flat).toMatchObject({ urls: [WEB], service: { shape: 'az-cloud-service', live: true, name: 'shop' } });
  });

  it('reads the certificates that a deployment was given', () => {
    const deployment = {
      type: 'Microsoft.Resources/deployments',
      properties: { parameters: { secrets: { type: 'Array', value: [group(WEB)] }, sas: { type: 'SecureString' } } },
    };
    expect(only(deployment)).toMatchObject({ urls: [WEB], service: { shape: 'az-deployment', live: false, name: null } });
    expect(refusalOf({ ...deployment, properties: { parameters: { sas: { type: 'SecureString' } } } }).code).toBe('wrong-resource');
  });

  it('takes bootstrap certificates as a boolean and as a string', () => {
    const entries = [true, 'true', 'True', false, 'false', null].map((isBootstrapCertificate) => ({ certificateUrl: WEB, isBootstrapCertificate }));
    const { service } = only({ secrets: [{ vaultCertificates: entries }] });
    expect(service.secrets[0]!.certificateUrls.map(({ bootstrap }) => bootstrap)).toEqual([true, true, true, false, false, false]);
    expect(service.secrets[0]!.vaultId).toBeNull();
  });

  it('reads lists, and says where a list has more pages', () => {
    const list = { value: [resource('shop', osProfile(WEB)), { type: 'Microsoft.Network/virtualNetworks', name: 'net' }], nextLink: null };
    expect(only(list)).toMatchObject({ urls: [WEB], problems: [] });
    expect(only(list.value)).toMatchObject({ urls: [WEB], problems: [] });
    expect(only({ ...list, nextLink: 'https://next' }).problems).toMatchObject([{ code: 'page-of-several', location: { pointer: '$.nextLink' } }]);
    expect(refusalOf({ value: [] }).code).toBe('empty');
  });

  it('reads several documents in one file, and those before a cut', () => {
    const two = `${JSON.stringify(group(WEB))}\n${JSON.stringify(group(API))}`;
    expect(urlsOf(read({ 'two.json': two }).services)).toEqual([WEB, API]);
    const cut = read({ 'cut.json': two.slice(0, -5) });
    expect(urlsOf(cut.services)).toEqual([WEB]);
    expect(cut.files[0]!.problems).toMatchObject([{ code: 'truncated-json' }]);
  });

  it('does not take a service without its properties for one without certificates', () => {
    const listed = { id: ID, name: 'shop', type: TYPE, resourceGroup: 'g', provisioningState: 'Succeeded' };
    expect(refusalOf([listed])).toMatchObject({ code: 'unsupported-projection', help: expect.stringContaining('az resource show') as string });
    expect(refusalOf({ ResourceId: ID, ResourceType: TYPE, Properties: null }).help).toContain('-ExpandProperties');
  });

  it('is incomplete where something else stands in place of a group, a list or a URL', () => {
    const cut = { sourceVault: {}, vaultCertificates: 'x' };
    for (const broken of [null, 7, 'x', {}, cut, group(null), group(7)]) {
      const { service, urls, problems } = only(resource('shop', { osProfile: { secrets: [group(WEB), broken] } }));
      expect({ urls, complete: service.complete }).toEqual({ urls: [WEB], complete: false });
      expect(problems).toMatchObject([{ code: 'unsupported-projection' }]);
      expect(refusalOf(resource('shop', { osProfile: { secrets: [broken] } })).code).toBe('unsupported-projection');
    }
    for (const secrets of [{ value: [group(WEB)] }, 'none', 7]) {
      expect(refusalOf(resource('shop', { osProfile: { secrets } })).code).toBe('unsupported-projection');
    }
    expect(refusalOf(resource('shop', { osProfile: 7 })).code).toBe('unsupported-projection');
  });
});

describe('PowerShell', () => {
  const service = (secrets: unknown) => ({
    Id: ID, Name: 'shop', Location: 'westus', ResourceGroupName: 'g', Type: TYPE, ProvisioningState: 'Succeeded', OSProfile: { Secret: secrets },
  });

  it('reads Get-AzCloudService, whole', () => {
    const found = only(service([groupOfPowerShell(WEB)]));
    expect(found).toMatchObject({ urls: [WEB], service: { shape: 'powershell-cloud-service', live: true, name: 'shop', location: 'westus', id: ID } });
    expect(found.service.secrets[0]!.vaultId).toBe(VAULT);
  });

  it('says that names of types are lost objects, once, with the better command', () => {
    const name = 'Microsoft.Azure.PowerShell.Cmdlets.CloudService.Models.Api20220904.CloudServiceVaultSecretGroup';
    expect(refusalOf(service([name, name]))).toMatchObject({ code: 'depth-truncated', help: expect.stringContaining('-Depth 100') as string });
    expect(refusalOf({ ...service([]), OSProfile: 'Microsoft.Azure.X.CloudServiceOSProfile' }).code).toBe('depth-truncated');
    for (const cut of ['@{SourceVaultId=x}', 'System.Object[]', 'System.Collections.Hashtable System.Collections.Hashtable']) {
      expect(refusalOf(service([{ SourceVaultId: VAULT, VaultCertificate: cut }])).code).toBe('depth-truncated');
    }
  });

  it('keeps what was not cut off, as incomplete', () => {
    const { service: found, urls, problems } = only(service([groupOfPowerShell(WEB), 'Microsoft.Azure.X.Group', 'Microsoft.Azure.X.Group']));
    expect({ urls, complete: found.complete }).toEqual({ urls: [WEB], complete: false });
    expect(problems).toMatchObject([{ code: 'depth-truncated' }]);
    const { services } = read({ 'list.json': [service([groupOfPowerShell(WEB)]), { ...service(['Microsoft.Azure.X.Group']), Name: 'blog' }] });
    expect(services).toMatchObject([{ name: 'shop', complete: true }, { name: 'blog', complete: false }]);
  });

  it('reads JSON in strings, at the place of the string', () => {
    const inString = JSON.stringify(group(WEB), null, 2);
    const files = { 'cs.json': service([inString, JSON.stringify(group(API))]) };
    expect(urlsOf(read(files).services)).toEqual([WEB, API]);
    expect(placesOf(files)).toEqual(['cs.json $.OSProfile.Secret[0] {', 'cs.json $.OSProfile.Secret[1] {']);
    const entries = `${JSON.stringify({ certificateUrl: WEB })} ${JSON.stringify({ certificateUrl: API })}`;
    expect(only(service([{ SourceVaultId: VAULT, VaultCertificate: entries }])).urls).toEqual([WEB, API]);
    expect(only({ ...service([]), OSProfile: JSON.stringify({ secrets: [group(WEB)] }) }).urls).toEqual([WEB]);
  });

  it('reads Get-AzResource and Invoke-AzRestMethod', () => {
    expect(only({ ResourceId: ID, Name: 'shop', ResourceType: TYPE, Type: TYPE, Properties: osProfile(WEB) })).toMatchObject({
      urls: [WEB],
      service: { shape: 'powershell-resource', live: true, id: ID },
    });
    const answer = (content: unknown) => ({ StatusCode: 200, Method: 'GET', Content: JSON.stringify(content) });
    expect(only(answer(resource('shop', osProfile(WEB))))).toMatchObject({ urls: [WEB], service: { shape: 'powershell-rest-response', origin: { pointer: '$.Content' } } });
    expect(urlsOf(read({ 'list.json': answer({ value: [resource('shop', osProfile(WEB))] }) }).services)).toEqual([WEB]);
    expect(refusalOf(answer({ error: { code: 'NotFound', message: 'no such service' } })).message).toContain('NotFound: no such service');
    expect(refusalOf({ StatusCode: 500, Content: 'oops' }).code).toBe('unsupported-projection');
  });

  it('reads secret groups as the cmdlets make them', () => {
    for (const content of [groupOfPowerShell(WEB), [groupOfPowerShell(WEB)], { secret: [groupOfPowerShell(WEB)] }, { Secret: groupOfPowerShell(WEB) }, { value: [groupOfPowerShell(WEB)], Count: 1 }]) {
      expect(only(content)).toMatchObject({ urls: [WEB], problems: [], service: { shape: 'powershell-secret-groups', name: null, live: false } });
    }
    expect(refusalOf(['Microsoft.Azure.PowerShell.Cmdlets.CloudService.Models.CloudServiceVaultSecretGroup']).code).toBe('depth-truncated');
  });
});

describe('secret groups alone', () => {
  it('reads a list, an osProfile and one group', () => {
    for (const content of [[group(WEB)], { secrets: [group(WEB)] }, group(WEB)]) {
      expect(only(content)).toMatchObject({ urls: [WEB], service: { shape: 'secret-groups', id: null, name: null, live: false, complete: true } });
    }
    expect(only(osProfile(WEB)).urls).toEqual([WEB]);
  });

  it('takes an empty list as an osProfile without certificates', () => {
    for (const content of ['[]', { secrets: [] }]) {
      expect(only(content)).toMatchObject({ urls: [], problems: [], service: { secrets: [], complete: true } });
    }
  });
});

describe('Terraform', () => {
  const attributes = (body: unknown) => ({ type: `${TYPE}@2022-09-04`, id: ID, name: 'shop', location: 'westus', body });
  const state = (...bodies: unknown[]) => ({
    version: 4, lineage: 'l', resources: bodies.map((body) => ({ type: 'azapi_resource', instances: [{ attributes: attributes(body) }] })),
  });

  it.each([
    ['an object with its type', { value: { properties: osProfile(WEB) }, type: ['object', {}] }],
    ['an object', { properties: osProfile(WEB) }],
    ['a string', JSON.stringify({ properties: osProfile(WEB) })],
  ])('reads the body of azapi as %s', (_, body) => {
    expect(only(state(body))).toMatchObject({ urls: [WEB], service: { shape: 'azapi-state', name: 'shop', live: false, id: ID } });
  });

  it('reads "terraform show", child modules too, and refuses a plan', () => {
    const resources = [{ values: attributes({ properties: osProfile(WEB) }) }];
    expect(only({ format_version: '1.0', values: { root_module: { child_modules: [{ resources }] } } }).urls).toEqual([WEB]);
    expect(refusalOf({ format_version: '1.0', planned_values: { root_module: { resources } } }).help).toContain('terraform show -json');
  });

  it('says what a state without a cloud service belongs to', () => {
    const other = (values: unknown) => ({ version: 4, lineage: 'l', resources: [{ instances: [{ attributes: values }] }] });
    expect(refusalOf(other({ certificate_policy: [] })).help).toContain('--vault');
    expect(refusalOf(other({ template_content: '{}' })).help).toContain('template');
    expect(refusalOf(state(null)).code).toBe('wrong-resource');
  });
});

describe('ARM templates', () => {
  const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  const PARAMETERS_SCHEMA = 'https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#';
  const service = (properties: unknown, more: object = {}) => ({ type: TYPE, apiVersion: '2022-09-04', name: 'shop', location: 'westus', properties, ...more });
  const template = (resources: unknown, more: object = {}) => ({ $schema: SCHEMA, contentVersion: '1.0.0.0', resources, ...more });
  const parameters = (values: Record<string, unknown>) => ({
    $schema: PARAMETERS_SCHEMA,
    parameters: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
  });

  it('reads literal URLs without a parameters file', () => {
    expect(only(template([service(osProfile(WEB))]))).toMatchObject({
      urls: [WEB], problems: [], service: { shape: 'arm-template', name: 'shop', location: 'westus', id: null, live: false, complete: true },
    });
  });

  it('takes a list of secrets from the parameters file, whatever the order of the files, and points there', () => {
    const files = {
      'template.json': template([service({ osProfile: { secrets: "[parameters('Secrets')]" } }, { name: "[variables('name')]" })], {
        parameters: { secrets: { type: 'array' }, cloudServiceName: { type: 'string' } },
        variables: { name: "[parameters('cloudServiceName')]" },
      }),
      'prod.json': parameters({ secrets: [group(WEB, API)], cloudServiceName: 'shop-prod' }),
    };
    expect(placesOf(files)).toEqual([
      `prod.json $.parameters.secrets.value[0].vaultCertificates[0].certificateUrl ${WEB}`,
      `prod.json $.parameters.secrets.value[0].vaultCertificates[1].certificateUrl ${API}`,
    ]);
    const { files: read1, services } = read(files);
    expect(read1).toMatchObject([{ shape: 'arm-template', urls: 0, problems: [] }, { shape: 'arm-parameters', urls: 2, problems: [] }]);
    expect(services).toMatchObject([{ name: 'shop-prod', complete: true, origin: { path: 'prod.json', pointer: '$.parameters.secrets.value' } }]);
    expect(urlsOf(read({ 'prod.json': files['prod.json'], 'template.json': files['template.json'] }).services)).toEqual([WEB, API]);
  });

  it('points at the default value, the variable or the expression that holds a URL', () => {
    const files = {
      't.json': template([service(osProfile("[parameters('web')]", "[variables('api')]", "[concat('https://', 'x')]"))], {
        parameters: { web: { type: 'string', defaultValue: WEB } },
        variables: { api: API },
      }),
    };
    expect(placesOf(files)).toEqual([
      `t.json $.parameters.web.defaultValue ${WEB}`,
      `t.json $.variables.api ${API}`,
      "t.json $.resources[0].properties.osProfile.secrets[0].vaultCertificates[2].certificateUrl [concat('https://', 'x')]",
    ]);
  });

  it('resolves parts and leaves holes, and says so once', () => {
    const url = "[concat('https://', parameters('vault'), environment().suffixes.keyvaultDns, '/secrets/web/', parameters('version'))]";
    const { service: found, urls, problems } = only(
      template([service(osProfile(url, "[reference('x').y]", "[reference('x').y]"))], { parameters: { vault: { defaultValue: 'kv' }, version: { type: 'string' } } }),
    );
    expect(urls).toEqual(["https://kv.vault.azure.net/secrets/web/[parameters('version')]", "[reference('x').y]", "[reference('x').y]"]);
    expect(found.complete).toBe(true);
    expect(problems).toMatchObject([{ code: 'unresolved-expression', message: expect.stringContaining("parameters('version') and 1 more") as string }]);
    expect(problems[0]!.help).toContain('--os-profile TEMPLATE --os-profile PARAMETERS');
  });

  it('does not complain of a vault whose subscription is not known', () => {
    const secrets = [{ ...group(WEB), sourceVault: { id: "[resourceId('Microsoft.KeyVault/vaults', 'kv')]" } }];
    const { service: found, problems } = only(template([service({ osProfile: { secrets } })]));
    expect(showKnown(found.secrets[0]!.vaultId!)).toContain('/providers/Microsoft.KeyVault/vaults/kv');
    expect(problems).toEqual([]);
  });

  it('is incomplete where secrets, or a part of them, or what holds them is not known', () => {
    const unknown = "[parameters('unset')]";
    const many: unknown[] = [unknown, { osProfile: unknown }, { osProfile: { secrets: unknown } }, { osProfile: { secrets: [unknown] } }];
    many.push({ osProfile: { secrets: [{ vaultCertificates: unknown }] } }, { osProfile: { secrets: [{ vaultCertificates: [unknown] }] } });
    many.push({ osProfile: { secrets: "[variables('loop')]" } }, { osProfile: { copy: [{ name: 'secrets', count: 2, input: group(WEB) }] } });
    for (const properties of many) {
      const { service: found, problems } = only(template([service(properties)], { variables: { copy: [{ name: 'loop', count: 2, input: group(WEB) }] } }));
      expect(found.complete).toBe(false);
      expect(problems).toMatchObject([{ code: 'unresolved-expression' }]);
    }
    const joined = only(template([service({ osProfile: { secrets: "[concat(variables('own'), parameters('unset'))]" } })], { variables: { own: [group(WEB)] } }));
    expect(joined).toMatchObject({ urls: [WEB], service: { complete: false } });
  });

  it('leaves out what is not deployed, and takes what may be', () => {
    const conditions: [unknown, number][] = [[false, 0], [true, 1], ["[equals('a', 'b')]", 0], ["[parameters('unset')]", 1], ["[parameters('deploy')]", 0], ["[not(parameters('deploy'))]", 1], ['False', 0], ['x', 1]];
    for (const [condition, count] of conditions) {
      const { services } = read({ 't.json': template([service(osProfile(WEB), { condition })], { parameters: { deploy: { type: 'bool', defaultValue: false } } }) });
      expect(services).toHaveLength(count);
    }
    expect(refusalOf(template({ shop: service(osProfile(WEB), { existing: true }) })).message).toContain('no cloud service');
  });

  it('reads resources by name, as Bicep writes them, and copies', () => {
    expect(only(template({ shop: service(osProfile(WEB)) }, { languageVersion: '2.0' })).urls).toEqual([WEB]);
    const copied = only(template([service(osProfile(WEB, "[parameters('urls')[copyIndex()]]"), { name: "[concat('shop', copyIndex())]", copy: { name: 'all', count: 2 } })]));
    expect(showKnown(copied.service.name!)).toBe('shop[copyIndex()]');
    expect(copied.urls).toEqual([WEB, "[parameters('urls')[copyIndex()]]"]);
  });

  describe('nested', () => {
    const deployment = (inner: unknown, more: object = {}) => ({ type: 'Microsoft.Resources/deployments', name: 'nested', properties: { template: inner, ...more } });
    const inner = (url: string) => template([service(osProfile(url))], { parameters: { url: { type: 'string', defaultValue: 'https://inner' } }, variables: { v: 'https://inner-variable' } });
    const outer = (nested: unknown) => template([nested], { parameters: { url: { type: 'string' } }, variables: { v: 'https://outer-variable' } });
    const read1 = (nested: unknown) => urlsOf(read({ 't.json': outer(nested), 'p.json': parameters({ url: WEB }) }).services);
    const scope = { expressionEvaluationOptions: { scope: 'Inner' } };

    it('resolves in the outer template by default', () => {
      expect(read1(deployment(inner("[parameters('url')]")))).toEqual([WEB]);
      expect(read1(deployment(inner("[variables('v')]")))).toEqual(['https://outer-variable']);
    });

    it('resolves in the inner template where it says so, with what is passed to it', () => {
      const passing = (parametersOfInner: unknown) => read1(deployment(inner("[parameters('url')]"), { ...scope, parameters: parametersOfInner }));
      expect(passing({ url: { value: "[concat(parameters('url'), '')]" } })).toEqual([WEB]);
      expect(passing({})).toEqual(['https://inner']);
      expect(passing({ url: { reference: { secretName: 's' } } })).toEqual(["[parameters('url')]"]);
      expect(passing("[parameters('unset')]")).toEqual(["[parameters('unset')]"]);
      expect(read1(deployment(inner("[variables('v')]"), scope))).toEqual(['https://inner-variable']);
    });

    it('does not follow a link, and says so', () => {
      const problem = refusalOf(template([{ type: 'Microsoft.Resources/deployments', properties: { templateLink: { uri: 'https://x' } } }]));
      expect(problem.help).toContain('links to templates');
    });
  });

  describe('and parameters', () => {
    const withUrl = template([service(osProfile("[parameters('url')]"))], { parameters: { url: { type: 'string' } } });

    it('prefers the file to the default', () => {
      const defaulted = { ...withUrl, parameters: { url: { defaultValue: API } } };
      expect(urlsOf(read({ 't.json': defaulted, 'p.json': parameters({ URL: WEB }) }).services)).toEqual([WEB]);
    });

    it('takes values literally', () => {
      expect(urlsOf(read({ 't.json': withUrl, 'p.json': parameters({ url: "[concat('a', 'b')]" }) }).services)).toEqual(["[concat('a', 'b')]"]);
    });

    it('takes parameters without $schema, without "parameters", and those of a deployment', () => {
      const entries = { url: { value: WEB } };
      for (const content of [{ parameters: entries }, entries, { properties: { parameters: { url: { type: 'String', value: WEB } } } }]) {
        expect(urlsOf(read({ 't.json': withUrl, 'p.json': content }).services)).toEqual([WEB]);
      }
    });

    it('does not know what the deployment fetches from a Key Vault', () => {
      const { files, services } = read({ 't.json': withUrl, 'p.json': { parameters: { url: { reference: { keyVault: { id: VAULT }, secretName: 's' } } } } });
      expect(urlsOf(services)).toEqual(["[parameters('url')]"]);
      expect(files[0]!.problems).toMatchObject([{ code: 'unresolved-expression', help: expect.stringContaining('fetches "url" from a Key Vault') as string }]);
      const { span, ...place } = files[0]!.problems[0]!.location;
      expect(place).toEqual({ path: 'p.json', pointer: '$.parameters.url' });
      expect(span!.end - span!.start).toBe(1);
    });

    it('does not choose between files that differ, and does not mind files that agree', () => {
      const differing = read({ 't.json': withUrl, 'prod.json': parameters({ url: WEB }), 'test.json': parameters({ url: API }) });
      expect(urlsOf(differing.services)).toEqual(["[parameters('url')]"]);
      expect(differing.files.flatMap(({ problems }) => problems)).toMatchObject([{ code: 'unresolved-expression', help: expect.stringContaining('different values') as string }]);
      const nested = { ...withUrl, resources: [service({ osProfile: "[parameters('url')]" })] };
      const agreeing = parameters({ url: { secrets: [group(WEB)], a: [1, true, null] } });
      expect(urlsOf(read({ 't.json': nested, 'a.json': agreeing, 'b.json': agreeing }).services)).toEqual([WEB]);
    });

    it.each<[unknown, unknown]>([
      ['a', 'b'], [1, 2], [true, false], ['1', 1], [null, 0], [[], {}], [{}, []], [[1], [1, 2]], [[1, 2], [1, 3]], [[2, 1], [3, 1]],
      [{ a: 1 }, { b: 1 }], [{ a: 1 }, { a: 1, b: 2 }], [{ a: 1, b: 2 }, { a: 1, b: 3 }], [[[1]], [[2]]], [undefined, 'a'], ['a', undefined],
    ])('takes %j and %j for different', (a, b) => {
      const file = (value: unknown) => ({ parameters: { url: value === undefined ? { reference: {} } : { value } } });
      expect(read({ 't.json': withUrl, 'a.json': file(a), 'b.json': file(b) }).files[0]!.problems).toMatchObject([{ help: expect.stringContaining('different values') as string }]);
    });

    it('compares names without case', () => {
      const { files } = read({ 't.json': { ...withUrl, parameters: { Url: { type: 'string' } } }, 'p.json': parameters({ uRL: WEB }) });
      expect(files).toMatchObject([{ problems: [] }, { shape: 'arm-parameters', urls: 1, problems: [] }]);
    });

    it('says which parameter no file sets', () => {
      const { files } = read({ 't.json': { ...withUrl, parameters: { url: {}, other: {} } }, 'p.json': parameters({ other: 1 }) });
      expect(files).toMatchObject([{ problems: [{ help: expect.stringContaining('sets "url"') as string }] }, { shape: 'arm-parameters', problems: [] }]);
    });

    it('refuses parameters that the template does not declare', () => {
      const { files } = read({ 't.json': template([service(osProfile(WEB))]), 'p.json': parameters({ other: [group(API)] }) });
      expect(files[1]).toMatchObject({ shape: null, problems: [{ code: 'wrong-resource' }] });
    });
  });

  describe('parameters alone', () => {
    it('finds groups in any value', () => {
      const files = { 'p.json': parameters({ location: 'westus', secrets: [group(WEB)], service: { deep: [{ osProfile: { secrets: [group(API)] } }] } }) };
      expect(placesOf(files)).toEqual([
        `p.json $.parameters.secrets.value[0].vaultCertificates[0].certificateUrl ${WEB}`,
        `p.json $.parameters.service.value.deep[0].osProfile.secrets[0].vaultCertificates[0].certificateUrl ${API}`,
      ]);
      expect(read(files).services).toMatchObject([{ shape: 'arm-parameters', name: null, complete: true, origin: { pointer: '$.parameters.secrets.value' } }]);
    });

    it('finds them beside a template that deploys something else', () => {
      const { files, services } = read({ 't.json': template([]), 'p.json': parameters({ secrets: [group(WEB)] }) });
      expect(urlsOf(services)).toEqual([WEB]);
      expect(files).toMatchObject([{ shape: null, problems: [{ code: 'wrong-resource' }] }, { urls: 1, problems: [] }]);
    });

    it('asks for the template where there are none', () => {
      expect(refusalOf(parameters({ url: WEB })).help).toContain('--os-profile TEMPLATE --os-profile PARAMETERS');
      expect(refusalOf({ $schema: PARAMETERS_SCHEMA, parameters: {} }).code).toBe('wrong-resource');
    });
  });

  it('names the machines of a template that has no cloud service', () => {
    const machines = template([{ type: 'Microsoft.Compute/virtualMachineScaleSets', properties: { virtualMachineProfile: osProfile(WEB) } }]);
    expect(refusalOf(machines).message).toContain('Microsoft.Compute/virtualMachineScaleSets');
    expect(refusalOf(machines).help).not.toContain('links');
  });

  it('knows templates and parameters of every scope, in any case, and those without $schema', () => {
    const resources = [service(osProfile(WEB))];
    for (const name of ['deploymentTemplate', 'DEPLOYMENTTEMPLATE', 'subscriptionDeploymentTemplate', 'tenantDeploymentTemplate']) {
      expect(only({ $schema: `https://schema.management.azure.com/schemas/2019-08-01/${name}.json#`, resources }).service.shape).toBe('arm-template');
    }
    expect(only({ contentVersion: '1.0.0.0', resources }).service.shape).toBe('arm-template');
    for (const name of ['deploymentParameters', 'DeploymentParameters']) {
      expect(refusalOf({ $schema: `https://schema.management.azure.com/schemas/2019-04-01/${name}.json#`, parameters: {} }).message).toContain('No parameter');
    }
  });

  it('reads comments and line ends inside strings', () => {
    const text = `// a comment\n${JSON.stringify(template([service(osProfile('URL'))])).replace('URL', "[concat(\n  'https://', /* none */ 'x')]")}`;
    expect(urlsOf(read({ 't.json': text }).services)).toEqual(["[concat(   'https://', /* none */ 'x')]"]);
    expect(urlsOf(read({ 't.json': text.replace(' /* none */', '') }).services)).toEqual(['https://x']);
  });

  it('bounds what variables can blow up', () => {
    const variables: Record<string, unknown> = { v0: [group(WEB)] };
    for (let level = 1; level < 2000; level++) variables[`v${level}`] = `[concat(variables('v${level - 1}'), variables('v${level - 1}'))]`;
    const { service: found } = only(template([service({ osProfile: { secrets: "[variables('v1999')]" } })], { variables }));
    expect(found.complete).toBe(false);
    const circle = { a: { x: "[variables('b').x]" }, b: { x: "[concat(variables('a').x, variables('a').x)]" } };
    expect(only(template([service(osProfile("[variables('a').x]"))], { variables: circle })).problems).toMatchObject([{ code: 'unresolved-expression' }]);
  });
});

describe('several sources of one service', () => {
  const shop = (...urls: unknown[]) => resource('shop', osProfile(...urls));

  it('add up, and are told of where they list different certificates', () => {
    const { files, services } = read({ 'template.json': shop(API), 'live.json': { ...shop(WEB, API), name: 'SHOP' } });
    expect(urlsOf(services)).toEqual([API, WEB, API]);
    expect(files[0]!.problems).toEqual([]);
    expect(files[1]!.problems).toMatchObject([
      {
        code: 'sources-differ',
        message: 'template.json and live.json list different certificates for the cloud service "shop": 1 in live.json only. A certificate counts as listed where any of them lists it.',
      },
    ]);
    expect(files[1]!.problems[0]!.location.pointer).toBe('$.properties.osProfile.secrets[0].vaultCertificates[0].certificateUrl');
  });

  it('are told of once, at what the later one has more, or the first', () => {
    const { files } = read({ 'a.json': shop(WEB, API), 'b.json': shop(API), 'c.json': shop() });
    expect(files.map(({ problems }) => problems.map(({ code, location }) => [code, location.path]))).toEqual([[], [['sources-differ', 'a.json']], []]);
  });

  it('are told of beside one that is not known whole, and within one resource group', () => {
    const open = { contentVersion: '1', resources: [{ ...shop("[reference('x').y]"), apiVersion: '2022-09-04' }] };
    expect(read({ 'a.json': shop(WEB), 'b.json': shop(API), 'c.json': open }).files[1]!.problems).toMatchObject([{ code: 'sources-differ' }]);
    const stage = (...urls: unknown[]) => ({ ...shop(...urls), id: ID.replace('/g/', '/stage/') });
    expect(read({ 'a.json': shop(WEB), 'b.json': stage(WEB), 'c.json': stage(API) }).files.map(({ problems }) => problems.length)).toEqual([0, 0, 1]);
  });

  it.each([
    ['in another spelling', { 'a.json': shop(WEB, API), 'b.json': shop(API.toUpperCase().replace('HTTPS', 'https'), `${WEB}/`) }],
    ['of another service', { 'a.json': resource('shop', osProfile(WEB)), 'b.json': resource('blog', osProfile(API)) }],
    ['of which a part is not known', { 'a.json': shop(WEB), 'b.json': { contentVersion: '1', resources: [{ ...shop("[parameters('unset')]"), apiVersion: '2022-09-04' }] } }],
    ['of no name', { 'a.json': shop(WEB), 'b.json': [group(API)] }],
    ['in one file', { 'a.json': [shop(WEB), shop(API)] }],
    ['listed twice in a file, once as elsewhere', { 'a.json': [shop(WEB), shop(API)], 'b.json': shop(API, WEB) }],
    ['in another resource group', { 'a.json': shop(WEB), 'b.json': { ...shop(API), id: ID.replace('/g/', '/stage/') } }],
    ['that are one expression', { 'a.json': shop(WEB), 'b.json': { contentVersion: '1', resources: [{ ...resource('shop', { osProfile: { secrets: "[parameters('unset')]" } }), apiVersion: '2022-09-04' }] } }],
  ])('are not told of %s', (_, texts) => {
    expect(read(texts).files.flatMap(({ problems }) => problems.map(({ code }) => code))).not.toContain('sources-differ');
  });
});

describe('several services', () => {
  const list = { value: [resource('shop', osProfile(WEB)), resource('Blog', osProfile(API))] };

  it('returns all and says that there are several', () => {
    const { files, services } = read({ 'list.json': list });
    expect(urlsOf(services)).toEqual([WEB, API]);
    expect(files[0]!.problems).toMatchObject([{ code: 'several-services', message: expect.stringContaining('shop, Blog') as string, help: expect.stringContaining('--cloud-service') as string }]);
  });

  it('chooses by name without case', () => {
    const { files, services } = read({ 'list.json': list }, 'BLOG');
    expect(urlsOf(services)).toEqual([API]);
    expect(files[0]).toMatchObject({ urls: 2, problems: [] });
  });

  it('lists the names where the chosen one does not exist', () => {
    const { files, services } = read({ 'list.json': list }, 'bolg');
    expect(services).toEqual([]);
    expect(files[0]!.problems).toMatchObject([{ code: 'several-services', message: expect.stringContaining('"bolg"; there is shop, Blog') as string }]);
  });

  it('says nothing of the expressions of others', () => {
    const resources = [resource('shop', osProfile(WEB)), resource('blog', osProfile("[parameters('unset')]"))];
    const problemsFor = (name: string) => read({ 't.json': { contentVersion: '1', resources } }, name).files[0]!.problems.map(({ code }) => code);
    expect(problemsFor('shop')).toEqual([]);
    expect(problemsFor('blog')).toEqual(['unresolved-expression']);
  });

  it('keeps what may be the chosen one', () => {
    const files = { 'list.json': list, 'groups.json': [group('https://nameless')] };
    expect(urlsOf(read(files, 'shop').services)).toEqual([WEB, 'https://nameless']);
    const named = (name: string) => ({ contentVersion: '1', resources: [{ type: TYPE, name, properties: osProfile(WEB) }] });
    expect(read({ 't.json': named("[concat('shop', parameters('env'))]") }, 'shop-prod').services).toHaveLength(1);
    expect(read({ 't.json': named("[concat('blog', parameters('env'))]") }, 'shop-prod').services).toHaveLength(0);
  });

  it('does not take one service in two sources, or names that are not known, for several', () => {
    const twice = { 'a.json': resource('shop', osProfile(WEB)), 'b.json': resource('SHOP', osProfile(WEB)) };
    const unnamed = { 'c.json': { contentVersion: '1', resources: [{ type: TYPE, name: "[parameters('n')]", properties: osProfile(WEB) }] } };
    expect(read({ ...twice, ...unnamed }).files.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('counts two resources of one template as two', () => {
    const resources = ["[parameters('a')]", "[parameters('b')]"].map((name) => ({ type: TYPE, name, properties: osProfile(WEB) }));
    expect(read({ 't.json': { contentVersion: '1', resources } }).files[0]!.problems).toMatchObject([{ code: 'several-services' }]);
  });

  it('tells it once, with the first file', () => {
    const { files } = read({ 'groups.json': [group(WEB)], 'a.json': resource('a', {}), 'b.json': resource('b', {}) });
    expect(files.map(({ problems }) => problems.length)).toEqual([0, 1, 0]);
  });

  it('does not list hundreds of names', () => {
    const many = Array.from({ length: 300 }, (_, index) => resource(`s${index}`, osProfile(WEB)));
    expect(read({ 'many.json': many }).files[0]!.problems[0]!.message).toContain('s9 and 290 more');
  });
});

describe('what is something else', () => {
  it.each<[string, unknown, string, string]>([
    ['a service configuration', '\n<?xml version="1.0"?>\n<ServiceConfiguration serviceName="s" />', 'service configuration', 'as a path'],
    ['a service definition', '<sd:ServiceDefinition xmlns:sd="x" />', 'service definition', '--csdef'],
    ['a vault export of REST', { value: [{ id: 'https://kv.vault.azure.net/certificates/web', x5t: 'x' }] }, 'Key Vault', '--vault'],
    ['a vault export of PowerShell', [{ Name: 'web', Thumbprint: 'AA' }], 'Key Vault', '--vault'],
    ['a secret', { id: WEB, value: 'hidden' }, 'Key Vault', '--vault'],
    ['a vault', { type: 'Microsoft.KeyVault/vaults', properties: {} }, 'Key Vault', '--vault'],
    ['a virtual machine', { type: 'Microsoft.Compute/virtualMachines', properties: osProfile(WEB) }, 'Microsoft.Compute/virtualMachines', 'az resource show'],
    ['a scale set without type', { properties: { virtualMachineProfile: osProfile(WEB) } }, 'virtual machine', 'az resource show'],
    ['a machine of which only the id tells', { id: ID.replace('cloudServices', 'virtualMachines'), properties: osProfile(WEB) }, 'virtualMachines', 'az resource show'],
    ['an osProfile of a machine', { computerName: 'vm', secrets: [group(WEB)] }, 'virtual machine', 'az resource show'],
    ['secrets of a machine', [{ sourceVault: { id: VAULT }, vaultCertificates: [{ certificateUrl: WEB, certificateStore: 'My' }] }], 'certificateStore', 'az resource show'],
    ['protected settings', { properties: { protectedSettingsFromKeyVault: { sourceVault: {}, secretUrl: WEB } } }, 'protectedSettingsFromKeyVault', 'az resource show'],
    ['an error', { error: { code: 'AuthorizationFailed', message: 'no access' } }, 'AuthorizationFailed: no access', 'az resource show'],
    ['URLs by themselves', [WEB, API], 'URLs without', '--query'],
    ['certificates by themselves', [{ certificateUrl: WEB }], 'URLs without', '--query'],
    ['anything else', { hello: 'world' }, 'recognised', 'az resource show'],
    ['a number', '7', 'recognised', 'az resource show'],
    ['Bicep', "param location string\nresource cs 'Microsoft.Compute/cloudServices@2022-09-04' = {}", 'Bicep', 'az bicep build'],
    ['nothing', '', 'empty', 'again'],
    ['a cut file', '{"properties": {"osProfile": ', 'ends before', 'again'],
  ])('refuses %s', (_, content, message, help) => {
    const problem = refusalOf(content);
    expect(problem.message).toContain(message);
    expect(problem.help).toContain(help);
    expect(JSON.stringify(problem)).not.toContain('hidden');
  });

  it('says it once, however many there are', () => {
    expect(refusalOf(Array(100).fill({ x5t: 'x' })).code).toBe('wrong-resource');
  });
});

describe('hostile input', () => {
  it('takes keys like __proto__ as keys', () => {
    const text = `{"__proto__": {"osProfile": {"secrets": []}}, "constructor": 1, "properties": ${JSON.stringify(osProfile(WEB))}, "type": "${TYPE}"}`;
    expect(only(text).urls).toEqual([WEB]);
  });

  it.runIf(runs(1) > 1)('reads lists that are longer than a call can have arguments', () => {
    const many = (item: unknown) => Array<unknown>(130_000).fill(item);
    expect(read({ 'groups.json': JSON.stringify(many({ vaultCertificates: [] })) }).services[0]!.secrets).toHaveLength(130_000);
    expect(refusalOf(JSON.stringify({ StatusCode: 200, Content: JSON.stringify(many(1)) })).code).toBe('unsupported-projection');
  });

  it('reads a template of nothing but nested templates', () => {
    let nested: unknown = { contentVersion: '1', resources: [{ type: TYPE, name: 'shop', properties: osProfile("[parameters('p')]") }] };
    for (let level = 0; level < 38; level++) {
      const properties = { template: nested, parameters: { p: { value: "[parameters('p')]" } }, expressionEvaluationOptions: { scope: 'inner' } };
      nested = { contentVersion: '1', resources: [{ type: 'Microsoft.Resources/deployments', properties }], parameters: { p: {} } };
    }
    expect(urlsOf(read({ 't.json': JSON.stringify(nested), 'p.json': { p: { value: WEB } } }).services)).toEqual([WEB]);
  });

  const word = fc.constantFrom(
    ...['properties', 'osProfile', 'OSProfile', 'secrets', 'Secret', 'vaultCertificates', 'VaultCertificate', 'certificateUrl', 'sourceVault', 'SourceVaultId', 'id'],
    ...['type', 'name', 'location', 'value', 'nextLink', 'resources', 'parameters', 'variables', 'defaultValue', 'reference', 'copy', 'condition', 'existing', '$schema'],
    ...['contentVersion', 'template', 'expressionEvaluationOptions', 'scope', 'StatusCode', 'Content', 'body', 'attributes', 'instances', 'lineage', 'format_version'],
    ...['root_module', 'values', 'child_modules', 'roleProfile', 'isBootstrapCertificate', 'certificateStore', '__proto__', 'error', 'code', 'message', 'x5t', 'secret'],
  );
  const text = fc.oneof(
    fc.constantFrom(TYPE, `${TYPE}@2022-09-04`, 'Microsoft.Resources/deployments', ID, WEB, 'inner', '[]', '{"secrets":[]}', '{', 'Microsoft.Azure.X', '@{a=b}', 'true', ''),
    fc.constantFrom("[parameters('value')]", "[variables('secrets')]", "[concat(parameters('value'), variables('value'))]", "[if(parameters('a'), 1, 'b')]", '[', '[[]', '[]]'),
    fc.constantFrom('https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', 'https://x/deploymentParameters.json#'),
  );
  const { json } = fc.letrec<{ json: unknown; object: unknown }>((tie) => ({
    json: fc.oneof({ depthSize: 'medium' }, text, fc.constantFrom(null, true, false, 0, 1), fc.array(tie('json'), { maxLength: 4 }), tie('object')),
    object: fc.array(fc.tuple(word, tie('json')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  }));

  it('never throws, and never is silent about a file that gives nothing', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 3 }), fc.option(fc.constantFrom('shop', 'x')), (contents, cloudService) => {
        const { files } = read(Object.fromEntries(contents.map((content, index) => [`${index}.json`, JSON.stringify(content)])), cloudService);
        for (const file of files) {
          if (file.shape === null) expect({ urls: file.urls, problems: file.problems.length }).toEqual({ urls: 0, problems: 1 });
          expect(new Set(file.problems.map(({ code }) => code)).size).toBe(file.problems.length);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it('never throws on a damaged file', () => {
    const whole = JSON.stringify({ contentVersion: '1', resources: [resource('shop', osProfile("[concat('a', parameters('b'))]"))], parameters: { b: { defaultValue: WEB } } });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, length, insert) => {
        read({ 'damaged.json': whole.slice(0, at) + insert + whole.slice(at + length) });
      }),
      { numRuns: runs(200) },
    );
  });
});

// What sources say of a cloud service beside its certificates: the same in every producer's words, unknown where an expression hides it.

import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/core/source.js';
import type { CloudServiceFact } from '../../src/core/types.js';
import { readOsProfile } from '../../src/evidence/os-profile/index.js';

const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/cloudServices/shop';
const IP = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/shop-ip';
const NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration';
const CSCFG = `<ServiceConfiguration serviceName="Shop" xmlns="${NAMESPACE}"><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration></ServiceConfiguration>`;

function read(...contents: unknown[]): CloudServiceFact {
  const sources = contents.map((content, index) => new SourceFile(`${index}.json`, JSON.stringify(content, null, 2)));
  const { services } = readOsProfile(sources, { cloudService: null });
  expect(services).toHaveLength(1);
  return services[0]!;
}

/** The only cloud service of a template, in which everything else is given. */
function template(properties: unknown, resources: readonly unknown[] = [], parameters: unknown = {}, values?: unknown): CloudServiceFact {
  const root = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    parameters,
    resources: [...resources, { type: 'Microsoft.Compute/cloudServices', apiVersion: '2022-09-04', name: 'shop', location: 'westeurope', properties }],
  };
  return values === undefined ? read(root) : read(root, { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#', parameters: values });
}

const ROLE = { name: 'Web', sku: { name: 'Standard_D1_v2', tier: 'Standard', capacity: 2 } };
const REST = {
  id: ID,
  name: 'shop',
  location: 'westeurope',
  properties: {
    upgradeMode: 'Auto',
    allowModelOverride: true,
    configuration: CSCFG,
    roleProfile: { roles: [ROLE] },
    networkProfile: {
      slotType: 'Staging',
      loadBalancerConfigurations: [{ name: 'lb', properties: { frontendIPConfigurations: [{ name: 'fe', properties: { publicIPAddress: { id: IP } } }] } }],
    },
    extensionProfile: { extensions: [{ name: 'RDP', properties: { publisher: 'p', type: 'RDP', rolesAppliedTo: ['*'] } }] },
  },
};
const POWERSHELL = {
  Id: ID,
  Name: 'shop',
  Location: 'westeurope',
  ResourceGroupName: 'g',
  UpgradeMode: 'Auto',
  AllowModelOverride: true,
  Configuration: CSCFG,
  PackageUrl: null,
  RoleProfile: { Role: [{ Name: 'Web', SkuName: 'Standard_D1_v2', SkuTier: 'Standard', SkuCapacity: 2 }] },
  NetworkProfile: {
    SlotType: 'Staging',
    LoadBalancerConfiguration: [{ Name: 'lb', FrontendIPConfiguration: [{ Name: 'fe', PublicIPAddressId: IP, SubnetId: null, PrivateIPAddress: null }] }],
  },
  ExtensionProfile: { Extension: [{ Name: 'RDP', Publisher: 'p', Type: 'RDP', RolesAppliedTo: ['*'] }] },
};

describe('the model of a cloud service', () => {
  it.each([
    ['REST', REST],
    ['az with properties beside the id', { ...REST, resourceGroup: 'g', properties: undefined, ...REST.properties }],
    ['PowerShell', POWERSHELL],
  ])('is read from %s', (_, source) => {
    const service = read(source);
    expect(service).toMatchObject({
      upgradeMode: { value: 'Auto' },
      slotType: { value: 'Staging' },
      allowModelOverride: true,
      packageUrl: null,
      configurationUrl: null,
      configuration: { fact: { virtualNetwork: { value: 'shop-vnet' }, reservedIp: { value: 'shop-ip' } } },
      roleProfile: { complete: true, items: [{ name: { value: 'Web' }, size: { value: 'Standard_D1_v2' }, tier: { value: 'Standard' }, capacity: { value: '2' } }] },
      networkProfile: { complete: true, items: [{ complete: true, items: [{ publicIp: { value: IP }, subnet: null, privateIp: null }] }] },
      extensionProfile: { items: [{ name: { value: 'RDP' }, type: { value: 'RDP' }, rolesAppliedTo: [{ value: '*' }], hasLiteralSecret: false }] },
      siblings: { vnets: [], publicIps: [] },
    });
  });

  it('is null where the source does not hold it', () => {
    expect(read([{ sourceVault: { id: '/x/vaults/kv' }, vaultCertificates: [] }])).toMatchObject({
      upgradeMode: null,
      allowModelOverride: false,
      roleProfile: null,
      networkProfile: null,
      extensionProfile: null,
      configuration: null,
    });
  });

  it('takes the configuration as XML or as Base64, and leaves the rest unread', () => {
    const factOf = (configuration: unknown) => template({ configuration }).configuration?.fact ?? null;
    expect(factOf(CSCFG)).toMatchObject({ serviceName: { value: 'Shop' } });
    expect(factOf(Buffer.from(`\uFEFF${CSCFG}`, 'utf8').toString('base64'))).toMatchObject({ serviceName: { value: 'Shop' } });
    expect(factOf(Buffer.from(CSCFG.slice(0, -30)).toString('base64'))).toBeNull();
    expect(factOf('not-a-configuration')).toBeNull();
    expect(template({ configuration: "[parameters('c')]" }, [], { c: { type: 'string' } }).configuration).toMatchObject({ fact: null });
  });
});

describe('the model in a template', () => {
  it('takes what an expression hides as unknown, never as absent', () => {
    const service = template(
      { packageUrl: "[parameters('p')]", allowModelOverride: "[parameters('o')]", roleProfile: { roles: "[parameters('r')]" }, networkProfile: { loadBalancerConfigurations: [{ properties: { frontendIpConfigurations: [{ properties: { publicIPAddress: "[parameters('ip')]" } }] } }] } },
      [],
      { p: { type: 'string' }, o: { type: 'bool' }, r: { type: 'array' }, ip: { type: 'object' } },
    );
    expect(service.packageUrl?.value).toEqual({ parts: [{ expression: "parameters('p')" }] });
    expect(service.allowModelOverride).toBe('unknown');
    expect(service.roleProfile).toMatchObject({ items: [], complete: false });
    expect(service.networkProfile?.items[0]?.items[0]?.publicIp?.value).toEqual({ parts: [{ expression: "parameters('ip')" }] });
  });

  it('points at the value in the parameters file', () => {
    const { roleProfile } = template({ roleProfile: { roles: "[parameters('roles')]" } }, [], { roles: { type: 'array' } }, { roles: { value: [{ ...ROLE, sku: { capacity: '3' } }] } });
    expect(roleProfile?.items[0]?.capacity).toMatchObject({ value: '3', location: { path: '1.json', pointer: '$.parameters.roles.value[0].sku.capacity' } });
  });

  it('has the network resources beside the service, and the subnets that stand apart', () => {
    const vnet = { type: 'Microsoft.Network/virtualNetworks', name: 'shop-vnet', location: 'westeurope', properties: { subnets: [{ name: 'web', properties: { addressPrefix: '10.0.0.0/24' } }] } };
    const subnet = { type: 'Microsoft.Network/virtualNetworks/subnets', name: "[concat('shop-vnet', '/jobs')]", properties: { addressPrefixes: ['10.0.1.0/24', '10.0.2.0/24'] } };
    const other = { ...subnet, name: 'other-vnet/web' };
    const ip = { type: 'Microsoft.Network/publicIPAddresses', name: 'shop-ip', location: 'westeurope', properties: { publicIPAllocationMethod: 'Static' } };
    const { siblings } = template({}, [vnet, subnet, other, ip]);
    expect(siblings.vnets).toHaveLength(1);
    expect(siblings.vnets[0]?.subnets).toMatchObject({ complete: true, items: [{ name: { value: 'web' }, prefixes: ['10.0.0.0/24'] }, { name: { value: 'jobs' }, prefixes: ['10.0.1.0/24', '10.0.2.0/24'] }] });
    expect(siblings.publicIps).toMatchObject([{ name: { value: 'shop-ip' }, region: { value: 'westeurope' }, allocation: { value: 'Static' } }]);
  });

  it('does not know all subnets where the name of one is not known', () => {
    const vnet = { type: 'Microsoft.Network/virtualNetworks', name: 'v', properties: { subnets: [{ name: "[parameters('s')]" }] } };
    expect(template({}, [vnet], { s: { type: 'string' } }).siblings.vnets[0]?.subnets).toMatchObject({ items: [], complete: false });
  });

  it.each([
    ['<Password>x</Password>', true],
    [{ password: 'x' }, true],
    [{ storageAccountName: 'shop', storageAccountKey: 'x' }, true],
    ['<PrivateConfig><StorageAccount name="shop" key="x" /></PrivateConfig>', true],
    [{ password: "[parameters('p')]" }, false],
    ["[concat('<Password>', parameters('p'), '</Password>')]", false],
    ['<Password>__Password__</Password>', false],
    ['<Password></Password>', false],
    [{ storageAccountName: 'shop' }, false],
    [null, false],
  ])('tells a secret in protected settings from what is none: %j', (protectedSettings, expected) => {
    const service = template({ extensionProfile: { extensions: [{ name: 'e', properties: { protectedSettings } }] } }, [], { p: { type: 'securestring', defaultValue: 'y' } });
    expect(service.extensionProfile?.items[0]?.hasLiteralSecret).toBe(expected);
  });
});

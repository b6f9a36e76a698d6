// Rules about the network: what is misspelt is told once, a renamed role once, and many slips cost little.

import { describe, expect, it } from 'vitest';
import { pairStrangers } from '../src/core/pairing.js';
import { readResourceName } from '../src/core/resource-name.js';
import { RULES } from '../src/rules/index.js';
import { idsOf, lintText } from './support/lint.js';
import { NAMESPACE } from './support/texts.js';

const rules = RULES.filter(({ family }) => family === 'network');
const found = (content: string) => idsOf(lintText(`<ServiceConfiguration serviceName="Shop" xmlns="${NAMESPACE}">${content}</ServiceConfiguration>`, { rules }));

const ROLE = '<Role name="Web"><Instances count="1" /></Role>';
const SITE = '<VirtualNetworkSite name="shop-vnet" />';
const ADDRESS = '<InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress>';
const network = (content: string) => `${ROLE}<NetworkConfiguration>${content}</NetworkConfiguration>`;
const CONTROLS = '<AccessControls><AccessControl name="office"><Rule order="1" action="permit" remoteSubnet="0.0.0.0/0" /></AccessControl></AccessControls>';

describe('what stands there misspelt or misplaced', () => {
  it.each([
    ['NetworkConfiguration', network(SITE).replaceAll('NetworkConfiguration', 'networkConfiguration')],
    ['VirtualNetworkSite', network(`<virtualNetworkSite name="shop-vnet" /><AddressAssignments>${ADDRESS}</AddressAssignments>`)],
    ['AddressAssignments', network(`${SITE}<AddressAssignment>${ADDRESS}</AddressAssignment>`)],
    ['InstanceAddress', network(`${SITE}<AddressAssignments>${ADDRESS.replaceAll('InstanceAddress', 'instanceAddress')}</AddressAssignments>`)],
    ['InstanceAddress outside AddressAssignments', network(`${SITE}${ADDRESS}`)],
    ['Subnets', network(`${SITE}<AddressAssignments>${ADDRESS.replaceAll('Subnets', 'subnets')}</AddressAssignments>`)],
    ['Subnet outside Subnets', network(`${SITE}<AddressAssignments>${ADDRESS.replaceAll(/<\/?Subnets>/g, '')}</AddressAssignments>`)],
    ['name of a role', network(`${SITE}<AddressAssignments>${ADDRESS}</AddressAssignments>`).replace('<Role name', '<Role Name')],
    ['name of an access control', network(`${SITE}<AddressAssignments>${ADDRESS}</AddressAssignments>${CONTROLS.replace('name=', 'Name=')}<EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="office" /></EndpointAcls>`)],
    ['roleName', network(`${SITE}<AddressAssignments>${ADDRESS.replace('roleName', 'rolename')}</AddressAssignments>`)],
    ['EndpointAcls', network(`${SITE}<AddressAssignments>${ADDRESS}</AddressAssignments>${CONTROLS}<EndpointACLs />`)],
  ])('%s is not missed as well', (_, content) => {
    expect(found(content)).toEqual([]);
  });

  it('hides no other role that has no address', () => {
    const subnetless = network(`${SITE}<AddressAssignments>${ADDRESS.replaceAll('Subnets', 'subnets')}</AddressAssignments>`);
    expect(found(`<Role name="Worker"><Instances count="1" /></Role>${subnetless}`)).toEqual(['instance-address-missing']);
  });
});

describe('names without a counterpart', () => {
  it('are paired with the nearest, each once, and a last one with the last', () => {
    expect([...pairStrangers(['Shop.Wbe', 'WebRole1'], ['Shop.Portal', 'Shop.Web'])]).toEqual([
      ['Shop.Wbe', 'Shop.Web'],
      ['WebRole1', 'Shop.Portal'],
    ]);
    expect([...pairStrangers(['Web1', 'Web2'], ['Web'])]).toEqual([['Web1', 'Web']]);
    expect([...pairStrangers(['Front', 'Cache'], ['Portal', 'Worker'])]).toEqual([]);
  });

  it('are told one by one where there are too many to compare', () => {
    const indices = Array.from({ length: 400 }, (_, index) => index);
    const roles = indices.map((index) => `<Role name="Role${index}"><Instances count="1" /></Role>`).join('');
    const addresses = indices.map((index) => ADDRESS.replace('"Web"', `"Rolle${index}"`)).join('');
    const ids = found(`${roles}<NetworkConfiguration>${SITE}<AddressAssignments>${addresses}</AddressAssignments></NetworkConfiguration>`);
    expect(ids.filter((id) => id === 'instance-address-unknown-role')).toHaveLength(400);
    expect(ids.filter((id) => id === 'instance-address-missing')).toHaveLength(400);
  });
});

describe('the name of a resource', () => {
  const id = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop-net/providers/Microsoft.Network/virtualNetworks/shop-vnet';

  it.each([
    ['shop-vnet', { form: 'name', name: 'shop-vnet', group: null }],
    ['GROUP shop-net\tshop-vnet', { form: 'group', name: 'shop-vnet', group: 'shop-net' }],
    [id, { form: 'id', name: 'shop-vnet', group: 'shop-net' }],
    [id.replace('virtualNetworks', 'publicIPAddresses'), { form: 'cut-id' }],
    [`${id}/`, { form: 'cut-id' }],
    [`${id} `, { form: 'cut-id' }],
    ['a'.repeat(64), { form: 'name', name: 'a'.repeat(64), group: null }],
    ['a'.repeat(65), { form: 'no-name', part: 'a'.repeat(65) }],
    ['shop-vnet.', { form: 'no-name', part: 'shop-vnet.' }],
    [' \t', { form: 'empty' }],
    ['Group shop-vnet', { form: 'words', words: 2 }],
  ])('%j', (value, expected) => {
    expect(readResourceName(value, 'virtualNetworks')).toEqual(expected);
  });
});

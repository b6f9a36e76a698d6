// What the network configuration names has a name.

import { defineRule, type Attribute, type Element } from '../core/rule.js';

export default defineRule({
  id: 'network-name-empty',
  family: 'network',
  summary: 'DNS servers, public and virtual IPs, their endpoints, and network security groups have names.',
  why: 'The schema demands a name and lets an empty one pass. That Azure refuses it is only inferred: nothing that is made or looked up by these names can have an empty one.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'warning',
  target: 'cses',
  messages: {
    'dns-server': { message: 'A DnsServer has an empty name.', help: 'Write one that no other DnsServer of the file has.' },
    'public-ip': { message: 'The PublicIP of role "{role}" has an empty name.', help: 'Write a name for it; several roles may have the same.' },
    'virtual-ip': { message: 'A VirtualIP has an empty name.', help: 'Write the one that a ReservedIP has as its virtualIpName, or any that no other VirtualIP of the file has.' },
    endpoint: { message: 'An Endpoint of the VirtualIP "{virtualIp}" has an empty name.', help: 'Write the name of an input endpoint of role "{role}" in the .csdef, or delete the Endpoint.' },
    'security-group': { message: 'The NetworkSecurityGroup of role "{role}" has an empty name.', help: 'Write the name of a network security group, or delete the NetworkSecurityGroupRef.' },
  },
  examples: {
    bad: [
      { cscfg: withNetwork('dns1', '') },
      { cscfg: withNetwork('', 'web-ip') },
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><VirtualIPs><VirtualIP name="outside"><Endpoints><Endpoint role="Web" name="" /></Endpoints></VirtualIP></VirtualIPs><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
    good: [{ cscfg: withNetwork('dns1', 'web-ip') }],
  },
  check({ report }) {
    return {
      'NetworkConfiguration/Dns/DnsServers/DnsServer'(server) {
        const at = emptyName(server.attribute('name'));
        if (at !== null) report({ message: 'dns-server', at, data: {} });
      },
      'NetworkConfiguration/AddressAssignments/InstanceAddress/PublicIPs/PublicIP'(address) {
        const at = emptyName(address.attribute('name'));
        if (at !== null) report({ message: 'public-ip', at, data: { role: roleName(address.parent?.parent) } });
      },
      'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP'(address) {
        const at = emptyName(address.attribute('name'));
        if (at !== null) report({ message: 'virtual-ip', at, data: {} });
      },
      'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP/Endpoints/Endpoint'(endpoint) {
        const at = emptyName(endpoint.attribute('name'));
        const virtualIp = endpoint.parent?.parent?.attributes.find(({ name }) => name === 'name')?.value ?? '';
        if (at !== null) report({ message: 'endpoint', at, data: { virtualIp, role: endpoint.attribute('role')?.value ?? '' } });
      },
      'NetworkConfiguration/NetworkSecurityGroupRefs/NetworkSecurityGroupRef/NetworkSecurityGroup'(group) {
        const at = emptyName(group.attribute('name'));
        if (at !== null) report({ message: 'security-group', at, data: { role: roleName(group.parent) } });
      },
    };
  },
});

/** The place of a name that holds nothing: its quotes, since there is nothing to underline. */
function emptyName(name: Attribute | undefined): { start: number; end: number } | null {
  if (name?.value.trim() !== '') return null;
  return { start: name.valueSpan.start - 1, end: name.valueSpan.end + 1 };
}

function roleName(element: Element | null | undefined): string {
  return element?.attributes.find(({ name }) => name === 'roleName')?.value ?? '';
}

function withNetwork(dnsServer: string, publicIp: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><Dns><DnsServers><DnsServer name="${dnsServer}" IPAddress="10.0.0.4" /></DnsServers></Dns><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets><PublicIPs><PublicIP name="${publicIp}" /></PublicIPs></InstanceAddress></AddressAssignments></NetworkConfiguration>`;
}

// Every role has an InstanceAddress with a subnet.

import { Addresses, defineRule } from '../core/rule.js';

const SUBNETLESS =
  'The Deployment <deployment> in cloud service <service> cannot be migrated because there are no subnets associated with the role(s) {role}. Associate all roles with a subnet, then retry the migration of the cloud service.';

export default defineRule({
  id: 'instance-address-missing',
  family: 'network',
  summary: 'Every role has an InstanceAddress with a Subnet.',
  why: 'The documentation of Cloud Services (extended support) asks for one InstanceAddress for each role: it says in which subnet of the virtual network its instances run.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  uses: ['definition'],
  messages: {
    none: {
      message: 'No role has an InstanceAddress, so none has a subnet to run in.',
      help: 'Add to AddressAssignments, which follows VirtualNetworkSite, for each role: <InstanceAddress roleName="…"><Subnets><Subnet name="…" /></Subnets></InstanceAddress>.',
      azure: 'The network configuration is missing from the configuration file. Please add the network configuration to the configuration file.',
    },
    role: {
      message: 'The role "{role}" has no InstanceAddress.',
      help: 'Add to AddressAssignments: <InstanceAddress roleName="{role}"><Subnets><Subnet name="…" /></Subnets></InstanceAddress>.',
      azure: SUBNETLESS,
      azureSeen: 'similar',
    },
    subnet: {
      message: 'The InstanceAddress of role "{role}" has no Subnet.',
      help: 'Add to it, before PublicIPs: <Subnets><Subnet name="…" /></Subnets>.',
      azure: SUBNETLESS,
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /></NetworkConfiguration>',
      },
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><Role name="Worker"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web" /></AddressAssignments></NetworkConfiguration>',
      },
    ],
    good: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
  },
  check({ report, evidence }) {
    const addresses = new Addresses();
    return {
      ...addresses.visitor,
      end() {
        const { nowhere, missing, bare } = addresses.verdict(evidence.definition);
        if (nowhere !== null) report({ message: 'none', at: nowhere, data: {} });
        for (const { value: role, valueSpan: at } of missing) report({ message: 'role', at, data: { role } });
        for (const { element, roleName } of bare) report({ message: 'subnet', at: element.nameSpan, data: { role: roleName.value } });
      },
    };
  },
});

// A subnet has a name.

import { defineRule, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'subnet-name-empty',
  family: 'network',
  summary: 'A Subnet has a name.',
  why: 'Each role of Cloud Services (extended support) runs in a subnet of the virtual network, and an empty name is none.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  messages: {
    empty: { message: 'A Subnet of role "{role}" has an empty name.', help: 'Write the name of a subnet of the virtual network.' },
  },
  examples: {
    bad: [{ cscfg: withSubnet('') }],
    good: [{ cscfg: withSubnet('web') }],
  },
  check({ report }) {
    let isInNetwork = false;
    const empty: { role: string; name: Attribute }[] = [];
    return {
      'NetworkConfiguration/VirtualNetworkSite'(site) {
        isInNetwork ||= site.attribute('name')?.value.trim() !== '';
      },
      'NetworkConfiguration/AddressAssignments/InstanceAddress/Subnets/Subnet'(subnet) {
        const name = subnet.attribute('name');
        if (name?.value.trim() !== '') return;
        const role = subnet.parent?.parent?.attributes.find((attribute) => attribute.name === 'roleName')?.value ?? '';
        empty.push({ role, name });
      },
      end() {
        // Without a network there is no subnet either, which vnet-required says.
        if (!isInNetwork) return;
        for (const { role, name } of empty) report({ message: 'empty', at: name.valueSpan, data: { role } });
      },
    };
  },
});

function withSubnet(name: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="${name}" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>`;
}

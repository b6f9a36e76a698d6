// A subnet has a name.

import { defineRule } from '../core/rule.js';

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
    return {
      'network:addresses'({ nameless }) {
        for (const { role, name } of nameless) report({ message: 'empty', at: name.valueSpan, data: { role } });
      },
    };
  },
});

function withSubnet(name: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="${name}" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>`;
}

// Every role has one InstanceAddress.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'instance-address-duplicate',
  family: 'network',
  summary: 'Each role has one InstanceAddress.',
  why: 'An InstanceAddress is found by its roleName, whatever its letter case; with two of one role it cannot be told which subnet counts.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  messages: {
    copied: {
      message: 'The role "{role}" has two InstanceAddress elements, and the role "{other}" has none.',
      cause: 'One was copied, and not renamed.',
      help: 'Write roleName="{other}" on the one that was meant for it.',
    },
    duplicate: { message: 'The role "{role}" has two InstanceAddress elements.', help: 'Merge them, or write the name of the other role that one of them was meant for.' },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress><InstanceAddress roleName="web"><Subnets><Subnet name="back" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
    good: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /><Subnet name="back" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
  },
  check({ report }) {
    return {
      'network:addresses'({ repeated }) {
        for (const { roleName, first, role: other } of repeated) {
          const related = [{ note: 'the first one', location: first.valueSpan }];
          const [at, role] = [roleName.valueSpan, roleName.value];
          if (other === null) report({ message: 'duplicate', at, data: { role }, related });
          else report({ message: 'copied', at, data: { role, other }, related });
        }
      },
    };
  },
});

// Every InstanceAddress belongs to a role of the file.

import { Addresses, defineRule } from '../core/rule.js';

export default defineRule({
  id: 'instance-address-unknown-role',
  family: 'network',
  summary: 'Every InstanceAddress names a role of the file.',
  why: 'An InstanceAddress for a role that does not exist usually stayed behind when the role was renamed, which leaves the role without a subnet.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  uses: ['definition'],
  messages: {
    misnamed: {
      message: 'The InstanceAddress of "{name}" names no role of this file; the role "{role}" has none.',
      help: 'Write roleName="{role}", unless the role itself is misnamed.',
    },
    unknown: {
      message: 'The InstanceAddress of "{name}" names no role of this file.',
      help: 'Delete it if that role is gone; else write the name of the role as it stands in the file.',
    },
    empty: { message: 'An InstanceAddress has an empty roleName.', help: 'Write the name of its role.' },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Shop.Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Shop.Wed"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
    good: [
      {
        cscfg:
          '<Role name="Shop.Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Shop.Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
  },
  check({ report, evidence }) {
    const addresses = new Addresses();
    return {
      ...addresses.visitor,
      end() {
        for (const { roleName, role } of addresses.verdict(evidence.definition).unknown) {
          const { value: name, valueSpan: at } = roleName;
          if (name === '') report({ message: 'empty', at, data: { role } });
          else if (role === null) report({ message: 'unknown', at, data: { name } });
          else report({ message: 'misnamed', at, data: { name, role } });
        }
      },
    };
  },
});

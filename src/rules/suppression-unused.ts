// A suppression silences something.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'suppression-unused',
  family: 'run',
  summary: 'Each suppression silences a finding.',
  why: 'A suppression that nothing needs any more would silence the next mistake, which nobody has looked at.',
  source: 'https://github.com/cscfglint/cscfglint#suppressions',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  messages: {
    unused: {
      message: 'No finding of {rule} is silenced by this.',
      help: 'Remove it, or the rule from its list.',
    },
  },
  examples: {
    bad: [{ cscfg: '<!-- cscfglint-disable-file role-duplicate: for a while --><ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration></ServiceConfiguration>' }],
    good: [
      {
        cscfg: '<!-- cscfglint-disable-file role-duplicate: for a while --><ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration></ServiceConfiguration>',
      },
    ],
  },
  check({ report }) {
    return {
      'suppression:unused'({ ruleId, at }) {
        report({ message: 'unused', at, data: { rule: ruleId } });
      },
    };
  },
});

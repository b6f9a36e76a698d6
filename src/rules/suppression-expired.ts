// A suppression whose day has passed silences nothing any more.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'suppression-expired',
  family: 'run',
  summary: 'No suppression has passed its day.',
  why: 'Whoever set the day wanted to be reminded: the finding speaks again, and so does this.',
  source: 'https://github.com/cscfglint/cscfglint#suppressions',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  messages: {
    expired: {
      message: 'This suppression of {rule} held until {until}.',
      help: 'Mend what it silenced and remove it, or give it another day.',
    },
  },
  examples: {
    bad: [{ cscfg: '<!-- cscfglint-disable-file role-duplicate until=2026-06-30: for a while --><ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration></ServiceConfiguration>' }],
    good: [
      {
        cscfg: '<!-- cscfglint-disable-file role-duplicate until=2099-12-31: for a while --><ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration></ServiceConfiguration>',
      },
    ],
  },
  check({ report }) {
    return {
      'suppression:expired'({ ruleId, at, until }) {
        report({ message: 'expired', at, data: { rule: ruleId, until: until ?? '' } });
      },
    };
  },
});

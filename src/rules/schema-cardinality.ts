// No element occurs more often than it may.

import { defineRule, describe, type Element } from '../core/rule.js';

export default defineRule({
  id: 'schema-cardinality',
  family: 'schema',
  summary: 'No element occurs more often than it may.',
  why: 'Of two elements where one may stand it cannot be told which one counts; the schema refuses them.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    twice: { message: '{owner} has more than one {name}.', help: 'Keep one, or merge what they hold into one.' },
    'too-many': { message: '{owner} has more than {max} {name} elements.', help: 'Keep {max} at most.' },
    excluded: { message: '{owner} has both {name} and {other}; the schema allows one of them.', help: 'Choose one and delete the other.' },
    'reserved-ip': {
      message: 'ReservedIPs has more than one ReservedIP without a virtualIpName.',
      help: 'A deployment has one reserved IP. Where each virtual IP is to have its own, name that with virtualIpName.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web"><Instances count="1" /><Instances count="2" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="1" /><Certificates /><ConfigurationSettings /><Certificates /></Role>' },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role><Role name="Worker"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    let reservedIps: Element[] = [];
    return {
      'schema:too-many'({ element, first, max, other }) {
        if (element.path === RESERVED_IP) return;
        const data = { owner: element.parent === null ? element.name : describe(element.parent), name: element.name, max, other: other ?? '' };
        const related = [{ note: other === null ? 'the first is here' : `${other} is here`, location: first }];
        report({ message: other !== null ? 'excluded' : max === 1 ? 'twice' : 'too-many', at: element.nameSpan, data, related });
      },
      // An address for each virtual IP came with SDK 2.6 or later, so there may be many with a virtualIpName.
      [RESERVED_IP](element) {
        if (element.attribute('virtualIpName') === undefined) reservedIps.push(element);
      },
      [`${RESERVED_IPS}:exit`]() {
        const [first, second] = reservedIps;
        reservedIps = [];
        if (first === undefined || second === undefined) return;
        report({ message: 'reserved-ip', at: second.nameSpan, data: {}, related: [{ note: 'the first is here', location: first.nameSpan }] });
      },
    };
  },
});

const RESERVED_IPS = 'NetworkConfiguration/AddressAssignments/ReservedIPs';
const RESERVED_IP = `${RESERVED_IPS}/ReservedIP`;

// A range of ports begins before it ends.

import { defineRule, distinctRoles, portNumber } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-port-range',
  family: 'definition',
  languages: ['csdef'],
  summary: 'The min of a port range is not above its max.',
  why: 'A range that ends before it begins holds no port at all; the schema of service definitions does not notice.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'error',
  messages: {
    reversed: {
      message: 'The port range of "{endpoint}" of role "{role}" begins at {min} and ends before that, at {max}.',
      help: 'Write the lower port as min and the higher one as max.',
    },
  },
  examples: {
    bad: [
      {
        csdef:
          '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InternalEndpoint name="Orders" protocol="tcp"><FixedPortRange min="10110" max="10101" /></InternalEndpoint></Endpoints></WorkerRole>',
      },
    ],
    good: [
      {
        csdef:
          '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InternalEndpoint name="Orders" protocol="tcp"><FixedPortRange min="10101" max="10101" /></InternalEndpoint></Endpoints></WorkerRole>',
      },
    ],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          for (const { value: endpoint, ranges } of role.endpoints) {
            for (const range of ranges) {
              const [min, max] = [portNumber(range.min.value), portNumber(range.max.value)];
              if (min === null || max === null || min <= max) continue;
              report({ message: 'reversed', at: range.min.location, data: { role: role.name, endpoint, min, max }, related: [{ note: 'the range ends here', location: range.max.location }] });
            }
          }
        }
      },
    };
  },
});

// A service has no more roles and endpoints than Azure allows.

import { defineRule, distinctRoles, endpointsOf } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-limit',
  family: 'definition',
  languages: ['csdef'],
  summary: 'A service has at most 25 roles, and 25 endpoints of each kind.',
  why: 'The limits come from the time of the classic service, and are checked when the package is uploaded, not when it is built.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-file',
  severity: 'warning',
  messages: {
    endpoints: {
      message: 'The service has {count} {kind} endpoints, those of plugins included; {limit} are allowed.',
      help: 'Serve several purposes through one endpoint, or divide the service.',
    },
    roles: {
      message: 'The service has {count} roles; {limit} are allowed.',
      help: 'Merge roles, or divide the service.',
    },
  },
  examples: {
    bad: [{ csdef: Array.from({ length: 26 }, (_, index) => `<WorkerRole name="Worker${index}" vmsize="Standard_A2_v2" />`).join('') }],
    good: [{ csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" />' }],
  },
  check({ report }) {
    return {
      definition(definition) {
        const roles = distinctRoles(definition);
        const role = roles[LIMIT];
        if (role !== undefined) report({ message: 'roles', at: role.location, data: { count: roles.length, limit: LIMIT } });
        const endpoints = roles.flatMap(endpointsOf);
        for (const [kind, words] of KINDS) {
          const alike = endpoints.filter((endpoint) => endpoint.kind === kind);
          const endpoint = alike[LIMIT];
          if (endpoint !== undefined) report({ message: 'endpoints', at: endpoint.location, data: { count: alike.length, kind: words, limit: LIMIT } });
        }
      },
    };
  },
});

const LIMIT = 25;

const KINDS = [
  ['InputEndpoint', 'input'],
  ['InternalEndpoint', 'internal'],
  ['InstanceInputEndpoint', 'instance input'],
] as const;

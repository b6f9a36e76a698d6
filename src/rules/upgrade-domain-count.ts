// A service has at most twenty upgrade domains.

import { defineRule, wholeNumber } from '../core/rule.js';

export default defineRule({
  id: 'upgrade-domain-count',
  family: 'definition',
  languages: ['csdef'],
  summary: 'A service has at most 20 upgrade domains.',
  why: 'The page about the service definition gives 20 as the most; the schema lets any number pass.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-file',
  severity: 'warning',
  messages: {
    'too-many': {
      message: 'upgradeDomainCount is {count}; a service has at most {limit} upgrade domains.',
      help: 'Write {limit} or less, or leave it out: then there are 5.',
    },
  },
  examples: {
    bad: [{ csdef: definitionWith('21') }],
    good: [{ csdef: definitionWith('20') }],
  },
  check({ report }) {
    return {
      definition({ upgradeDomainCount }) {
        const count = upgradeDomainCount === null ? null : wholeNumber(upgradeDomainCount.value, 1);
        if (upgradeDomainCount === null || count === null || count <= LIMIT) return;
        report({ message: 'too-many', at: upgradeDomainCount.location, data: { count, limit: LIMIT } });
      },
    };
  },
});

const LIMIT = 20;

/** A whole definition with that upgradeDomainCount. */
function definitionWith(count: string): string {
  return `<ServiceDefinition name="Shop" upgradeDomainCount="${count}" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WorkerRole name="Worker" vmsize="Standard_A2_v2" /></ServiceDefinition>`;
}

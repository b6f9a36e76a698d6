// A role has instances.

import { defineRule, roleOf } from '../core/rule.js';

export default defineRule({
  id: 'instance-count-zero',
  family: 'service',
  summary: 'A role has one instance at least.',
  why: 'The schema lets a count of 0 pass, but a role without instances does nothing, and whether Azure deploys one is not documented.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'warning',
  messages: {
    zero: { message: 'The role "{role}" has no instances.', help: 'Write how many instances the role is to have. To take a role out of the service, delete it from the .cscfg and the .csdef.' },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="0" /></Role>' }],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'Role/Instances'(instances) {
        const count = instances.attribute('count');
        if (count === undefined || !/^\s*[+-]?0+\s*$/.test(count.value)) return;
        report({ message: 'zero', at: count.valueSpan, data: { role: roleOf(instances) } });
      },
    };
  },
});

// A role has more than one instance.

import { defineRule, roleOf } from '../core/rule.js';

export default defineRule({
  id: 'instance-count-single',
  family: 'service',
  summary: 'A role has two instances at least.',
  why: 'A role with one instance is down while Azure updates it or its host, and the service level agreement asks for two. For tests one is enough, hence off.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-update-azure-service',
  severity: 'off',
  target: 'cses',
  messages: {
    single: { message: 'The role "{role}" has one instance: it is down during each update.', help: 'Write count="2" or more where the role must always be there.' },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role>' }],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>' }, { cscfg: '<Role name="Web"><Instances count="#{Count}" /></Role>' }],
  },
  check({ report }) {
    return {
      'Role/Instances'(instances) {
        const count = instances.attribute('count');
        if (count === undefined || !/^\s*\+?0*1\s*$/.test(count.value)) return;
        report({ message: 'single', at: count.valueSpan, data: { role: roleOf(instances) } });
      },
    };
  },
});

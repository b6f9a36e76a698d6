// Each role stands in the file once.

import { defineRule, foldName, type Span } from '../core/rule.js';

export default defineRule({
  id: 'role-duplicate',
  family: 'service',
  summary: 'Each role is configured once.',
  why: 'A role is found by its name, whatever its letter case; with two of one name it cannot be told which one counts.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  messages: {
    duplicate: {
      message: 'The role "{role}" is configured twice.',
      help: 'Merge the two Role elements, or rename one; the roles of the .csdef tell which names there are.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role><Role name="web"><Instances count="2" /></Role>' }],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role><Role name="Worker"><Instances count="2" /></Role>' }],
  },
  check({ report }) {
    const first = new Map<string, Span>();
    return {
      Role(role) {
        const name = role.attribute('name');
        if (name === undefined || name.value === '') return;
        const before = first.get(foldName(name.value));
        if (before === undefined) {
          first.set(foldName(name.value), name.valueSpan);
          return;
        }
        report({
          message: 'duplicate',
          at: name.valueSpan,
          data: { role: name.value },
          related: [{ note: 'configured here first', location: before }],
        });
      },
    };
  },
});

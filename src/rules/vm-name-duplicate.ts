// No two roles have one vmName.

import { defineRule, foldName, pipelinePlaceholder, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'vm-name-duplicate',
  family: 'service',
  summary: 'Each role has a vmName of its own.',
  why: 'The host names of the instances are made from it, so those of two roles would be the same. Whether Azure refuses that is not documented.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'warning',
  mentions: /vmName/,
  messages: {
    duplicate: {
      message: 'The roles "{role}" and "{other}" have the same vmName, "{vmName}".',
      help: 'Give each role a vmName of its own, or leave it out.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web" vmName="shop"><Instances count="1" /></Role><Role name="Worker" vmName="Shop"><Instances count="1" /></Role>' }],
    good: [{ cscfg: '<Role name="Web" vmName="web"><Instances count="1" /></Role><Role name="Worker" vmName="worker"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    const first = new Map<string, { role: string; attribute: Attribute }>();
    return {
      Role(element) {
        const attribute = element.attribute('vmName');
        // What is no vmName is told by vm-name-format.
        if (attribute === undefined || !/^[A-Za-z0-9-]{1,10}$/.test(attribute.value) || pipelinePlaceholder(attribute.value) !== null) return;
        const role = element.attribute('name')?.value ?? '';
        const key = foldName(attribute.value);
        const before = first.get(key);
        if (before === undefined) {
          first.set(key, { role, attribute });
          return;
        }
        // A role that stands in the file twice is one mistake, which role-duplicate tells.
        if (foldName(before.role) === foldName(role)) return;
        report({
          message: 'duplicate',
          at: attribute.valueSpan,
          data: { role, other: before.role, vmName: attribute.value },
          related: [{ note: `the vmName of "${before.role}"`, location: before.attribute.valueSpan }],
        });
      },
    };
  },
});

// The number of instances is a whole number.

import { defineRule, pipelinePlaceholder, roleOf } from '../core/rule.js';

export default defineRule({
  id: 'instance-count-invalid',
  family: 'service',
  summary: 'The instance count of a role is a whole number, not a negative one.',
  why: 'The schema demands a whole number of 32 bits; a negative one it lets pass, though there are no fewer than no instances.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  messages: {
    empty: { message: 'The instance count of role "{role}" is empty.', help: 'Write how many instances the role is to have, such as count="2".' },
    'not-a-number': { message: 'The instance count of role "{role}" is "{count}", which is no whole number.', help: 'Write how many instances the role is to have, such as count="2".' },
    negative: { message: 'The instance count of role "{role}" is {count}.', help: 'Write how many instances the role is to have, such as count="2".' },
    'too-large': { message: 'The instance count of role "{role}" is {count}; the schema ends at 2147483647.', help: 'Write how many instances the role is to have, such as count="2".' },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web"><Instances count="two" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="-1" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="2147483648" /></Role>' },
    ],
    good: [
      { cscfg: '<Role name="Web"><Instances count="20" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count=" +3 " /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="__InstanceCount__" /></Role>' },
    ],
  },
  check({ report }) {
    return {
      'Role/Instances'(instances) {
        const attribute = instances.attribute('count');
        if (attribute === undefined) return;
        const problem = problemOf(attribute.value);
        if (problem === null || pipelinePlaceholder(attribute.value) !== null) return;
        const { start, end } = attribute.valueSpan;
        const role = roleOf(instances);
        // An empty value has nothing to underline, so its quotes are.
        const at = problem === 'empty' ? { start: start - 1, end: end + 1 } : { start, end };
        report({ message: problem, at, data: { role, count: attribute.value.trim() } });
      },
    };
  },
});

function problemOf(value: string): 'empty' | 'not-a-number' | 'negative' | 'too-large' | null {
  if (value.trim() === '') return 'empty';
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return 'not-a-number';
  const count = Number(value);
  if (count < 0) return 'negative';
  return count > 2_147_483_647 ? 'too-large' : null;
}

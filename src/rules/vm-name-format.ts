// A vmName is a short host name.

import { defineRule, pipelinePlaceholder } from '../core/rule.js';

export default defineRule({
  id: 'vm-name-format',
  family: 'service',
  summary: 'A vmName is 1 to 10 letters, digits and hyphens, with a letter or digit first and last.',
  why: 'The names of the instances are made from it: a number is appended, and a host name has fifteen characters at most. The schema refuses anything else.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  mentions: /vmName/,
  messages: {
    empty: { message: 'The vmName of role "{role}" is empty.', help: 'Write 1 to 10 letters, digits and hyphens, or leave vmName out.' },
    'too-long': { message: 'The vmName of role "{role}" has {length} characters; 10 are allowed.', help: 'Shorten it.' },
    hyphen: { message: 'The vmName of role "{role}" begins or ends with a hyphen.', help: 'Begin and end it with a letter or a digit.' },
    characters: {
      message: 'The vmName of role "{role}" holds other characters than letters, digits and hyphens.',
      help: 'Write 1 to 10 letters (a to z), digits and hyphens: no dots, underscores or blanks.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web" vmName="shop-frontend"><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web" vmName="web_1"><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web" vmName="web-"><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web" vmName=""><Instances count="1" /></Role>' },
    ],
    good: [{ cscfg: '<Role name="Web" vmName="shop-web"><Instances count="1" /></Role>' }, { cscfg: '<Role name="Web" vmName="42"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      Role(role) {
        const attribute = role.attribute('vmName');
        if (attribute === undefined || pipelinePlaceholder(attribute.value) !== null) return;
        const problem = problemOf(attribute.value);
        if (problem === null) return;
        const { start, end } = attribute.valueSpan;
        // An empty value has nothing to underline, so its quotes are.
        const at = problem === 'empty' ? { start: start - 1, end: end + 1 } : { start, end };
        report({ message: problem, at, data: { role: role.attribute('name')?.value ?? '', vmName: attribute.value, length: attribute.value.length } });
      },
    };
  },
});

function problemOf(value: string): 'empty' | 'characters' | 'too-long' | 'hyphen' | null {
  if (value === '') return 'empty';
  if (!/^[A-Za-z0-9-]+$/.test(value)) return 'characters';
  if (value.length > 10) return 'too-long';
  return value.startsWith('-') || value.endsWith('-') ? 'hyphen' : null;
}

// Each setting has a value.

import { defineRule, roleOf } from '../core/rule.js';

export default defineRule({
  id: 'setting-empty',
  family: 'service',
  summary: 'The value of a setting is not empty.',
  why: 'An empty value is legal and often meant, hence off. Where every setting must be filled in before a release, switch it on there.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'off',
  messages: {
    empty: { message: 'The setting "{setting}" of role "{role}" is empty.', help: 'Write its value.' },
  },
  examples: {
    bad: [{ cscfg: role('') }],
    good: [{ cscfg: role('live') }, { cscfg: role('__Mode__') }],
  },
  check({ report }) {
    return {
      'Role/ConfigurationSettings/Setting'(setting) {
        const value = setting.attribute('value');
        if (value?.value !== '') return;
        const { start, end } = value.valueSpan;
        // An empty value has nothing to underline, so its quotes are.
        report({ message: 'empty', at: { start: start - 1, end: end + 1 }, data: { role: roleOf(setting), setting: setting.attribute('name')?.value ?? '' } });
      },
    };
  },
});

function role(value: string): string {
  return `<Role name="Web"><Instances count="1" /><ConfigurationSettings><Setting name="Mode" value="${value}" /></ConfigurationSettings></Role>`;
}

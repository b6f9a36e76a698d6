// Each setting of a role is given once.

import { defineRule, foldName, roleOf, type Element } from '../core/rule.js';

export default defineRule({
  id: 'setting-duplicate',
  family: 'service',
  summary: 'Each setting of a role is given once.',
  why: 'The schema lets a setting stand twice, and which of the two values counts is not documented.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'warning',
  messages: {
    same: { message: 'Role "{role}" gives the setting "{setting}" twice, with the same value.', help: 'Delete one of them.' },
    different: {
      message: 'Role "{role}" gives the setting "{setting}" twice, with different values; which one counts is not documented.',
      help: 'Delete the one that is out of date.',
    },
  },
  examples: {
    bad: [
      { cscfg: role('<Setting name="Mode" value="live" /><Setting name="mode" value="live" />') },
      { cscfg: role('<Setting name="Mode" value="live" /><Setting name="Mode" value="test" />') },
    ],
    good: [{ cscfg: role('<Setting name="Mode" value="live" /><Setting name="Mode.Next" value="live" />') }],
  },
  check({ report }) {
    let first = new Map<string, Element<'Role/ConfigurationSettings/Setting'>>();
    return {
      'Role/ConfigurationSettings'() {
        first = new Map();
      },
      'Role/ConfigurationSettings/Setting'(setting) {
        const name = setting.attribute('name');
        if (name === undefined) return;
        const key = foldName(name.value);
        const before = first.get(key);
        if (before === undefined) {
          first.set(key, setting);
          return;
        }
        const isSame = before.attribute('value')?.value === setting.attribute('value')?.value;
        const earlier = before.attribute('name')?.valueSpan;
        report({
          message: isSame ? 'same' : 'different',
          at: name.valueSpan,
          data: { role: roleOf(setting), setting: name.value },
          related: earlier === undefined ? [] : [{ note: 'given here first', location: earlier }],
        });
      },
    };
  },
});

function role(settings: string): string {
  return `<Role name="Web"><Instances count="1" /><ConfigurationSettings>${settings}</ConfigurationSettings></Role>`;
}

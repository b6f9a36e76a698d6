// A role has a name that the service definition can have as well.

import { defineRule, hasClearRoles, hasOuterBlank, isName, pipelinePlaceholder } from '../core/rule.js';

export default defineRule({
  id: 'role-name-format',
  family: 'service',
  summary: 'The name of a role is one that a service definition allows.',
  why: 'The schema of service configurations lets any text pass, that of service definitions does not; and a role must have the same name in both.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  uses: ['definition'],
  messages: {
    empty: { message: 'A role has an empty name.', help: 'Write the name that the role has in the .csdef.' },
    blank: {
      message: 'The role "{role}" has a blank before or behind its name.',
      help: 'Delete it: no .csdef can have such a name.',
    },
    format: {
      message: 'The role "{role}" has a name that no .csdef can have.',
      help: 'A name begins with a letter or _, holds none of \\ / : * ? " < > | \' ^ `, and does not end with a dot or a blank.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web "><Instances count="1" /></Role>' },
      { cscfg: '<Role name="1st"><Instances count="1" /></Role>' },
      { cscfg: '<Role name=""><Instances count="1" /></Role>' },
    ],
    good: [{ cscfg: '<Role name="Worker Role 1"><Instances count="1" /></Role>' }, { cscfg: '<Role name="Api.Role-1"><Instances count="1" /></Role>' }],
  },
  check({ report, evidence: { definition } }) {
    return {
      Role(role) {
        const name = role.attribute('name');
        if (name === undefined || isName(name.value) || pipelinePlaceholder(name.value) !== null) return;
        const { valueSpan: at } = name;
        // An empty value has nothing to underline, so its quotes are.
        if (name.value === '') report({ message: 'empty', at: { start: at.start - 1, end: at.end + 1 }, data: {} });
        // With a service definition it is the role that is not defined.
        else if (hasOuterBlank(name.value)) {
          if (definition === undefined || !hasClearRoles(definition)) report({ message: 'blank', at, data: { role: name.value } });
        } else report({ message: 'format', at, data: { role: name.value } });
      },
    };
  },
});

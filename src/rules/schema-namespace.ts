// The root stands in the namespace of its language.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'schema-namespace',
  family: 'schema',
  summary: 'The root element is in the namespace of service configurations; in a .csdef, of service definitions.',
  why: 'Azure and Visual Studio know the elements by this namespace. The examples on the documentation pages leave it out, so a file that was copied from them lacks it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  messages: {
    absent: {
      message: '{root} is in no namespace.',
      cause: 'The examples on the documentation pages leave the namespace out.',
      help: 'Add xmlns="{expected}".',
    },
    other: {
      message: '{root} is in the namespace "{namespace}".',
      help: 'Use xmlns="{expected}".',
    },
  },
  examples: {
    bad: [
      { cscfg: '<ServiceConfiguration serviceName="Shop" osFamily="7" />' },
      { cscfg: '<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition" />' },
    ],
    good: [{ cscfg: '<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />' }],
  },
  check({ report }) {
    return {
      'schema:namespace'({ root, attribute, namespace, expected }) {
        const data = { root: root.name, namespace, expected };
        if (attribute !== undefined) {
          const edits = [{ ...attribute.valueSpan, text: expected }] as const;
          report({ message: namespace === '' ? 'absent' : 'other', at: attribute.valueSpan, data, fix: { title: 'Correct the namespace', edits } });
          return;
        }
        const { nameSpan } = root;
        if (namespace !== '') {
          report({ message: 'other', at: nameSpan, data });
          return;
        }
        const edits = [{ start: nameSpan.end, end: nameSpan.end, text: ` xmlns="${expected}"` }] as const;
        report({ message: 'absent', at: nameSpan, data, fix: { title: 'Add the namespace', edits } });
      },
    };
  },
});

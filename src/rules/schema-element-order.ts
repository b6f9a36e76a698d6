// Elements stand in the order of the schema.

import { defineRule, describe, moveElements } from '../core/rule.js';

export default defineRule({
  id: 'schema-element-order',
  family: 'schema',
  summary: 'Elements stand in the order of the schema; the children of a role are free.',
  why: 'Where the schema has a sequence, Visual Studio refuses a file that does not keep it.',
  source: 'https://github.com/MicrosoftDocs/azure-docs/issues/14032',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  messages: {
    order: { message: '{name} must stand before {after} in {owner}.', help: 'Move it. The order is: {order}.' },
  },
  examples: {
    bad: [{ cscfg: document('<NetworkConfiguration /><Role name="Web"><Instances count="1" /></Role>') }],
    good: [
      { cscfg: document('<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration />') },
      { cscfg: '<Role name="Web"><Certificates /><ConfigurationSettings /><Instances count="1" /></Role>' },
    ],
  },
  check({ report, text }) {
    return {
      'schema:order'({ element, parent, after, order, moves }) {
        if (parent.path === 'NetworkConfiguration') return;
        report({
          message: 'order',
          at: element.nameSpan,
          data: { owner: describe(parent), name: element.name, after: after.name, order: order.join(', ') },
          related: [{ note: `${after.name} is here`, location: after.nameSpan }],
          fix: { title: 'Put the elements in order', edits: moveElements(text, moves) },
        });
      },
    };
  },
});

function document(content: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">${content}</ServiceConfiguration>`;
}

// Required attributes and children are there.

import { defineRule, describe, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'schema-missing-required',
  family: 'schema',
  summary: 'Every required attribute and element is there.',
  why: 'The schemas of service configurations and service definitions demand it; Visual Studio and Azure refuse a file without it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  messages: {
    attribute: { message: '{owner} has no {name}.', help: 'Add {name}="…".' },
    child: { message: '{owner} has no {name} element.', help: 'Add <{name} …/> inside {element}.' },
    miscased: {
      message: '{owner} has {written}, which must be written {name}.',
      help: 'Names keep their letter case here: write {name}.',
    },
    misspelt: { message: '{owner} has no {name}; it has {written}, which the schema does not have there.', help: 'Write {name}.' },
  },
  examples: {
    bad: [
      { cscfg: '<Role><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web"></Role>' },
      { cscfg: '<Role name="Web"><instances count="1" /></Role>' },
      { cscfg: '<Certificate name="Tls" thumbprintAlgorithm="sha1" />' },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'schema:missing'(missing) {
        const { element, name, part, miscased, misspelt } = missing;
        // Microsoft's own page prints `endpoint`, so that spelling is the business of schema-unknown-attribute.
        if (element.path === ENDPOINT_ACL && name === 'endPoint' && miscased?.name === 'endpoint') return;
        const data = { owner: describe(element), element: element.name, name };
        if (misspelt !== null) {
          report({ message: 'misspelt', at: misspelt.nameSpan, data: { ...data, written: misspelt.name } });
          return;
        }
        if (miscased === null) {
          report({ message: part, at: element.nameSpan, data });
          return;
        }
        const [first, ...others] = miscased.edits;
        const edits: [Edit, ...Edit[]] = [{ ...first, text: name }, ...others.map((span) => ({ ...span, text: name }))];
        report({ message: 'miscased', at: first, data: { ...data, written: miscased.name }, fix: { title: `Write ${name}`, edits } });
      },
    };
  },
});

const ENDPOINT_ACL = 'NetworkConfiguration/EndpointAcls/EndpointAcl';

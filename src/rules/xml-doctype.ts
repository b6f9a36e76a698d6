// No document type declaration.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'xml-doctype',
  family: 'xml',
  summary: 'The file has no DOCTYPE.',
  why: 'Neither a service configuration nor a service definition has a document type, and a DOCTYPE can define entities that make a small file enormous or read other files. It ends the reading; nothing in it is expanded.',
  source: 'https://learn.microsoft.com/dotnet/fundamentals/code-analysis/quality-rules/ca3075',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    doctype: {
      message: 'The file has a DOCTYPE.',
      help: 'Delete it: such a file has none. What stands after it was not read.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<!DOCTYPE ServiceConfiguration [<!ENTITY web "Web">]>\n<ServiceConfiguration serviceName="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"/>',
      },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'xml:doctype'(span) {
        report({ message: 'doctype', at: span, data: {} });
      },
    };
  },
});

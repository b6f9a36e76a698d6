// No text stands between the elements.

import { defineRule, describe } from '../core/rule.js';

export default defineRule({
  id: 'schema-text-content',
  family: 'schema',
  summary: 'No element holds text.',
  why: 'In these files everything is said by elements and attributes; the schema refuses text between them, and it is mostly what is left of something that was deleted.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    text: { message: '{owner} holds text, which no element here does.', help: 'Delete it, or make a comment of it: <!-- … -->.' },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="1" /> - </Role>' }],
    good: [{ cscfg: '<Role name="Web"><!-- one is enough --><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      // The text of an element that lacks an attribute is probably its value; schema-missing-required speaks.
      'schema:text'({ span, parent, isTold }) {
        if (!isTold) report({ message: 'text', at: span, data: { owner: describe(parent) } });
      },
    };
  },
});

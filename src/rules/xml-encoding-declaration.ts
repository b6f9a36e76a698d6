// The XML declaration names the encoding that the file is in.

import { defineRule, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'xml-encoding-declaration',
  family: 'xml',
  summary: 'The XML declaration names the encoding that the file is in.',
  why: 'XML calls it a fatal error when a file is in another encoding than its declaration says. cscfglint reads the file all the same; readers that believe the declaration do not.',
  source: 'https://www.w3.org/TR/xml/#charencoding',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  messages: {
    returned: {
      message: 'The XML declaration says {declared}, but the file is in {actual}.',
      cause: 'Configuration text that Azure returns declares utf-16; here it was saved as {actual}.',
      help: 'Write encoding="{actual}".',
    },
    'no-name': {
      message: 'The XML declaration says {declared}, which is the name of no encoding; the file is in {actual}.',
      help: 'Write encoding="{actual}".',
    },
    other: {
      message: 'The XML declaration says {declared}, but the file is in {actual}.',
      help: 'Write encoding="{actual}", or save the file in the encoding that is declared.',
    },
  },
  examples: {
    bad: [{ cscfg: document('utf-16') }, { cscfg: document('iso-8859-1', 'Büro') }, { cscfg: document('utf8') }],
    good: [{ cscfg: document('UTF-8', 'Büro') }, { cscfg: document('us-ascii') }],
  },
  check({ report }) {
    return {
      'xml:encoding-declaration'({ declared, actual, isName, span }) {
        const edits: [Edit] = [{ ...span, text: actual }];
        const isReturned = actual === 'utf-8' && /^utf-?16$/i.test(declared);
        report({ message: isReturned ? 'returned' : isName ? 'other' : 'no-name', at: span, data: { declared, actual }, fix: { title: `Declare ${actual}`, edits } });
      },
    };
  },
});

function document(encoding: string, role = 'Web'): string {
  return `<?xml version="1.0" encoding="${encoding}"?>
<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="${role}"><Instances count="1" /></Role></ServiceConfiguration>`;
}

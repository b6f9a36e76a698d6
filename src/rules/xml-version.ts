// The file is XML 1.0.

import { defineRule, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'xml-version',
  family: 'xml',
  summary: 'The XML declaration says version 1.0.',
  why: 'The readers of .NET, which Azure and its tools are made of, are documented for XML 1.0 only. cscfglint reads the file as 1.0.',
  source: 'https://learn.microsoft.com/dotnet/api/system.xml.xmlreader',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  messages: {
    other: { message: 'The XML declaration says version {version}.', help: 'Write version="1.0".' },
  },
  examples: {
    bad: [{ cscfg: document('1.1') }],
    good: [{ cscfg: document('1.0') }],
  },
  check({ report }) {
    return {
      'xml:version'({ version, span }) {
        const edits: [Edit] = [{ ...span, text: '1.0' }];
        report({ message: 'other', at: span, data: { version }, fix: { title: 'Write 1.0', edits } });
      },
    };
  },
});

function document(version: string): string {
  return `<?xml version="${version}"?>
<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="1" /></Role></ServiceConfiguration>`;
}

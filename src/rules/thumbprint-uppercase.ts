// Thumbprints are written in upper case.

import { defineRule, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-uppercase',
  family: 'thumbprint',
  summary: 'A thumbprint is written in upper case.',
  why: "The documentation asks for upper-case letters. Azure's client compares without case, so this alone breaks nothing; one spelling makes thumbprints easier to search for.",
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'info',
  fixable: 'safe',
  messages: {
    lower: { message: 'The thumbprint of "{certificate}" has lower-case letters.', help: 'Write {digits}.' },
  },
  examples: {
    bad: [{ cscfg: '<Certificate name="Tls" thumbprint="3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7" thumbprintAlgorithm="sha1" />' }],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report }) {
    return {
      'certificate:lower-case'({ entry, thumbprint, digits, other }) {
        // Two spellings of one thumbprint are the business of thumbprint-two-spellings.
        if (other !== null) return;
        const { role, certificate } = entry;
        const edits: [Edit] = [{ ...thumbprint.valueSpan, text: digits }];
        report({ message: 'lower', at: thumbprint.valueSpan, data: { role, certificate, digits }, fix: { title: `Write ${digits}`, edits } });
      },
    };
  },
});

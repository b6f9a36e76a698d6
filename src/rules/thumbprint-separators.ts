// Nothing stands between or around the digits of a thumbprint.

import { defineRule, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-separators',
  family: 'thumbprint',
  summary: 'Nothing stands between or around the digits of a thumbprint.',
  why: 'The documentation asks for digits without spaces, and Azure compares the text as it stands.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  fixable: 'safe',
  messages: {
    separated: {
      message: 'The thumbprint of "{certificate}" has {separators} between or around its digits.',
      cause: 'certutil and the certificate dialog print it in groups, openssl with colons.',
      help: 'Without them it is {digits}.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Certificate name="Tls" thumbprint="3F 9C 0A 7B 51 D2 E8 64 94 C1 B0 7D 2A 5E 8F 63 10 9D B4 C7" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Certificate name="Tls" thumbprint="3F:9C:0A:7B:51:D2:E8:64:94:C1:B0:7D:2A:5E:8F:63:10:9D:B4:C7" thumbprintAlgorithm="sha1" />' },
    ],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report }) {
    return {
      'certificate:unusual'({ role, certificate, thumbprint, reading }) {
        if (thumbprint === undefined || reading?.kind !== 'separated') return;
        const { separators, digits } = reading;
        const edits: [Edit] = [{ ...thumbprint.valueSpan, text: digits }];
        report({
          message: 'separated',
          at: thumbprint.valueSpan,
          data: { role, certificate, separators: describe(separators), digits },
          fix: { title: `Write ${digits}`, edits },
        });
      },
    };
  },
});

function describe(separators: readonly string[]): string {
  const names = separators.map((one) => (one === ':' ? 'colons' : one === '-' ? 'hyphens' : 'spaces'));
  return [...new Set(names)].join(' and ');
}

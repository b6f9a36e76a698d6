// The algorithm of a thumbprint is sha1, written like that.

import { defineRule, pipelinePlaceholder, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-algorithm',
  family: 'thumbprint',
  summary: 'thumbprintAlgorithm is "sha1".',
  why: 'The schema knows this one value, in this spelling. The thumbprint is always the SHA-1, whatever the certificate was signed with.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  fixable: 'safe',
  messages: {
    spelling: {
      message: 'The thumbprintAlgorithm of "{certificate}" is "{algorithm}"; it must be written sha1.',
      help: 'Write thumbprintAlgorithm="sha1".',
    },
    other: {
      message: 'The thumbprintAlgorithm of "{certificate}" is "{algorithm}"; Azure knows only sha1.',
      help: 'Write thumbprintAlgorithm="sha1", and the SHA-1 thumbprint of the certificate beside it.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="SHA1" />' },
      { cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha256" />' },
    ],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report }) {
    return {
      certificate({ role, certificate, element, reading }) {
        const attribute = element.attribute('thumbprintAlgorithm');
        if (attribute === undefined || attribute.value === 'sha1' || pipelinePlaceholder(attribute.value) !== null) return;
        const { value: algorithm, valueSpan: at } = attribute;
        const data = { role, certificate, algorithm };
        const edits: [Edit] = [{ ...at, text: 'sha1' }];
        if (/^\s*sha[-_ ]?1\s*$/i.test(algorithm)) {
          report({ message: 'spelling', at, data, fix: { title: 'Write sha1', edits } });
        } else if (reading !== null && 'digits' in reading && reading.digits !== null) {
          report({ message: 'other', at, data, fix: { title: 'Write sha1', safety: 'unsafe', edits } });
        } else {
          report({ message: 'other', at, data });
        }
      },
    };
  },
});

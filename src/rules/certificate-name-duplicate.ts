// Each certificate name stands in a role once.

import { defineRule, foldName, type Span } from '../core/rule.js';

export default defineRule({
  id: 'certificate-name-duplicate',
  family: 'thumbprint',
  summary: 'Each certificate name stands in a role once.',
  why: 'The name is the key by which the service definition refers to a certificate, whatever its letter case. One thumbprint under two names is fine.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  messages: {
    duplicate: {
      message: 'Role "{role}" names the certificate "{certificate}" twice.',
      help: 'Delete the entry that is out of date, or give one of them the name that the .csdef declares for it.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /><Certificate name="tls" thumbprint="8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B" thumbprintAlgorithm="sha1" /></Certificates></Role>',
      },
    ],
    good: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /><Certificate name="Api" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role>',
      },
    ],
  },
  check({ report }) {
    let first = new Map<string, Span>();
    return {
      Role() {
        first = new Map();
      },
      certificate({ role, certificate, element }) {
        const name = element.attribute('name');
        if (name === undefined || certificate === '') return;
        const before = first.get(foldName(certificate));
        if (before === undefined) {
          first.set(foldName(certificate), name.valueSpan);
          return;
        }
        report({
          message: 'duplicate',
          at: name.valueSpan,
          data: { role, certificate },
          related: [{ note: 'named here first', location: before }],
        });
      },
    };
  },
});

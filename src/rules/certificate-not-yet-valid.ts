// A certificate that is needed is valid already.

import { defineRule, needOf, showMoment, validityOf } from '../core/rule.js';

export default defineRule({
  id: 'certificate-not-yet-valid',
  family: 'certificate',
  summary: 'A certificate that is needed is valid already.',
  why: 'Clients of the service refuse a certificate before its time.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  anyOf: ['vault', 'certificates'],
  messages: {
    early: {
      message: 'The certificate {holder} is not valid before {date}.',
      help: 'Deploy it then, or name the certificate that is valid now.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "notBefore": "2027-02-01T09:00:00+00:00", "expires": "2028-02-01T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "notBefore": "2026-02-01T09:00:00+00:00", "expires": "2028-02-01T09:00:00+00:00"}}]',
      },
    ],
  },
  check({ report, now }) {
    return {
      material(material) {
        const validity = validityOf(material);
        const begin = validity?.value.notBefore ?? null;
        if (validity === null || begin === null || begin <= now) return;
        const { holder, origin } = validity;
        const { thumbprint } = material;
        const { uses, related } = needOf(material);
        report({ message: 'early', at: origin, data: { holder, thumbprint, date: showMoment(begin), uses }, related });
      },
    };
  },
});

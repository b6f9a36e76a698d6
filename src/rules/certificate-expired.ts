// A certificate that is needed has not expired.

import { DAY, defineRule, needOf, showDate, validityOf } from '../core/rule.js';

export default defineRule({
  id: 'certificate-expired',
  family: 'certificate',
  summary: 'A certificate that is needed is still valid.',
  why: 'Whether Azure still deploys an expired certificate, its documents contradict each other about; clients of the service will refuse it.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  anyOf: ['vault', 'certificates'],
  messages: {
    expired: {
      message: 'The certificate {holder} expired on {date}, {ago}.',
      help: 'Renew it, and put the new thumbprint into the .cscfg and the secret URL of the new version into osProfile.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "expires": "2026-12-01T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "expires": "2028-01-31T09:00:00+00:00"}}]',
      },
    ],
  },
  check({ report, now }) {
    return {
      material(material) {
        const validity = validityOf(material);
        const end = validity?.value.notAfter ?? null;
        if (validity === null || end === null || end > now) return;
        const { holder, origin } = validity;
        const { thumbprint } = material;
        const { uses, related } = needOf(material);
        const days = Math.floor((now.getTime() - end.getTime()) / DAY);
        const ago = days === 0 ? 'less than a day ago' : `${days} ${days === 1 ? 'day' : 'days'} ago`;
        report({ message: 'expired', at: origin, data: { holder, thumbprint, date: showDate(end), ago, uses }, related });
      },
    };
  },
});

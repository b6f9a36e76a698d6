// A certificate that is needed does not expire in the next days.

import { AFTER_RETIREMENT, DAY, defineRule, needOf, showDate, validityOf } from '../core/rule.js';

export default defineRule({
  id: 'certificate-expiring-soon',
  family: 'certificate',
  summary: 'A certificate that is needed is valid for some time to come.',
  why: 'A new certificate takes an import, a new thumbprint and an update of the cloud service. One that outlives the service itself, which ends on 2027-03-31, is not reported.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  anyOf: ['vault', 'certificates'],
  options: {
    schema: {
      type: 'object',
      properties: { days: { type: 'integer', minimum: 1, maximum: 3650, description: 'How many days before its end a certificate is reported.' } },
      additionalProperties: false,
    },
    defaults: { days: 30 },
  },
  messages: {
    soon: {
      message: 'The certificate {holder} expires on {date}, in {left}.',
      help: 'Renew it, and put the new thumbprint into the .cscfg and the secret URL of the new version into osProfile.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "expires": "2027-01-20T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "expires": "2027-03-01T09:00:00+00:00"}}]',
      },
    ],
  },
  check({ report, now, options }) {
    return {
      material(material) {
        const validity = validityOf(material);
        const end = validity?.value.notAfter ?? null;
        if (validity === null || end === null || end <= now || end >= AFTER_RETIREMENT) return;
        const left = end.getTime() - now.getTime();
        if (left > options.days * DAY) return;
        const { holder, origin } = validity;
        const { thumbprint } = material;
        const { uses, related } = needOf(material);
        report({ message: 'soon', at: origin, data: { holder, thumbprint, date: showDate(end), left: showTime(left), uses }, related });
      },
    };
  },
});

/** Hours where it is less than two days: then a deployment may be running late. */
function showTime(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours === 0 ? 'less than an hour' : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

const HOUR = 60 * 60 * 1000;

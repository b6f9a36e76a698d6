// osProfile lists at least one secret, where roles name certificates. Speaks where there is no vault export to compare with.

import { defineRule, type CertificateEntry } from '../core/rule.js';

export default defineRule({
  id: 'os-profile-empty',
  family: 'os-profile',
  summary: 'osProfile is not empty where roles name certificates.',
  why: 'Azure compares the thumbprints of the service configuration with the certificates that osProfile.secrets lists; with none there, every one is missing.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/cloud-services/extended/availability/update-or-change-certificate-used',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  unless: ['vault'],
  messages: {
    empty: {
      message: 'osProfile lists no certificate, and this file names {count}.',
      help: 'List the secret URL of each certificate in osProfile.secrets. With a vault export beside it (--vault) cscfglint tells which URLs these are.',
      azure:
        'The thumbprints specified in the CSCFG do not have corresponding certificates in osProfile.secrets. Add the missing certificates in osProfile.secrets. Missing thumbprints: {role}|{thumbprint}',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile: '{"secrets": []}',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile:
          '{"secrets": [{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899"}]}]}',
      },
    ],
  },
  check({ report, evidence }) {
    const { services } = evidence.osProfile;
    const isEmpty = services.length > 0 && services.every(({ complete, secrets }) => complete && secrets.every((group) => group.certificateUrls.length === 0));
    const thumbprints = new Set<string>();
    let first: CertificateEntry | null = null;
    return {
      certificate(entry) {
        if (entry.comparable === null) return;
        first ??= entry;
        thumbprints.add(entry.comparable);
      },
      end() {
        if (first === null || !isEmpty) return;
        const { role, certificate, element, thumbprint, comparable } = first;
        report({
          message: 'empty',
          at: thumbprint?.valueSpan ?? element.nameSpan,
          data: { role, certificate, thumbprint: comparable ?? '', count: thumbprints.size },
          related: services.map(({ origin }) => ({ note: 'looked for here', location: origin })),
        });
      },
    };
  },
});

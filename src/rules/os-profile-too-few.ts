// osProfile lists at least as many certificates as the file names. All that can be told without a vault export.

import { defineRule, showKnown, type CertificateEntry } from '../core/rule.js';

export default defineRule({
  id: 'os-profile-too-few',
  family: 'os-profile',
  summary: 'osProfile lists at least as many secret URLs as the file names certificates.',
  why: 'Without a vault export the URLs of osProfile tell no thumbprint, so only their number can be compared. Fewer URLs than thumbprints cannot be enough, unless a certificate and its issuer lie in one secret.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/cloud-services/extended/availability/update-or-change-certificate-used',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  unless: ['vault'],
  messages: {
    'too-few': {
      message: 'This file names {thumbprints} different certificates, and osProfile lists {urls}: at least {missing} must be missing. This was found by counting only.',
      help: 'Give the vault export too, and cscfglint tells which ones. For each certificate: "az keyvault certificate list-versions --vault-name VAULT --name NAME -o json"; all in one file or several, with --vault.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /><Certificate name="Api" thumbprint="8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B" thumbprintAlgorithm="sha1" /></Certificates></Role>',
        osProfile:
          '{"secrets": [{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899"}]}]}',
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
    const urls = new Set(
      services.flatMap(({ secrets }) => secrets.flatMap((group) => group.certificateUrls.map(({ url }) => showKnown(url).toLowerCase()))),
    ).size;
    // An empty osProfile has a rule of its own; one that cannot be read whole cannot be counted.
    const isCountable = urls > 0 && services.every(({ complete }) => complete);
    const thumbprints = new Set<string>();
    let first: CertificateEntry | null = null;
    return {
      certificate(entry) {
        if (entry.comparable === null) return;
        first ??= entry;
        thumbprints.add(entry.comparable);
      },
      end() {
        if (first === null || !isCountable || thumbprints.size <= urls) return;
        report({
          message: 'too-few',
          at: first.thumbprint?.valueSpan ?? first.element.nameSpan,
          data: { thumbprints: thumbprints.size, urls, missing: thumbprints.size - urls },
          related: services.map(({ origin }) => ({ note: 'counted here', location: origin })),
        });
      },
    };
  },
});

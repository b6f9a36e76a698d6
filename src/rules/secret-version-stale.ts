// The versions that are deployed are the newest that the vault has.

import { defineRule, listedVersions, showKnown, versionsIn, type CertificateEntry, type ListedVersion } from '../core/rule.js';

export default defineRule({
  id: 'secret-version-stale',
  family: 'os-profile',
  summary: 'The version that osProfile lists and the .cscfg names is the newest one in the vault.',
  why: 'A deployment stays with the version that it names. Where the vault renewed the certificate, by itself or by hand, the thumbprint in the .cscfg and the URL in osProfile have to follow together.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/overview-renew-certificate',
  severity: 'info',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault', 'osProfile'],
  messages: {
    stale: {
      message: 'Vault {vault} has a newer version of "{name}" than the one that is deployed: {newer}, thumbprint {thumbprint}.',
      help: 'To go over to it, write that thumbprint into the .cscfg and its secret URL into osProfile, in one update. Disable the older version only afterwards.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
    ],
  },
  check({ report, evidence, inventory }) {
    const named = new Map<string, CertificateEntry[]>();
    const tell = ({ url, record }: ListedVersion) => {
      const entries = named.get(record?.thumbprint ?? '') ?? [];
      const newer = record === null || entries.length === 0 ? null : versionsIn(evidence.vault).newerThan(record);
      if (newer === null) return;
      const { vault, name, thumbprint, origin } = newer;
      report({
        message: 'stale',
        at: url.location,
        data: { vault, name, thumbprint: thumbprint ?? '', newer: newer.secretUrl ?? 'its current one', url: showKnown(url.url), uses: entries.map(({ role, certificate }) => ({ role, certificate })) },
        related: [
          { note: 'the newer version', location: origin },
          ...entries.map((entry) => ({ note: 'the .cscfg names the older one here', location: entry.thumbprint?.valueSpan ?? entry.element.nameSpan })),
        ],
      });
    };
    return {
      certificate(entry) {
        if (entry.comparable === null || inventory.judge(entry.comparable).kind !== 'present') return;
        named.set(entry.comparable, [...(named.get(entry.comparable) ?? []), entry]);
      },
      end() {
        for (const listed of listedVersions(evidence.vault)(evidence.osProfile)) tell(listed);
      },
    };
  },
});

// Every URL of osProfile names a version that the vault has.

import { defineRule, holdsPlaceholder, once, showKnown, urlsIn, versionsIn, type CertificateUrl, type OsProfile, type VaultExport } from '../core/rule.js';

export default defineRule({
  id: 'secret-url-unknown',
  family: 'os-profile',
  summary: 'Every certificate URL of osProfile names a version that the vault has.',
  why: 'A version that was purged, or whose digits were mistyped, cannot be fetched, and the deployment fails. The export has every version of the certificate, unless one was made after it.',
  source: 'https://github.com/microsoft/service-fabric-issues/issues/932',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault', 'osProfile'],
  messages: {
    unknown: {
      message: 'osProfile lists {url}, a version that the vault export does not have, though it lists the versions of that certificate.',
      help: 'Check its digits. If the version is newer than the export, export again; if it was purged, take the URL out of osProfile.',
      azure: 'The Key Vault secret referenced with the URL {url} does not exist.',
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="1" /></Role>',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/9c82a30b4d5e6f708192a3b4c5d6e7f8"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
  },
  check({ report, evidence, inventory }) {
    const told = new Set<CertificateUrl>();
    return {
      // Where a certificate of the file needs the URL, the rule about the certificate speaks, and shows it.
      certificate({ comparable }) {
        const verdict = comparable === null ? null : inventory.judge(comparable);
        if (verdict?.kind === 'not-in-os-profile' && verdict.cause.kind === 'unknown-version') told.add(verdict.cause.listed);
        if (verdict?.kind !== 'unverified') return;
        for (const doubt of verdict.doubts) if ('url' in doubt) told.add(doubt.url);
      },
      'ServiceConfiguration:exit'() {
        for (const url of unknownUrls(evidence.vault)(evidence.osProfile)) {
          if (!told.has(url)) report({ message: 'unknown', at: url.location, data: { url: showKnown(url.url) } });
        }
      },
    };
  },
});

const unknownUrls: (exports: readonly VaultExport[]) => (osProfile: OsProfile) => readonly CertificateUrl[] = once((exports) =>
  once((osProfile) => {
    const versions = versionsIn(exports);
    return urlsIn(osProfile).flatMap(({ url }) => (!holdsPlaceholder(showKnown(url.url)) && versions.lacks(url.url) ? [url] : []));
  }),
);

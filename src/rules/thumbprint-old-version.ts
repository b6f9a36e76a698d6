// A thumbprint is that of the current version. Speaks where there is a vault export and no osProfile.

import { defineRule, foldName, nameRecord, type CertificateEntry, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-old-version',
  family: 'certificate',
  summary: 'Every thumbprint is that of the current version of a certificate in the vault.',
  why: 'New-AzCloudService looks at the current version of each certificate only, so that it does not find an older one. A template that pins the older version can deploy it.',
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['configurations'],
  unless: ['osProfile'],
  messages: {
    old: {
      message: 'The certificate "{certificate}" of role "{role}", {thumbprint}, is an older version of {holder}.',
      help: 'Write the thumbprint of the current version{current}. To deploy the older one, pin its secret URL in a template{url}, and check that with --os-profile.',
      azure: "The thumbprints specified in the CSCFG could not be found in the Key Vault. Add the missing certificates in Key Vault: '{vault}'. Missing thumbprint: '{certificate} {thumbprint}'",
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}]',
      },
    ],
  },
  check({ report, evidence, inventory, path }) {
    const found: { entry: CertificateEntry; thumbprint: string; record: VaultCertificate; current: VaultCertificate | null }[] = [];
    const named = new Set<string>();
    return {
      certificate(entry) {
        const { comparable: thumbprint, certificate } = entry;
        if (thumbprint === null) return;
        named.add(keyOf(certificate, thumbprint));
        const verdict = inventory.judge(thumbprint);
        if (verdict.kind === 'old-version') found.push({ entry, thumbprint, record: verdict.record, current: verdict.current });
      },
      end() {
        if (found.length === 0) return;
        for (const { certificates } of (evidence.configurations?.(path) ?? []).flatMap(({ roles }) => roles)) {
          for (const { value, thumbprint } of certificates) if (thumbprint !== null) named.add(keyOf(value, thumbprint.value.toUpperCase()));
        }
        for (const { entry, thumbprint, record, current } of found) {
          const newest = current?.thumbprint ?? null;
          const { role, certificate, element } = entry;
          const others = inventory.versionsOf(record).flatMap((version) => (version.thumbprint === null || version.thumbprint === thumbprint ? [] : version.thumbprint));
          // Where another role names another version by the same name, it is this that is inconsistent.
          if (others.some((other) => named.has(keyOf(certificate, other)))) continue;
          report({
            message: 'old',
            at: entry.thumbprint?.valueSpan ?? element.nameSpan,
            data: {
              role,
              certificate,
              thumbprint,
              holder: nameRecord(record),
              vault: record.vault,
              current: newest === null ? '' : `, ${newest}`,
              url: record.secretUrl === null ? '' : ` (${record.secretUrl})`,
            },
            related: [{ note: 'the older version', location: record.origin }, ...(current === null ? [] : [{ note: 'the current version', location: current.origin }])],
          });
        }
      },
    };
  },
});

function keyOf(certificate: string, thumbprint: string): string {
  return `${thumbprint} ${foldName(certificate)}`;
}

// A setting holds no thumbprint of an older version than the certificate that its file names.

import { defineRule, isNewer, nameRecord, roleOf, type CertificateEntry, type Span, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'setting-thumbprint-stale',
  family: 'certificate',
  summary: 'A setting does not hold the thumbprint of a version that the file itself has replaced.',
  why: 'Programs look a certificate up by a thumbprint from a setting. In a renewal the Certificate entry is changed and the setting forgotten; then the program looks for a certificate that the role no longer gets.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/cloud-services/extended/availability/update-or-change-certificate-used',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  messages: {
    stale: {
      message: 'The setting "{setting}" of role "{role}" holds the thumbprint of an older version of {holder} than the certificate "{certificate}" of role "{other}" is.',
      help: 'Write the thumbprint of the newer version, {thumbprint}, into the setting, too.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Tls.Thumbprint" value="8a1d4e0c97b25f36d0e4a8127c5b9f60e3d1724b" /></ConfigurationSettings><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role>',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Tls.Thumbprint" value="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" /></ConfigurationSettings><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role>',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}}]',
      },
    ],
  },
  check({ report, inventory }) {
    const settings: { role: string; setting: string; at: Span; record: VaultCertificate }[] = [];
    const named = new Map<string, CertificateEntry>();
    return {
      'Role/ConfigurationSettings/Setting'(setting) {
        const value = setting.attribute('value');
        if (value?.value.length !== 40) return;
        const [record] = inventory.recordsOf(value.value);
        if (record !== undefined) settings.push({ role: roleOf(setting), setting: setting.attribute('name')?.value ?? '', at: value.valueSpan, record });
      },
      certificate(entry) {
        if (entry.comparable !== null && !named.has(entry.comparable)) named.set(entry.comparable, entry);
      },
      end() {
        for (const { role, setting, at, record } of settings) {
          if (record.thumbprint === null || named.has(record.thumbprint)) continue;
          const newer = inventory.versionsOf(record).find((version) => version.thumbprint !== null && named.has(version.thumbprint) && isNewer(version, record));
          const thumbprint = newer?.thumbprint ?? null;
          const entry = thumbprint === null ? undefined : named.get(thumbprint);
          if (newer === undefined || thumbprint === null || entry === undefined) continue;
          const data = { role, setting, holder: nameRecord(record), certificate: entry.certificate, other: entry.role, thumbprint };
          report({ message: 'stale', at, data, related: [{ note: 'the version in the setting', location: record.origin }, { note: 'the newer version', location: newer.origin }] });
        }
      },
    };
  },
});

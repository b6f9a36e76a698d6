// A new version of a certificate has the names and the kind of key that the older one had.

import { defineRule, isNewer, nameRecord, needOf, type CertificateFact, type Inventory, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'certificate-names-lost',
  family: 'certificate',
  summary: 'A new version of a certificate has the names and the kind of key of the one before.',
  why: 'A client that asks for a name that the certificate has lost refuses the connection; a program that expects an RSA key cannot use another.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'info',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['certificates'],
  messages: {
    names: {
      message: 'The certificate {holder} no longer has {names}, which the version before it had.',
      help: 'If the service is still reached by that name, ask for a certificate that has it.',
    },
    key: {
      message: 'The key of the certificate {holder} is {keyType}; that of the version before it was {oldKeyType}.',
      help: 'Check that all that uses the certificate can do so: passwords are decrypted with RSA keys only.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="C296DFCF9C64DD156BAD090509D5EEB6D1BC1830" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "4F6564BBD635C5D492F1E81334AD08CB7EC470A1", "attributes": {"enabled": true, "created": "2025-06-01T09:00:00+00:00"}, "cer": "MIIBcjCCASSgAwIBAgIUT/TuDHN8Og4m0X20W16LBD2uCSwwBQYDK2VwMBwxGjAYBgNVBAMMEUNvbnRvc28gSXNzdWluZyAyMCAXDTI2MTEyODA3NDEyNFoYDzIxMjYxMTA0MDc0MTI0WjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwKjAFBgMrZXADIQADWU1hETTi+8JOupyxJxi2aAjWvymnK+3xsAPEH6c4paN7MHkwHQYDVR0OBBYEFGV8KHqQ02bbVp+tsAovBUF7eRXnMB8GA1UdIwQYMBaAFOogPrDwuvgXpxjwCdcNNye9zkHsMAwGA1UdEwEB/wQCMAAwKQYDVR0RBCIwIIIMc2hvcC5leGFtcGxlghB3d3cuc2hvcC5leGFtcGxlMAUGAytlcANBAIQ0ge10/GNB+9eVm0MYTyqSjFHp90AthyRtHrWvo4NSD/BEVp02ud+hIpoRtvpoNA0S23vNT7BasoICFB3BGgw="}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "C296DFCF9C64DD156BAD090509D5EEB6D1BC1830", "attributes": {"enabled": true, "created": "2026-12-01T09:00:00+00:00"}, "cer": "MIIBYDCCARKgAwIBAgIUML1EWDLiVCziA3W6noeuvkPjHOEwBQYDK2VwMBwxGjAYBgNVBAMMEUNvbnRvc28gSXNzdWluZyAyMCAXDTI2MTEyODA3NDEyNFoYDzIxMjYxMTA0MDc0MTI0WjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwKjAFBgMrZXADIQBo2GjSX3pm02FUlmXI5iGZAl354tIeZ0onJbpAC8NCwaNpMGcwHQYDVR0OBBYEFF1PtACUuJewjMyR8XbpTu/3EdabMB8GA1UdIwQYMBaAFOogPrDwuvgXpxjwCdcNNye9zkHsMAwGA1UdEwEB/wQCMAAwFwYDVR0RBBAwDoIMc2hvcC5leGFtcGxlMAUGAytlcANBAAHEZeRaphdlFA1jfCEMtkMP8hHTvEQxaVP3HriYFv8GCmeGlYPBCjjXJ4ozuTcxnzMv8zKOwsNH7VYp33xdAQo="}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="C296DFCF9C64DD156BAD090509D5EEB6D1BC1830" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "C296DFCF9C64DD156BAD090509D5EEB6D1BC1830", "attributes": {"enabled": true, "created": "2026-12-01T09:00:00+00:00"}, "cer": "MIIBYDCCARKgAwIBAgIUML1EWDLiVCziA3W6noeuvkPjHOEwBQYDK2VwMBwxGjAYBgNVBAMMEUNvbnRvc28gSXNzdWluZyAyMCAXDTI2MTEyODA3NDEyNFoYDzIxMjYxMTA0MDc0MTI0WjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwKjAFBgMrZXADIQBo2GjSX3pm02FUlmXI5iGZAl354tIeZ0onJbpAC8NCwaNpMGcwHQYDVR0OBBYEFF1PtACUuJewjMyR8XbpTu/3EdabMB8GA1UdIwQYMBaAFOogPrDwuvgXpxjwCdcNNye9zkHsMAwGA1UdEwEB/wQCMAAwFwYDVR0RBBAwDoIMc2hvcC5leGFtcGxlMAUGAytlcANBAAHEZeRaphdlFA1jfCEMtkMP8hHTvEQxaVP3HriYFv8GCmeGlYPBCjjXJ4ozuTcxnzMv8zKOwsNH7VYp33xdAQo="}]',
      },
    ],
  },
  check({ report, inventory }) {
    return {
      material(material) {
        const [record] = material.versions.flat();
        if (record === undefined) return;
        const own = record.certificate ?? (record.thumbprint === null ? null : inventory.certificateOf(record.thumbprint));
        const before = own === null ? null : versionBefore(record, inventory);
        if (own === null || before === null) return;
        const { uses, related } = needOf(material);
        const places = [{ note: 'the version before', location: before.record.origin }, ...related];
        const data = { holder: nameRecord(record), thumbprint: material.thumbprint, uses };
        const lost = before.certificate.dnsNames.filter((name) => !covers(own.dnsNames, name));
        if (lost.length > 0) report({ message: 'names', at: record.origin, data: { ...data, names: nameSome(lost) }, related: places });
        const { keyType } = own;
        const { keyType: oldKeyType } = before.certificate;
        if (keyType !== null && oldKeyType !== null && keyType !== oldKeyType) report({ message: 'key', at: record.origin, data: { ...data, keyType, oldKeyType }, related: places });
      },
    };
  },
});

/** The newest of the older versions, where the certificate itself is at hand. */
function versionBefore(record: VaultCertificate, inventory: Inventory): { record: VaultCertificate; certificate: CertificateFact } | null {
  let before: VaultCertificate | null = null;
  for (const other of inventory.versionsOf(record)) {
    if (other.thumbprint !== record.thumbprint && isNewer(record, other) && (before === null || isNewer(other, before))) before = other;
  }
  const certificate = before === null ? null : (before.certificate ?? (before.thumbprint === null ? null : inventory.certificateOf(before.thumbprint)));
  return before === null || certificate === null ? null : { record: before, certificate };
}

/** Whether one of some names is a name, or a wildcard for it. */
function covers(names: readonly string[], wanted: string): boolean {
  const name = wanted.toLowerCase();
  const wildcard = name.replace(/^[^.]*/, '*');
  return names.some((one) => one.toLowerCase() === name || one.toLowerCase() === wildcard);
}

const MAX_NAMED = 3;

function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map((name) => `"${name}"`);
  return names.length > MAX_NAMED ? `${shown.join(', ')} and ${names.length - MAX_NAMED} more` : shown.join(', ');
}

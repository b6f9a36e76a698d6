// A certificate that is needed is kept as PKCS#12.

import { defineRule, nameRecord, needOf, policyHolders, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'certificate-content-type',
  family: 'certificate',
  summary: 'The secret of a certificate that is needed is a PKCS#12.',
  why: 'A deployment takes the secret of a certificate for a .pfx. With the content type application/x-pem-file the vault keeps it as PEM.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  messages: {
    pem: {
      message: 'The secret of the certificate {holder} is PEM, "{contentType}"; a deployment takes a .pfx.',
      help: 'Import the certificate as a .pfx, or make a new version whose policy has the content type application/x-pkcs12, and put its thumbprint into the .cscfg and its secret URL into osProfile.',
      azure: "The secret's JSON representation retrieved from {url} has a data field which is not a properly formatted PFX file, or the password provided does not decode the PFX file correctly.",
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "kid": "https://shop-kv.vault.azure.net/keys/tls/0a9b8c7d6e5f40312233445566778899", "sid": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}, "policy": {"secretProperties": {"contentType": "application/x-pem-file"}}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "kid": "https://shop-kv.vault.azure.net/keys/tls/0a9b8c7d6e5f40312233445566778899", "sid": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}, "policy": {"secretProperties": {"contentType": "application/x-pkcs12"}}}]',
      },
    ],
  },
  check({ report, inventory }) {
    return {
      material(material) {
        const { thumbprint, versions } = material;
        const { uses, related } = needOf(material);
        for (const record of policyHolders(versions, inventory, isPem)) {
          const { contentType, secretUrl, origin } = record;
          report({ message: 'pem', at: origin, data: { holder: nameRecord(record), contentType: contentType ?? '', url: secretUrl ?? 'its secret URL', thumbprint, uses }, related });
        }
      },
    };
  },
});

function isPem({ contentType }: VaultCertificate): boolean {
  return contentType !== null && /^application\/x-pem-file\b/i.test(contentType);
}

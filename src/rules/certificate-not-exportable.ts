// A certificate that is needed has a private key that may leave the vault.

import { defineRule, nameRecord, needOf, policyHolders, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'certificate-not-exportable',
  family: 'certificate',
  summary: 'The private key of a certificate that is needed may leave the vault.',
  why: 'A deployment fetches the certificate as a secret. Where its policy does not let the key out, or a hardware module keeps it, that secret has no private key.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  messages: {
    'not-exportable': {
      message: 'The private key of the certificate {holder} cannot leave the vault: its policy says "exportable: false".',
      help: 'Make a new version with an exportable key, and put its thumbprint into the .cscfg and its secret URL into osProfile.',
    },
    hardware: {
      message: 'The private key of the certificate {holder} cannot leave the vault: it is an HSM key, {keyType}.',
      help: 'Make a new version with an exportable RSA or EC key outside of the HSM, and put its thumbprint into the .cscfg and its secret URL into osProfile.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "kid": "https://shop-kv.vault.azure.net/keys/tls/0a9b8c7d6e5f40312233445566778899", "sid": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}, "policy": {"keyProperties": {"exportable": false, "keyType": "RSA"}}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "kid": "https://shop-kv.vault.azure.net/keys/tls/0a9b8c7d6e5f40312233445566778899", "sid": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}, "policy": {"keyProperties": {"exportable": true, "keyType": "RSA"}}}]',
      },
    ],
  },
  check({ report, inventory }) {
    return {
      material(material) {
        const { thumbprint, versions } = material;
        const { uses, related } = needOf(material);
        for (const record of policyHolders(versions, inventory, staysInVault)) {
          const { keyType, origin } = record;
          const isHardware = isHsm(record);
          report({ message: isHardware ? 'hardware' : 'not-exportable', at: origin, data: { holder: nameRecord(record), keyType: keyType ?? '', thumbprint, uses }, related });
        }
      },
    };
  },
});

function staysInVault(record: VaultCertificate): boolean {
  return record.exportable === false || isHsm(record);
}

function isHsm({ keyType }: VaultCertificate): boolean {
  return keyType !== null && /-HSM$/i.test(keyType);
}

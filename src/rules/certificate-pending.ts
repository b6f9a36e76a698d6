// The vault is not still making a new version of a certificate that is needed.

import { commandName, defineRule, nameRecord, needOf, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'certificate-pending',
  family: 'certificate',
  summary: 'No request for a new version of a certificate that is needed is open.',
  why: 'Until a request is finished, or merged with what the issuer sent, there is no new version: a thumbprint that somebody expects is not there yet.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  messages: {
    pending: {
      message: 'The vault is still making the certificate {holder}.',
      help: 'Finish the request: "az keyvault certificate pending show --vault-name {vault} --name {name}" says what it waits for, "az keyvault certificate pending merge" takes what the issuer sent. Then export the vault again.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls", "name": "tls", "x509ThumbprintHex": null, "x509Thumbprint": null, "attributes": {"enabled": false}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
      },
    ],
  },
  check({ report, inventory }) {
    const told = new Set<VaultCertificate>();
    return {
      material(material) {
        const { thumbprint, versions } = material;
        const { uses, related } = needOf(material);
        for (const [version] of versions) {
          const record = inventory.versionsOf(version).find(({ pending }) => pending);
          if (record === undefined || told.has(record)) continue;
          told.add(record);
          report({ message: 'pending', at: record.origin, data: { holder: nameRecord(record), vault: commandName(record.vault, 'VAULT'), name: commandName(record.name, 'NAME'), thumbprint, uses }, related });
        }
      },
    };
  },
});

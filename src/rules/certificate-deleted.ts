// A certificate that is needed was not deleted from the vault.

import { commandName, defineRule, nameRecord, needOf } from '../core/rule.js';

export default defineRule({
  id: 'certificate-deleted',
  family: 'certificate',
  summary: 'A certificate that is needed was not deleted from the vault.',
  why: 'A deleted certificate can be recovered for some days; until then nobody can fetch it, and its name cannot be used again.',
  source: 'https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['osProfile'],
  messages: {
    deleted: {
      message: 'The certificate {holder} is deleted from the vault.',
      help: 'Recover it: "az keyvault certificate recover --vault-name {vault} --name {name}".',
    },
    'not-listed': {
      message: 'The certificate {holder} is deleted from the vault.',
      cause: 'osProfile does not list its secret URL, either.',
      help: 'Recover it ("az keyvault certificate recover --vault-name {vault} --name {name}") and list its secret URL in osProfile.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}, "deletedDate": "2026-12-01T09:00:00+00:00", "recoveryId": "https://shop-kv.vault.azure.net/deletedcertificates/tls", "scheduledPurgeDate": "2027-03-01T09:00:00+00:00"}, {"id": "https://shop-kv.vault.azure.net/certificates/api/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "api", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true}}]',
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
  check({ report, evidence }) {
    return {
      material(material) {
        const { thumbprint, deleted, listed } = material;
        if (deleted === null) return;
        const { uses, related } = needOf(material);
        const message = listed !== null || evidence.osProfile === undefined ? 'deleted' : 'not-listed';
        const data = { holder: nameRecord(deleted), name: commandName(deleted.name, 'NAME'), vault: commandName(deleted.vault, 'VAULT'), thumbprint, uses };
        report({ message, at: deleted.origin, data, related });
      },
    };
  },
});

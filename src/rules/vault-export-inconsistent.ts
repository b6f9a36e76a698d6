// A thumbprint in a vault export is that of the certificate beside it.

import { EXAMPLE_LEAF, EXAMPLE_LEAF_DER, commandName, defineRule, needOf, type VaultCertificate } from '../core/rule.js';

export default defineRule({
  id: 'vault-export-inconsistent',
  family: 'certificate',
  summary: 'Each thumbprint that a vault export states is the SHA-1 of the certificate beside it.',
  why: 'No vault says otherwise, so the export was edited or put together from two, and nothing in it can be relied on.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  messages: {
    certificate: {
      message: 'The export states the thumbprint {stated} for "{name}", and the certificate beside it has {computed}.',
      help: 'Export again: "az keyvault certificate list-versions --vault-name {vault} --name {command} -o json".',
    },
    two: {
      message: 'The export states several thumbprints for "{name}", {stated} among them.',
      help: 'Export again: "az keyvault certificate list-versions --vault-name {vault} --name {command} -o json".',
    },
  },
  examples: {
    bad: [
      {
        cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`,
        vault:
          `[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true}, "cer": "${EXAMPLE_LEAF_DER}"}]`,
      },
    ],
    good: [
      {
        cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`,
        vault:
          `[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "${EXAMPLE_LEAF}", "attributes": {"enabled": true}, "cer": "${EXAMPLE_LEAF_DER}"}]`,
      },
    ],
  },
  check({ report }) {
    const told = new Set<VaultCertificate>();
    return {
      material(material) {
        const { thumbprint, versions, contradicting } = material;
        for (const record of contradicting === null ? versions.flat() : [contradicting, ...versions.flat()]) {
          const [stated] = record.contradicted;
          if (stated === undefined || told.has(record)) continue;
          told.add(record);
          const { uses, related } = needOf(material);
          const { vault, name } = record;
          const data = { name, stated: stated.digits, computed: record.thumbprint ?? '', vault: commandName(vault, 'VAULT'), command: commandName(name, 'NAME'), thumbprint, uses };
          report({ message: record.thumbprint === null ? 'two' : 'certificate', at: stated.location, data, related });
        }
      },
    };
  },
});

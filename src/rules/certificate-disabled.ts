// The version of a certificate that is needed is switched on in the vault.

import { commandName, defineRule, nameRecord, needOf } from '../core/rule.js';

export default defineRule({
  id: 'certificate-disabled',
  family: 'certificate',
  summary: 'The version of a certificate that is needed is switched on in the vault.',
  why: 'Of a disabled version nobody can read the secret, so that the deployment cannot fetch it.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['osProfile'],
  messages: {
    disabled: {
      message: 'The certificate {holder}, {version}, is disabled in the vault.',
      help: 'Enable it: "az keyvault certificate set-attributes --vault-name {vault} --name {name}{option} --enabled true". If it is disabled because it was replaced, name the newer version in the .cscfg and in osProfile.',
    },
    'not-listed': {
      message: 'The certificate {holder}, {version}, is disabled in the vault.',
      cause: 'osProfile does not list its secret URL, either.',
      help: 'Enable it ("az keyvault certificate set-attributes --vault-name {vault} --name {name}{option} --enabled true") and list its secret URL in osProfile. If it is disabled because it was replaced, name the newer version in both.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": false}}]',
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
        const { thumbprint, versions, listed } = material;
        const { uses, related } = needOf(material);
        const isListed = listed !== null;
        const off = versions.flatMap((same) => (same.some(({ enabled }) => enabled === true) ? [] : (same.find(({ enabled }) => enabled === false) ?? [])));
        // Where osProfile chooses none of several, one that is switched on is enough.
        const [first] = off;
        if (first === undefined || (!isListed && off.length < versions.length)) return;
        for (const record of isListed ? off : [first]) {
          const { name, version, origin } = record;
          const message = isListed || evidence.osProfile === undefined ? 'disabled' : 'not-listed';
          const data = { holder: nameRecord(record), name: commandName(name, 'NAME'), vault: commandName(record.vault, 'VAULT'), thumbprint };
          report({ message, at: origin, data: { ...data, version: version === null ? 'its current version' : `version ${version}`, option: version === null ? '' : ` --version ${commandName(version, 'VERSION')}`, uses }, related });
        }
      },
    };
  },
});

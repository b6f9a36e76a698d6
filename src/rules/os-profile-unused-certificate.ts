// osProfile lists no certificate that no role names.

import { defineRule, isPasswordCertificate, listedVersions, once, showKnown, type ConfigurationFact } from '../core/rule.js';
import { classify } from '../core/thumbprint.js';

export default defineRule({
  id: 'os-profile-unused-certificate',
  family: 'os-profile',
  summary: 'Every certificate that osProfile lists is named by a role.',
  why: 'A certificate that nobody names does no harm, and while an upgrade rolls the older one is still needed. Once that is over, it is one more secret that has to stay in the vault.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'info',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault', 'osProfile'],
  uses: ['configurations'],
  messages: {
    unused: {
      message: 'osProfile lists {url}, and no .cscfg names its thumbprint, {thumbprint}.',
      help: 'Leave it while an upgrade from it is under way, or where something else needs it. Else take it out of osProfile.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}, {"id": "https://shop-kv.vault.azure.net/certificates/api/0a9b8c7d6e5f40312233445566778899", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}, {"certificateUrl": "https://shop-kv.vault.azure.net/secrets/api/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}, {"id": "https://shop-kv.vault.azure.net/certificates/api/0a9b8c7d6e5f40312233445566778899", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}, {"certificateUrl": "https://shop-kv.vault.azure.net/secrets/api/0a9b8c7d6e5f40312233445566778899", "isBootstrapCertificate": true}]}]',
      },
    ],
  },
  check({ report, evidence, inventory, path }) {
    const named = new Set<string>();
    /** A thumbprint that is missing, in doubt or misshapen may be the one that was meant. */
    let isOpen = false;
    return {
      ServiceConfiguration() {
        // Of a service without certificates, too, `end` speaks.
      },
      // What is inside of it was not read.
      'schema:unknown-element'({ parent: { path: place } }) {
        if (place.startsWith('Role') || place === 'ServiceConfiguration') isOpen = true;
      },
      role({ compared }) {
        if (compared !== null && compared.certificates.missing.length > 0) isOpen = true;
      },
      certificate({ comparable, certificate }) {
        if (isPasswordCertificate(certificate)) return;
        if (comparable === null) isOpen = true;
        else if (inventory.judge(comparable).kind !== 'present') isOpen = true;
        else named.add(comparable);
      },
      end() {
        if (isOpen) return;
        const others = (evidence.configurations?.(path) ?? []).map(thumbprintsOf);
        if (others.some((digits) => digits === null)) return;
        for (const digits of others.flatMap((one) => one ?? [])) named.add(digits);
        for (const { url: { url, bootstrap, location }, record } of listedVersions(evidence.vault)(evidence.osProfile)) {
          const thumbprint = record?.thumbprint ?? null;
          if (bootstrap || thumbprint === null || named.has(thumbprint)) continue;
          report({ message: 'unused', at: location, data: { url: showKnown(url), thumbprint } });
        }
      },
    };
  },
});

/** The thumbprints of another configuration; null where one of them is missing or misshapen. */
const thumbprintsOf = once(({ roles }: ConfigurationFact): readonly string[] | null => {
  const all: string[] = [];
  for (const { thumbprint } of roles.flatMap(({ certificates }) => certificates)) {
    const reading = thumbprint === null ? null : classify(thumbprint.value);
    if (reading === null || !('digits' in reading) || reading.digits === null) return null;
    all.push(reading.digits);
  }
  return all;
});

// Each URL, each certificate and each vault is in osProfile once.

import { defineRule, holdsPlaceholder, isKnown, readSecretUrl, secretUrlKey, type CertificateUrl, type Location, type SecretGroup } from '../core/rule.js';

export default defineRule({
  id: 'secret-group-duplicate',
  family: 'os-profile',
  summary: 'osProfile lists each vault in one group, and each certificate once.',
  why: 'Azure is known to refuse two groups of one vault, and one URL twice in a group, for scale sets. Two versions of one certificate are what a rotation leaves when the new URL is added and the old one stays.',
  source: 'https://github.com/Azure/azure-powershell/issues/7589',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    vault: {
      message: 'osProfile lists vault {vault} in two groups.',
      help: 'Put the URLs of both into one group.',
      azure: 'List secrets contains repeated instances of {id}, which is disallowed.',
      azureSeen: 'similar',
    },
    url: {
      message: 'osProfile lists {url} twice.',
      help: 'Delete one of the two entries.',
      azure: 'List vaultCertificates contains repeated instances of ({url}, <store>), which is disallowed.',
      azureSeen: 'similar',
    },
    version: {
      message: 'osProfile lists two versions of "{name}" in vault {vault}.',
      help: 'Keep the URL of the version whose thumbprint the .cscfg names; take the other out once no instance needs it any more.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}, {"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}, {"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/api/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}, {"certificateUrl": "https://shop-kv.vault.azure.net/secrets/api/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      run() {
        for (const { secrets } of evidence.osProfile.services) {
          for (const { group, id, first } of repeatedVaults(secrets)) {
            const related = [{ note: 'the first group of that vault', location: first }];
            report({ message: 'vault', at: group.location, data: { id, vault: id.slice(id.lastIndexOf('/') + 1) }, related });
          }
          for (const { url, text, first } of repeatedCertificates(secrets)) {
            const isSame = secretUrlKey(text) === secretUrlKey(first.text);
            const { name = '', vault = '' } = readSecretUrl(text).parts ?? {};
            const related = [{ note: isSame ? 'the first entry' : 'another version', location: first.url.location }];
            report({ message: isSame ? 'url' : 'version', at: url.location, data: { url: text, name, vault }, related });
          }
        }
      },
    };
  },
});

interface RepeatedVault {
  readonly group: SecretGroup;
  readonly id: string;
  readonly first: Location;
}

/** Groups of a vault that has a group before. Resource IDs compare without case. */
function repeatedVaults(groups: readonly SecretGroup[]): RepeatedVault[] {
  const seen = new Map<string, Location>();
  return groups.flatMap((group) => {
    const id = group.vaultId;
    if (id === null || !isKnown(id) || holdsPlaceholder(id)) return [];
    const first = seen.get(id.toLowerCase());
    if (first === undefined) seen.set(id.toLowerCase(), group.location);
    return first === undefined ? [] : [{ group, id, first }];
  });
}

interface Listed {
  readonly url: CertificateUrl;
  readonly text: string;
}

/** URLs of a certificate that has one before, in whatever group. What has not the form of a URL is told of by itself. */
function repeatedCertificates(groups: readonly SecretGroup[]): (Listed & { readonly first: Listed })[] {
  const byUrl = new Map<string, Listed>();
  const byName = new Map<string, Listed>();
  return groups.flatMap(({ certificateUrls }) => certificateUrls).flatMap((url) => {
    if (!isKnown(url.url) || holdsPlaceholder(url.url)) return [];
    const listed = { url, text: url.url };
    const { parts, problem } = readSecretUrl(url.url);
    if (parts === null || problem !== null) return [];
    const [key, name] = [secretUrlKey(url.url) ?? '', `${parts.host}/${parts.name}`.toLowerCase()];
    const first = byUrl.get(key) ?? byName.get(name);
    if (!byUrl.has(key)) byUrl.set(key, listed);
    if (!byName.has(name)) byName.set(name, listed);
    return first === undefined ? [] : [{ ...listed, first }];
  });
}

// Every URL of osProfile is in the vault under which it is listed.

import { defineRule, holdsPlaceholder, isKnown, once, readResourceId, readSecretUrl, urlsIn, versionsIn, type CertificateEntry, type CertificateUrl, type OsProfile, type SecretGroup } from '../core/rule.js';

export default defineRule({
  id: 'secret-url-vault-mismatch',
  family: 'os-profile',
  summary: 'The vault in each certificate URL is that of sourceVault.id.',
  why: 'A group of osProfile.secrets holds the URLs of one vault. Azure refuses a URL of another: it looks for access to the vault that sourceVault names.',
  source: 'https://github.com/microsoft/service-fabric-issues/issues/1460',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  uses: ['vault'],
  messages: {
    mismatch: {
      message: '{url} is in vault {vault}, and osProfile lists it under sourceVault {source}.',
      help: 'Correct the one that is wrong. URLs of another vault stand in a group of their own, with the id of that vault.',
      azure: "Key Vault {url} either has not been enabled for deployment or the vault id provided, {id}, does not match the Key Vault's true resource id.",
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/other-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/Shop-KV"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
  },
  check({ report, evidence, inventory }) {
    const entries: CertificateEntry[] = [];
    const isFor = (url: CertificateUrl) => {
      const thumbprint = evidence.vault === undefined ? null : (versionsIn(evidence.vault).of(url.url)?.thumbprint ?? null);
      return ({ comparable }: CertificateEntry) => {
        const verdict = comparable === null ? null : inventory.judge(comparable);
        return (verdict?.kind === 'wrong-url' && verdict.listed === url) || (comparable !== null && comparable === thumbprint);
      };
    };
    return {
      certificate(entry) {
        entries.push(entry);
      },
      'ServiceConfiguration:exit'() {
        for (const { url, group, mismatch } of mismatches(evidence.osProfile)) {
          const related = [{ note: 'the sourceVault of the group', location: group.location }];
          const uses = entries.filter(isFor(url)).map(({ role, certificate }) => ({ role, certificate }));
          report({ message: 'mismatch', at: url.location, data: { ...mismatch, uses }, related });
        }
      },
    };
  },
});

interface Mismatched {
  readonly url: CertificateUrl;
  readonly group: SecretGroup;
  readonly mismatch: Mismatch;
}

const mismatches = once((osProfile: OsProfile): readonly Mismatched[] =>
  urlsIn(osProfile).flatMap(({ url, group }) => {
    const mismatch = mismatchOf(url, group);
    return mismatch === null ? [] : [{ url, group, mismatch }];
  }),
);

interface Mismatch {
  readonly url: string;
  /** The vault that the URL names, and the one of the group with its resource ID. */
  readonly vault: string;
  readonly source: string;
  readonly id: string;
}

/** Null where they agree, where one of them is not known, and for a URL whose form is wrong: that is told of by itself. */
function mismatchOf({ url }: CertificateUrl, { vaultId: id }: SecretGroup): Mismatch | null {
  if (id === null || !isKnown(id) || !isKnown(url) || holdsPlaceholder(url) || holdsPlaceholder(id)) return null;
  const source = readResourceId(id)?.name;
  const { parts, problem } = readSecretUrl(url);
  if (source === undefined || parts === null || problem !== null) return null;
  return source.toLowerCase() === parts.vault.toLowerCase() ? null : { url, vault: parts.vault, source, id };
}

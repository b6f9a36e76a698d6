// Every URL of osProfile is that of a version of a secret.

import { defineRule, holdsPlaceholder, isKnown, once, readSecretUrl, secretUrl, urlsIn, type CertificateUrl, type Location, type OsProfile, type SecretUrlReading, type Span } from '../core/rule.js';

const AZURE = '{url} is not a valid versioned Key Vault Secret URL. It should be in the format https://<vaultEndpoint>/secrets/<secretName>/<secretVersion>.';
const REPLACE = 'Write {right} in its place.';

export default defineRule({
  id: 'secret-url-format',
  family: 'os-profile',
  summary: 'Every certificate URL of osProfile is that of a secret, with its version.',
  why: 'A certificate is fetched as a secret, in one version. The portal shows a Certificate Identifier and a Secret Identifier side by side, and Azure refuses the first.',
  source: 'https://github.com/Azure/azure-cli-extensions/issues/6528',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    certificate: { message: 'osProfile lists the URL of a certificate, {url}; a deployment takes the URL of its secret.', help: REPLACE, azure: AZURE },
    key: { message: 'osProfile lists the URL of a key, {url}; a deployment takes the URL of the secret.', help: REPLACE, azure: AZURE },
    unversioned: { message: 'osProfile lists a secret without its version, {url}.', help: REPLACE, azure: AZURE },
    'misshapen-version': { message: 'osProfile lists {url}, and a version has 32 hexadecimal digits.', help: REPLACE, azure: AZURE },
    http: { message: 'osProfile lists {url}; a vault is reached by https only.', help: REPLACE, azure: AZURE },
    'managed-hsm': {
      message: 'osProfile lists {url}, which is in a managed HSM; that holds keys only, and no certificate.',
      help: 'Import the certificate into a Key Vault, and write the URL of its secret, with its version.',
      azure: AZURE,
    },
    'private-link': { message: 'osProfile lists {url} by the name of a private endpoint; the URL of a vault stays the same behind one.', help: REPLACE, azure: AZURE },
    'no-scheme': {
      message: 'osProfile lists {url}, without "https:" before it.',
      help: 'Write {right} in its place. The Azure CLI splits the value of --secrets at every colon: write the osProfile as JSON instead.',
      azure: AZURE,
    },
    'no-url': {
      message: 'osProfile lists "{url}", which is not the URL of a secret.',
      help: 'Write the Secret Identifier that the vault shows for the version of the certificate: https://VAULT.vault.azure.net/secrets/NAME/VERSION.',
      azure: AZURE,
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
  },
  check({ report, evidence, inventory }) {
    const needed = new Map<CertificateUrl, Needed>();
    return {
      certificate({ role, certificate, element, thumbprint, comparable }) {
        const verdict = comparable === null ? null : inventory.judge(comparable);
        if (verdict?.kind !== 'wrong-url') return;
        const need = needed.get(verdict.listed) ?? { right: verdict.record.secretUrl, uses: [], related: [{ note: 'the vault export has it here', location: verdict.record.origin }] };
        need.uses.push({ role, certificate });
        need.related.push({ note: `"${certificate}" of role "${role}" needs it`, location: thumbprint?.valueSpan ?? element.nameSpan });
        needed.set(verdict.listed, need);
      },
      'ServiceConfiguration:exit'() {
        for (const { url, text, reading, problem } of wrongUrls(evidence.osProfile)) {
          const need = needed.get(url);
          const data = { url: shown(text), right: need?.right ?? rightUrl(reading), uses: need?.uses ?? [] };
          report({ message: problem, at: url.location, data, related: need?.related ?? [] });
        }
      },
    };
  },
});

interface WrongUrl {
  readonly url: CertificateUrl;
  readonly text: string;
  readonly reading: SecretUrlReading;
  readonly problem: NonNullable<SecretUrlReading['problem']>;
}

const wrongUrls = once((osProfile: OsProfile): readonly WrongUrl[] =>
  urlsIn(osProfile).flatMap(({ url }) => {
    const text = url.url;
    if (!isKnown(text) || holdsPlaceholder(text)) return [];
    const reading = readSecretUrl(text);
    return reading.problem === null ? [] : [{ url, text, reading, problem: reading.problem }];
  }),
);

/** What of the .cscfg a URL was meant for. */
interface Needed {
  /** The URL that the vault export has. */
  readonly right: string | null;
  readonly uses: { role: string; certificate: string }[];
  readonly related: { readonly note: string; readonly location: Span | Location }[];
}

/** A value is shown to this length, and without what follows a `?`: that may be a signature. */
const MAX_SHOWN = 200;

function shown(url: string): string {
  const [head = ''] = url.split('?', 1);
  return head.length > MAX_SHOWN ? `${head.slice(0, MAX_SHOWN)}…` : head;
}

/** The URL of the secret as far as the wrong one tells it. */
function rightUrl({ parts, problem }: SecretUrlReading): string {
  if (parts === null) return 'the URL of the secret';
  const host = parts.host.replace(/\.(?:privatelink\.)?vaultcore\./, '.vault.');
  return secretUrl(host, parts.name, parts.version === null || problem === 'misshapen-version' ? '<version>' : parts.version);
}

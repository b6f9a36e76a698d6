// Identifiers of Key Vault objects: https://<vault>.<suffix>/<secrets|certificates|keys>/<name>[/<version>].

/** The parts of a Key Vault identifier, as written. */
export interface VaultIdentifier {
  /** Short name of the vault: the first label of the host. */
  readonly vault: string;
  /** Host without a port, lower case. */
  readonly host: string;
  readonly collection: 'secrets' | 'certificates' | 'keys';
  readonly name: string;
  readonly version: string | null;
}

const IDENTIFIER = /^https?:\/\/([a-z0-9][a-z0-9.-]{0,252})(?::443)?\/(secrets|certificates|keys)\/([0-9a-z-]{1,127})(?:\/([^/?#\s]{1,127}))?\/?$/i;

/**
 * Splits a Key Vault identifier, or gives null for anything else.
 *
 * The default port and a trailing slash carry no meaning. Whether a version has the right form is not judged here.
 *
 * https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers
 */
export function parseVaultIdentifier(url: string): VaultIdentifier | null {
  const found = IDENTIFIER.exec(url.trim());
  if (found === null) return null;
  const [, host = '', collection = '', name = '', version] = found;
  return {
    vault: host.split('.', 1)[0] ?? host,
    host: host.toLowerCase(),
    collection: collection.toLowerCase() as VaultIdentifier['collection'],
    name,
    version: version ?? null,
  };
}

/** The URL by which a deployment fetches a version of a certificate: its secret, not the certificate object. */
export function secretUrl(host: string, name: string, version: string): string {
  return `https://${host}/secrets/${name}/${version}`;
}

/**
 * A key under which two spellings of one secret URL meet: case, `:443` and a trailing slash are without meaning.
 * Null for what is not the URL of a secret.
 */
export function secretUrlKey(url: string): string | null {
  const parts = parseVaultIdentifier(url);
  if (parts?.collection !== 'secrets') return null;
  const path = parts.version === null ? parts.name : `${parts.name}/${parts.version}`;
  return `${parts.host}/${path}`.toLowerCase();
}

/** What keeps a URL from being one that a deployment can fetch a certificate by. */
export type SecretUrlProblem =
  /** That of a certificate or a key. */
  | 'certificate'
  | 'key'
  /** A secret without its version. */
  | 'unversioned'
  /** A version that is not 32 hexadecimal digits. */
  | 'misshapen-version'
  | 'http'
  | 'managed-hsm'
  /** The name by which a private endpoint is found: the URL of the vault stays the same. */
  | 'private-link'
  /** Only `//host/…`, as the Azure CLI leaves it when it splits at colons. */
  | 'no-scheme'
  | 'no-url';

/** What a certificate URL is: its parts as far as there are any, and the first thing that is wrong with it. */
export interface SecretUrlReading {
  readonly parts: VaultIdentifier | null;
  readonly problem: SecretUrlProblem | null;
}

/**
 * Judges the form of a certificate URL. A host suffix that is not known is no problem: there are closed clouds.
 *
 * https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault
 */
export function readSecretUrl(url: string): SecretUrlReading {
  const text = url.trim();
  const isBare = text.startsWith('//');
  const parts = parseVaultIdentifier(isBare ? `https:${text}` : text);
  return { parts, problem: parts === null ? 'no-url' : isBare ? 'no-scheme' : problemOf(parts, text) };
}

function problemOf({ collection, host, version }: VaultIdentifier, url: string): SecretUrlProblem | null {
  if (/(?:^|\.)managedhsm\./.test(host)) return 'managed-hsm';
  if (collection !== 'secrets') return collection === 'keys' ? 'key' : 'certificate';
  if (version === null) return 'unversioned';
  if (!/^[0-9a-f]{32}$/i.test(version)) return 'misshapen-version';
  if (/^http:/i.test(url)) return 'http';
  return /(?:^|\.)(?:privatelink\.|vaultcore\.)/.test(host) ? 'private-link' : null;
}

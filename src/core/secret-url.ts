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

// What vault exports say of the certificates that osProfile lists: whose version a URL is, and whether there is a newer one.

import { isKnown } from './known.js';
import { once } from './once.js';
import { readSecretUrl } from './secret-url.js';
import type { CertificateUrl, Known, OsProfile, SecretGroup, VaultCertificate, VaultExport } from './types.js';

/** A certificate of a vault, with all that the exports hold of it. */
interface Held {
  readonly versions: Map<string, VaultCertificate>;
  /** Records in the order of the exports, those without a version too. */
  readonly records: VaultCertificate[];
  /** Whether a list of its versions is there: a plain list, or one record, holds the current version only. */
  isListed: boolean;
}

/** The records of all exports, asked by URL. Vaults, names and versions compare without case. */
class VaultVersions {
  private readonly held = new Map<string, Held>();
  private readonly isComplete: boolean;

  constructor(exports: readonly VaultExport[]) {
    this.isComplete = exports.every(({ complete }) => complete);
    for (const record of exports.flatMap(({ records }) => records)) this.add(record);
  }

  private add(record: VaultCertificate): void {
    const key = keyOf(record);
    const held: Held = this.held.get(key) ?? { versions: new Map(), records: [], isListed: false };
    this.held.set(key, held);
    held.records.push(record);
    const { version } = record;
    if (version === null || record.pending) return;
    held.isListed ||= record.isCurrent !== 'unknown';
    // Of two records of one version the one that tells the thumbprint is worth more.
    const before = held.versions.get(version.toLowerCase());
    if (before === undefined || before.thumbprint === null) held.versions.set(version.toLowerCase(), record);
  }

  /** The version that a URL names; null where no export has it, and for what names none. */
  of(url: Known): VaultCertificate | null {
    const parts = isKnown(url) ? readSecretUrl(url).parts : null;
    if (parts === null) return null;
    return this.held.get(keyOf(parts))?.versions.get(parts.version?.toLowerCase() ?? '') ?? null;
  }

  /** Whether the exports have every version of the certificate that a URL names, and not the version in it. */
  lacks(url: Known): boolean {
    const { parts, problem } = readSecretUrl(isKnown(url) ? url : '');
    if (parts === null || problem !== null) return false;
    const held = this.held.get(keyOf(parts));
    return this.isComplete && held?.isListed === true && !held.versions.has(parts.version?.toLowerCase() ?? '');
  }

  /** The newest version of the same certificate that could be deployed and is newer for certain. */
  newerThan(record: VaultCertificate): VaultCertificate | null {
    const others = this.held.get(keyOf(record))?.records ?? [];
    const newer = others.filter((other) => isUsable(other) && other.thumbprint !== record.thumbprint && isNewer(other, record));
    return newer.reduce<VaultCertificate | null>((newest, other) => (newest === null || isNewer(other, newest) ? other : newest), null);
  }
}

/** The secret URLs of all services, with their groups. */
export const urlsIn = once(({ services }: OsProfile): readonly { readonly url: CertificateUrl; readonly group: SecretGroup }[] =>
  services.flatMap(({ secrets }) => secrets.flatMap((group) => group.certificateUrls.map((url) => ({ url, group })))),
);

/** Asks some exports. */
export const versionsIn: (exports: readonly VaultExport[]) => VaultVersions = once((exports: readonly VaultExport[]) => new VaultVersions(exports));

/** A URL that osProfile lists, and the version that it names; null where no export has that. */
export interface ListedVersion {
  readonly url: CertificateUrl;
  readonly record: VaultCertificate | null;
}

/** The URLs of osProfile, explained by some exports: `listedVersions(exports)(osProfile)`. */
export const listedVersions: (exports: readonly VaultExport[]) => (osProfile: OsProfile) => readonly ListedVersion[] = once((exports) =>
  once((osProfile) => {
    const versions = versionsIn(exports);
    return urlsIn(osProfile).map(({ url }) => ({ url, record: versions.of(url.url) }));
  }),
);

function keyOf({ vault, name }: Pick<VaultCertificate, 'vault' | 'name'>): string {
  return `${vault}/${name}`.toLowerCase();
}

function isUsable({ thumbprint, enabled, deleted, pending }: VaultCertificate): boolean {
  return thumbprint !== null && enabled !== false && !deleted && !pending;
}

function isNewer(one: VaultCertificate, other: VaultCertificate): boolean {
  if (one.created !== null && other.created !== null) return one.created > other.created;
  if (one.notBefore !== null && other.notBefore !== null) return one.notBefore > other.notBefore;
  return one.isCurrent === true && other.isCurrent !== true;
}

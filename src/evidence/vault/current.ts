// Which of several versions is the current one, as far as one export can tell.

import type { VaultCertificate } from '../../core/types.js';

/** The live versions of one certificate. */
interface Versions {
  /** For each version, the latest time of creation that is stated: its secret may be a second younger than itself. */
  readonly created: Map<string, number | null>;
  /** Thumbprint of the record that a list of current versions holds, where there is one. */
  listed: string | null;
  /** Whether all versions are there. */
  whole: boolean;
}

/**
 * Settles `isCurrent` where an export holds several versions of a certificate, or lists versions. The current one is the
 * newest, enabled or not: a version is surely not current where a newer one stands beside it, and surely current only as the
 * newest of a whole list.
 *
 * https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-versioning
 */
export function settleCurrent(records: readonly VaultCertificate[], isOfWholeList: (record: VaultCertificate) => boolean): VaultCertificate[] {
  const byName = new Map<string, Versions>();
  for (const record of records) {
    if (record.deleted || record.pending) continue;
    const key = keyOf(record);
    const versions = byName.get(key) ?? { created: new Map<string, number | null>(), listed: null, whole: false };
    byName.set(key, versions);
    if (record.version === null) {
      if (record.isCurrent === true) versions.listed ??= record.thumbprint;
      continue;
    }
    const version = record.version.toLowerCase();
    const created = record.created?.getTime() ?? null;
    const before = versions.created.get(version) ?? null;
    versions.created.set(version, created === null || before === null ? (created ?? before) : Math.max(created, before));
    versions.whole ||= isOfWholeList(record);
  }
  const newest = new Map(Array.from(byName, ([key, versions]) => [key, newestOf(versions.created)]));
  return records.map((record) => {
    const key = keyOf(record);
    const versions = byName.get(key);
    if (versions === undefined || record.isCurrent !== 'unknown' || record.version === null) return record;
    const current = isCurrent(record, record.version.toLowerCase(), versions, newest.get(key) ?? NONE);
    return current === 'unknown' ? record : { ...record, isCurrent: current };
  });
}

interface Newest {
  /** The latest time of creation. */
  readonly time: number;
  /** The one version of that time; null where there are several, or where the time of any version is not known. */
  readonly version: string | null;
}

const NONE: Newest = { time: -Infinity, version: null };

function newestOf(created: ReadonlyMap<string, number | null>): Newest {
  let newest = NONE;
  let certain = true;
  for (const [version, time] of created) {
    if (time === null) certain = false;
    else if (time > newest.time) newest = { time, version };
    else if (time === newest.time) newest = { time, version: null };
  }
  return certain ? newest : { time: newest.time, version: null };
}

function isCurrent({ thumbprint }: VaultCertificate, version: string, { created, listed, whole }: Versions, newest: Newest): boolean | 'unknown' {
  if (listed !== null && thumbprint !== null && listed !== thumbprint) return false;
  if ((created.get(version) ?? newest.time) < newest.time) return false;
  return whole && newest.version === version ? true : 'unknown';
}

function keyOf({ host, vault, name }: VaultCertificate): string {
  return `${host ?? vault}/${name}`.toLowerCase();
}

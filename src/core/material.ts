// What evidence holds of a certificate that a service configuration needs: its records in the vault, its local files.

import type { CertificateFact, CertificateUrl, Location, ProblemCode, Related, VaultCertificate } from './types.js';

/** What needs a certificate. */
export interface Use {
  readonly role: string;
  readonly certificate: string;
  /** Its thumbprint in the service configuration. */
  readonly location: Location;
}

/** A certificate that a service configuration needs: it names its thumbprint, or osProfile lists its secret URL. */
export interface Material {
  /** Forty upper-case hexadecimal digits; null for a version that osProfile lists and whose thumbprint no export tells. */
  readonly thumbprint: string | null;
  /** Empty where only osProfile names it. */
  readonly uses: readonly Use[];
  /**
   * Its versions in the vault: those that osProfile lists; where it lists none, those that are switched on; else all. Each has
   * one record or, from several exports, several.
   */
  readonly versions: readonly (readonly [VaultCertificate, ...VaultCertificate[]])[];
  /** The secret URL of these versions, or of the deleted one, where osProfile lists one. */
  readonly listed: CertificateUrl | null;
  /** What the vault has deleted, where nothing else has it. */
  readonly deleted: VaultCertificate | null;
  /** A record of which the export states the thumbprint though the certificate beside it has another, where nothing else has it. */
  readonly contradicting: VaultCertificate | null;
  /** Local certificates with the thumbprint. */
  readonly certificates: readonly CertificateFact[];
}

/** A part of the evidence that tells something of a certificate. */
export interface Source<T> {
  readonly value: T;
  /** For a person: `"tls" in vault contoso-kv`, `CN=shop.example in certs/web.pfx`. */
  readonly holder: string;
  readonly origin: Location;
}

/** Between which moments a certificate is valid, UTC. */
export type Validity = Pick<CertificateFact, 'notBefore' | 'notAfter'>;

/** When a certificate is valid: from the vault where that tells, else from a local file. The certificate itself knows better than a record's attributes. */
export function validityOf({ versions, certificates }: Material): Source<Validity> | null {
  for (const record of versions.flat()) {
    const { certificate, notBefore, expires } = record;
    const value = { notBefore: certificate?.notBefore ?? notBefore, notAfter: certificate?.notAfter ?? expires };
    if (value.notBefore !== null || value.notAfter !== null) return { value, holder: nameRecord(record), origin: record.origin };
  }
  const local = certificates.find(({ notBefore, notAfter }) => notBefore !== null || notAfter !== null);
  return local === undefined ? null : { value: local, holder: nameCertificate(local), origin: local.origin };
}

/** What stands in the certificate itself: from the vault where that has it, else from a local file. */
export function certificateOf({ versions, certificates }: Pick<Material, 'versions' | 'certificates'>): Source<CertificateFact> | null {
  for (const record of versions.flat()) {
    if (record.certificate !== null) return { value: record.certificate, holder: nameRecord(record), origin: record.origin };
  }
  const [local] = certificates;
  return local === undefined ? null : { value: local, holder: nameCertificate(local), origin: local.origin };
}

/** A record for a person. */
export function nameRecord({ name, vault }: VaultCertificate): string {
  return vault === '' ? `"${name}"` : `"${name}" in vault ${vault}`;
}

/** A local certificate for a person. */
export function nameCertificate({ subject, origin }: CertificateFact): string {
  return subject === null ? origin.path : `${subject} in ${origin.path}`;
}

/** What needs a certificate, for the data of a finding about it and for the places beside it. The sentence must not say it: files that share the evidence share the finding. */
export function needOf({ uses, listed }: Material): { readonly uses: readonly Pick<Use, 'role' | 'certificate'>[]; readonly related: readonly Related[] } {
  const places = uses.slice(0, MAX_SHOWN).map(({ role, certificate, location }) => ({ note: `role "${role}" names it here as "${certificate}"`, location }));
  return {
    uses: uses.map(({ role, certificate }) => ({ role, certificate })),
    related: listed === null || uses.length > 0 ? places : [{ note: 'osProfile lists it here', location: listed.location }],
  };
}

/** How many of the places that need a certificate are shown. */
const MAX_SHOWN = 3;

/** Problems of a vault export that say that something is not in it, as opposed to what is wrong with something that is. */
export const PARTIAL_EXPORT: ReadonlySet<ProblemCode> = new Set(['page-of-several', 'truncated-json', 'depth-truncated', 'no-thumbprints', 'unsupported-projection']);

/** The records that tell the policy of versions: it is the certificate's, so that any record of the same name will do. Each certificate has one. */
export function policyHolders(versions: Material['versions'], keeper: PolicyKeeper, isMeant: (record: VaultCertificate) => boolean): VaultCertificate[] {
  const found = new Set<VaultCertificate>();
  for (const [version, ...others] of versions) {
    const own = [version, ...others].find(isMeant);
    const record = own ?? keeper.versionsOf(version).find((other) => !other.pending && isMeant(other));
    if (record !== undefined) found.add(record);
  }
  return [...found];
}

interface PolicyKeeper {
  versionsOf(record: VaultCertificate): readonly VaultCertificate[];
}

export const DAY = 24 * 60 * 60 * 1000;

/**
 * The first moment after the last day of Cloud Services (extended support), 2027-03-31.
 *
 * https://learn.microsoft.com/azure/cloud-services-extended-support/overview
 */
export const AFTER_RETIREMENT = new Date('2027-04-01T00:00:00Z');

/** Whether a version is newer than another, as far as an export tells. */
export function isNewer(one: VaultCertificate, other: VaultCertificate): boolean {
  const [own, theirs] = [one.created ?? one.notBefore, other.created ?? other.notBefore];
  if (own !== null && theirs !== null) return own > theirs;
  return one.isCurrent === true && other.isCurrent === false;
}

/** A name for a command line: one that is none in Key Vault could be anything, and is not put into a command. */
export function commandName(name: string, otherwise: string): string {
  return /^[0-9A-Za-z][0-9A-Za-z-]{0,126}$/.test(name) ? name : otherwise;
}

/** A date without its time: `2026-12-31`, UTC. */
export function showDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown date' : date.toISOString().slice(0, 10);
}

/** A moment to the minute: `2026-12-31 23:59 UTC`. */
export function showMoment(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown moment' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

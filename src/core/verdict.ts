// What evidence says about one thumbprint: what a rule sees of the inventory.

import type { Material, Use } from './material.js';
import type { SecretUrlProblem } from './secret-url.js';
import type { CertificateFact, CertificateUrl, Location, Related, Span, VaultCertificate } from './types.js';

/** A certificate that is known from some evidence, and where. */
export interface Holder {
  /** For a person: `contoso-web, version 9c82a30b… in vault contoso-kv`, `CN=shop.example in certs/web.pfx`. */
  readonly name: string;
  readonly thumbprint: string;
  readonly origin: Location;
}

/** A thumbprint that differs from a known one in one or two digits. */
export interface NearMiss {
  readonly kind: 'near';
  readonly holder: Holder;
  /** Which digits, counted from 0. */
  readonly indices: readonly number[];
}

/** Why a thumbprint is missing: the first of these that holds. */
export type Cause =
  /** A version of a vault certificate, of which osProfile lists another version. */
  | {
      readonly kind: 'other-version';
      readonly record: VaultCertificate;
      readonly listed: CertificateUrl;
      /** The listed version. */
      readonly other: VaultCertificate;
      /** How the version that the .cscfg names lies to the listed one. */
      readonly age: 'older' | 'newer' | 'unknown';
    }
  /** As `other-version`, but the listed version is in no export. */
  | {
      readonly kind: 'unknown-version';
      readonly record: VaultCertificate;
      readonly listed: CertificateUrl;
      /** A version of the same certificate that differs in one or two digits from the listed one. */
      readonly near: { readonly version: string; readonly indices: readonly number[] } | null;
    }
  /** It belongs to an issuer that stands in a .pfx, not to the leaf. */
  | { readonly kind: 'issuer'; readonly issuer: CertificateFact; readonly leaf: CertificateFact | null }
  /** It differs from a known one in one or two digits. */
  | NearMiss
  /** It is the serial number of a certificate, not its thumbprint. */
  | { readonly kind: 'serial'; readonly holder: Holder }
  /** A local certificate has it, the vault does not. */
  | { readonly kind: 'local-only'; readonly certificate: CertificateFact }
  /** The vault has it; its secret URL is not in osProfile. */
  | { readonly kind: 'not-listed'; readonly record: VaultCertificate }
  /** A sample or dummy that nobody replaced. */
  | { readonly kind: 'dummy' }
  /** Nothing has it. */
  | { readonly kind: 'nowhere'; readonly unseen: UnseenVersions | null };

/** Certificates of which the exports may not hold every version: `list` and `show` print the current one only. */
export interface UnseenVersions {
  readonly vault: string;
  /** Null where there are several. */
  readonly name: string | null;
}

/** A version that osProfile pins, and the record of the current one, which may or may not be the same. */
export interface PinnedUnseen {
  readonly record: VaultCertificate;
  readonly url: CertificateUrl;
}

/** What keeps an answer from being yes or no. */
export type Doubt =
  /** osProfile lists a URL that no export explains. */
  | { readonly kind: 'unexplained-url'; readonly url: CertificateUrl }
  /** The same, in a vault of which there is no record at all. */
  | { readonly kind: 'uncovered-vault'; readonly url: CertificateUrl; readonly vault: string }
  /** A URL, or the whole of `secrets`, depends on an expression that cannot be resolved offline. */
  | { readonly kind: 'expression'; readonly expression: string; readonly location: Location }
  /** The export names no version of the certificate, and osProfile pins one. */
  | { readonly kind: 'version-unknown'; readonly record: VaultCertificate; readonly url: CertificateUrl }
  /** The export is a part of what the vault holds. */
  | { readonly kind: 'incomplete-export'; readonly location: Location };

/**
 * The answer for one thumbprint, from the best evidence there is: exactly one kind, and one rule to speak for it.
 */
export type Verdict =
  /** No evidence was given that could tell. */
  | { readonly kind: 'not-compared' }
  | { readonly kind: 'present' }
  | { readonly kind: 'not-in-os-profile'; readonly cause: Cause }
  /** osProfile names the certificate by a URL that nothing can be fetched by: it is the URL that is told of. */
  | { readonly kind: 'wrong-url'; readonly record: VaultCertificate; readonly listed: CertificateUrl; readonly problem: WrongUrlProblem }
  | { readonly kind: 'not-in-vault'; readonly cause: Cause }
  | { readonly kind: 'not-in-certificates'; readonly cause: Cause }
  /** Local certificates only: it is an issuer's. */
  | { readonly kind: 'issuer-only'; readonly issuer: CertificateFact; readonly leaf: CertificateFact | null }
  /** The vault has it, and every record of it says that it is switched off; osProfile, where there is one, does not list it. */
  | { readonly kind: 'disabled' }
  /** The vault has it as a deleted certificate only. `isListed`: osProfile lists its secret URL. */
  | { readonly kind: 'deleted'; readonly record: VaultCertificate; readonly isListed: boolean }
  /** The vault export states it beside a certificate that has another. */
  | { readonly kind: 'contradicted' }
  /** Without an osProfile: the vault has it as an older version only. `current` is null where the export does not tell which is current. */
  | { readonly kind: 'old-version'; readonly record: VaultCertificate; readonly current: VaultCertificate | null }
  | { readonly kind: 'unverified'; readonly doubts: readonly [Doubt, ...Doubt[]] };

/** What is wrong with such a URL: its form, or that it is in another vault than that of `sourceVault`. */
export type WrongUrlProblem = SecretUrlProblem | 'other-vault';

export type VerdictKind = Verdict['kind'];

/** Whether one kind of evidence has a certificate; null where none of the kind was given. */
export type Presence = 'yes' | 'no' | 'unknown' | null;

/** Where a certificate is, link by link of the chain that a deployment follows. */
export interface Trace {
  /** Local certificates. One that is there as somebody's issuer only is not there. */
  readonly certificates: Presence;
  readonly vault: Presence;
  /** Whether the secret URL of its version is listed. */
  readonly osProfile: Presence;
  /** UTC; null where nothing that has the certificate tells. */
  readonly notAfter: Date | null;
}

/** Everything that the evidence of one service configuration knows, asked by thumbprint: forty hexadecimal digits in any case. */
export interface Inventory {
  /** Whether a local file may hold certificates that could not be read. */
  readonly hidesCertificates: boolean;
  judge(thumbprint: string): Verdict;
  /** What {@link judge} rests on. */
  trace(thumbprint: string): Trace;
  /** The only known certificate that a value can have been meant for that lost digits of the thumbprint, or has letters in their place. */
  meantBy(value: string): Holder | null;
  /** The certificate with a serial number: hexadecimal digits in any spelling. */
  bySerial(serial: string): Holder | null;
  /** The certificates that a file needs: those with its thumbprints, each with what needs it. */
  materials(needs: ReadonlyMap<string, readonly Use[]>): Iterable<Material>;
  /** Those that osProfile lists beside them. */
  listedMaterials(needs: ReadonlyMap<string, readonly Use[]>): Iterable<Material>;
  /** Every live or pending record of the certificate that a record is a version of, by vault and name. */
  versionsOf(record: Pick<VaultCertificate, 'vault' | 'name'>): readonly VaultCertificate[];
  /** The vault's live records of a thumbprint. */
  recordsOf(thumbprint: string): readonly VaultCertificate[];
  /** The certificate with a thumbprint, from a file or an export that holds it whole; null where none does. */
  certificateOf(thumbprint: string): CertificateFact | null;
  /** Every certificate that a file or an export holds whole, by its subject. */
  certificatesOfSubject(subject: string): readonly CertificateFact[];
  /** Versions that osProfile pins, of certificates of which the exports hold but the current version, without its name. */
  pinnedUnseen(): readonly PinnedUnseen[];
}

/** `digit 17`, `digits 3 and 40`; counted from 1, as people do. */
export function nameDigits({ indices }: Pick<NearMiss, 'indices'>): string {
  return `${indices.length === 1 ? 'digit' : 'digits'} ${indices.map((index) => index + 1).join(' and ')}`;
}

/** The digits in question as places in the file: `at` is where the thumbprint stands. */
export function placesOfDigits({ holder, indices }: NearMiss, at: Span, path: string): Related[] {
  // Where the value was written with entities its digits do not stand where they are counted.
  if (at.end - at.start !== holder.thumbprint.length) return [];
  return indices.map((index) => ({
    note: `${holder.thumbprint.charAt(index)} there`,
    location: { path, span: { start: at.start + index, end: at.start + index + 1 } },
  }));
}

/** What is known where no evidence was given. */
export const NO_INVENTORY: Inventory = {
  hidesCertificates: false,
  materials: () => [],
  listedMaterials: () => [],
  versionsOf: () => [],
  recordsOf: () => [],
  meantBy: () => null,
  bySerial: () => null,
  certificateOf: () => null,
  certificatesOfSubject: () => [],
  pinnedUnseen: () => [],
  judge: () => ({ kind: 'not-compared' }),
  trace: () => ({ certificates: null, vault: null, osProfile: null, notAfter: null }),
};

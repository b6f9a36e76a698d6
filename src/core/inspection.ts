// What is in one file of evidence, for `cscfglint inspect` to show.

import type { CertificateFact, CertificateShape, CloudServiceFact, EvidenceKind, OsProfileShape, PfxEncryption, Problem, VaultCertificate, VaultFact, VaultShape } from './types.js';
import type { Position } from './source.js';

export interface Inspection {
  readonly path: string;
  /** Null where nothing was recognised. */
  readonly kind: Exclude<EvidenceKind, 'csdef'> | null;
  readonly shape: CertificateShape | VaultShape | OsProfileShape | null;
  readonly certificates: readonly CertificateFact[];
  /** Of a .pfx. */
  readonly encryption: PfxEncryption | null;
  readonly vaultCertificates: readonly VaultCertificate[];
  readonly vaults: readonly VaultFact[];
  readonly services: readonly CloudServiceFact[];
  readonly problems: readonly InspectedProblem[];
}

export interface InspectedProblem extends Pick<Problem, 'code' | 'message' | 'help'> {
  /** Null where the file has no text to point into. */
  readonly at: Position | null;
}

/** Whether a file could not be read: it was not recognised, or a problem hides everything in it. One that holds nothing was read. */
export function isUnread({ kind, certificates, vaultCertificates, vaults, services, problems }: Inspection): boolean {
  if (kind === null) return true;
  return problems.some(({ code }) => code !== 'no-certificate') && certificates.length + vaultCertificates.length + vaults.length + services.length === 0;
}

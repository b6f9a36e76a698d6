// Tells what a file of evidence is and what it holds, without being told which kind it was meant to be.

import type { InspectedProblem, Inspection } from '../core/inspection.js';
import type { SourceFile } from '../core/source.js';
import type { CertificateFile, Problem, ProblemCode } from '../core/types.js';
import { isBicep } from './json.js';
import { readOsProfile } from './os-profile/index.js';
import { readVaultExport, type VaultTools } from './vault/index.js';

export interface InspectOptions extends VaultTools {
  /** Which cloud service, where a source holds several. */
  readonly cloudService: string | null;
}

/** As much of a text as shows what it is. */
const HEAD = 2_000;

/** Whether a text is JSON or is meant to be, rather than certificates in PEM or base64. Templates may begin with a comment. */
export function isExport({ text }: SourceFile): boolean {
  const head = text.slice(0, HEAD).trimStart();
  return /^(?:[[{]|\/[/*]|[A-Z]+: [^\n]*\n)/.test(head) || isBicep(head);
}

/** A service configuration or definition, which holds no certificates but names them. Null for any other text. */
export function inspectService({ path, text }: SourceFile): Inspection | null {
  const head = text.slice(0, HEAD).trimStart();
  const [, root] = /<(?:\w+:)?(ServiceConfiguration|ServiceDefinition)[\s>]/.exec(head) ?? [];
  if (root === undefined || !head.startsWith('<')) return null;
  const what = root === 'ServiceConfiguration' ? 'service configuration' : 'service definition';
  return refused(path, [
    { code: 'wrong-resource', message: `The file is a ${what}: it holds no certificates, only their names.`, help: '"cscfglint FILE" checks a .cscfg, "cscfglint certs FILE" compares its certificates.', at: null },
  ]);
}

/** What is in an export of a vault, or in a source of an osProfile; never throws. */
export function inspectExport(source: SourceFile, { cloudService, ...tools }: InspectOptions): Inspection {
  const { path } = source;
  const vault = readVaultExport(source, tools);
  const { files, services } = readOsProfile([source], { cloudService });
  const [profile] = files;
  const vaultProblems = placed(vault.problems, source);
  const profileProblems = placed(profile?.problems ?? [], source);
  const nothing = refused(path, []);
  const holdsRecords = vault.records.length + vault.vaults.length > 0;
  // Of a terraform state both may be true.
  const isProfile = (profile?.shape ?? null) !== null && (!holdsRecords || services.length > 0);
  if (holdsRecords || (vault.shape !== null && !isProfile)) {
    return {
      ...nothing,
      kind: 'vault',
      shape: vault.shape,
      vaultCertificates: vault.records,
      vaults: vault.vaults,
      services: isProfile ? services : [],
      problems: isProfile ? [...vaultProblems, ...profileProblems] : vaultProblems,
    };
  }
  if (isProfile) return { ...nothing, kind: 'os-profile', shape: profile?.shape ?? null, services, problems: profileProblems };
  return refused(path, telling(vaultProblems, profileProblems));
}

/** What is in a file of certificates: its kind by what it holds, not by its name. */
export function inspectCertificates({ path, shape, certificates, problems }: CertificateFile): Inspection {
  const kind = shape === null ? null : shape === 'pfx' || shape === 'text-encoded-pfx' ? 'pfx' : 'certificate';
  return { ...refused(path, placed(problems, null)), kind, shape, certificates };
}

/** A file that was not recognised. */
export function refused(path: string, problems: readonly InspectedProblem[]): Inspection {
  return { path, kind: null, shape: null, certificates: [], vaultCertificates: [], vaults: [], services: [], problems };
}

/** Problems that say no more than that a reader does not know the file. */
const VAGUE = new Set<ProblemCode>(['unsupported-projection', 'wrong-resource']);

/** Of what two readers say of a file that is neither's, what says more. */
function telling(one: readonly InspectedProblem[], other: readonly InspectedProblem[]): readonly InspectedProblem[] {
  return other.length === 0 || one.some(({ code }) => !VAGUE.has(code)) ? one : other;
}

function placed(problems: readonly Problem[], source: SourceFile | null): InspectedProblem[] {
  return problems.map(({ code, message, help, location: { span } }) => ({ code, message, help, at: span === null || source === null ? null : source.position(span.start) }));
}

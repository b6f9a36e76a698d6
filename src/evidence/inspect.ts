// Tells what a file of evidence is and what it holds, without being told which kind it was meant to be.

import { isUnread, type InspectedProblem, type Inspection } from '../core/inspection.js';
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

/**
 * Whether a file is an export of a vault's certificates, where nobody said that it is: any object with a name and forty
 * hexadecimal digits looks like what a --query leaves of one, such as a package.json with the commit that it was made of.
 */
export function isExportOfVault({ text }: SourceFile, { kind, shape, vaultCertificates }: Inspection): boolean {
  if (kind !== 'vault' || vaultCertificates.every(({ thumbprint }) => thumbprint === null)) return false;
  return shape !== 'projection' || /thumb|"x5t|\.vault\./i.test(text);
}

/** Whether a file is a source of an osProfile, where nobody said that it is: an empty list passes for one without certificates. */
export function isSourceOfProfile({ text }: SourceFile, inspection: Inspection): boolean {
  const { kind, shape, services } = inspection;
  if (kind === 'vault') return services.length > 0;
  if (kind !== 'os-profile' || isUnread(inspection)) return false;
  return (shape !== 'secret-groups' && shape !== 'powershell-secret-groups') || /vaultCertificate/i.test(text);
}

/**
 * Whether a JSON file that cannot be used was probably meant to be evidence, where nobody said that it is. Null for one that
 * is no text.
 */
export function isLookAlike({ text }: SourceFile, inspection: Inspection | null): boolean {
  const code = inspection?.problems[0]?.code ?? 'undecodable';
  if (inspection !== null && inspection.kind !== null) return inspection.problems.length > 0 && inspection.shape !== 'projection';
  if (code === 'empty') return false;
  if (VAGUE.has(code)) return /x509Thumbprint|"x5t|"vaultCertificates|"certificateUrl"|Microsoft\.Compute\/cloudServices/i.test(text);
  return !OF_ANY_JSON.has(code) || /thumbprint|"x5t|\.vault\.|vaultCertificates|Microsoft\.(?:KeyVault|Compute\/cloudServices)/i.test(text);
}

/** What is in a file of certificates: its kind by what it holds, not by its name. */
export function inspectCertificates({ path, shape, certificates, encryption, problems }: CertificateFile): Inspection {
  const kind = shape === null ? null : shape === 'pfx' || shape === 'text-encoded-pfx' ? 'pfx' : 'certificate';
  return { ...refused(path, placed(problems, null)), kind, shape, certificates, encryption };
}

/** A file that was not recognised. */
export function refused(path: string, problems: readonly InspectedProblem[]): Inspection {
  return { path, kind: null, shape: null, certificates: [], encryption: null, vaultCertificates: [], vaults: [], services: [], problems };
}

/** Problems that say no more than that a reader does not know the file. */
const VAGUE = new Set<ProblemCode>(['unsupported-projection', 'wrong-resource']);

/** Problems that a file has whatever it was meant to be. */
const OF_ANY_JSON = new Set<ProblemCode>(['not-json', 'truncated-json', 'undecodable', 'over-limit', 'service-error', 'duplicate-key']);

/** Of what two readers say of a file that is neither's, what says more. */
function telling(one: readonly InspectedProblem[], other: readonly InspectedProblem[]): readonly InspectedProblem[] {
  return other.length === 0 || one.some(({ code }) => !VAGUE.has(code)) ? one : other;
}

function placed(problems: readonly Problem[], source: SourceFile | null): InspectedProblem[] {
  return problems.map(({ code, message, help, location: { span } }) => ({ code, message, help, at: span === null || source === null ? null : source.position(span.start) }));
}

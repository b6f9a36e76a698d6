// Reads the evidence that a service configuration is compared with. Loaded only where some is given.

import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { EvidenceSummary } from '../core/report.js';
import { MAX_TEXT_BYTES, decode, type SourceFile } from '../core/source.js';
import type { CertificateFact, CertificateFile, Evidence, OsProfile, Problem, VaultExport } from '../core/types.js';
import { PARTIAL_EXPORT } from '../core/material.js';
import type { Inventory } from '../core/verdict.js';
import { readCertificateFile } from '../evidence/certificate.js';
import { createInventory } from '../evidence/inventory.js';
import { readOsProfile } from '../evidence/os-profile/index.js';
import { MAX_PFX_BYTES, readPfx } from '../evidence/pfx.js';
import { readVaultExport } from '../evidence/vault/index.js';
import { nodeCrypto } from './crypto.js';
import { systemError } from './failure.js';
import { shownPath } from './files.js';
import { MAX_QUESTIONS, type Passwords } from './passwords.js';

/** The files of each kind, absolute; undefined where that kind was not given at all. */
export interface EvidenceFiles {
  readonly pfx: readonly string[] | undefined;
  readonly vault: readonly string[] | undefined;
  readonly osProfile: readonly string[] | undefined;
  readonly cloudService: string | null;
}

/** Passwords to try on a .pfx, by its absolute path. */
export type PasswordsFor = (path: string) => readonly string[];

/** What was read, ready for the rules. */
export interface LoadedEvidence {
  readonly evidence: Partial<Evidence>;
  readonly inventory: Inventory;
  readonly summaries: readonly EvidenceSummary[];
  /** Files that could not be used at all: the run ends with exit code 2. */
  readonly failures: readonly string[];
  /** What is wrong with files that could be used. */
  readonly warnings: readonly string[];
  /** What is wrong with vault exports that could be used, and is told by rules where they run. */
  readonly shortfalls: readonly string[];
}

/** Reads evidence; each file once, however many service configurations share it. */
export class EvidenceReader {
  readonly #certificates = new Map<string, CertificateFile>();
  readonly #vaults = new Map<string, VaultExport>();
  /** Texts by the path that is shown, for frames. */
  readonly texts = new Map<string, SourceFile>();

  constructor(
    private readonly cwd: string,
    private readonly passwords: Passwords,
  ) {}

  async load(files: EvidenceFiles, passwordsFor: PasswordsFor): Promise<LoadedEvidence> {
    const told = new Told();
    const summaries: EvidenceSummary[] = [];
    const evidence: { -readonly [K in keyof Evidence]?: Evidence[K] } = {};
    const unread = new Set<keyof Evidence>();
    if (files.pfx !== undefined) {
      const read = await inTurn(files.pfx, (path) => this.certificateFile(path, passwordsFor));
      const usable = read.filter((file) => told.judge(file, file.certificates.length > 0, this.texts));
      if (usable.length > 0 || files.pfx.length === 0) evidence.certificates = usable;
      if (usable.length < read.length) unread.add('certificates');
      summaries.push(...read.map((file) => (usable.includes(file) ? certificateSummary(file) : unusable(file, 'pfx'))));
    }
    if (files.vault !== undefined) {
      const read = files.vault.map((path) => this.vaultExport(path));
      const usable = read.filter((file) => told.judge(file, isUsable(file), this.texts, isToldByRules));
      // Of what says nothing of certificates nobody can tell that one is missing.
      if (usable.some(isCertificateExport)) evidence.vault = usable;
      const vaults = usable.flatMap((file) => file.vaults);
      if (vaults.length > 0) evidence.vaults = vaults;
      if (usable.length < read.length) unread.add('vault');
      summaries.push(...read.map((file) => (usable.includes(file) ? vaultSummary(file) : unusable(file, 'vault'))));
    }
    if (files.osProfile !== undefined) {
      const profile = this.osProfile(files.osProfile, files.cloudService);
      const isKnown = profile.services.length > 0;
      const usable = profile.files.filter((file) => told.judge(file, isKnown && file.shape !== null, this.texts));
      if (usable.length < profile.files.length) unread.add('osProfile');
      if (isKnown) evidence.osProfile = profile;
      summaries.push(...profile.files.map((file) => (usable.includes(file) ? osProfileSummary(file) : unusable(file, 'os-profile'))));
    }
    return { evidence, inventory: createInventory(evidence, unread), summaries, failures: told.failures, warnings: told.warnings, shortfalls: told.shortfalls };
  }

  private async certificateFile(path: string, passwordsFor: PasswordsFor): Promise<CertificateFile> {
    const known = this.#certificates.get(path);
    if (known !== undefined) return known;
    const shown = shownPath(path, this.cwd);
    const bytes = readBytes(path, MAX_PFX_BYTES);
    const file = 'problem' in bytes ? failed(shown, bytes.problem) : await readCertificates(shown, bytes.bytes, passwordsFor(path), this.passwords);
    this.#certificates.set(path, file);
    return file;
  }

  private vaultExport(path: string): VaultExport {
    const known = this.#vaults.get(path);
    if (known !== undefined) return known;
    const text = this.text(path);
    const file: VaultExport =
      'problem' in text
        ? { path: text.path, shape: null, records: [], vaults: [], complete: false, problems: [text.problem] }
        : readVaultExport(text.source, { crypto: nodeCrypto, readPfx });
    this.#vaults.set(path, file);
    return file;
  }

  private osProfile(paths: readonly string[], cloudService: string | null): OsProfile {
    const texts = paths.map((path) => this.text(path));
    const sources = texts.flatMap((text) => ('source' in text ? [text.source] : []));
    const broken = texts.flatMap((text) => ('problem' in text ? [{ path: text.path, shape: null, urls: 0, problems: [text.problem] }] : []));
    const profile = readOsProfile(sources, { cloudService });
    return { files: [...profile.files, ...broken], services: profile.services };
  }

  private text(path: string): { source: SourceFile } | { path: string; problem: Problem } {
    const shown = shownPath(path, this.cwd);
    const bytes = readBytes(path, MAX_TEXT_BYTES);
    const location = { path: shown, span: null };
    if ('problem' in bytes) return { path: shown, problem: { ...bytes.problem, location } };
    const decoded = decode(shown, bytes.bytes);
    if (!decoded.ok) return { path: shown, problem: notText(bytes.bytes, location) };
    this.texts.set(shown, decoded.source);
    return { source: decoded.source };
  }
}

/** Reads a file of certificates whatever its name says, and asks for the password of a .pfx where none that was given opens it. */
export async function readCertificates(shown: string, bytes: Uint8Array, given: readonly string[], asked: Pick<Passwords, 'ask'>): Promise<CertificateFile> {
  const plain = /^\.(?:pfx|p12)$/i.test(extname(shown)) ? null : readCertificateFile(shown, bytes, nodeCrypto);
  if (plain !== null && (plain.certificates.length > 0 || plain.problems.some(({ code }) => code !== 'not-certificate'))) return plain;
  let file = readPfx(shown, bytes, { crypto: nodeCrypto, passwords: given });
  if (plain !== null && file.problems.some(({ code }) => code === 'not-pfx')) return plain;
  for (let questions = 0; questions < MAX_QUESTIONS && file.problems.some(isAboutPassword); questions++) {
    const typed = await asked.ask(shown, file.problems.some(({ code }) => code === 'wrong-password-or-altered'));
    if (typed === null) break;
    file = readPfx(shown, bytes, { crypto: nodeCrypto, passwords: [typed] });
  }
  return file;
}

/** One after the other: a person who is asked for a password answers one question at a time. */
async function inTurn<T, R>(values: readonly T[], each: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await each(value));
  return results;
}

type Unplaced = Omit<Problem, 'location'>;

/** The bytes of a file, or why they cannot be had. */
export function readBytes(path: string, limit: number): { bytes: Uint8Array } | { problem: Unplaced } {
  try {
    const { size } = statSync(path);
    if (size > limit) {
      return { problem: { code: 'over-limit', message: `The file has ${size} bytes; at most ${limit} are read.`, help: 'Check that this is the right file.' } };
    }
    return { bytes: readFileSync(path) };
  } catch (error) {
    return { problem: { code: 'unreadable', message: `The file cannot be read: ${systemError(error)}.`, help: 'Check the path and the permissions.' } };
  }
}

export function notText(bytes: Uint8Array, location: Problem['location']): Problem {
  if (bytes[0] === 0x30) {
    return {
      code: 'wrong-resource',
      message: 'The file is binary: a certificate or a .pfx, not JSON.',
      help: 'Give it with --pfx.',
      location,
    };
  }
  return { code: 'undecodable', message: 'The file is no text in UTF-8 or UTF-16.', help: 'Export it again as JSON.', location };
}

function failed(path: string, problem: Unplaced): CertificateFile {
  const kind = /^\.(?:pfx|p12)$/i.test(extname(path)) ? 'pfx' : 'certificate';
  return { path, kind, shape: null, certificates: [], encryption: null, problems: [{ ...problem, location: { path, span: null } }] };
}

export function isAboutPassword({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'needs-password' || code === 'wrong-password-or-altered';
}

/** Whether a rule speaks of what is wrong with a vault export: of the inconsistent and the incomplete. */
function isToldByRules(problem: Problem | undefined): boolean {
  return problem !== undefined && (problem.code === 'inconsistent-thumbprint' || PARTIAL_EXPORT.has(problem.code));
}

/** Whether an export can answer anything. */
function isUsable({ records, vaults }: VaultExport): boolean {
  return vaults.length > 0 || records.some(({ thumbprint }) => thumbprint !== null);
}

/** Whether it says anything of certificates, be it that there is none: what describes a vault does not. */
function isCertificateExport({ records, vaults }: VaultExport): boolean {
  return records.length > 0 || vaults.length === 0;
}

/** Sorts problems into those that make a file useless and those that do not. */
class Told {
  readonly failures: string[] = [];
  readonly warnings: string[] = [];
  readonly shortfalls: string[] = [];

  /** Tells the problems of a file; gives back whether it is usable. */
  judge({ path, problems }: { readonly path: string; readonly problems: readonly Problem[] }, usable: boolean, texts: ReadonlyMap<string, SourceFile>, isTold: (problem: Problem | undefined) => boolean = () => false): boolean {
    const lines = problems.map((problem) => describe(problem, texts));
    if (usable) for (const [index, line] of lines.entries()) (isTold(problems[index]) ? this.shortfalls : this.warnings).push(line);
    else if (lines.length > 0) this.failures.push(...lines);
    else this.failures.push(`${path}: ${basename(path)} holds nothing that can be used.`);
    return usable;
  }
}

function describe({ message, help, location: { path, span } }: Problem, texts: ReadonlyMap<string, SourceFile>): string {
  const text = texts.get(path);
  if (span === null || text === undefined) return `${path}: ${message} ${help}`;
  const { line, column } = text.position(span.start);
  return `${path}:${line}:${column}: ${message} ${help}`;
}

function certificateSummary({ path, kind, shape, certificates }: CertificateFile): EvidenceSummary {
  return { path, kind, shape, records: certificates.length, newest: newest(certificates.map(({ notBefore }: CertificateFact) => notBefore)) };
}

function vaultSummary({ path, shape, records }: VaultExport): EvidenceSummary {
  return { path, kind: 'vault', shape, records: records.length, newest: newest(records.map(({ created, notBefore }) => created ?? notBefore)) };
}

function osProfileSummary({ path, shape, urls }: OsProfile['files'][number]): EvidenceSummary {
  return { path, kind: 'os-profile', shape, records: urls, newest: null };
}

/** Of a file that the run could not use. */
function unusable({ path }: { readonly path: string }, kind: EvidenceSummary['kind']): EvidenceSummary {
  return { path, kind, shape: null, records: 0, newest: null };
}

function newest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((latest, date) => (date !== null && (latest === null || date > latest) ? date : latest), null);
}

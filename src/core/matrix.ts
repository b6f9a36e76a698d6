// The matrix of certificates: which link of the chain from .cscfg to osProfile has each one, and what is to be done next.

import { NO_CHANGES, ruleSettings } from './config.js';
import { lintAll, type PlannedText } from './lint-all.js';
import { prepare, type LintResult, type Plan } from './lint.js';
import type { ProjectFile } from './project.js';
import type { EvidenceSummary } from './report.js';
import type { Use } from './material.js';
import { foldName } from './names.js';
import { hasCertificate } from './plugins.js';
import type { CertificateEntry, Rule } from './rule.js';
import type { Position, SourceFile } from './source.js';
import type { DefinedRole, DefinitionFact, Finding, Severity, Span } from './types.js';
import type { Presence, Trace } from './verdict.js';

/** What one link of the chain says of a certificate. */
export type Cell = 'yes' | 'no' | 'unknown' | 'not given';

/** The links, in the order in which a deployment needs them. */
export const LINKS = ['cscfg', 'csdef', 'pfx', 'vault', 'osProfile'] as const;

export type Link = (typeof LINKS)[number];

/** One certificate of one role. */
export interface MatrixRow {
  readonly role: string;
  readonly certificate: string;
  /** Forty upper-case digits; null where the value neither says nor hides a thumbprint. */
  readonly thumbprint: string | null;
  /** Where it stands in its file, lines and columns from 1; null for one that only the service definition names. */
  readonly at: { readonly start: Position; readonly end: Position } | null;
  readonly cells: Readonly<Record<Link, Cell>>;
  /** Until when it is valid, UTC. */
  readonly expires: Date | null;
  /** Whole days until then, rounded down: negative once it has expired. */
  readonly daysLeft: number | null;
  /** The first link that is broken; `expires` where only its date is. */
  readonly broken: Link | 'expires' | null;
  /** The rule whose advice is the next step; null where none has anything to say. */
  readonly rule: string | null;
  /** Why the chain is broken, where the rule can tell. */
  readonly cause: string | null;
  /** One line. */
  readonly step: string;
}

export interface MatrixFile {
  readonly path: string;
  readonly rows: readonly MatrixRow[];
  /** Why rows may be missing; null where none is. */
  readonly problem: string | null;
  /** Whether it was not read to its end. */
  readonly isPartial: boolean;
}

export interface Matrix {
  readonly files: readonly MatrixFile[];
  readonly evidence: readonly EvidenceSummary[];
  /** How many rows there are, how many of them have a broken link, and how many no broken one but an open question. */
  readonly summary: { readonly certificates: number; readonly broken: number; readonly unknown: number };
}

/** Builds the matrix of many files. They are taken one after the other. */
export function createMatrix(files: Iterable<ProjectFile>, evidence: readonly EvidenceSummary[], rules: readonly Rule[]): Matrix {
  const built: MatrixFile[] = [];
  // Nothing is asked of evidence that no entry needs.
  for (const [file, result] of lintAll(watched(files, rules), { run: true, needs: null })) built.push(matrixOf(file, result));
  const rows = built.flatMap((file) => file.rows);
  const broken = rows.filter((row) => row.broken !== null).length;
  const unknown = rows.filter((row) => row.broken === null && Object.values(row.cells).includes('unknown')).length;
  return { files: built, evidence, summary: { certificates: rows.length, broken, unknown } };
}

/** A file whose entries are gathered while it is linted. */
interface WatchedFile extends PlannedText {
  readonly entries: readonly Entry[];
}

function* watched(files: Iterable<ProjectFile>, rules: readonly Rule[]): Generator<WatchedFile> {
  const advisers = new Map<Plan, Plan>();
  for (const { file, plan } of files) {
    if (plan.settings.language === 'csdef') continue;
    let adviser = advisers.get(plan);
    if (adviser === undefined) {
      adviser = adviserOf(plan, rules);
      advisers.set(plan, adviser);
    }
    const entries: Entry[] = [];
    yield { file, plan: adviser, entries, watch: ({ role, certificate, reading, comparable, element }) => entries.push({ role, certificate, reading, comparable, span: element.span }) };
  }
}

/** The rules give the advice, those too that a config turns off: it is not their finding that is wanted. */
function adviserOf({ settings }: Plan, rules: readonly Rule[]): Plan {
  return prepare(rules, { ...settings, rules: new Map([...ruleSettings(rules, {}, NO_CHANGES), ...settings.rules]) });
}

/** An entry as far as the matrix needs it. */
interface Entry extends Pick<CertificateEntry, 'role' | 'certificate' | 'reading' | 'comparable'> {
  readonly span: Span;
}

const EMULATOR = 'It is for the emulator, so its certificates are not compared with a deployment.';

function matrixOf({ file, plan, entries }: WatchedFile, { findings }: LintResult): MatrixFile {
  const { path } = file.source;
  if (plan.settings.target === 'emulator') return { path, rows: [], problem: EMULATOR, isPartial: false };
  const advice = adviceFor(entries, findings, path);
  const rows = entries.map((entry) => rowOf(entry, advice.get(entry), plan, file.source));
  const problem = problemOf(findings, file.source);
  const { definition } = plan.settings.evidence;
  // Of a file that was read in part nobody knows what it lacks.
  return { path, rows: problem !== null || definition === undefined ? rows : [...rows, ...onlyDefined(entries, definition, plan)], problem, isPartial: problem !== null };
}

/** The most severe finding about each entry. Entries stand one after the other, and so do the findings once they are sorted. */
function adviceFor(entries: readonly Entry[], findings: readonly Finding[], path: string): Map<Entry, Finding> {
  const spans = findings.flatMap((finding) => (finding.location.path === path && finding.location.span !== null ? [{ finding, ...finding.location.span }] : []));
  spans.sort((a, b) => a.start - b.start);
  const advice = new Map<Entry, Finding>();
  let next = 0;
  for (const entry of entries) {
    while ((spans[next]?.start ?? Infinity) < entry.span.start) next++;
    for (let at = spans[next]; at !== undefined && at.start < entry.span.end; at = spans[++next]) {
      const best = advice.get(entry);
      if (at.end <= entry.span.end && (best === undefined || WEIGHT[at.finding.severity] > WEIGHT[best.severity])) advice.set(entry, at.finding);
    }
  }
  adviseUsers(advice, entries, findings);
  return advice;
}

/** A finding about evidence names what needs it. */
function adviseUsers(advice: Map<Entry, Finding>, entries: readonly Entry[], findings: readonly Finding[]): void {
  const byName = new Map<string, Finding>();
  for (const finding of findings) {
    const { uses } = finding.data;
    for (const { role, certificate } of Array.isArray(uses) ? (uses as readonly Use[]) : []) {
      const key = keyOf(role, certificate);
      const best = byName.get(key);
      if (best === undefined || WEIGHT[finding.severity] > WEIGHT[best.severity]) byName.set(key, finding);
    }
  }
  if (byName.size === 0) return;
  for (const entry of entries) {
    const finding = byName.get(keyOf(entry.role, entry.certificate));
    const best = advice.get(entry);
    if (finding !== undefined && (best === undefined || WEIGHT[finding.severity] > WEIGHT[best.severity])) advice.set(entry, finding);
  }
}

/** Certificates that the service definition declares, and the .cscfg does not have. */
function onlyDefined(entries: readonly Entry[], definition: DefinitionFact, { settings: { evidence } }: Plan): MatrixRow[] {
  const configured = new Set(entries.map(({ role, certificate }) => keyOf(role, certificate)));
  const missing = definition.roles.flatMap(({ name: role, certificates }) =>
    certificates.filter(({ value }) => value !== '' && !configured.has(keyOf(role, value))).map(({ value }) => ({ role, certificate: value })),
  );
  return missing.map((one) => ({
    ...one,
    thumbprint: null,
    at: null,
    cells: { cscfg: 'no', csdef: 'yes', ...unasked(evidence) },
    expires: null,
    daysLeft: null,
    broken: 'cscfg',
    rule: null,
    cause: null,
    step: 'Add it to the role in the .cscfg, with its thumbprint; or remove it from the .csdef and build the package again.',
  }));
}

function keyOf(role: string, certificate: string): string {
  return JSON.stringify([foldName(role), foldName(certificate)]);
}

/** What keeps a file from being read to its end: the reader stops there. */
/** What is wrong with a thumbprint itself, no cell tells. */
function causeOf({ ruleId, message, cause }: Finding, active: Plan['active']): string | null {
  const isShape = active.some(({ rule }) => rule.id === ruleId && rule.family === 'thumbprint' && rule.needs.length === 0 && rule.anyOf.length === 0);
  return isShape ? [message, cause].filter((part) => part !== null).join(' ') : cause;
}

function problemOf(findings: readonly Finding[], source: SourceFile): string | null {
  const stop = findings.find(({ ruleId, severity }) => STOPS.has(ruleId) && severity === 'error');
  if (stop === undefined) return null;
  const { line, column } = source.position(stop.location.span?.start ?? 0);
  return `It was not read to its end: line ${line}, column ${column}: ${stop.message}`;
}

const STOPS = new Set(['xml-well-formed', 'xml-doctype', 'xml-encoding', 'schema-root']);

function rowOf(entry: Entry, advice: Finding | undefined, { settings, active }: Plan, source: SourceFile): MatrixRow {
  const { role, certificate, reading, span } = entry;
  const thumbprint = reading !== null && 'digits' in reading ? reading.digits : null;
  const trace = thumbprint === null ? null : settings.inventory.trace(thumbprint);
  const cells = cellsOf(entry, trace, settings);
  const expires = trace?.notAfter ?? null;
  const daysLeft = expires === null ? null : Math.floor((expires.getTime() - settings.now.getTime()) / DAY);
  const broken = isUncompared(entry) ? null : brokenLink(cells, daysLeft);
  return {
    role,
    certificate,
    thumbprint,
    at: { start: source.position(span.start), end: source.position(span.end) },
    cells,
    expires,
    daysLeft,
    broken,
    rule: advice?.ruleId ?? null,
    cause: advice === undefined ? null : causeOf(advice, active),
    step: advice?.help ?? stepOf(entry, cells, broken, daysLeft),
  };
}

const DAY = 24 * 60 * 60 * 1000;

/** Whether it is the one certificate that Azure's client compares with nothing. */
function isUncompared({ reading, comparable }: Entry): boolean {
  return comparable === null && (reading?.kind === 'well-formed' || reading?.kind === 'lower-case');
}

function cellsOf(entry: Entry, trace: Trace | null, { evidence, definitionLacks }: Plan['settings']): MatrixRow['cells'] {
  const { reading } = entry;
  const own = reading === null ? 'no' : OWN[reading.kind];
  const csdef = evidence.definition === undefined ? (definitionLacks === undefined ? 'not given' : 'unknown') : definedCell(entry, evidence.definition.roles);
  if (trace === null) return { cscfg: own, csdef, ...unasked(evidence) };
  return { cscfg: own, csdef, pfx: cellOf(trace.certificates), vault: cellOf(trace.vault), osProfile: cellOf(trace.osProfile) };
}

/** The cells of a certificate whose thumbprint is not known. */
function unasked({ certificates, vault, osProfile }: Plan['settings']['evidence']): Pick<MatrixRow['cells'], 'pfx' | 'vault' | 'osProfile'> {
  const open = (given: unknown): Cell => (given === undefined ? 'not given' : 'unknown');
  return { pfx: open(certificates), vault: open(vault), osProfile: open(osProfile) };
}

function definedCell({ role, certificate }: Entry, roles: readonly DefinedRole[]): Cell {
  return roles.some((one) => foldName(one.name) === foldName(role) && hasCertificate(one, certificate)) ? 'yes' : 'no';
}

/** Whether the .cscfg names a certificate, by what stands in it. */
const OWN: Readonly<Record<NonNullable<Entry['reading']>['kind'], Cell>> = {
  'well-formed': 'yes',
  'lower-case': 'yes',
  dummy: 'no',
  'pipeline-placeholder': 'unknown',
  'hidden-marks': 'no',
  separated: 'no',
  misshapen: 'no',
};

function cellOf(presence: Presence): Cell {
  return presence ?? 'not given';
}

/** A local certificate is only where the vault's comes from: what the vault has, needs none. */
function brokenLink(cells: MatrixRow['cells'], daysLeft: number | null): MatrixRow['broken'] {
  for (const link of LINKS) {
    if (cells[link] === 'no' && (link !== 'pfx' || cells.vault === 'no' || cells.vault === 'not given')) return link;
  }
  return daysLeft !== null && daysLeft < 0 ? 'expires' : null;
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1 };

/** A certificate that expires within these days is worth a word. */
const SOON = 30;

/** The next step where no rule has one. */
function stepOf(entry: Entry, cells: MatrixRow['cells'], broken: MatrixRow['broken'], daysLeft: number | null): string {
  if (isUncompared(entry)) return 'Nothing: it encrypts the password of Remote Desktop, and a deployment is not asked for it.';
  if (broken === 'expires') return 'Renew it: it has expired. Then change the thumbprint here and the secret URL in osProfile.';
  if (broken !== null) return STEPS[broken];
  if (cells.vault === 'not given') return 'Give an export of the vault with --vault, to see whether it is there.';
  if (cells.osProfile === 'not given') return 'Give the template with its parameters, or the cloud service, with --os-profile, to see whether its secret URL is listed.';
  if (Object.values(cells).includes('unknown')) return 'Give the files that were not read, or lack a part, again: what they hold decides.';
  if (daysLeft !== null && daysLeft < SOON) return `Renew it soon: it expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}.`;
  return 'Nothing to do.';
}

const STEPS: Readonly<Record<Link, string>> = {
  cscfg: 'Write the SHA-1 thumbprint of the certificate that is meant.',
  csdef: 'Declare it in the role of the .csdef and build the package again; or remove it here.',
  pfx: 'Check where the thumbprint comes from: no local certificate that was given has it.',
  vault: 'Import the certificate into the vault, and export the vault again.',
  osProfile: 'List the secret URL of its version in osProfile.secrets.',
};

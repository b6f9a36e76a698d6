// The last line of a report: what was found, what it was compared with, and what was not checked.

import type { EvidenceSummary, Report, ReportedFinding, ReportedSkip } from '../core/report.js';
import type { EvidenceKind } from '../core/types.js';
import { visible } from './visible.js';

/** One line, without a line end. */
export function summaryLine(report: Report): string {
  const parts = [
    fixed(report.fixed),
    counts(report),
    fixable(report),
    silenced(report.summary.suppressed),
    compared(report),
    unusable(report.evidence),
    emulator(report),
    notCompared(report),
    notChosen(report.skipped),
    notUsed(report.skipped),
    notRead(report.skipped),
    ...remarksOf(report).map(({ message }) => visible(message)),
    asOf(report.asOf),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Notes about the run as a whole, such as that the service ends. */
export function remarksOf({ files, rules }: Report): ReportedFinding[] {
  return files.flatMap(({ findings }) => findings.filter((finding) => isRemark(finding, rules)));
}

/** Whether a finding is told on the summary line, and not by itself. */
export function isRemark({ ruleId, severity }: ReportedFinding, rules: Report['rules']): boolean {
  return severity === 'info' && rules.get(ruleId)?.remark === true;
}

function asOf(moment: Date | null): string {
  return moment === null ? '' : `Dates are judged as of ${moment.toISOString().slice(0, 10)} (SOURCE_DATE_EPOCH).`;
}

function counts(report: Report): string {
  const { summary, rules } = report;
  const remarks = remarksOf(report).length;
  const files = report.files.map(({ findings }) => findings.filter((finding) => !isRemark(finding, rules)));
  const found = [number(summary.errors, 'error'), number(summary.warnings, 'warning'), number(summary.infos - remarks, 'note')].filter((part) => part !== '');
  if (summary.files === 0) return 'No file checked.';
  if (found.length === 0) return `${number(summary.files, 'file')} checked, nothing found.`;
  const affected = files.filter((findings) => findings.length > 0).length;
  return `${found.join(', ')} in ${affected >= summary.files ? number(affected, 'file') : `${affected} of ${number(summary.files, 'file')}`}.`;
}

function fixed(count: number | null): string {
  if (count === null) return '';
  return count === 0 ? 'Nothing fixed.' : `${count} fixed.`;
}

/** By comments, the config or the baseline. */
function silenced(count: number): string {
  return count === 0 ? '' : `${count} silenced.`;
}

/** What a fix could still do. */
function fixable({ files }: Report): string {
  let [safe, unsafe] = [0, 0];
  for (const { fix } of files.flatMap(({ findings }) => findings)) {
    if (fix?.safety === 'safe') safe++;
    else if (fix !== null) unsafe++;
  }
  if (safe === 0) return unsafe === 0 ? '' : `${unsafe} can be fixed with --fix-unsafe.`;
  return `${safe} can be fixed with --fix${unsafe === 0 ? '' : `, ${unsafe} more with --fix-unsafe`}.`;
}

function number(count: number, what: keyof typeof PLURAL): string {
  return count === 0 ? '' : `${count} ${count === 1 ? what : PLURAL[what]}`;
}

const PLURAL = { error: 'errors', warning: 'warnings', note: 'notes', file: 'files', certificate: 'certificates', URL: 'URLs', rule: 'rules', role: 'roles' } as const;

/** How many evidence files are named; a folder of certificates is one number. */
const MAX_NAMED = 8;

/** The evidence that a report was made with; the service definition is compared with the emulator's configurations, too. */
function compared({ evidence, configurations: { files, emulator } }: Report): string {
  const isForEmulator = emulator > 0 && emulator === files;
  return comparedWith(isForEmulator ? evidence.filter(({ kind }) => kind === 'csdef') : evidence);
}

/** The evidence that was used; empty where none was. */
export function comparedWith(given: readonly EvidenceSummary[]): string {
  const evidence = given.filter((one) => !isUnusable(one));
  if (evidence.length === 0) return '';
  const names = evidence.slice(0, MAX_NAMED).map(({ path, kind, records, newest }) => {
    const details = [number(records, RECORDS[kind]), newest === null ? '' : `newest from ${newest.toISOString().slice(0, 10)}`];
    const known = details.filter((detail) => detail !== '');
    return known.length === 0 ? visible(path) : `${visible(path)} (${known.join(', ')})`;
  });
  const rest = evidence.length - names.length;
  return `Compared with ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

/** What the records of each kind are. */
const RECORDS = { csdef: 'role', vault: 'certificate', 'os-profile': 'URL', pfx: 'certificate', certificate: 'certificate' } as const satisfies Record<EvidenceKind, keyof typeof PLURAL>;

function isUnusable({ shape }: EvidenceSummary): boolean {
  return shape === null;
}

function unusable(evidence: readonly EvidenceSummary[]): string {
  const paths = evidence.filter(isUnusable).map(({ path }) => path);
  return paths.length === 0 ? '' : `Could not be used: ${named(paths)}.`;
}

function emulator({ configurations: { files, emulator: count } }: Report): string {
  if (count === 0) return '';
  const subject = files === 1 ? 'The service configuration' : `${count} of ${files} service configurations`;
  return `${subject} ${count === 1 ? 'was' : 'were'} taken for the emulator's and not compared.`;
}

const EVIDENCE: Readonly<Record<EvidenceKind, string>> = {
  csdef: 'a service definition (--csdef)',
  vault: 'a vault export (--vault)',
  'os-profile': 'an osProfile (--os-profile)',
  pfx: 'local certificates (--pfx)',
  certificate: 'local certificates (--pfx)',
};

function notCompared({ skipped, configurations }: Report): string {
  const lacking = skipped.filter(({ reason }) => reason === 'evidence');
  const rules = new Set(lacking.flatMap((skip) => skip.rules));
  if (rules.size === 0) return '';
  // Of these it is said why there is no service definition.
  const told = new Set([...filesSkipped(skipped, 'ambiguous-definition'), ...filesSkipped(skipped, 'unreadable-definition')]);
  const missing = new Set(lacking.flatMap((skip) => skip.missing.filter((kind) => kind !== 'csdef' || skip.files.some((file) => !told.has(file)))));
  const kinds = [...new Set((Object.keys(EVIDENCE) as EvidenceKind[]).filter((kind) => missing.has(kind)).map((kind) => EVIDENCE[kind]))];
  if (kinds.length === 0) return '';
  const files = new Set(lacking.flatMap((skip) => skip.files)).size;
  const where = files >= configurations.files ? '' : ` in ${files} of ${configurations.files} service configurations`;
  return `Not compared with ${listed(kinds)}: ${number(rules.size, 'rule')} not run${where}.`;
}

function filesSkipped(skipped: readonly ReportedSkip[], why: ReportedSkip['reason']): string[] {
  return [...new Set(skipped.filter(({ reason }) => reason === why).flatMap((skip) => skip.files))];
}

function notUsed(skipped: readonly ReportedSkip[]): string {
  const files = filesSkipped(skipped, 'unreadable-definition');
  return files.length === 0 ? '' : `Not compared with its service definition, which is not well-formed: ${named(files)}.`;
}

function notChosen(skipped: readonly ReportedSkip[]): string {
  const files = filesSkipped(skipped, 'ambiguous-definition');
  return files.length === 0 ? '' : `Not compared with a service definition, since several lie beside ${named(files)} (--csdef names one).`;
}

function notRead(skipped: readonly ReportedSkip[]): string {
  const files = filesSkipped(skipped, 'not-well-formed');
  if (files.length === 0) return '';
  return `Not checked to the end: ${named(files)}.`;
}

/** Paths as they are shown, the first of many. */
function named(files: readonly string[]): string {
  const names = files.slice(0, MAX_NAMED).map(visible);
  const rest = files.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : listed(names);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

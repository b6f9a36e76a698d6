// The last line of a report: what was found, what it was compared with, and what was not checked.

import type { EvidenceSummary, Report, ReportedSkip } from '../core/report.js';
import type { EvidenceKind } from '../core/types.js';
import { visible } from './visible.js';

/** One line, without a line end. */
export function summaryLine(report: Report): string {
  return [fixed(report.fixed), counts(report), fixable(report), compared(report.evidence), notCompared(report.skipped), notRead(report.skipped)].filter((part) => part !== '').join(' ');
}

function counts({ summary, files }: Report): string {
  const found = [number(summary.errors, 'error'), number(summary.warnings, 'warning'), number(summary.infos, 'note')].filter((part) => part !== '');
  if (found.length === 0) return `${number(summary.files, 'file') || 'No file'} checked, nothing found.`;
  const affected = files.filter(({ findings }) => findings.length > 0).length;
  return `${found.join(', ')} in ${affected === summary.files ? number(summary.files, 'file') : `${affected} of ${number(summary.files, 'file')}`}.`;
}

function fixed(count: number | null): string {
  if (count === null) return '';
  return count === 0 ? 'Nothing fixed.' : `${count} fixed.`;
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

const PLURAL = { error: 'errors', warning: 'warnings', note: 'notes', file: 'files', certificate: 'certificates', URL: 'URLs', rule: 'rules' } as const;

/** How many evidence files are named; a folder of certificates is one number. */
const MAX_NAMED = 8;

function compared(evidence: readonly EvidenceSummary[]): string {
  if (evidence.length === 0) return '';
  const named = evidence.slice(0, MAX_NAMED).map(({ path, kind, records, newest }) => {
    const details = [number(records, kind === 'os-profile' ? 'URL' : 'certificate'), newest === null ? '' : `newest ${newest.toISOString().slice(0, 10)}`];
    const known = details.filter((detail) => detail !== '');
    return known.length === 0 ? visible(path) : `${visible(path)} (${known.join(', ')})`;
  });
  const rest = evidence.length - named.length;
  return `Compared with ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

const EVIDENCE: Readonly<Record<EvidenceKind, string>> = {
  csdef: 'a service definition (--csdef)',
  vault: 'a vault export (--vault)',
  'os-profile': 'an osProfile (--os-profile)',
  pfx: 'local certificates (--pfx)',
  certificate: 'local certificates (--pfx)',
};

function notCompared(skipped: readonly ReportedSkip[]): string {
  const lacking = skipped.filter(({ reason }) => reason === 'evidence');
  const rules = new Set(lacking.flatMap((skip) => skip.rules));
  if (rules.size === 0) return '';
  const kinds = [...new Set(lacking.flatMap(({ missing }) => missing.map((kind) => EVIDENCE[kind])))];
  return `Not compared with ${listed(kinds)}: ${number(rules.size, 'rule')} not run.`;
}

function notRead(skipped: readonly ReportedSkip[]): string {
  const files = [...new Set(skipped.filter(({ reason }) => reason === 'not-well-formed').flatMap((skip) => skip.files))];
  if (files.length === 0) return '';
  const named = files.slice(0, MAX_NAMED).map(visible);
  const rest = files.length - named.length;
  return `Not checked to the end: ${rest > 0 ? `${named.join(', ')} and ${rest} more` : listed(named)}.`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

// What the annotations of GitHub and Azure Pipelines have in common: the worst first, and how many the page will not show.

import type { Report, ReportedFinding } from '../core/report.js';
import type { Severity } from '../core/types.js';
import type { Formatter } from './format.js';
import { allFindings } from './place.js';
import { notChecked } from './skipped.js';
import { visible } from './visible.js';

/** One service that shows annotations. */
export interface Annotator {
  readonly name: string;
  /** The line that annotates a finding, without a line end. */
  readonly line: (finding: ReportedFinding) => string;
  /** Which severities become annotations at all. */
  readonly annotated: readonly Severity[];
}

/** Both services keep ten of a kind in one step: `_maxIssueCount` in the sources of the runner and of the agent. */
const KEPT = 10;

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info'];
const NOUN: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Annotations for a log: errors first, last a line about those that the page will not show. Empty without findings. */
export function annotations(report: Report, { name, line, annotated }: Annotator): string {
  const findings = allFindings(report);
  const bySeverity = WORST_FIRST.map((severity) => ({ severity, alike: findings.filter((finding) => finding.severity === severity) }));
  const lines = bySeverity.flatMap(({ alike }) => alike.map(line));
  const hidden = bySeverity
    .filter(({ severity, alike }) => annotated.includes(severity) && alike.length > KEPT)
    .map(({ severity, alike }) => `${alike.length - KEPT} more ${NOUN[severity]}${alike.length - KEPT === 1 ? '' : 's'}`);
  if (hidden.length > 0) lines.push(`cscfglint: ${hidden.join(' and ')} than ${name} shows for one step (${KEPT} of each kind); all of them stand in this log.`);
  return lines.map((one) => `${one}\n`).join('');
}

/** The same as a format of its own, which also says what was not checked: in a plain line. */
export function annotationFormat(annotator: Annotator): Formatter {
  return (report, { quiet }) => {
    const rest = quiet ? '' : notChecked(report);
    return annotations(report, annotator) + (rest === '' ? '' : `cscfglint: ${visible(rest)}\n`);
  };
}

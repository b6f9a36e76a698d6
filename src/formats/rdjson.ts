// Reviewdog's diagnostic format. It has no room for what was not checked: the command says that on standard error.
// https://github.com/reviewdog/reviewdog/tree/master/proto/rdf

import type { ReportedEdit, ReportedFinding, ReportedFix, ReportedLocation } from '../core/report.js';
import { ruleUrl } from '../core/rule.js';
import type { Formatter } from './format.js';
import { jsonText } from './json-text.js';
import { allFindings } from './place.js';
import { visible } from './visible.js';

const SEVERITY = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

export const formatRdjson: Formatter = (report) =>
  jsonText({
    source: { name: 'cscfglint', url: 'https://github.com/cscfglint/cscfglint' },
    diagnostics: allFindings(report).map(diagnostic),
  });

function diagnostic({ ruleId, severity, message, cause, help, location: at, related, fix }: ReportedFinding) {
  const offered = suggestions(fix);
  return {
    message: [message, cause, help].filter((sentence) => sentence !== null).map(visible).join('\n'),
    location: location(at),
    severity: SEVERITY[severity],
    code: { value: ruleId, url: ruleUrl(ruleId) },
    ...(offered.length === 0 ? {} : { suggestions: offered }),
    ...(related.length === 0 ? {} : { related_locations: related.map(({ note, location: other }) => ({ message: visible(note), location: location(other) })) }),
  };
}

/** A suggestion is offered with a click, so one that changes what is deployed is not; nor are several that only make sense together. */
function suggestions(fix: ReportedFix | null) {
  return fix?.safety === 'safe' && fix.edits.length === 1 ? fix.edits.map((edit) => ({ range: range(edit), text: edit.text })) : [];
}

function location({ path, line, byteColumn, endLine, endByteColumn }: ReportedLocation) {
  if (line === null || byteColumn === null || endLine === null || endByteColumn === null) return { path };
  return { path, range: range({ line, byteColumn, endLine, endByteColumn }) };
}

/** Columns are bytes of UTF-8 here. */
function range({ line, byteColumn, endLine, endByteColumn }: Pick<ReportedEdit, 'line' | 'byteColumn' | 'endLine' | 'endByteColumn'>) {
  return { start: { line, column: byteColumn }, end: { line: endLine, column: endByteColumn } };
}

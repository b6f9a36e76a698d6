// The report for programs: JSON, version 1. schema/report.schema.json describes it.

import type { EvidenceSummary, Report, ReportedFinding, ReportedFix, ReportedLocation } from '../core/report.js';
import type { Formatter } from './format.js';
import { jsonText } from './json-text.js';

export const formatJson: Formatter = (report, { version }) => jsonText(toJson(report, version));

function toJson({ files, evidence, skipped, summary }: Report, version: string) {
  return {
    version: 1,
    tool: { name: 'cscfglint', version },
    files: files.map(({ path, findings }) => ({ path, findings: findings.map(finding) })),
    evidence: evidence.map(evidenceJson),
    skipped: skipped.map(({ rules, missing, reason, files: where }) => ({ rules, missing, reason, files: where })),
    summary,
  };
}

export function evidenceJson({ path, kind, shape, records, newest }: EvidenceSummary) {
  return { path, kind, shape, records, newest: newest?.toISOString() ?? null };
}

function finding({ ruleId, messageId, severity, message, data, location: at, related, cause, help, fix, azure, azureSeen }: ReportedFinding) {
  return {
    rule: ruleId,
    messageId,
    severity,
    message,
    data,
    location: location(at),
    related: related.map(({ note, location: other }) => ({ note, location: location(other) })),
    cause,
    help,
    fix: fix === null ? null : change(fix),
    azure,
    azureSeen,
  };
}

function change({ title, safety, path, edits }: ReportedFix) {
  return { title, safety, path, edits: edits.map(({ start, end, text }) => ({ start, end, text })) };
}

function location({ path, line, column, endLine, endColumn }: ReportedLocation) {
  return { path, line, column, endLine, endColumn };
}

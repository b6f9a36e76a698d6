// The report for programs: JSON, version 1. schema/report.schema.json describes it.

import type { EvidenceSummary, Report, ReportedFinding, ReportedLocation } from '../core/report.js';
import type { Formatter } from './format.js';

export const formatJson: Formatter = (report, { version }) => printJson(toJson(report, version));

/** The text of a value, safe in the log of a pipeline. */
export function printJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  // The agent of Azure Pipelines looks for its commands anywhere in a line of the log.
  return `${json.replace(/##(?=vso\[|\[)/g, '\\u0023\\u0023')}\n`;
}

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
    fix,
    azure,
    azureSeen,
  };
}

function location({ path, line, column, endLine, endColumn }: ReportedLocation) {
  return { path, line, column, endLine, endColumn };
}

// A summary in Markdown, for the page of a job: `$GITHUB_STEP_SUMMARY` of GitHub, `task.uploadsummary` of Azure Pipelines.

import type { Report, ReportedFinding } from '../core/report.js';
import { ruleUrl } from '../core/rule.js';
import type { Formatter } from './format.js';
import { markdownText } from './markdown-text.js';
import { allFindings, placeOf } from './place.js';
import { describeSkip } from './skipped.js';
import { summaryLine } from './summary.js';

/** GitHub refuses a summary of more than 1 MiB, so the details of only so many findings are written. */
const MAX_DETAILS = 200;

export const formatMarkdown: Formatter = (report, { quiet }) => {
  const findings = allFindings(report);
  const parts = [...table(findings), ...details(findings)];
  if (!quiet) parts.unshift('## cscfglint', markdownText(summaryLine(report)));
  parts.push(...skipped(report));
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
};

function table(findings: readonly ReportedFinding[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ severity, ruleId, location, message }) => `| ${severity} | ${rule(ruleId)} | ${markdownText(placeOf(location))} | ${markdownText(message)} |`);
  return [['| severity | rule | place | finding |', '| --- | --- | --- | --- |', ...rows].join('\n')];
}

function details(findings: readonly ReportedFinding[]): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, MAX_DETAILS).map(detail);
  const rest = findings.length - shown.length;
  if (rest > 0) shown.push(`The other formats tell more about the remaining ${rest}.`);
  return ['<details><summary>What to do</summary>', ...shown, '</details>'];
}

function detail({ ruleId, location, cause, help, azure, azureSeen, related }: ReportedFinding): string {
  const items = [
    ['cause', cause],
    ['help', help],
    [azureSeen === 'similar' ? 'similar to' : 'azure', azure],
    ...related.map(({ note, location: other }) => ['see', `${placeOf(other)} (${note})`] as const),
  ] as const;
  const lines = items.flatMap(([name, text]) => (text === null ? [] : [`- ${name}: ${markdownText(text)}`]));
  return `${rule(ruleId)} at ${markdownText(placeOf(location))}\n\n${lines.join('\n')}`;
}

function rule(id: string): string {
  return `[${id}](${ruleUrl(id)})`;
}

function skipped(report: Report): string[] {
  return report.skipped.length === 0 ? [] : [`Not checked: ${markdownText(report.skipped.map(describeSkip).join('; '))}.`];
}

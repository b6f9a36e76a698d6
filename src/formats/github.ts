// Annotations for GitHub Actions: workflow commands that the runner reads from the log.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

import type { Report, ReportedFinding } from '../core/report.js';
import { annotationFormat, annotations, type Annotator } from './annotations.js';
import { rangeOf } from './place.js';
import { visible } from './visible.js';

const COMMAND = { error: 'error', warning: 'warning', info: 'notice' } as const;

const GITHUB: Annotator = { name: 'GitHub', line, annotated: ['error', 'warning', 'info'] };

export const formatGithub = annotationFormat(GITHUB);

export function githubAnnotations(report: Report): string {
  return annotations(report, GITHUB);
}

function line({ severity, location, ruleId, message, cause, help }: ReportedFinding): string {
  const { line: first, column, endLine, endColumn } = rangeOf(location);
  const properties = {
    file: location.path,
    line: first,
    endLine,
    // GitHub takes columns only where a range lies on one line.
    ...(first === endLine ? { col: column, endColumn } : {}),
    title: ruleId,
  };
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`);
  const sentences = [message, cause, help].filter((sentence) => sentence !== null).map(visible);
  return `::${COMMAND[severity]} ${pairs.join(',')}::${escapeData(sentences.join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

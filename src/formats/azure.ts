// Issues for Azure Pipelines: logging commands that the agent reads from the log.
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands

import type { Report, ReportedFinding } from '../core/report.js';
import { annotationFormat, annotations, type Annotator } from './annotations.js';
import { placeOf, rangeOf } from './place.js';
import { visible, visibleLine } from './visible.js';

/** The agent knows errors and warnings only. */
const AZURE: Annotator = { name: 'Azure Pipelines', line, annotated: ['error', 'warning'] };

export const formatAzure = annotationFormat(AZURE);

export function azureAnnotations(report: Report): string {
  return annotations(report, AZURE);
}

function line({ severity, location, ruleId, message, cause, help }: ReportedFinding): string {
  // The page shows an issue on one line.
  const text = [message, cause, help].filter((sentence) => sentence !== null).map(visible).join(' ');
  if (severity === 'info') return `${visibleLine(placeOf(location))}: info ${ruleId}: ${text}`;
  const { line: linenumber, column: columnnumber } = rangeOf(location);
  const properties = { type: severity, sourcepath: location.path, linenumber, columnnumber, code: ruleId };
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visible(String(value)))};`);
  return `##vso[task.logissue ${pairs.join('')}]${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%AZP25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/\]/g, '%5D').replace(/;/g, '%3B');
}

// A place as formats without room for "nowhere" write it: always with numbers.

import type { Report, ReportedFinding, ReportedLocation } from '../core/report.js';

/** Lines and columns from 1, columns in UTF-16 units; the end is the first place that no longer belongs to it. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The range of a place. A file without text, such as a .pfx, is meant as a whole, at 1:1. */
export function rangeOf({ line, column, endLine, endColumn }: ReportedLocation): Range {
  return { line: line ?? 1, column: column ?? 1, endLine: endLine ?? 1, endColumn: endColumn ?? 1 };
}

/** `path:line:column`, not escaped. */
export function placeOf(location: ReportedLocation): string {
  const { line, column } = rangeOf(location);
  return `${location.path}:${line}:${column}`;
}

/** Every finding of a report, in its order. */
export function allFindings({ files }: Report): ReportedFinding[] {
  return files.flatMap(({ findings }) => findings);
}

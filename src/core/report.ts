// The report: everything that a format may say, counted, ordered and masked. Formats read nothing else.

import type { Excerpt } from './excerpt.js';
import type { Rule } from './rule.js';
import type { Edit, EvidenceKind, Finding, Fix, Related, SkipReason } from './types.js';

/** A place as a reader of the report needs it. Lines and columns from 1, columns in UTF-16 units; null where a file has no text. */
export interface ReportedLocation {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** The columns in bytes of UTF-8, from 1. */
  readonly byteColumn: number | null;
  readonly endByteColumn: number | null;
  /** The JSON path, in a JSON file. */
  readonly pointer: string | null;
  readonly excerpt: Excerpt | null;
}

/** An edit with its place in lines and columns, as in {@link ReportedLocation}. */
export interface ReportedEdit extends Edit {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly byteColumn: number;
  readonly endByteColumn: number;
}

/** A fix; without edits where one of them writes the value of a setting, which only `--fix` may see. */
export interface ReportedFix extends Omit<Fix, 'edits'> {
  readonly edits: readonly ReportedEdit[];
}

export interface ReportedFinding extends Omit<Finding, 'location' | 'related' | 'fix'> {
  readonly location: ReportedLocation;
  readonly fix: ReportedFix | null;
  readonly related: readonly (Omit<Related, 'location'> & { readonly location: ReportedLocation })[];
}

/** A file with its findings, in the order of their places. */
export interface ReportedFile {
  readonly path: string;
  readonly findings: readonly ReportedFinding[];
}

/** A file that was used as evidence. */
export interface EvidenceSummary {
  readonly path: string;
  readonly kind: EvidenceKind;
  /** What it was recognised as; null for a file that could not be used. */
  readonly shape: string | null;
  readonly records: number;
  /** The newest date among its records, UTC: when they were created, else from when they are valid. */
  readonly newest: Date | null;
}

/** Rules that could not run, for files in which the same ones could not. */
export interface ReportedSkip {
  readonly rules: readonly string[];
  readonly missing: readonly EvidenceKind[];
  readonly reason: SkipReason;
  readonly files: readonly string[];
}

export interface Summary {
  /** Files that were linted; evidence with findings in it is not counted. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly fixable: number;
  /** Findings that a suppression or the baseline silenced. */
  readonly suppressed: number;
}

export interface Report {
  readonly files: readonly ReportedFile[];
  readonly evidence: readonly EvidenceSummary[];
  readonly skipped: readonly ReportedSkip[];
  readonly summary: Summary;
  /** How many findings were fixed before this report; null where none were to be. */
  readonly fixed: number | null;
  /** How many of the files are service configurations, and how many of those were taken for the emulator's though evidence of a deployment was given. */
  readonly configurations: { readonly files: number; readonly emulator: number };
  /** What a strict reader counts as errors: rules of level error that could not run, and findings that say "unknown". */
  readonly unanswered: { readonly rules: readonly string[]; readonly findings: number };
  /** The moment of SOURCE_DATE_EPOCH where dates were judged by it; null where by the clock or by what was asked for. */
  readonly asOf: Date | null;
  /** The rules that are known, for their words and pages. */
  readonly rules: ReadonlyMap<string, Rule>;
}

// What a format is.

import type { Report } from '../core/report.js';

export interface FormatOptions {
  /** The tool's own version, for formats that name it. */
  readonly version: string;
  /** Whether only findings are wanted, and no summary where all is well. */
  readonly quiet: boolean;
}

/** Turns a report into text, with a line end after the last line; empty where there is nothing to say. */
export type Formatter = (report: Report, options: FormatOptions) => string;

// Where the reports of lint go: which formats are asked for, what stands on standard output, annotations beside the text.

import type { Report } from '../core/report.js';
import { FORMAT_NAMES, SILENT_FORMATS, loadAnnotations, loadFormat, type FormatName } from '../formats/index.js';
import { notChecked } from '../formats/skipped.js';
import { summaryLine } from '../formats/summary.js';
import { visible } from '../formats/visible.js';
import type { Arguments } from './args.js';
import { Failure } from './failure.js';
import type { Host } from './host.js';
import { readOutputs, writeOutput, type Output } from './output.js';

/** What standard output carries instead of a report: the change that was asked for, or the fixed text. */
export type Instead = 'diff' | 'fixed-text' | null;

/** Where the reports of one run go. */
export interface Reports {
  readonly outputs: readonly Output<FormatName>[];
  readonly instead: Instead;
  /** The service that gets annotations on standard output, beside the text. */
  readonly annotations: 'github' | 'azure' | null;
}

/** Reads `--format` and `--annotations`. Throws a {@link Failure} for what cannot be done. */
export function readReports(args: Pick<Arguments, 'format' | 'annotations'>, env: Host['env'], instead: Instead): Reports {
  const outputs = readOutputs(args.format, FORMAT_NAMES);
  const onOutput = outputs.find(({ file }) => file === null)?.format ?? null;
  if (instead !== null && onOutput !== null && onOutput !== 'text') {
    throw new Failure(`Standard output carries ${CARRIED[instead]}.`, `Write the report to a file: --format ${onOutput}=FILE.`);
  }
  return { outputs, instead, annotations: readAnnotations(args.annotations, env, instead ?? onOutput) };
}

const CARRIED = { diff: 'the diff', 'fixed-text': 'the fixed text' } as const;

/** `onOutput` is what standard output carries; null where it carries nothing. */
function readAnnotations(value: string | undefined, env: Host['env'], onOutput: FormatName | 'diff' | 'fixed-text' | null): Reports['annotations'] {
  switch (value) {
    case undefined:
    case 'auto':
      return onOutput === 'text' ? runningOn(env) : null;
    case 'none':
      return null;
    case 'github':
    case 'azure':
      if (onOutput === null || onOutput === 'text') return value;
      throw new Failure(
        `--annotations ${value} would stand in ${onOutput === 'diff' || onOutput === 'fixed-text' ? CARRIED[onOutput] : `the ${onOutput} report`} on standard output.`,
        'Annotations go with the text report, or alone where all reports go to files.',
      );
    default:
      throw new Failure(`--annotations ${value} is none of auto, github, azure, none.`);
  }
}

/** https://docs.github.com/actions/reference/variables-reference, https://learn.microsoft.com/azure/devops/pipelines/build/variables */
function runningOn(env: Host['env']): Reports['annotations'] {
  if (env['GITHUB_ACTIONS']?.toLowerCase() === 'true') return 'github';
  return env['TF_BUILD']?.toLowerCase() === 'true' ? 'azure' : null;
}

/** Writes a report wherever it is wanted. Throws a {@link Failure} where a file cannot be written. */
export async function writeReports(report: Report, reports: Reports, options: { color: boolean; quiet: boolean; version: string }, host: Host): Promise<void> {
  const { outputs, instead, annotations } = reports;
  for (const output of outputs) {
    const { format, file } = output;
    // Beside a diff the summary is enough.
    if (file === null && instead === 'diff') continue;
    const formatter = await loadFormat(format, options.color && file === null && instead === null);
    const text = formatter(report, options);
    if (file === null && instead !== null) host.err(text);
    else writeOutput(output, text, host);
  }
  if (annotations !== null) host.out((await loadAnnotations(annotations))(report));
  if (!options.quiet) writeRemark(report, reports, host);
}

function diffRemark(report: Report): string {
  return report.fixed === 0 ? `there is nothing to fix. ${summaryLine({ ...report, fixed: null })}` : `nothing is written; it would be: ${summaryLine(report)}`;
}

/** What the reports cannot say, or say only in files: whoever sends all of them there still wants to know how it went. */
function writeRemark(report: Report, { outputs, instead }: Reports, host: Host): void {
  if (instead === 'diff') host.err(`cscfglint: ${diffRemark(report)}\n`);
  else if (outputs.every(({ file }) => file !== null)) host.err(`cscfglint: ${summaryLine(report)}\n`);
  const rest = notChecked(report);
  if (rest !== '' && outputs.some(({ format }) => SILENT_FORMATS.includes(format))) host.err(`cscfglint: ${visible(rest)}\n`);
}

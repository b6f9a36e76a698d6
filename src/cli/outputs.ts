// Where reports go: which formats are asked for, standard output or files, annotations beside the text.

import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { suggest } from '../core/names.js';
import type { Report } from '../core/report.js';
import { FORMAT_NAMES, SILENT_FORMATS, isFormatName, loadAnnotations, loadFormat, type FormatName } from '../formats/index.js';
import { notChecked } from '../formats/skipped.js';
import { summaryLine } from '../formats/summary.js';
import { visible } from '../formats/visible.js';
import type { Arguments } from './args.js';
import { Failure, systemError } from './failure.js';
import type { Host } from './host.js';

interface Destination {
  readonly format: FormatName;
  /** Null for standard output. */
  readonly file: string | null;
}

/** What standard output carries instead of a report: the change that was asked for, or the fixed text. */
export type Instead = 'diff' | 'fixed-text' | null;

export interface Outputs {
  readonly destinations: readonly Destination[];
  readonly instead: Instead;
  /** The service that gets annotations on standard output, beside the text. */
  readonly annotations: 'github' | 'azure' | null;
}

/** Reads `--format` and `--annotations`. Throws a {@link Failure} for what cannot be done. */
export function readOutputs(args: Pick<Arguments, 'format' | 'annotations'>, env: Host['env'], instead: Instead): Outputs {
  const destinations = args.format.length === 0 ? [{ format: 'text', file: null } as const] : args.format.map(readDestination);
  const onOutput = destinations.filter(({ file }) => file === null);
  if (onOutput.length > 1) throw new Failure('Two formats cannot share standard output.', 'Write all but one to a file: --format json=report.json.');
  const other = onOutput.find(({ format }) => format !== 'text');
  if (instead !== null && other !== undefined) throw new Failure(`Standard output carries ${CARRIED[instead]}.`, `Write the report to a file: --format ${other.format}=FILE.`);
  const files = destinations.flatMap(({ file }) => (file === null ? [] : [file]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new Failure(`Two formats cannot share the file ${twice}.`);
  return { destinations, instead, annotations: readAnnotations(args.annotations, env, instead ?? onOutput[0]?.format ?? null) };
}

const CARRIED = { diff: 'the diff', 'fixed-text': 'the fixed text' } as const;

function readDestination(given: string): Destination {
  const [format = '', ...rest] = given.split('=');
  if (!isFormatName(format)) {
    const near = suggest(format, FORMAT_NAMES);
    throw new Failure(`There is no format "${format}".`, near === null ? `There are ${FORMAT_NAMES.join(', ')}.` : `Did you mean ${near}?`);
  }
  const file = rest.join('=');
  if (rest.length > 0 && file === '') throw new Failure(`--format ${format}= needs a file after the "=".`);
  return { format, file: rest.length === 0 ? null : file };
}

/** `onOutput` is what standard output carries; null where it carries nothing. */
function readAnnotations(value: string | undefined, env: Host['env'], onOutput: FormatName | 'diff' | 'fixed-text' | null): Outputs['annotations'] {
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
function runningOn(env: Host['env']): Outputs['annotations'] {
  if (env['GITHUB_ACTIONS']?.toLowerCase() === 'true') return 'github';
  return env['TF_BUILD']?.toLowerCase() === 'true' ? 'azure' : null;
}

/** Writes a report wherever it is wanted. Throws a {@link Failure} where a file cannot be written. */
export async function writeReport(report: Report, outputs: Outputs, options: { color: boolean; quiet: boolean; version: string }, host: Host): Promise<void> {
  const { destinations, instead, annotations } = outputs;
  for (const { format, file } of destinations) {
    // Beside a diff the summary is enough.
    if (file === null && instead === 'diff') continue;
    const formatter = await loadFormat(format, options.color && file === null && instead === null);
    const text = formatter(report, options);
    if (file !== null) writeAtomically(resolve(host.cwd, file), text);
    else if (instead === null) host.out(text);
    else host.err(text);
  }
  if (annotations !== null) host.out((await loadAnnotations(annotations))(report));
  if (!options.quiet) writeRemark(report, outputs, host);
}

/** What the reports cannot say, or say only in files: whoever sends all of them there still wants to know how it went. */
function writeRemark(report: Report, { destinations, instead }: Outputs, host: Host): void {
  if (instead === 'diff') host.err(`cscfglint: nothing is written; it would be: ${summaryLine(report)}\n`);
  else if (destinations.every(({ file }) => file !== null)) host.err(`cscfglint: ${summaryLine(report)}\n`);
  const rest = notChecked(report);
  if (rest !== '' && destinations.some(({ format }) => SILENT_FORMATS.includes(format))) host.err(`cscfglint: ${visible(rest)}\n`);
}

/** A reader never sees half a report: a temporary file beside it is renamed. */
function writeAtomically(path: string, text: string): void {
  const temporary = join(dirname(path), `.cscfglint-${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!existsSync(dirname(path))) throw new Failure(`The report cannot be written to ${path}: there is no folder ${dirname(path)}.`, 'Make the folder first.');
    throw new Failure(`The report cannot be written to ${path}: ${systemError(error)}.`);
  }
}

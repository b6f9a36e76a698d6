// Where a report goes: standard output, or files that are written whole or not at all.

import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { suggest } from '../core/names.js';
import { Failure, systemError } from './failure.js';
import type { Host } from './host.js';
import { temporaryBeside, writeTemporary } from './temporary-file.js';

/** One `--format NAME[=FILE]`. */
export interface Output<F extends string = string> {
  readonly format: F;
  /** Null for standard output. */
  readonly file: string | null;
}

/** Reads what `--format` was given; the first of the names where it was not. Throws a {@link Failure} for a wrong one. */
export function readOutputs<F extends string>(formats: readonly string[], names: readonly [F, ...F[]]): Output<F>[] {
  const outputs = formats.map((given): Output<F> => {
    const [name = '', ...rest] = given.split('=');
    const format = names.find((one) => one === name);
    if (format === undefined) {
      const near = suggest(name, names);
      throw new Failure(`There is no format "${name}".`, near === null ? `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.` : `Did you mean ${near}?`);
    }
    const file = rest.join('=');
    if (rest.length > 0 && file === '') throw new Failure(`--format ${format}= needs a file after the "=".`);
    return { format, file: rest.length === 0 ? null : file };
  });
  if (outputs.filter(({ file }) => file === null).length > 1) {
    throw new Failure('Two formats cannot share standard output.', 'Write all but one to a file: --format json=report.json.');
  }
  const files = outputs.flatMap(({ file }) => (file === null ? [] : [file]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new Failure(`Two formats cannot share the file ${twice}.`);
  return outputs.length === 0 ? [{ format: names[0], file: null }] : outputs;
}

/** Throws a {@link Failure} where a report would take the place of a file that was read. `inputs` are absolute. */
export function refuseInputs(outputs: readonly Output[], inputs: readonly string[], cwd: string): void {
  if (outputs.every(({ file }) => file === null)) return;
  const read = new Set(inputs.map(realPath));
  const taken = outputs.find(({ file }) => file !== null && read.has(realPath(resolve(cwd, file))));
  if (taken !== undefined) throw new Failure(`--format ${taken.format}=${taken.file ?? ''} would write the report over a file that is read.`, 'Give it another name.');
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Writes one output. Throws a {@link Failure} where its file cannot be written. */
export function writeOutput({ file }: Output, text: string, host: Host): void {
  if (file === null) host.out(text);
  else writeAtomically(resolve(host.cwd, file), text);
}

/** A reader never sees half a file: a temporary one beside it is renamed. Throws a {@link Failure}. */
export function writeAtomically(link: string, text: string): void {
  const path = realPath(link);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    // A pipe or a device is written to, and not replaced by a file.
    writeFileSync(path, text);
    return;
  }
  const temporary = temporaryBeside(path);
  try {
    writeTemporary(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!existsSync(dirname(path))) throw new Failure(`The report cannot be written to ${path}: there is no folder ${dirname(path)}.`, 'Make the folder first.');
    throw new Failure(`The report cannot be written to ${path}: ${systemError(error)}.`);
  }
}

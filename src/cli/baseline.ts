// Reads and writes the baseline file. Loaded only where one is given.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { baselineOf, type BaselineEntry, type PlacedBaselineEntry } from '../core/baseline.js';
import type { Report } from '../core/report.js';
import { decode, type SourceFile } from '../core/source.js';
import { parseJson, type JsonValue } from '../evidence/json.js';
import { jsonText } from '../formats/json-text.js';
import { isRemark } from '../formats/summary.js';
import { Failure, systemError } from './failure.js';
import { shownPath, slashed } from './files.js';
import { writeAtomically } from './output.js';

/** A baseline as it was read; its paths are as they are shown, while the file's own are relative to its folder. */
export interface LoadedBaseline {
  readonly source: SourceFile;
  readonly entries: readonly PlacedBaselineEntry[];
}

/** Reads a baseline. Throws a {@link Failure} for a file that is none. */
export function readBaseline(file: string, cwd: string): LoadedBaseline {
  const path = resolve(cwd, file);
  const decoded = decode(shownPath(path, cwd), readBytes(path, file));
  if (!decoded.ok) throw new Failure(`${file} is no text.`, HOW);
  const { documents, problem } = parseJson(decoded.source);
  if (problem !== null) throw new Failure(`${file}: ${problem.message}`, HOW);
  const entries = documents[0]?.get('entries');
  if (documents[0]?.get('version')?.number !== 1 || entries?.isArray !== true) throw new Failure(`${file} is no baseline of version 1.`, HOW);
  return { source: decoded.source, entries: entries.items.map((entry) => readEntry(entry, file, dirname(path), cwd)) };
}

const HOW = '--write-baseline writes one.';

function readBytes(path: string, file: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const isAbsent = !existsSync(path);
    throw new Failure(isAbsent ? `There is no baseline ${file}.` : `${file} cannot be read: ${systemError(error)}.`, isAbsent ? HOW : undefined);
  }
}

function readEntry(entry: JsonValue, file: string, folder: string, cwd: string): PlacedBaselineEntry {
  const text = (key: string) => entry.get(key)?.string ?? '';
  const [rule, path] = [text('rule'), text('path')];
  const count = entry.get('count')?.number ?? 1;
  if (rule === '' || path === '' || !Number.isInteger(count) || count < 1) throw new Failure(`${file}: ${entry.pointer} needs a rule, a path and a count.`, HOW);
  return { rule, path: shownPath(resolve(folder, path), cwd), role: text('role'), name: text('name'), count, location: entry.location };
}

/** Writes the findings of a report as the baseline. Throws a {@link Failure} where that cannot be done. */
export function writeBaseline(file: string, report: Report, cwd: string): number {
  // What is remarked on the run is no finding of anybody's, and is to be told in the next one, too.
  const entries = baselineOf(report.files.flatMap(({ findings }) => findings.filter((finding) => !isRemark(finding, report.rules))));
  write(file, entries, cwd);
  return entries.reduce((sum, { count }) => sum + count, 0);
}

/**
 * Takes out of a baseline what was not found any more, in the files that were linted; gives how many findings that were.
 * `found` is the report made without the baseline.
 */
export function pruneBaseline(file: string, { entries }: LoadedBaseline, found: Report, linted: ReadonlySet<string>, cwd: string): number {
  const keyOf = ({ rule, path, role, name }: BaselineEntry) => JSON.stringify([rule, path, role.toLowerCase(), name.toLowerCase()]);
  const counts = new Map(baselineOf(found.files.flatMap(({ findings }) => findings)).map((entry) => [keyOf(entry), entry.count]));
  const kept = entries.flatMap(({ location: _, ...entry }) => {
    const count = linted.has(entry.path) ? Math.min(entry.count, counts.get(keyOf(entry)) ?? 0) : entry.count;
    return count === 0 ? [] : [{ ...entry, count }];
  });
  write(file, kept, cwd);
  const total = (list: readonly BaselineEntry[]) => list.reduce((sum, { count }) => sum + count, 0);
  return total(entries) - total(kept);
}

function write(file: string, entries: readonly BaselineEntry[], cwd: string): void {
  const path = resolve(cwd, file);
  const placed = entries.map((entry) => ({ ...entry, path: slashed(relative(dirname(path), resolve(cwd, entry.path))) }));
  writeAtomically(path, jsonText({ version: 1, entries: placed }));
}

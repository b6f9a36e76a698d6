// --fix, --fix-unsafe and --diff for one file. Loaded only where one of them is given.

import { fixSource, type FixSafety } from '../core/fix.js';
import { encode, type Decoded, type SourceFile } from '../core/source.js';
import type { Finding } from '../core/types.js';
import { unifiedDiff } from '../formats/diff.js';
import { systemError } from './failure.js';
import { rewriteFile, type NotRewritten } from './rewrite.js';

/** What becomes of a fixed file. */
export type FixMode = 'write' | 'diff';

export interface FixOptions {
  readonly safety: FixSafety;
  readonly mode: FixMode;
  /** The findings of a text of the file. */
  readonly lint: (source: SourceFile) => readonly Finding[];
}

/** A file that was read, and may be fixed. */
export interface FixTarget {
  /** Absolute; null for standard input. */
  readonly path: string | null;
  readonly bytes: Uint8Array;
  readonly file: Decoded;
}

export interface FixOutcome {
  /** What is to be reported on: the fixed file, or the one that is there where it could not be fixed. */
  readonly file: Decoded;
  readonly fixed: number;
  /** For standard output: a diff, or the fixed text of standard input. */
  readonly out: string | Uint8Array;
  /** Why it was not fixed, in words. */
  readonly failure: string | null;
}

/** Fixes a file, and writes it or shows the difference. */
export function fixFile(target: FixTarget, { safety, mode, lint }: FixOptions): FixOutcome {
  const { path, bytes, file } = target;
  const isPrinted = path === null && mode === 'write';
  const untouched: FixOutcome = { file, fixed: 0, out: isPrinted ? bytes : '', failure: null };
  if (!file.ok) return untouched;
  const shown = file.source.path;
  const { source, fixed } = fixSource(file.source, safety, lint);
  if (source === file.source) return untouched;
  const encoded = encodeLike(source, file.source, bytes);
  if (encoded === null) {
    return { ...untouched, failure: `${shown} is not fixed: cscfglint cannot write the encoding ${source.encoding}. Save it as UTF-8, and run it again.` };
  }
  const outcome: FixOutcome = { file: { ok: true, source }, fixed, out: '', failure: null };
  if (mode === 'diff') return { ...outcome, out: unifiedDiff(shown, file.source.text, source.text) };
  if (path === null) return { ...outcome, out: encoded };
  const failure = write(path, bytes, encoded);
  return failure === null ? outcome : { ...untouched, failure: `${shown} ${failure}` };
}

/** The bytes of the fixed text; null where the text as it was does not give back the very bytes that were read. */
function encodeLike(fixed: SourceFile, original: SourceFile, bytes: Uint8Array): Uint8Array | null {
  const same = encode(original);
  if (same === null || Buffer.compare(same, bytes) !== 0) return null;
  return encode(fixed);
}

const NOT_REWRITTEN: Readonly<Record<NotRewritten, string>> = {
  'changed-meanwhile': 'changed on disk while it was being fixed, and is left alone. Run it again.',
  'not-a-file': 'is not fixed: it is no file that can be replaced. Give it as "-" on standard input to have the fixed text printed.',
};

/** Gives why it could not be done, or null. */
function write(path: string, before: Uint8Array, after: Uint8Array): string | null {
  try {
    const reason = rewriteFile(path, before, after);
    return reason === null ? null : NOT_REWRITTEN[reason];
  } catch (error) {
    return `is not fixed, and is as it was: ${systemError(error)}.`;
  }
}

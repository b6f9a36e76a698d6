// Fixes: which of them go together, what a text is after them, and that again until nothing changes.

import { SourceFile } from './source.js';
import type { Edit, Finding, Fix } from './types.js';

/** A text after some fixes. */
export interface FixedText {
  readonly text: string;
  readonly applied: readonly Fix[];
  /** Those that overlap one that was applied. */
  readonly left: readonly Fix[];
}

/**
 * Applies fixes to the text that they were made for; each wholly or not at all.
 *
 * Of two that overlap the one that begins first wins, then the one that was found first. A fix that says the same as one
 * before it is done with it. Two that insert at one place stand there in that order.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): FixedText {
  const edits: Edit[] = [];
  const applied: Fix[] = [];
  const left: Fix[] = [];
  const done = new Set<string>();
  for (const fix of [...fixes].sort((a, b) => firstOffset(a) - firstOffset(b))) {
    const own = [...fix.edits].sort((a, b) => a.start - b.start || a.end - b.end);
    checkEdits(text, own);
    const key = JSON.stringify(own);
    if (done.has(key)) {
      applied.push(fix);
    } else if (own.every((edit) => fits(edits, edit))) {
      for (const edit of own) edits.splice(indexAfter(edits, edit), 0, edit);
      applied.push(fix);
      done.add(key);
    } else {
      left.push(fix);
    }
  }
  return { text: rewrite(text, edits), applied, left };
}

function firstOffset({ edits: [first, ...others] }: Fix): number {
  return others.reduce((least, { start }) => Math.min(least, start), first.start);
}

/** A rule whose edits are no edits of this text has a bug, and must not spoil a file. */
function checkEdits(text: string, ordered: readonly Edit[]): void {
  let last = 0;
  for (const { start, end } of ordered) {
    if (start < last || end < start || end > text.length) throw new Error(`an edit of ${start} to ${end} does not fit the text`);
    last = end;
  }
}

/** Whether an edit shares no character with any of the ordered ones, and lies in none. */
function fits(ordered: readonly Edit[], edit: Edit): boolean {
  const index = indexAfter(ordered, edit);
  const [before, after] = [ordered[index - 1], ordered[index]];
  if (before !== undefined && before.end > edit.start) return false;
  if (after !== undefined && after.start < edit.end) return false;
  // The same words twice at one place are one mistake told twice.
  return !(before !== undefined && isInsertion(edit) && isInsertion(before) && before.start === edit.start && before.text === edit.text);
}

function isInsertion({ start, end }: Edit): boolean {
  return start === end;
}

/** Index behind all ordered edits that come before one: by place, an insertion before a replacement that begins there. */
function indexAfter(ordered: readonly Edit[], edit: Edit): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = ordered[middle] ?? edit;
    if (other.start < edit.start || (other.start === edit.start && other.end <= edit.end)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rewrite(text: string, ordered: readonly Edit[]): string {
  let result = '';
  let last = 0;
  for (const { start, end, text: replacement } of ordered) {
    result += text.slice(last, start) + replacement;
    last = end;
  }
  return result + text.slice(last);
}

/** How often a text is fixed and linted again: a fix may uncover another, or have to wait for one that it overlaps. */
export const MAX_ROUNDS = 10;

/** Whether fixes that change what is deployed are wanted, too. */
export type FixSafety = Fix['safety'];

/** A file after as many rounds as it needed. */
export interface FixedSource {
  /** The source itself where nothing was fixed. */
  readonly source: SourceFile;
  /** How many findings were fixed. */
  readonly fixed: number;
}

/** Fixes a file until nothing more changes. `lint` gives the findings of a text of that file. */
export function fixSource(source: SourceFile, safety: FixSafety, lint: (source: SourceFile) => readonly Finding[]): FixedSource {
  let current = source;
  let fixed = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const fixes = lint(current).flatMap(({ fix }) => (fix !== null && (fix.safety === 'safe' || safety === 'unsafe') ? [fix] : []));
    if (fixes.length === 0) break;
    const { text, applied } = applyFixes(current.text, fixes);
    if (text === current.text) break;
    current = new SourceFile(source.path, text, source.encoding, source.bom);
    fixed += applied.length;
  }
  return { source: current, fixed };
}

// A unified diff for reading: values of settings are masked, and what cannot be seen is written out.

import { diffLines, type Change } from '../core/diff.js';
import { MASK, secretRanges } from '../core/mask.js';
import { visible } from './visible.js';

/** How many unchanged lines are shown around a change. */
const CONTEXT = 3;

/** The change of one file, with a line end after the last line; empty where there is none. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [from, to] = [linesOf(before), linesOf(after)];
  const changes = diffLines(from, to);
  if (changes.length === 0) return '';
  const [shownFrom, shownTo] = [shownLines(before), shownLines(after)];
  const name = visible(path);
  return [`--- a/${name}`, `+++ b/${name}`, ...hunks(changes, from.length).map((hunk) => hunkText(hunk, shownFrom, shownTo))].join('\n') + '\n';
}

/** Lines with their line ends, so that a change of those is a change. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
}

/** The same lines as a reader may see them. A CR before its LF stays, as a tool that applies a diff wants it. */
function shownLines(text: string): string[] {
  return linesOf(masked(text)).map((line) => {
    const content = line.replace(/[\r\n]+$/, '').split('\t').map(visible).join('\t');
    if (line.endsWith('\r\n')) return `${content}\r`;
    return /[\r\n]$/.test(line) ? content : `${content}\n\\ No newline at end of file`;
  });
}

/** The text with its secrets masked, line by line: no line is lost, and the lengths of secrets are not told. */
function masked(text: string): string {
  let shown = '';
  let last = 0;
  for (const { start, end } of secretRanges(text)) {
    shown += text.slice(last, start) + text.slice(start, end).replace(/[^\r\n]+/g, MASK);
    last = end;
  }
  return shown + text.slice(last);
}

/** Changes that are shown together, since their context touches. */
type Hunk = readonly [Change, ...Change[]];

function hunks(changes: readonly Change[], lineCount: number): { readonly changes: Hunk; readonly before: number; readonly after: number }[] {
  const groups: [Change, ...Change[]][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && change.fromStart - last.fromEnd <= 2 * CONTEXT) group.push(change);
    else groups.push([change]);
  }
  return groups.map((group) => ({
    changes: group,
    before: Math.min(CONTEXT, group[0].fromStart),
    after: Math.min(CONTEXT, lineCount - (group.at(-1)?.fromEnd ?? 0)),
  }));
}

function hunkText({ changes, before, after }: ReturnType<typeof hunks>[number], from: readonly string[], to: readonly string[]): string {
  const [first] = changes;
  const last = changes.at(-1) ?? first;
  const lines: string[] = [];
  let line = first.fromStart - before;
  for (const change of changes) {
    lines.push(...from.slice(line, change.fromStart).map((one) => ` ${one}`));
    lines.push(...from.slice(change.fromStart, change.fromEnd).map((one) => `-${one}`));
    lines.push(...to.slice(change.toStart, change.toEnd).map((one) => `+${one}`));
    line = change.fromEnd;
  }
  lines.push(...from.slice(line, line + after).map((one) => ` ${one}`));
  const fromRange = range(first.fromStart - before, last.fromEnd + after);
  const toRange = range(first.toStart - before, last.toEnd + after);
  return [`@@ -${fromRange} +${toRange} @@`, ...lines].join('\n');
}

/** `start,count`, from 1; an empty range names the line before it. */
function range(start: number, end: number): string {
  const count = end - start;
  const line = count === 0 ? start : start + 1;
  return count === 1 ? String(line) : `${line},${count}`;
}

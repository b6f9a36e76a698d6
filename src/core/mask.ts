// Finds what must never be shown of a service configuration: the values of its settings.

import type { Span } from './types.js';

/** A `value` or `commandLine` attribute, wherever it stands: of a Setting, of a Variable or Task of a .csdef, in a comment, in a text that is no XML any more. */
const VALUE = /(?<![\w.-])(?:value|commandLine)\s*=\s*/gi;

/** A Setting's tag and what follows it up to the next tag: a misspelt attribute, or a value written as text, is secret too. */
const SETTING = /<(?:[\w.-]+:)?Setting(?![\w.:-])[^<]*/gi;

const SETTING_NAME = /<(?:[\w.-]+:)?Setting/iy;
const ATTRIBUTE = /\s+([\w.:-]+)\s*=\s*(["'])/y;
const TAG_END = /\s*>/y;
const EMPTY_TAG_END = /\s*\/>/y;

/**
 * The ranges of a text that a report must not show, in order and without overlap.
 *
 * Works on the raw text, since a text that is not well-formed is shown as well: there a quote may be lost, and what
 * follows it belongs to nobody. What is in doubt is masked.
 */
export function secretRanges(text: string): Span[] {
  const ranges: Span[] = [];
  for (const found of text.matchAll(VALUE)) ranges.push(valueAt(text, found.index + found[0].length));
  for (const found of text.matchAll(SETTING)) settingRanges(found[0], found.index, ranges);
  return merge(ranges);
}

/** The value that begins at an offset: to its closing quote, or without quotes to the end of the line. */
function valueAt(text: string, start: number): Span {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return { start, end: indexOrEnd(text, '\n', start) };
  return { start: start + 1, end: indexOrEnd(text, quote, start + 1) };
}

/** What of a Setting may be shown is its name; all else is masked, and all that follows the first thing out of order. */
function settingRanges(tag: string, offset: number, ranges: Span[]): void {
  let index = endOf(SETTING_NAME, tag, 0) ?? 0;
  for (;;) {
    ATTRIBUTE.lastIndex = index;
    const found = ATTRIBUTE.exec(tag);
    if (found === null) break;
    const start = ATTRIBUTE.lastIndex;
    const end = indexOrEnd(tag, found[2] ?? '"', start);
    if (found[1]?.toLowerCase() !== 'name') ranges.push({ start: offset + start, end: offset + end });
    index = end + 1;
  }
  // What follows an empty element is not its text.
  if (endOf(EMPTY_TAG_END, tag, index) !== null) return;
  const rest = endOf(TAG_END, tag, index) ?? index;
  ranges.push({ start: offset + rest, end: offset + tag.length });
}

function endOf(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function indexOrEnd(text: string, search: string, from: number): number {
  const index = text.indexOf(search, from);
  return index === -1 ? text.length : index;
}

function merge(ranges: Span[]): Span[] {
  const merged: Span[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else if (range.end > range.start) merged.push(range);
  }
  return merged;
}

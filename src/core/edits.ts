// The edits of fixes that move or remove whole elements, so that what is left looks as if it had been written that way.

import type { Edit, Span } from './types.js';

/**
 * Moves an element before a sibling that stands ahead of it.
 *
 * The comments that lead it go with it, and so does the white space in front: its indentation, and a blank line where it has
 * one. `element` and `before` are whole elements, from `<` to the `>` of their end tags.
 */
export function moveElement(text: string, element: Span, before: Span): [Edit, Edit] {
  const { start, end } = withComments(text, element);
  const gap = blankBefore(text, start);
  const target = withComments(text, before).start;
  return [
    { start: target, end: target, text: text.slice(start, end) + text.slice(gap, start) },
    { start: gap, end, text: '' },
  ];
}

/** An element that is to stand before a sibling ahead of it; both whole. */
export interface Move {
  readonly element: Span;
  readonly before: Span;
}

/** Moves elements; those that go to one place stand there in the order of the moves. */
export function moveElements(text: string, [first, ...others]: readonly [Move, ...Move[]]): [Edit, ...Edit[]] {
  return [...moveElement(text, first.element, first.before), ...others.flatMap(({ element, before }) => moveElement(text, element, before))];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A value as it is written between quotes of either kind. */
export function escapeValue(value: string): string {
  return value.replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);
}

/** Removes whole elements, those beside one another on a line together. Null for none. */
export function removeElements(text: string, elements: readonly Span[]): [Edit, ...Edit[]] | null {
  const joined: Span[] = [];
  for (const element of [...elements].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && skipBlanks(text, last.end) >= element.start) joined[joined.length - 1] = { start: last.start, end: element.end };
    else joined.push(element);
  }
  const [first, ...others] = joined.flatMap((span) => removeElement(text, span));
  return first === undefined ? null : [first, ...others];
}

/** Removes a whole element: with its lines where it stands alone on them, else with the blanks beside it. */
export function removeElement(text: string, { start, end }: Span): [Edit] {
  const from = skipBlanksBack(text, start);
  const to = skipBlanks(text, end);
  const opensLine = from === 0 || isLineEnd(text, from - 1);
  const endsLine = to === text.length || isLineEnd(text, to);
  if (opensLine && endsLine) return [{ start: from, end: afterLineEnd(text, to), text: '' }];
  return [opensLine ? { start, end: to, text: '' } : { start: from, end, text: '' }];
}

/** An element with the comments that lead it, and the one that follows it on its last line. */
function withComments(text: string, element: Span): Span {
  return { start: leadingComments(text, element.start), end: trailingComment(text, element.end) };
}

/** Offset at which the comments begin that stand before an element, no blank line between; its own start where there are none. */
function leadingComments(text: string, elementStart: number): number {
  let start = elementStart;
  for (;;) {
    const gap = blankBefore(text, start);
    if (!text.startsWith('-->', gap - 3) || countLineEnds(text, gap, start) > 1) return start;
    const comment = commentBefore(text, gap);
    if (comment === null) return start;
    // One on the line of the element before is about that one.
    const line = skipBlanksBack(text, comment);
    if (line > 0 && !isLineEnd(text, line - 1)) return start;
    start = comment;
  }
}

/** Characters: a longer comment stays where it is, so that looking for its beginning ends. */
const MAX_COMMENT = 4000;

/** Where the comment begins that ends at an offset; null where "-->" ends none, but is text. */
function commentBefore(text: string, end: number): number | null {
  const before = text.slice(Math.max(0, end - MAX_COMMENT), end - '-->'.length);
  // No comment holds "--", so the nearest beginning is its own.
  const start = before.lastIndexOf('<!--');
  return start === -1 || before.includes('--', start + '<!--'.length) ? null : end - '-->'.length - before.length + start;
}

function trailingComment(text: string, end: number): number {
  const start = skipBlanks(text, end);
  if (!text.startsWith('<!--', start)) return end;
  const close = text.indexOf('-->', start + 4);
  if (close === -1 || countLineEnds(text, start, close) > 0) return end;
  const after = skipBlanks(text, close + 3);
  return after === text.length || isLineEnd(text, after) ? close + 3 : end;
}

/** Offset at which the white space before an offset begins, line ends included. */
function blankBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (isBlank(text, start - 1) || isLineEnd(text, start - 1))) start--;
  return start;
}

function skipBlanksBack(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isBlank(text, start - 1)) start--;
  return start;
}

function skipBlanks(text: string, offset: number): number {
  let end = offset;
  while (isBlank(text, end)) end++;
  return end;
}

function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 0x20 || code === 0x09;
}

function isLineEnd(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 0x0a || code === 0x0d;
}

/** LF, CR LF and CR each end a line. */
function afterLineEnd(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return isLineEnd(text, offset) ? offset + 1 : offset;
}

function countLineEnds(text: string, start: number, end: number): number {
  return text.slice(start, end).match(/\r\n?|\n/g)?.length ?? 0;
}

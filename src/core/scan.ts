// A quick way through the text of nearly every service configuration; what is out of the ordinary is left to saxes.

/** What the scanner finds, in the order of the text. Offsets as in saxes: after the closing quote, or after the `>`. */
export interface ScanTarget {
  attribute(name: string, value: string, position: number): void;
  open(name: string, position: number): void;
  close(name: string, position: number): void;
  /** Text inside an element that is not only white space; where it begins and ends, white space around it included. */
  strayText(from: number, to: number): void;
}

/** Control characters, surrogates and what else is not simply a character of XML. */
const SPECIAL = /[\0-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]/;

const DECLARATION = /^<\?xml[ \t]+version=(?:"1\.0"|'1\.0')(?:[ \t]+encoding=(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t]+standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t]*\?>/;

/** What makes the raw text of a value another than its value. */
const CHANGED = /[<&\t\n\r]/;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A character that the texts read here cannot hold. */
const NOT_FOR_US = '\0';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const BANG = 33;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const EQUALS = 61;
const GREATER = 62;

/**
 * Reads elements and attributes up to the end of the text, or to the first thing that it does not know for certain to be
 * right: a prefix, a DOCTYPE, CDATA, an instruction, a name in other letters than ASCII, anything malformed. Whether the
 * text ends there says the result; what was told before is right in any case.
 *
 * It exists for speed alone, three times that of saxes. `test/scan.test.ts` compares it with saxes, event by event.
 */
export function scan(text: string, target: ScanTarget): boolean {
  if (SPECIAL.test(text) || text.includes('xmlns:')) return false;
  let index = 0;
  if (text.startsWith('<?xml')) {
    const declaration = DECLARATION.exec(text.slice(0, 200));
    if (declaration === null) return false;
    index = declaration[0].length;
  }
  const open: string[] = [];
  let sawRoot = false;
  for (;;) {
    const tag = text.indexOf('<', index);
    if (!scanText(text, index, tag === -1 ? text.length : tag, open.length > 0, target)) return false;
    if (tag === -1) return sawRoot && open.length === 0;
    const next = text.charCodeAt(tag + 1);
    if (next === BANG) index = afterComment(text, tag);
    else if (next === SLASH) index = scanEndTag(text, tag, open.pop(), target);
    else if (open.length > 0 || !sawRoot) index = scanStartTag(text, tag, open, target);
    else return false;
    if (index === -1) return false;
    sawRoot ||= next !== BANG;
  }
}

/** Reads a start tag; gives the offset after it, or -1. */
function scanStartTag(text: string, tag: number, open: string[], target: ScanTarget): number {
  const nameEnd = afterName(text, tag + 1);
  if (nameEnd === tag + 1) return -1;
  const name = text.slice(tag + 1, nameEnd);
  const last = scanAttributes(text, nameEnd, target);
  if (last === -1) return -1;
  const isEmpty = text.charCodeAt(last) === SLASH;
  const end = last + (isEmpty ? 2 : 1);
  if (isEmpty && text.charCodeAt(last + 1) !== GREATER) return -1;
  target.open(name, end);
  if (isEmpty) target.close(name, end);
  else open.push(name);
  return end;
}

/** Reads the end tag of an element of that name; gives the offset after it, or -1. */
function scanEndTag(text: string, tag: number, name: string | undefined, target: ScanTarget): number {
  if (name === undefined || !text.startsWith(name, tag + 2)) return -1;
  const end = skipSpace(text, tag + 2 + name.length);
  if (text.charCodeAt(end) !== GREATER) return -1;
  target.close(name, end + 1);
  return end + 1;
}

/** Reads the attributes after a tag's name; gives the offset of `>` or `/`, or -1. */
function scanAttributes(text: string, from: number, target: ScanTarget): number {
  let index = from;
  for (;;) {
    const start = skipSpace(text, index);
    const code = text.charCodeAt(start);
    if (code === GREATER || code === SLASH) return start;
    if (start === index) return -1;
    const nameEnd = afterName(text, start);
    if (nameEnd === start) return -1;
    const equals = skipSpace(text, nameEnd);
    if (text.charCodeAt(equals) !== EQUALS) return -1;
    const quoteAt = skipSpace(text, equals + 1);
    const quote = text.charCodeAt(quoteAt);
    if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
    const end = text.indexOf(quote === QUOTE ? '"' : "'", quoteAt + 1);
    if (end === -1) return -1;
    const raw = text.slice(quoteAt + 1, end);
    const value = CHANGED.test(raw) ? unescape(raw) : raw;
    if (value === null) return -1;
    index = end + 1;
    target.attribute(text.slice(start, nameEnd), value, index);
  }
}

/** The value that raw text stands for; null where it holds what a value cannot hold. */
function unescape(raw: string): string | null {
  if (raw.includes('<')) return null;
  const normal = raw.replace(/\r\n|[\t\n\r]/g, ' ');
  if (!normal.includes('&')) return normal;
  const value = normal.replace(REFERENCE, (_, named?: string, decimal?: string, hexadecimal?: string) => {
    if (named !== undefined) return NAMED[named] ?? '';
    const code = decimal === undefined ? parseInt(hexadecimal ?? '0', 16) : parseInt(decimal, 10);
    // Anything but a plain printable character is rare enough for saxes to judge.
    return code < SPACE || code > 0xd7ff ? NOT_FOR_US : String.fromCharCode(code);
  });
  return value.includes(NOT_FOR_US) ? null : value;
}

/** The offset after a name of ASCII letters without a prefix; where it begins, if none does. */
function afterName(text: string, from: number): number {
  let index = from;
  for (;;) {
    const code = text.charCodeAt(index);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
    if (!isLetter && (index === from || !((code >= 48 && code <= 57) || code === 45 || code === 46))) return index;
    index++;
  }
}

function skipSpace(text: string, from: number): number {
  let index = from;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code !== SPACE && code !== LF && code !== CR && code !== TAB) return index;
    index++;
  }
}

/** Whether the text between two tags is white space, or inside an element stands for itself. */
function scanText(text: string, from: number, to: number, isInside: boolean, target: ScanTarget): boolean {
  if (skipSpace(text, from) >= to) return true;
  if (!isInside || /&|\]\]>/.test(text.slice(from, to))) return false;
  target.strayText(from, to);
  return true;
}

/** The offset after a comment that begins at an offset; -1 where none does, or a malformed one. */
function afterComment(text: string, from: number): number {
  if (!text.startsWith('<!--', from)) return -1;
  const hyphens = text.indexOf('--', from + 4);
  return hyphens !== -1 && text.charCodeAt(hyphens + 2) === GREATER ? hyphens + 3 : -1;
}

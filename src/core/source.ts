// Bytes to text and back, and offsets to lines and columns.

import type { Span } from './types.js';

/** The largest .cscfg, .csdef or JSON file that is read: 64 MiB. */
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** A line and a column, both from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What the bytes turned out to be: `utf-8`, `utf-16le`, `utf-16be`, or a declared encoding that the platform knows. */
export type Encoding = string;

/** A text with its path and its lines. Offsets count UTF-16 units after the byte order mark. */
export class SourceFile {
  /** Offsets at which lines begin, as far as somebody has asked: most ask for the first place of a file, if for any. */
  readonly #lineStarts: number[] = [0];
  #allLines = false;
  #blocks: readonly number[] | null = null;

  constructor(
    /** As it is shown: relative to the working directory, `/`-separated. */
    readonly path: string,
    readonly text: string,
    readonly encoding: Encoding = 'utf-8',
    /** Whether the bytes began with a byte order mark, which `text` does not hold. */
    readonly bom = false,
  ) {}

  /** Line and column of an offset. Offsets beyond the end give the end. */
  position(offset: number): Position {
    const starts = this.linesUpTo(offset);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, this.text.length) - (starts[low] ?? 0) + 1 };
  }

  /** The column of an offset in bytes of UTF-8, from 1. Offsets beyond the end give the end. */
  byteColumn(offset: number): number {
    const { line, column } = this.position(offset);
    const start = this.#lineStarts[line - 1] ?? 0;
    const blocks = column > BLOCK ? this.bytesOfBlocks() : null;
    if (blocks === null) return utf8Length(this.text, start, start + column - 1) + 1;
    return this.bytesBefore(start + column - 1, blocks) - this.bytesBefore(start, blocks) + 1;
  }

  private bytesBefore(offset: number, blocks: readonly number[]): number {
    const block = Math.floor(offset / BLOCK);
    return (blocks[block] ?? 0) + utf8Length(this.text, block * BLOCK, offset);
  }

  /** How many bytes precede each block of the text: an export may be one line of millions of characters, with thousands of places in it. */
  private bytesOfBlocks(): readonly number[] {
    if (this.#blocks !== null) return this.#blocks;
    const blocks = [0];
    for (let end = BLOCK; end <= this.text.length; end += BLOCK) blocks.push((blocks.at(-1) ?? 0) + utf8Length(this.text, end - BLOCK, end));
    this.#blocks = blocks;
    return blocks;
  }

  /** The span of a line's text without its line end. `line` counts from 1; one that does not exist gives an empty span at the end. */
  lineSpan(line: number): Span {
    const starts = this.#lineStarts;
    while (starts.length <= line && !this.#allLines) this.nextLine();
    const start = starts[line - 1];
    if (start === undefined) return { start: this.text.length, end: this.text.length };
    let end = starts[line] ?? this.text.length;
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end--;
    return { start, end };
  }

  private linesUpTo(offset: number): readonly number[] {
    const starts = this.#lineStarts;
    while (!this.#allLines && (starts[starts.length - 1] ?? 0) <= offset) this.nextLine();
    return starts;
  }

  private nextLine(): void {
    const starts = this.#lineStarts;
    LINE_END.lastIndex = starts[starts.length - 1] ?? 0;
    if (LINE_END.test(this.text)) starts.push(LINE_END.lastIndex);
    else this.#allLines = true;
  }
}

/** LF, CR LF and CR each end a line. */
const LINE_END = /\r\n?|\n/g;

const BLOCK = 4096;

/** Bytes that a range takes in UTF-8. Either half of a surrogate pair counts two of its four, so that ranges add up. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code & 0xf800) === 0xd800) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Bytes that no encoding turns into text. */
export interface Undecodable {
  /** The encoding that was tried, because of a byte order mark, the declaration, or for want of both. */
  readonly encoding: Encoding;
  /** What could be read, with U+FFFD for what could not: for showing the place, not for reading on. */
  readonly source: SourceFile;
  /** Offset in `source.text` of the first U+FFFD that stands for undecodable bytes. */
  readonly offset: number;
}

export type Decoded = { readonly ok: true; readonly source: SourceFile } | ({ readonly ok: false } & Undecodable);

/**
 * Decodes the bytes of an XML or JSON file.
 *
 * A byte order mark decides; else zero bytes betray UTF-16; else bytes that are valid UTF-8 are UTF-8, whatever an XML
 * declaration says (configuration text that Azure returns declares `utf-16` and is then saved as UTF-8); else the
 * declared encoding is tried where the platform knows it. A UTF-16 file may lack its mark.
 *
 * https://www.w3.org/TR/xml/#sec-guessing
 */
export function decode(path: string, bytes: Uint8Array): Decoded {
  const [b0, b1, b2] = bytes;
  if (b0 === 0xef && b1 === 0xbb && b2 === 0xbf) return decodeAs(path, bytes.subarray(3), 'utf-8', true);
  if (b0 === 0xff && b1 === 0xfe) return decodeAs(path, bytes.subarray(2), 'utf-16le', true);
  if (b0 === 0xfe && b1 === 0xff) return decodeAs(path, bytes.subarray(2), 'utf-16be', true);
  // The first character of an XML or JSON document is ASCII, so its zero byte tells the byte order.
  if (bytes.length >= 2 && b1 === 0 && b0 !== 0) return decodeAs(path, bytes, 'utf-16le', false);
  if (bytes.length >= 2 && b0 === 0 && b1 !== 0) return decodeAs(path, bytes, 'utf-16be', false);

  const utf8 = decodeAs(path, bytes, 'utf-8', false);
  if (utf8.ok) return utf8;
  const declared = declaredEncoding(ascii(bytes.subarray(0, 256)));
  if (declared !== null && !/^utf-?(8|16|32)/i.test(declared)) {
    const other = tryDecode(bytes, declared, true);
    if (other !== null) return { ok: true, source: new SourceFile(path, other, declared.toLowerCase(), false) };
  }
  return utf8;
}

/** The encoding that an XML declaration at the beginning of `text` names, as written, or null. */
export function declaredEncoding(text: string): string | null {
  return declaredEncodingSpan(text)?.name ?? null;
}

/** As {@link declaredEncoding}, with the place of the name. */
export function declaredEncodingSpan(text: string): { readonly name: string; readonly span: Span } | null {
  if (!text.startsWith('<?xml')) return null;
  const head = text.slice(0, 256);
  const declaration = head.slice(0, head.indexOf('?>') + 1);
  const found = /\sencoding\s*=\s*(["'])([A-Za-z][\w.-]*)\1/.exec(declaration);
  if (found === null) return null;
  const name = found[2] ?? '';
  const start = found.index + found[0].length - 1 - name.length;
  return { name, span: { start, end: start + name.length } };
}

/**
 * The XML declaration of a text, where it names another encoding than the one that the bytes were in, or none at all:
 * `isName` tells which.
 */
export function wrongEncoding({ text, encoding }: SourceFile): { declared: string; actual: string; isName: boolean; span: Span } | null {
  const declared = declaredEncodingSpan(text);
  if (declared === null) return null;
  const says = /^(?:utf-?16(?:le|be)?|unicode|ucs-?2)$/i.test(declared.name) ? 'utf-16' : declared.name.toLowerCase();
  const actual = encoding.startsWith('utf-16') ? 'utf-16' : encoding;
  if (says === actual) return null;
  const isName = !MISSPELT.test(says);
  // ASCII is the same in every encoding of single bytes.
  const isSame = isName && actual === 'utf-8' && says !== 'utf-16' && !/[^\0-\x7F]/.test(text);
  return isSame ? null : { declared: declared.name, actual, isName, span: declared.span };
}

/** What is written for utf-8 and is no name of it to XML, only to browsers or nobody. */
const MISSPELT = /^(?:utf_?8|utf-?8-?(?:bom|sig)|ansi)$/;

/** The version of XML 1 that an XML declaration names, where it is another than 1.0, and its place. */
export function otherVersion(text: string): { readonly version: string; readonly span: Span } | null {
  const found = text.startsWith('<?xml') ? /^<\?xml\s+version\s*=\s*(["'])(1\.\d{1,20})\1/.exec(text.slice(0, 256)) : null;
  if (found === null || found[2] === '1.0') return null;
  const version = found[2] ?? '';
  const end = found[0].length - 1;
  return { version, span: { start: end - version.length, end } };
}

function decodeAs(path: string, bytes: Uint8Array, encoding: Encoding, bom: boolean): Decoded {
  const text = tryDecode(bytes, encoding, true);
  if (text !== null) return { ok: true, source: new SourceFile(path, text, encoding, bom) };
  const lossy = tryDecode(bytes, encoding, false) ?? ascii(bytes);
  return {
    ok: false,
    encoding,
    source: new SourceFile(path, lossy, encoding, bom),
    offset: firstUndecodable(bytes, lossy, encoding),
  };
}

/** Nearly every file is UTF-8, and a decoder takes longer to make than a small file to decode. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function tryDecode(bytes: Uint8Array, encoding: Encoding, fatal: boolean): string | null {
  try {
    const decoder = fatal && encoding === 'utf-8' ? UTF8 : new TextDecoder(encoding, { fatal, ignoreBOM: true });
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** The first U+FFFD of `lossy` that the bytes do not hold as such: one that was really written decodes and is no fault. */
function firstUndecodable(bytes: Uint8Array, lossy: string, encoding: Encoding): number {
  let low = 0;
  let high = bytes.length;
  // The longest decodable prefix ends where the fault begins; `stream` accepts a prefix that ends inside a character.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodesAsPrefix(bytes.subarray(0, middle), encoding)) low = middle;
    else high = middle - 1;
  }
  const before = tryDecode(bytes.subarray(0, low), encoding, false) ?? '';
  return Math.min(before.replace(/\uFFFD$/, '').length, lossy.length);
}

function decodesAsPrefix(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function ascii(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : '\uFFFD';
  return text;
}

/**
 * The bytes of a text in the encoding that its file came in, with its byte order mark; null where that encoding has no
 * such character, or is none of UTF-8, UTF-16 and the encodings of single bytes.
 */
export function encode({ text, encoding, bom }: SourceFile): Uint8Array | null {
  const whole = bom ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return new TextEncoder().encode(whole);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return encodeUtf16(whole, encoding === 'utf-16le');
  return encodeSingleBytes(whole, encoding);
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), isLittleEndian);
  return bytes;
}

/** The platform decodes these encodings only; what each byte decodes to, turned round, encodes. */
function encodeSingleBytes(text: string, encoding: Encoding): Uint8Array | null {
  const byteOf = new Map<number, number>();
  for (let byte = 255; byte >= 0; byte--) {
    const character = tryDecode(Uint8Array.of(byte), encoding, false) ?? '';
    if (character.length === 1 && character !== '\uFFFD') byteOf.set(character.charCodeAt(0), byte);
  }
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = byteOf.get(text.charCodeAt(index));
    if (byte === undefined) return null;
    bytes[index] = byte;
  }
  return bytes;
}

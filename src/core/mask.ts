// Finds what must never be shown of a service configuration: the values of its settings, and of attributes that hold secrets.

import { suggest } from './names.js';
import type { Span } from './types.js';

/** What is shown instead of a secret; its length says nothing about the secret's. */
export const MASK = '***';

/** An attribute, wherever it stands: in a tag, in a comment, in a text that is no XML any more. */
const ANY_ATTRIBUTE = /(?<![\w.:-])(?:[\w.-]+:)?([\w.-]+)\s*=\s*/g;

/** The value of a Setting or of a Variable, and what a Task of a .csdef runs. */
const VALUE = /^(?:value|commandLine)$/i;

/** Attributes and elements that no schema has, but that people write. */
const SECRET_NAME = /password|pwd|secret|connectionstring|accountkey|sharedaccesskey|token|managementcertificate/i;

const START_TAG = /<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>/g;

/** What may follow a value. Anything else is a part of it behind a quote that was not meant to end it. */
const AFTER_VALUE = /\s*(?:[/?]?>|$)|\s+[\w.:-]+\s*=/y;

const UNQUOTED_END = /[\s"'<>]|$/g;

const REGION_START = /<(?:[\w.-]+:)?(ConfigurationSettings?|Settings?)(?![\w.:-])/gi;
const SETTINGS_END = /<!--|<\/(?:[\w.-]+:)?ConfigurationSettings?(?![\w.:-])/gi;
/** What ends a Setting that stands outside of ConfigurationSettings and is out of order itself. */
const OWNER_END = /<\/(?:[\w.-]+:)?(?:ConfigurationSettings?|Role|WebRole|WorkerRole|ServiceConfiguration|ServiceDefinition)(?![\w.:-])/gi;

const TAG = /<\/?(?:[\w.-]+:)?([\w.-]+)(?![\w.:-])/g;
/** No value runs over a `<`, so that each is looked for only as far as the next tag. */
const ATTRIBUTE = /\s+([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
/** An attribute that is out of order after its `=`. */
const BROKEN_ATTRIBUTE = /\s+(?:name|value)\s*=\s*["']?/iy;
const TAG_END = /\s*(\/?)>/y;

const ELEMENTS = ['Setting', 'ConfigurationSettings'];
const ATTRIBUTES = ['name', 'value'];

/**
 * The ranges of a text that a report must not show, in order and without overlap.
 *
 * Works on the raw text, since a text that is not well-formed is shown as well: there a quote may be lost, and what
 * follows it belongs to nobody. What is in doubt is masked.
 */
export function secretRanges(text: string): Span[] {
  const ranges: Span[] = [];
  attributeRanges(text, ranges);
  for (const { 0: tag, 1: name = '', index } of text.matchAll(START_TAG)) {
    if (SECRET_NAME.test(name)) ranges.push(trimmed(text, { start: index + tag.length, end: indexOrEnd(text, '<', index + tag.length) }));
  }
  for (const region of settingRegions(text)) regionRanges(text, region, ranges);
  return merge(ranges);
}

const XML_BEGINNING = /^\s*</;
const JSON_BEGINNING = /^\s*[[{]/;
const SERVICE_ROOT = /<(?:[\w.-]+:)?Service(?:Configuration|Definition)[\s/>]/;

/**
 * The ranges of a whole file that a report must not show. Of one that is no XML, even with something before it, that is all: it
 * may be a password, a private key or the export of a secret that was named by mistake.
 */
export function secretRangesOfFile(text: string): Span[] {
  const bracket = JSON_BEGINNING.exec(text)?.[0];
  const isForeign = bracket !== undefined || (!XML_BEGINNING.test(text) && !SERVICE_ROOT.test(text));
  return isForeign ? [{ start: bracket?.length ?? 0, end: text.length }] : secretRanges(text);
}

/** Where settings stand: between the tags of ConfigurationSettings, or to the end of the text where that is never closed. */
export function settingRegions(text: string): Span[] {
  const regions: Span[] = [];
  for (let start = nextIndex(REGION_START, text, 0); start < text.length; ) {
    const region = { start, end: regionEnd(text, start) };
    regions.push(region);
    start = nextIndex(REGION_START, text, region.end);
  }
  return regions;
}

function regionEnd(text: string, start: number): number {
  const tag = readTag(text, start);
  if (tag.isEmpty) return tag.end;
  const isSetting = /^<(?:[\w.-]+:)?Setting/i.test(text.slice(start, tag.nameEnd));
  return isSetting ? nextIndex(OWNER_END, text, tag.end) : settingsEnd(text, tag.end);
}

/** The end tag that is not commented out. */
function settingsEnd(text: string, from: number): number {
  let index = nextIndex(SETTINGS_END, text, from);
  while (text.startsWith('<!--', index)) index = nextIndex(SETTINGS_END, text, indexOrEnd(text, '-->', index));
  return index;
}

function attributeRanges(text: string, ranges: Span[]): void {
  // Each is looked for once, however many attributes stand before it.
  let lineEnd = -1;
  let wordEnd = -1;
  let nextTagStart = -1;
  for (const found of text.matchAll(ANY_ATTRIBUTE)) {
    const [whole, name = ''] = found;
    const isValue = VALUE.test(name);
    if (!isValue && !SECRET_NAME.test(name)) continue;
    const start = found.index + whole.length;
    const quote = text[start];
    if (quote === '"' || quote === "'") {
      const end = indexOrEnd(text, quote, start + 1);
      AFTER_VALUE.lastIndex = end + 1;
      const isWhole = AFTER_VALUE.test(text);
      if (!isWhole && nextTagStart < end) nextTagStart = indexOrEnd(text, '<', end);
      ranges.push({ start: start + 1, end: isWhole ? end : nextTagStart });
    } else if (isValue) {
      if (lineEnd < start) lineEnd = indexOrEnd(text, '\n', start);
      ranges.push({ start, end: lineEnd });
    } else {
      if (wordEnd < start) wordEnd = nextIndex(UNQUOTED_END, text, start);
      ranges.push({ start, end: wordEnd });
    }
  }
}

/** What may be shown of settings is the tags and their names; all else is masked, and all that follows the first thing out of order. */
function regionRanges(text: string, region: Span, ranges: Span[]): void {
  let hidden = region.start;
  const show = (start: number, end: number) => {
    ranges.push(trimmed(text, { start: hidden, end: start }));
    hidden = end;
  };
  for (let start = nextTag(text, region.start); start < region.end; start = nextTag(text, hidden)) readTag(text, start, show);
  ranges.push(trimmed(text, { start: hidden, end: region.end }));
}

/** Where the next tag of settings begins. Other words after a `<` may be a part of a value. */
function nextTag(text: string, from: number): number {
  TAG.lastIndex = from;
  for (let found = TAG.exec(text); found !== null; found = TAG.exec(text)) {
    if (isNear(found[1] ?? '', ELEMENTS)) return found.index;
  }
  return text.length;
}

interface Tag {
  readonly nameEnd: number;
  /** After the `>`, or where the tag is out of order. */
  readonly end: number;
  readonly isEmpty: boolean;
}

/** Reads a tag of settings, and tells what of it may be shown, piece by piece. */
function readTag(text: string, start: number, show: (start: number, end: number) => void = () => undefined): Tag {
  TAG.lastIndex = start;
  TAG.exec(text);
  const nameEnd = TAG.lastIndex;
  show(start, nameEnd);
  let end = nameEnd;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const found = ATTRIBUTE.exec(text);
    if (found === null) break;
    const [whole, name = ''] = found;
    const value = found[2] ?? found[3] ?? '';
    const next = end + whole.length;
    if (isNear(name, ATTRIBUTES)) {
      const valueStart = next - 1 - value.length;
      if (isShownName(name, value)) show(end, next);
      else {
        show(end, valueStart);
        show(next - 1, next);
      }
    }
    end = next;
  }
  TAG_END.lastIndex = end;
  const close = TAG_END.exec(text);
  if (close === null) {
    BROKEN_ATTRIBUTE.lastIndex = end;
    if (BROKEN_ATTRIBUTE.test(text)) show(end, BROKEN_ATTRIBUTE.lastIndex);
    return { nameEnd, end, isEmpty: false };
  }
  show(end, TAG_END.lastIndex);
  return { nameEnd, end: TAG_END.lastIndex, isEmpty: close[1] === '/' };
}

/** Whether a word is one of a few, or a misspelt one of them. */
function isNear(word: string, words: readonly string[]): boolean {
  return words.includes(word) || suggest(word, words) !== null;
}

/** A name that holds what begins a value has swallowed one, since its quote is lost. */
function isShownName(name: string, value: string): boolean {
  return name.toLowerCase() === 'name' && !/[=>"'\r\n]/.test(value);
}

/** Offset at which a global pattern matches next, or the end of the text. */
function nextIndex(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function indexOrEnd(text: string, search: string, from: number): number {
  const index = text.indexOf(search, from);
  return index === -1 ? text.length : index;
}

/** Without the blanks around it. */
function trimmed(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (from < to && isBlank(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function merge(ranges: Span[]): Span[] {
  const merged: Span[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    if (range.end <= range.start) continue;
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else merged.push(range);
  }
  return merged;
}

// Finds out what a text that stops being XML suffers from, and where: the place that the parser notices is often a line late.

import { MASK, settingRegions } from './mask.js';
import type { IllFormed, IllFormedCode } from './rule.js';
import { codePoint } from './thumbprint.js';
import type { Span } from './types.js';

/** An element that is still open. */
export interface OpenTag {
  readonly name: string;
  readonly nameSpan: Span;
}

/** What the parser said, and what it had read before. */
export interface ParserError {
  /** saxes' own words, without line and column. */
  readonly message: string;
  /** Offset after the character at which it stopped. */
  readonly position: number;
  /** Offset after the last attribute, start tag or end tag that was read. */
  readonly last: number;
  /** Innermost first. */
  readonly open: readonly OpenTag[];
}

/** Names no word that may be a part of a setting's value. */
export function withoutSecrets(text: string, found: IllFormed): IllFormed {
  const isNamed = found.detail === '' || NOT_FROM_TEXT.has(found.code) || HARMLESS.has(found.detail.replace(/^.*:/, ''));
  if (isNamed || !settingRegions(text).some(({ start, end }) => found.span.end > start && found.span.start <= end)) return found;
  return { ...found, detail: found.code === 'other' ? found.detail.replace(/["'].*["']/s, MASK) : MASK };
}

/** Their details are made up here. */
const NOT_FROM_TEXT: ReadonlySet<IllFormedCode> = new Set(['control-character', 'typographic-quote', 'odd-blank', 'too-deep', 'text-outside-root']);

/** Words that are the languages' own. */
const HARMLESS: ReadonlySet<string> = new Set(['name', 'value', 'Setting', 'ConfigurationSettings', 'Role', 'WebRole', 'WorkerRole', 'ServiceConfiguration', 'ServiceDefinition']);

/** Says what is wrong, from the parser's words and from the raw text around the place. */
export function diagnose(text: string, error: ParserError): IllFormed {
  const at = stoppedAt(text, error);
  const where = whereIs(text, error.last, at.start);
  return (
    conflictMarkers(text, at) ??
    ampersand(text, error, at) ??
    inValue(text, at, where) ??
    inTag(text, error, at, where) ??
    nesting(text, error, at, where) ??
    controlCharacter(text, at) ??
    place('other', at, error.message.replace(/\.$/, ''))
  );
}

function place(code: IllFormedCode, span: Span, detail = '', related: IllFormed['related'] = []): IllFormed {
  return { code, span, related, detail };
}

/** The character at which the parser stopped, or nothing at the end of the text. */
function stoppedAt(text: string, error: ParserError): Span {
  if (isAtEnd(error)) return { start: text.length, end: text.length };
  // At a lone surrogate saxes counts one too many.
  const end = Math.min(error.position, text.length);
  return { start: Math.max(end - 1, 0), end };
}

/** Whether the parser had read everything before it complained. */
function isAtEnd({ message }: ParserError): boolean {
  return message.startsWith('unclosed tag') || message === 'unexpected end.' || message === 'document must contain a root element.';
}

function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

// ---------------------------------------------------------------------------------------------------------------------
// Where the parser was
// ---------------------------------------------------------------------------------------------------------------------

/** What a place in raw text belongs to. */
type Where =
  | { readonly in: 'text' }
  | { readonly in: 'comment' | 'cdata' | 'instruction' | 'end-tag'; readonly start: number }
  /** `word`: the last attribute name, or the tag's own name, where nothing follows it yet. */
  | { readonly in: 'tag'; readonly start: number; readonly word: Span | null }
  | { readonly in: 'value'; readonly name: Span; readonly quote: number };

const MARKUP = [
  { in: 'comment', open: '<!--', close: '-->' },
  { in: 'cdata', open: '<![CDATA[', close: ']]>' },
  { in: 'instruction', open: '<?', close: '?>' },
  { in: 'end-tag', open: '</', close: '>' },
] as const;

/** Walks from the last thing that was read to `stop`, without demanding that the text is well-formed. */
function whereIs(text: string, last: number, stop: number): Where {
  const before = text[last - 1];
  let index = last;
  if (before === '"' || before === "'") {
    const inside = walkTag(text, text.lastIndexOf('<', last), last, stop);
    if (inside.where !== null) return inside.where;
    index = inside.end;
  }
  for (;;) {
    index = text.indexOf('<', index);
    if (index === -1 || index >= stop) return { in: 'text' };
    const start = index;
    const markup = MARKUP.find(({ open }) => text.startsWith(open, start));
    if (markup !== undefined) {
      const close = text.indexOf(markup.close, start + markup.open.length);
      if (close === -1 || close >= stop) return { in: markup.in, start };
      index = close + markup.close.length;
    } else if (/[^\s<>="'/!]/.test(text[start + 1] ?? ' ')) {
      const name = /[^\s<>="'/]{1,1000}/y;
      name.lastIndex = start + 1;
      name.exec(text);
      const inside = walkTag(text, start, name.lastIndex, stop);
      if (inside.where !== null) return inside.where;
      index = inside.end;
    } else {
      index++;
    }
  }
}

/** Walks through the attributes of a tag; `end` is the offset after it, if it ends before `stop`. */
function walkTag(text: string, start: number, from: number, stop: number): { where: Where | null; end: number } {
  const attribute = /\s*([^\s=<>/"']+)(?:\s*=\s*(["'])?)?/y;
  let index = from;
  let word: Span | null = null;
  while (index < stop) {
    attribute.lastIndex = index;
    const found = attribute.exec(text);
    if (found === null) break;
    const [whole, name = '', quote] = found;
    const nameStart = found.index + whole.indexOf(name);
    if (nameStart >= stop) break;
    word = { start: nameStart, end: nameStart + name.length };
    index = found.index + whole.length;
    if (quote === undefined) continue;
    const close = text.indexOf(quote, index);
    if (close === -1 || close >= stop) return { where: { in: 'value', name: word, quote: index - 1 }, end: stop };
    index = close + 1;
    word = null;
  }
  const end = text.indexOf('>', index);
  if (end !== -1 && end < stop) return { where: null, end: end + 1 };
  return { where: { in: 'tag', start, word }, end: stop };
}

// ---------------------------------------------------------------------------------------------------------------------
// What is wrong there
// ---------------------------------------------------------------------------------------------------------------------

const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: [^\r\n]*)?$/gm;

/** How many lines of conflict markers are shown. */
const MAX_MARKERS = 12;

/** Git leaves these when a merge was not finished. They stop the parser wherever the first one stands. */
function conflictMarkers(text: string, at: Span): IllFormed | null {
  const lineStart = text.lastIndexOf('\n', at.start - 1) + 1;
  if (!/^([<=>|])\1{6}/.test(text.slice(lineStart, lineStart + 8))) return null;
  const markers: Span[] = [];
  for (const found of text.matchAll(CONFLICT)) {
    if (markers.length === MAX_MARKERS) break;
    markers.push({ start: found.index, end: found.index + found[0].length });
  }
  const [first, ...others] = markers;
  if (first === undefined) return null;
  return place('conflict-markers', first, '', others.map((span) => ({ note: 'and here', span })));
}

/** Ampersands that are looked at before the search is given up; each look walks the text since the last tag. */
const MAX_AMPERSANDS = 200;

/** saxes reads on to the next semicolon, however far that is, before it complains about an ampersand. */
function ampersand(text: string, error: ParserError, at: Span): IllFormed | null {
  if (!isAtEnd(error) && !error.message.includes('entity')) return null;
  let start = text.indexOf('&', error.last);
  for (let looks = 0; looks < MAX_AMPERSANDS && start !== -1 && start <= at.start; looks++) {
    const { in: inside } = whereIs(text, error.last, start);
    // What follows it may be a part of a password: it is neither underlined nor named.
    if (!isReference(text, start) && (inside === 'text' || inside === 'value')) return place('ampersand', { start, end: start + 1 });
    start = text.indexOf('&', start + 1);
  }
  return null;
}

/** Whether a reference to one of XML's own entities, or to a character that XML allows, begins at an offset. */
function isReference(text: string, start: number): boolean {
  const found = /^&(?:(?:amp|lt|gt|quot|apos)|#(\d{1,8})|#x([0-9a-fA-F]{1,8}));/.exec(text.slice(start, start + 16));
  if (found === null) return false;
  const [, decimal, hexadecimal] = found;
  if (decimal === undefined && hexadecimal === undefined) return true;
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code < 0x110000);
}

function inValue(text: string, at: Span, where: Where): IllFormed | null {
  if (where.in !== 'value') return null;
  const name = slice(text, where.name);
  const character = slice(text, at);
  if (character !== '' && character !== '<') return null;
  // A value that runs over the end of its line into the next tag has lost its closing quote.
  if (character === '' || /[\r\n]/.test(text.slice(where.quote, at.start))) {
    const line = /^[^\r\n]*/.exec(text.slice(where.quote, where.quote + MAX_LINE))?.[0] ?? '';
    const turned = line.search(TURNED);
    if (turned !== -1) return typographicQuote(text, where.quote + turned);
    return place('lost-quote', where.name, name, [{ note: 'noticed here', span: at }]);
  }
  return place('less-than-in-value', at, name, [{ note: 'in the value of this attribute', span: where.name }]);
}

/** Quotes as word processors and chats turn them. */
const TYPOGRAPHIC = /[\u2018-\u201F\u00AB\u00BB\u2032\u2033]/;

/** Where a value may begin or end with one. Inside of a value it is an apostrophe. */
const TURNED = new RegExp(`(?<==)${TYPOGRAPHIC.source}|${TYPOGRAPHIC.source}(?=[\\s/>]|$)`);

/** So much of a line is looked through for them. */
const MAX_LINE = 2_000;

function typographicQuote(text: string, start: number): IllFormed {
  return place('typographic-quote', { start, end: start + 1 }, codeOf(text, start));
}

function codeOf(text: string, index: number): string {
  return codePoint(text.slice(index, index + 2));
}

/** Blanks that are none to XML: they come from web pages and chats. */
const ODD_BLANK = /[\u0085\u00A0\u1680\u2000-\u200F\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF]/;

/**
 * The attribute before, where its closing quote was lost on the same line, so that the opening quote of the next one closed
 * it: `a="1 b="2"`.
 */
function swallowed(text: string, last: number): Span | null {
  const quote = text[last - 1];
  if (quote !== '"' && quote !== "'") return null;
  const open = text.lastIndexOf(quote, last - 2);
  if (open === -1 || last - open > MAX_LINE || !/^[^\r\n<]*[\s\u201D][A-Za-z_][\w.-]*\s*=\s*$/.test(text.slice(open + 1, last - 1))) return null;
  // Else the quotes stand inside of a value, as in that of a connection string.
  const next = text.indexOf(quote, last);
  if (next === -1 || next - last > MAX_LINE || !/^[\s/>?]/.test(text.slice(next + 1, next + 2))) return null;
  const name = /([A-Za-z_][\w.:-]*)\s*=\s*$/.exec(text.slice(Math.max(0, open - MAX_LINE), open))?.[1];
  const start = name === undefined ? -1 : text.lastIndexOf(name, open);
  return name === undefined ? null : { start, end: start + name.length };
}

const PLACEHOLDER = /(?:\$\w{1,100}\$|%\w{1,100}%|#\{[^}\s]{1,100}\}|\$[({][^)}\s]{1,100}[)}]|\{\{[^}\s]{1,100}\}\}|__\w{1,100}__)/y;

function inTag(text: string, error: ParserError, at: Span, where: Where): IllFormed | null {
  if (where.in !== 'tag') return null;
  for (const start of [at.start, where.word?.start]) {
    if (start === undefined) continue;
    PLACEHOLDER.lastIndex = start;
    const token = PLACEHOLDER.exec(text)?.[0];
    if (token !== undefined) return place('placeholder-attribute', { start, end: start + token.length }, token);
  }
  if (at.start === at.end) return place('unfinished-tag', { start: where.start, end: where.start + 1 }, tagName(text, where.start));
  if (error.message.startsWith('forward-slash in opening tag')) {
    const slash = Math.max(text.lastIndexOf('/', at.start), 0);
    return place('lost-bracket', { start: slash, end: slash + 1 }, tagName(text, where.start));
  }
  const odd = oddCharacter(text, error, at);
  if (odd !== null) return odd;
  if (error.message === 'unquoted attribute value.') {
    return place('value-without-quotes', at, where.word === null ? '' : slice(text, where.word));
  }
  if (error.message === 'no whitespace between attributes.') return place('no-space-between-attributes', at);
  if (where.word !== null && (error.message === 'attribute without value.' || /[\s/>]/.test(slice(text, at)))) {
    return place('attribute-without-value', where.word, slice(text, where.word));
  }
  return null;
}

/** Quotes and blanks of other kinds in a tag, and what follows a quote that was lost. */
function oddCharacter(text: string, error: ParserError, at: Span): IllFormed | null {
  if (TYPOGRAPHIC.test(slice(text, at))) return typographicQuote(text, at.start);
  const lost = error.message === 'no whitespace between attributes.' || error.message === 'disallowed character in attribute name.' ? swallowed(text, error.last) : null;
  if (lost !== null) {
    const turned = text.slice(lost.end, error.last).search(TURNED);
    return turned === -1 ? place('lost-quote', lost, slice(text, lost), [{ note: 'noticed here', span: at }]) : typographicQuote(text, lost.end + turned);
  }
  return ODD_BLANK.test(slice(text, at)) ? place('odd-blank', at, codeOf(text, at.start)) : null;
}

/** How elements lie in one another, and what stands outside the root. */
function nesting(text: string, error: ParserError, at: Span, where: Where): IllFormed | null {
  const { message } = error;
  if (message.startsWith('unmatched closing tag')) {
    const start = text.lastIndexOf('</', at.start);
    return place('stray-end-tag', { start, end: at.end }, tagName(text, start + 1));
  }
  if (message.startsWith('unbound namespace prefix')) {
    const prefix = /"([^"]*)"/.exec(message)?.[1] ?? '';
    const start = text.lastIndexOf(`${prefix}:`, at.start);
    return place('unbound-prefix', start === -1 ? at : { start, end: start + prefix.length }, prefix);
  }
  switch (message) {
    case 'documents may contain only one root.': {
      const start = text.lastIndexOf('<', at.start) + 1;
      const name = tagName(text, start - 1);
      return place('second-root', { start, end: start + name.length }, name);
    }
    case 'document must contain a root element.':
      return unfinished(text, error, at, where) ?? place('no-root', { start: 0, end: Math.min(1, text.length) });
    case 'text data outside of root node.':
      return textOutside(text, error);
    case 'an XML declaration must be at the start of the document.':
    case 'the XML declaration must appear at the start of the document.':
      return declarationNotFirst(text, at.start);
    case 'malformed comment.':
      return place('double-hyphen', { start: Math.max(at.start - 2, 0), end: at.start });
    case 'disallowed character in tag name':
      return place('stray-less-than', { start: Math.max(at.start - 1, 0), end: at.start });
    default:
      return isAtEnd(error) ? unfinished(text, error, at, where) : null;
  }
}

const UNFINISHED: Readonly<Record<string, IllFormedCode>> = {
  comment: 'unclosed-comment',
  cdata: 'unclosed-cdata',
  instruction: 'unclosed-instruction',
  'end-tag': 'unfinished-tag',
};

function unfinished(text: string, { open }: ParserError, at: Span, where: Where): IllFormed | null {
  const code = UNFINISHED[where.in];
  if (code !== undefined && 'start' in where) {
    return place(code, { start: where.start, end: where.start + 2 }, where.in === 'end-tag' ? tagName(text, where.start + 1) : '');
  }
  const [innermost] = open;
  if (innermost === undefined) return null;
  return place('unclosed-element', innermost.nameSpan, innermost.name, [{ note: 'the text ends here', span: at }]);
}

/** An export that was given as a path to lint. */
const JSON_BEGINNING = /^\s*[[{]\s*(?:["[{\]}]|\/[/*]|$)/;

function textOutside(text: string, { last }: ParserError): IllFormed {
  const before = last === 0;
  if (before && JSON_BEGINNING.test(text)) {
    const start = text.search(/[[{]/);
    return place('json', { start, end: start + 1 });
  }
  if (before && /<\?xml\s/.test(text)) return declarationNotFirst(text, text.length);
  const start = skipMisc(text, last);
  const written = /^[^<\r\n]{0,200}/.exec(text.slice(start, start + 200))?.[0].trimEnd() ?? '';
  return place('text-outside-root', { start, end: start + Math.max(written.length, 1) }, before ? 'before' : 'after');
}

/** The offset after the blanks, comments and instructions that follow an offset. */
export function skipMisc(text: string, from: number): number {
  let index = from;
  for (;;) {
    while (/[ \t\r\n]/.test(text.charAt(index))) index++;
    const markup = MARKUP.find(({ in: kind, open }) => (kind === 'comment' || kind === 'instruction') && text.startsWith(open, index));
    const close = markup === undefined ? -1 : text.indexOf(markup.close, index + markup.open.length);
    if (markup === undefined || close === -1) return index;
    index = close + markup.close.length;
  }
}

function declarationNotFirst(text: string, stop: number): IllFormed {
  const second = /^<\?xml\s/.test(text) ? text.lastIndexOf('<?xml', stop) : 0;
  if (second > 0) return place('second-declaration', { start: second, end: second + '<?xml'.length });
  const start = Math.max(text.search(/<\?xml\s/), 0);
  return place('declaration-not-first', { start, end: start + '<?xml'.length });
}

function controlCharacter(text: string, at: Span): IllFormed | null {
  const code = text.charCodeAt(at.start);
  if (!(code < 0x20 && code !== 9 && code !== 10 && code !== 13) && code !== 0xfffe && code !== 0xffff) return null;
  return place('control-character', at, codeOf(text, at.start));
}

/** The name in the tag that begins at an offset. */
function tagName(text: string, start: number): string {
  return /^[^\s/>]*/.exec(text.slice(start + 1, start + 200))?.[0] ?? '';
}

// The only file that knows saxes: text to elements with exact spans, in one pass, without a tree.

import { SaxesParser } from 'saxes';
import { diagnose, skipMisc, withoutSecrets, type OpenTag } from './ill-formed.js';
import type { Attribute, IllFormed } from './rule.js';
import { scan, type ScanTarget } from './scan.js';
import type { SourceFile } from './source.js';
import type { Span } from './types.js';

/** Deeper nesting is refused. A service configuration is six levels deep; saxes resolves prefixes by walking up. */
export const MAX_DEPTH = 64;

/** From so many attributes on they are looked up by name. */
const MANY_ATTRIBUTES = 16;

/** An attribute; its spans are looked up in the text only when somebody asks. */
class XmlAttribute implements Attribute {
  constructor(
    private readonly text: string,
    readonly name: string,
    readonly value: string,
    /** Offset of the closing quote. */
    private readonly end: number,
  ) {}

  get valueSpan(): Span {
    // A value cannot contain its own quote.
    return { start: this.text.lastIndexOf(this.text.charAt(this.end), this.end - 1) + 1, end: this.end };
  }

  get nameSpan(): Span {
    // By hand, since an anchored regular expression over a slice would be quadratic.
    let end = this.valueSpan.start - 1;
    while (isSpace(this.text.charCodeAt(end - 1))) end--;
    end--;
    while (isSpace(this.text.charCodeAt(end - 1))) end--;
    return { start: end - this.name.length, end };
  }
}

/** An element at its start tag. What the engine adds to it while it is open stands in the engine. */
export class XmlElement {
  /** The element's path in the grammar; the engine sets it. Null where the grammar does not have it. */
  path: string | null = null;
  /** Offset after the end tag, or after the start tag of an element without one; 0 while the element is open. */
  closedAt = 0;

  constructor(
    /** The text that it stands in. */
    readonly text: string,
    /** As written, with its prefix. */
    readonly qualifiedName: string,
    /** Without its prefix. */
    readonly name: string,
    /** Empty where there is none. */
    readonly namespace: string,
    readonly attributes: readonly Attribute[],
    readonly parent: XmlElement | null,
    readonly depth: number,
    /** Offset after the `>` of the start tag. */
    private readonly end: number,
  ) {}

  /** By name, once there are so many attributes that a look through them would be slow. */
  private byName: Map<string, Attribute> | null = null;

  attribute(name: string): Attribute | undefined {
    if (this.attributes.length > MANY_ATTRIBUTES) {
      this.byName ??= new Map(this.attributes.map((attribute) => [attribute.name, attribute]));
      return this.byName.get(name);
    }
    for (let index = 0; index < this.attributes.length; index++) {
      const attribute = this.attributes[index];
      if (attribute?.name === name) return attribute;
    }
    return undefined;
  }

  get span(): Span {
    // No attribute value can contain a "<".
    return { start: this.text.lastIndexOf('<', this.end - 1), end: this.end };
  }

  get wholeSpan(): Span {
    return { start: this.span.start, end: Math.max(this.end, this.closedAt) };
  }

  get nameSpan(): Span {
    const start = this.span.start + 1;
    return { start, end: start + this.qualifiedName.length };
  }

  /** The name in the end tag; null without one, and while the element is open. */
  get endNameSpan(): Span | null {
    if (this.closedAt === 0 || this.closedAt === this.end) return null;
    const start = this.text.lastIndexOf('</', this.closedAt - 1) + 2;
    return { start, end: start + this.qualifiedName.length };
  }
}

/** What the reader tells while it reads. */
export interface ReadHandlers {
  open(element: XmlElement): void;
  /** Not called for elements that were open when the text stopped being well-formed. */
  close(element: XmlElement): void;
  /** Text that is not white space, inside an element. */
  text?(span: Span, parent: XmlElement): void;
}

/** Why the reading ended before the end of the text. */
export type ReadProblem =
  | { readonly kind: 'ill-formed'; readonly place: IllFormed }
  | { readonly kind: 'doctype'; readonly span: Span };

/** Thrown through saxes to end the reading. */
class Stop extends Error {
  constructor(readonly problem: ReadProblem) {
    super('reading ended');
  }
}

/** Which way the text is read; both tell the same, and `saxes` is the authority. */
export type ReadBy = 'scan-then-saxes' | 'saxes';

/**
 * Reads the text once and hands on each element, up to the end or to the first place that is not well-formed.
 *
 * XML 1.0 with namespaces. A DOCTYPE ends the reading: its entities are never expanded. Nothing is thrown but what a handler
 * throws.
 */
export function read(source: SourceFile, handlers: ReadHandlers, by: ReadBy = 'scan-then-saxes'): ReadProblem | null {
  const reading = new Reading(source.text, handlers);
  try {
    if (by === 'saxes' || !reading.scan()) reading.parse();
    return null;
  } catch (error) {
    if (error instanceof Stop) return error.problem;
    throw error;
  }
}

class Reading implements ScanTarget {
  private current: XmlElement | null = null;
  /** The first `given` are those of the tag being read. One array for all tags, since one that grows takes room for many more. */
  private readonly attributes: XmlAttribute[] = [];
  private given = 0;
  /** Names of `attributes`, once there are so many that a look through them would be slow. */
  private names: Set<string> | null = null;
  /** The default namespace that the tag being read declares. */
  private declared: string | null = null;
  /** Offset after the last attribute, start tag or end tag. */
  private last = 0;
  /** Offset after the last start tag or end tag, where text may begin. */
  private between = 0;
  /** Beginnings and ends of text since then. */
  private stray: number[] = [];
  /** How many elements were opened and closed. */
  private events = 0;
  /** Whether a handler runs: what that throws is not about the text. */
  private isHandling = false;

  constructor(
    private readonly text: string,
    private readonly handlers: ReadHandlers,
  ) {}

  /** Reads the quick way; false where saxes has to go on. */
  scan(): boolean {
    return scan(this.text, this);
  }

  /** Reads with saxes, passing over what was told already. */
  parse(): void {
    const { text } = this;
    const told = this.events;
    let seen = 0;
    this.given = 0;
    this.names = null;
    this.declared = null;
    this.stray = [];
    // Resolving namespaces costs a tenth of the time, and only a text that declares a prefix needs it.
    const prefixed = text.includes('xmlns:');
    // From the seventh handler on V8 turns the parser into a dictionary, and everything takes 2.5 times as long. An error
    // handler is left out on purpose: saxes then throws the first error, and only the first is worth anything.
    const parser = new SaxesParser<{ xmlns: boolean; forceXMLVersion: true; defaultXMLVersion: '1.0' }>({
      xmlns: prefixed,
      forceXMLVersion: true,
      defaultXMLVersion: '1.0',
    });
    parser.on('attribute', ({ name, value }) => {
      if (seen < told) return;
      if (!prefixed && isUnbound(name)) throw this.unboundPrefix(name, new XmlAttribute(text, name, value, parser.position - 1).nameSpan);
      this.attribute(name, value, parser.position);
    });
    parser.on('opentag', (tag) => {
      if (seen++ < told) return;
      this.lookForText();
      if (!prefixed && isUnbound(tag.name)) throw this.unboundPrefix(tag.name, nameSpanAt(text, tag.name, parser.position));
      this.open(tag.name, parser.position, 'uri' in tag ? (tag.uri ?? '') : null);
    });
    parser.on('closetag', ({ name, isSelfClosing }) => {
      if (seen++ < told) return;
      if (!isSelfClosing) this.lookForText();
      this.last = parser.position;
      // At a wrong end tag saxes first closes the element that was left open, and only then complains.
      if (!isSelfClosing && !this.isEndTagOf(name)) throw this.wrongEndTag(name);
      this.close(name, parser.position);
    });
    parser.on('doctype', () => {
      const start = skipMisc(text, 0);
      throw new Stop({ kind: 'doctype', span: { start, end: start + DOCTYPE.length } });
    });
    try {
      // In one piece: the text is in memory, and chunks cost.
      parser.write(text);
      parser.close();
    } catch (error) {
      if (error instanceof Stop || this.isHandling) throw error;
      // saxes prefixes its messages with "line:column: ".
      const message = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : '';
      throw this.illFormed(diagnose(text, { message, position: parser.position, last: this.last, open: this.openTags() }));
    }
  }

  attribute(name: string, value: string, position: number): void {
    this.last = position;
    const attribute = new XmlAttribute(this.text, name, value, position - 1);
    if (this.isGiven(name)) {
      const before = this.attributes.slice(0, this.given).find((other) => other.name === name);
      throw this.illFormed({
        code: 'duplicate-attribute',
        span: attribute.nameSpan,
        related: before === undefined ? [] : [{ note: 'given here first', span: before.nameSpan }],
        detail: name,
      });
    }
    if (name === 'xmlns') this.declared = value.trim();
    this.attributes[this.given++] = attribute;
  }

  private isGiven(name: string): boolean {
    const { attributes, given } = this;
    if (given < MANY_ATTRIBUTES) {
      for (let index = 0; index < given; index++) if (attributes[index]?.name === name) return true;
      return false;
    }
    this.names ??= new Set(attributes.slice(0, given).map((attribute) => attribute.name));
    if (this.names.has(name)) return true;
    this.names.add(name);
    return false;
  }

  /** `uri` is null where namespaces were not resolved: then there are no prefixes. */
  open(name: string, position: number, uri: string | null = null): void {
    this.tellText();
    this.last = position;
    this.between = position;
    this.events++;
    const { current } = this;
    const depth = current === null ? 1 : current.depth + 1;
    const namespace = uri ?? this.declared ?? current?.namespace ?? '';
    const local = uri === null ? name : name.slice(name.indexOf(':') + 1);
    const element = new XmlElement(this.text, name, local, namespace, firstOf(this.attributes, this.given), current, depth, position);
    this.given = 0;
    this.names = null;
    this.declared = null;
    if (depth > MAX_DEPTH) {
      throw this.illFormed({ code: 'too-deep', span: element.nameSpan, related: [], detail: String(MAX_DEPTH) });
    }
    this.current = element;
    this.isHandling = true;
    this.handlers.open(element);
    this.isHandling = false;
  }

  close(_name: string, position: number): void {
    this.tellText();
    this.last = position;
    this.between = position;
    this.events++;
    const element = this.current;
    if (element === null) return;
    this.current = element.parent;
    element.closedAt = position;
    this.isHandling = true;
    this.handlers.close(element);
    this.isHandling = false;
  }

  strayText(from: number, to: number): void {
    this.stray.push(from, to);
  }

  /** Tells the text before a tag, once the tag is known to be one: else saxes goes on from the tag before. */
  private tellText(): void {
    const { stray, text, current } = this;
    if (stray.length === 0) return;
    for (let index = 0; index < stray.length; index += 2) {
      let [start, end] = [stray[index] ?? 0, stray[index + 1] ?? 0];
      // What only looks like a blank is the text.
      while (start < end && isSpace(text.charCodeAt(start))) start++;
      while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
      if (current !== null) this.handlers.text?.({ start, end }, current);
    }
    this.stray = [];
  }

  /** saxes has a handler for text, which takes more time than all the others together; raw text tells as much. */
  private lookForText(): void {
    if (this.current === null) return;
    for (let index = this.between; ; ) {
      const start = skipMisc(this.text, index);
      const isCdata = this.text.startsWith('<![CDATA[', start);
      if (start >= this.text.length || (this.text[start] === '<' && !isCdata)) return;
      const end = isCdata ? this.text.indexOf(']]>', start) : this.text.indexOf('<', start);
      // A lone surrogate takes the "<" behind it along, so that saxes did not see the markup that stands here.
      if (end === -1) return;
      index = isCdata ? end + 3 : end;
      this.strayText(start, index);
    }
  }

  private isEndTagOf(name: string): boolean {
    let end = this.last - 1;
    while (isSpace(this.text.charCodeAt(end - 1))) end--;
    const start = end - name.length;
    return this.text.startsWith(name, start) && this.text.startsWith('</', start - 2);
  }

  private wrongEndTag(open: string): Stop {
    const start = this.text.lastIndexOf('</', this.last - 1);
    const written = /^[^\s>]*/.exec(this.text.slice(start + 2, this.last))?.[0] ?? '';
    const related = this.current === null ? [] : [{ note: `<${open}> is still open`, span: this.current.nameSpan }];
    const inside = this.current === null ? null : this.sameInside(this.current);
    if (inside !== null) related.push({ note: `the next <${open}> begins inside of it: </${open}> may be missing before`, span: inside });
    return this.illFormed({ code: 'wrong-end-tag', span: { start, end: this.last }, related, detail: written });
  }

  /** The name of the first element inside of an open one that is called as that is: two roles never lie in one another. */
  private sameInside({ qualifiedName, span }: XmlElement): Span | null {
    const begin = `<${qualifiedName}`;
    for (let at = this.text.indexOf(begin, span.end); at !== -1 && at < this.last; at = this.text.indexOf(begin, at + 1)) {
      if (/[\s/>]/.test(this.text.charAt(at + begin.length))) return { start: at + 1, end: at + begin.length };
    }
    return null;
  }

  private unboundPrefix(name: string, span: Span): Stop {
    return this.illFormed({ code: 'unbound-prefix', span, related: [], detail: name.slice(0, name.indexOf(':')) });
  }

  private openTags(): OpenTag[] {
    const open: OpenTag[] = [];
    for (let element = this.current; element !== null; element = element.parent) {
      open.push({ name: element.qualifiedName, nameSpan: element.nameSpan });
    }
    return open;
  }

  private illFormed(place: IllFormed): Stop {
    return new Stop({ kind: 'ill-formed', place: withoutSecrets(this.text, place) });
  }
}

/** The first of some attributes. Nearly all elements have at most three, and a literal is made in half the time of a slice. */
function firstOf(all: readonly XmlAttribute[], count: number): readonly XmlAttribute[] {
  // By index: taking them apart goes through an iterator.
  const a = all[0];
  const b = all[1];
  const c = all[2];
  if (a === undefined || count === 0) return [];
  if (b === undefined || count === 1) return [a];
  if (c === undefined || count === 2) return [a, b];
  return count === 3 ? [a, b, c] : all.slice(0, count);
}

/** The place of the name in a start tag that ends before an offset. */
function nameSpanAt(text: string, name: string, position: number): Span {
  const start = text.lastIndexOf('<', position - 1) + 1;
  return { start, end: start + name.length };
}

const DOCTYPE = '<!DOCTYPE';

/** Whether a name has a prefix, in a text without a single `xmlns:`: there no prefix but `xml` is bound. */
function isUnbound(name: string): boolean {
  return name.includes(':') && !name.startsWith('xml:');
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

// The only file that knows saxes: text to elements with exact spans, in one pass, without a tree.

import { SaxesParser } from 'saxes';
import { diagnose, skipMisc, type OpenTag } from './ill-formed.js';
import type { Attribute, IllFormed } from './rule.js';
import type { SourceFile } from './source.js';
import type { Span } from './types.js';

/** Deeper nesting is refused. A service configuration is six levels deep; saxes resolves prefixes by walking up. */
export const MAX_DEPTH = 64;

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
    private readonly text: string,
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

  attribute(name: string): Attribute | undefined {
    for (const attribute of this.attributes) {
      if (attribute.name === name) return attribute;
    }
    return undefined;
  }

  get span(): Span {
    // No attribute value can contain a "<".
    return { start: this.text.lastIndexOf('<', this.end - 1), end: this.end };
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
export interface Handlers {
  open(element: XmlElement): void;
  /** Not called for elements that were open when the text stopped being well-formed. */
  close(element: XmlElement): void;
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

/**
 * Reads the text once and hands on each element, up to the end or to the first place that is not well-formed.
 *
 * XML 1.0 with namespaces. A DOCTYPE ends the reading: its entities are never expanded. Nothing is thrown.
 */
export function read(source: SourceFile, handlers: Handlers): ReadProblem | null {
  try {
    new Reading(source.text, handlers).run();
    return null;
  } catch (error) {
    if (error instanceof Stop) return error.problem;
    throw error;
  }
}

class Reading {
  private readonly parser;
  /** Whether saxes resolves namespaces; it costs a tenth of the time, and only a text that declares a prefix needs it. */
  private readonly prefixed: boolean;
  private current: XmlElement | null = null;
  private attributes: XmlAttribute[] = [];
  /** Names of `attributes`, once there are so many that a look through them would be slow. */
  private names: Set<string> | null = null;
  /** Offset after the last attribute, start tag or end tag. */
  private last = 0;

  constructor(
    private readonly text: string,
    private readonly handlers: Handlers,
  ) {
    this.prefixed = text.includes('xmlns:');
    // From the seventh handler on V8 turns the parser into a dictionary, and everything takes 2.5 times as long. An error
    // handler is left out on purpose: saxes then throws the first error, and only the first is worth anything.
    this.parser = new SaxesParser<{ xmlns: boolean; forceXMLVersion: true; defaultXMLVersion: '1.0' }>({
      xmlns: this.prefixed,
      forceXMLVersion: true,
      defaultXMLVersion: '1.0',
    });
    this.parser.on('attribute', (attribute) => this.onAttribute(attribute.name, attribute.value));
    this.parser.on('opentag', (tag) => this.onOpen(tag.name, 'uri' in tag ? (tag.uri ?? '') : null));
    this.parser.on('closetag', (tag) => this.onClose(tag.name, tag.isSelfClosing));
    this.parser.on('doctype', () => this.onDoctype());
  }

  run(): void {
    try {
      // In one piece: the text is in memory, and chunks cost.
      this.parser.write(this.text);
      this.parser.close();
    } catch (error) {
      if (error instanceof Stop) throw error;
      // saxes prefixes its messages with "line:column: ".
      const message = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : '';
      throw this.illFormed(diagnose(this.text, { message, position: this.parser.position, last: this.last, open: this.openTags() }));
    }
  }

  private onAttribute(name: string, value: string): void {
    this.last = this.parser.position;
    const attribute = new XmlAttribute(this.text, name, value, this.last - 1);
    const before = this.sameName(name);
    if (before !== undefined) {
      throw this.illFormed({
        code: 'duplicate-attribute',
        span: attribute.nameSpan,
        related: [{ note: 'given here first', span: before.nameSpan }],
        detail: name,
      });
    }
    if (!this.prefixed) this.refuseUnboundPrefix(name, () => attribute.nameSpan);
    this.attributes.push(attribute);
  }

  private sameName(name: string): XmlAttribute | undefined {
    if (this.attributes.length < 16) return this.attributes.find((attribute) => attribute.name === name);
    this.names ??= new Set(this.attributes.map((attribute) => attribute.name));
    if (this.names.has(name)) return this.attributes.find((attribute) => attribute.name === name);
    this.names.add(name);
    return undefined;
  }

  /** `uri` is null where saxes does not resolve namespaces. */
  private onOpen(name: string, uri: string | null): void {
    this.last = this.parser.position;
    const { attributes, current } = this;
    const depth = (current?.depth ?? 0) + 1;
    const declared = uri ?? attributes.find((attribute) => attribute.name === 'xmlns')?.value.trim();
    const local = uri === null ? name : name.slice(name.indexOf(':') + 1);
    const element = new XmlElement(this.text, name, local, declared ?? current?.namespace ?? '', attributes, current, depth, this.last);
    this.attributes = [];
    this.names = null;
    if (!this.prefixed) this.refuseUnboundPrefix(name, () => element.nameSpan);
    if (depth > MAX_DEPTH) {
      throw this.illFormed({ code: 'too-deep', span: element.nameSpan, related: [], detail: String(MAX_DEPTH) });
    }
    this.current = element;
    this.handlers.open(element);
  }

  private onClose(name: string, isSelfClosing: boolean): void {
    const element = this.current;
    if (element === null) return;
    this.last = this.parser.position;
    // At a wrong end tag saxes first closes the element that was left open, and only then complains.
    if (!isSelfClosing && !this.isEndTagOf(name)) {
      const start = this.text.lastIndexOf('</', this.last - 1);
      const written = /^[^\s>]*/.exec(this.text.slice(start + 2, this.last))?.[0] ?? '';
      throw this.illFormed({
        code: 'wrong-end-tag',
        span: { start, end: this.last },
        related: [{ note: `<${name}> is still open`, span: element.nameSpan }],
        detail: written,
      });
    }
    this.current = element.parent;
    element.closedAt = this.last;
    this.handlers.close(element);
  }

  private isEndTagOf(name: string): boolean {
    let end = this.last - 1;
    while (isSpace(this.text.charCodeAt(end - 1))) end--;
    const start = end - name.length;
    return this.text.startsWith(name, start) && this.text.startsWith('</', start - 2);
  }

  private onDoctype(): void {
    const start = skipMisc(this.text, 0);
    throw new Stop({ kind: 'doctype', span: { start, end: start + DOCTYPE.length } });
  }

  /** Without a single `xmlns:` in the text no prefix but `xml` can be bound. */
  private refuseUnboundPrefix(name: string, span: () => Span): void {
    const colon = name.indexOf(':');
    if (colon === -1 || name.startsWith('xml:')) return;
    throw this.illFormed({ code: 'unbound-prefix', span: span(), related: [], detail: name.slice(0, colon) });
  }

  private openTags(): OpenTag[] {
    const open: OpenTag[] = [];
    for (let element = this.current; element !== null; element = element.parent) {
      open.push({ name: element.qualifiedName, nameSpan: element.nameSpan });
    }
    return open;
  }

  private illFormed(place: IllFormed): Stop {
    return new Stop({ kind: 'ill-formed', place });
  }
}

const DOCTYPE = '<!DOCTYPE';

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

// Holds what a file has against the grammar: once per element, whatever rules want to hear of it.

import { ROOTS, type GrammarChild, type GrammarNode } from './dispatch.js';
import { foldName, suggest } from './names.js';
import { pipelinePlaceholder } from './placeholder.js';
import type { XmlElement } from './read.js';
import type { Attribute, Element, EventName, MissingPart, TooMany, UnknownElement } from './rule.js';
import type { Span } from './types.js';
import { valueProblem } from './value-type.js';
import type { Emit } from './watch.js';

/** What is remembered of an open element whose children are held against the grammar. */
interface Frame {
  element: XmlElement;
  node: GrammarNode;
  /** Bits of the children that were seen. */
  seen: number;
  /** The first of each kind of child that was seen, by index; of others, what an element before this one had. */
  readonly firsts: XmlElement[];
  /** The highest rank that was seen, and the child that had it. */
  rank: number;
  last: XmlElement | null;
  /** Children that stand behind one that must follow them. */
  late: { readonly rank: number; readonly element: XmlElement; readonly after: XmlElement }[] | null;
  /** How many there were of kinds of which there were several, by index. */
  counts: number[] | null;
  /** Children that the grammar does not have here. */
  strangers: XmlElement[] | null;
  /** Told when the element is closed: before that its end tag may just be missing. */
  tooMany: TooMany[] | null;
}

/** Watches one file. */
export class SchemaWatch {
  /** By depth, each for one open element after the other. */
  private readonly frames: (Frame | undefined)[] = [];
  /** By depth: the last element that has the attributes that it must have, and none that is unknown. */
  private readonly wellFormed: (XmlElement | undefined)[] = [];
  private readonly wellFormedNodes: (GrammarNode | undefined)[] = [];
  private readonly asksForUnknown: boolean;
  private readonly asksForOrder: boolean;

  constructor(
    private readonly emit: Emit,
    private readonly asks: (event: EventName) => boolean,
  ) {
    this.asksForUnknown = asks('schema:unknown-attribute');
    this.asksForOrder = asks('schema:order');
  }

  /** An element that the grammar has; its attributes are looked at now, its children as they come. */
  open(element: XmlElement, node: GrammarNode): void {
    if (node.children.size > 0) this.begin(element, node);
    this.attributes(element, node);
  }

  private begin(element: XmlElement, node: GrammarNode): Frame {
    const { depth } = element;
    const known = this.frames[depth];
    if (known === undefined) {
      const frame: Frame = { element, node, seen: 0, firsts: [], rank: -1, last: null, late: null, counts: null, strangers: null, tooMany: null };
      this.frames[depth] = frame;
      return frame;
    }
    known.element = element;
    known.node = node;
    known.seen = 0;
    known.rank = -1;
    known.last = null;
    known.late = null;
    known.counts = null;
    known.strangers = null;
    known.tooMany = null;
    return known;
  }

  /** The frame of an open element; none for one that can have no children, until it has one all the same. */
  private frameOf(element: XmlElement): Frame | undefined {
    const frame = this.frames[element.depth];
    return frame?.element === element ? frame : undefined;
  }

  /** A child in its place among the others. */
  child(element: XmlElement, child: GrammarChild): void {
    const frame = element.parent === null ? undefined : this.frameOf(element.parent);
    if (frame === undefined) return;
    const { rank, bit, index } = child;
    if ((frame.seen & bit) !== 0) {
      if (child.max !== Infinity) this.repeated(frame, element, child);
    } else {
      if ((bit & frame.node.choice) !== 0) this.rival(frame, element);
      frame.seen |= bit;
      frame.firsts[index] = element;
    }
    if (rank < frame.rank) {
      if (this.asksForOrder && frame.last !== null) (frame.late ??= []).push({ rank, element, after: frame.last });
      return;
    }
    frame.rank = rank;
    frame.last = element;
  }

  /** A child that the grammar does not have in an element. */
  stranger(element: XmlElement, node: GrammarNode): void {
    const { parent } = element;
    if (parent === null) return;
    const frame = this.frameOf(parent) ?? this.begin(parent, node);
    (frame.strangers ??= []).push(element);
  }

  close(element: XmlElement): void {
    const frame = this.frameOf(element);
    if (frame === undefined) return;
    const missing = this.missingChildren(frame);
    if (frame.strangers !== null) for (const stranger of frame.strangers) this.tellStranger(frame, stranger, missing);
    if (frame.tooMany !== null) for (const event of frame.tooMany) this.emit('schema:too-many', event);
    if (frame.late !== null) this.tellOrder(frame);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Attributes
  // -------------------------------------------------------------------------------------------------------------------

  private attributes(element: XmlElement, node: GrammarNode): void {
    this.values(element, node);
    // Most elements of a kind have the same attributes.
    if (this.isLikeLast(element, node)) return;
    const own = element as unknown as Element;
    const { requiredAttributes } = node;
    let isWell = true;
    for (let index = 0; index < requiredAttributes.length; index++) {
      const name = requiredAttributes[index];
      if (name === undefined || element.attribute(name) !== undefined) continue;
      isWell = false;
      const other = element.attributes.find((attribute) => foldName(attribute.name) === foldName(name));
      const miscased: MissingPart['miscased'] = other === undefined ? null : { name: other.name, edits: [other.nameSpan] };
      const misspelt = other === undefined ? misspeltAttribute(element, node, name) : null;
      this.emit('schema:missing', { element: own, part: 'attribute', name, miscased, misspelt } satisfies MissingPart);
    }
    if (this.asksForUnknown && !this.unknownAttributes(element, node)) isWell = false;
    if (!isWell) return;
    this.wellFormed[element.depth] = element;
    this.wellFormedNodes[element.depth] = node;
  }

  private isLikeLast({ attributes, depth }: XmlElement, node: GrammarNode): boolean {
    const last = this.wellFormedNodes[depth] === node ? this.wellFormed[depth]?.attributes : undefined;
    if (last?.length !== attributes.length) return false;
    for (let index = 0; index < attributes.length; index++) if (attributes[index]?.name !== last[index]?.name) return false;
    return true;
  }

  private values(element: XmlElement, { typedAttributes }: GrammarNode): void {
    const own = element as unknown as Element;
    for (let index = 0; index < typedAttributes.length; index++) {
      const typed = typedAttributes[index];
      const attribute = typed === undefined ? undefined : element.attribute(typed.name);
      if (typed === undefined || attribute === undefined) continue;
      const problem = valueProblem(typed.type, attribute.value);
      if (problem !== null && pipelinePlaceholder(attribute.value) === null) this.emit('schema:value', { element: own, attribute, problem });
    }
  }

  /** False where there is one. */
  private unknownAttributes(element: XmlElement, node: GrammarNode): boolean {
    const { shape, attributeNames } = node;
    let isWell = true;
    const { attributes } = element;
    for (let index = 0; index < attributes.length; index++) {
      const attribute = attributes[index];
      if (attribute === undefined || attributeNames.has(attribute.name)) continue;
      const { name } = attribute;
      if (isForeign(name)) continue;
      isWell = false;
      const meant = meantAttribute(element, node, name);
      const miscased = meant !== null && foldName(meant) === foldName(name) ? meant : null;
      // One that is required is missing, and told as such.
      const isTold = meant !== null && shape.attributes[meant]?.required === true && (miscased !== null || misspeltAttribute(element, node, meant) === attribute);
      this.emit('schema:unknown-attribute', { element: element as unknown as Element, attribute, miscased, suggestion: meant, isTold });
    }
    return isWell;
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Children
  // -------------------------------------------------------------------------------------------------------------------

  /** A second child of its kind, or a later one. */
  private repeated(frame: Frame, element: XmlElement, { index, max }: GrammarChild): void {
    const counts = (frame.counts ??= []);
    const count = (counts[index] ?? 1) + 1;
    counts[index] = count;
    const first = frame.firsts[index];
    if (count === max + 1 && first !== undefined) this.tooMany(frame, { element: element as unknown as Element, first: first.nameSpan, max, other: null });
  }

  /** The first child of a kind of which there may be one or another: that other may have been there before. */
  private rival(frame: Frame, element: XmlElement): void {
    const { node, seen, firsts } = frame;
    const rival = node.shape.choice?.map((name) => node.children.get(name)).find((child) => child !== undefined && (child.bit & seen) !== 0);
    const other = rival === undefined ? undefined : firsts[rival.index];
    if (other !== undefined) this.tooMany(frame, { element: element as unknown as Element, first: other.nameSpan, max: 1, other: other.name });
  }

  /** Tells once of a parent whose children are not in order: one that stands too early makes many stand too late. */
  private tellOrder(frame: Frame): void {
    const { element: parent, node, late } = frame;
    const first = late?.[0];
    if (late === null || first === undefined) return;
    const [move, ...others] = late
      .toSorted((a, b) => a.rank - b.rank)
      .flatMap(({ element, rank }) => {
        const before = firstBehind(frame, rank);
        return before === undefined ? [] : [{ element: element.wholeSpan, before: before.wholeSpan }];
      });
    if (move === undefined) return;
    this.emit('schema:order', {
      element: first.element as unknown as Element,
      parent: parent as unknown as Element,
      after: { name: first.after.name, nameSpan: first.after.nameSpan },
      order: Object.keys(node.shape.children),
      moves: [move, ...others],
    });
  }

  private tooMany(frame: Frame, event: TooMany): void {
    if (this.asks('schema:too-many')) (frame.tooMany ??= []).push(event);
  }

  /** Tells the required children that are absent; gives their names. */
  private missingChildren({ element, node, seen, strangers }: Frame): ReadonlySet<string> {
    const absent = node.requiredChildren & ~seen;
    const lacksChoice = node.choice !== 0 && (node.choice & seen) === 0;
    if (absent === 0 && !lacksChoice) return NONE;
    const missing = new Set<string>();
    for (const [name, { bit }] of node.children) {
      if ((absent & bit) === 0) continue;
      missing.add(name);
      // One of the very name is in another namespace.
      const other = strangers?.find((stranger) => stranger.name !== name && foldName(stranger.name) === foldName(name));
      this.emit('schema:missing', { element: element as unknown as Element, part: 'child', name, miscased: other === undefined ? null : { name: other.name, edits: nameSpans(other) }, misspelt: null } satisfies MissingPart);
    }
    if (lacksChoice) {
      this.emit('schema:missing', { element: element as unknown as Element, part: 'child', name: node.shape.choice?.join(' or ') ?? '', miscased: null, misspelt: null } satisfies MissingPart);
    }
    return missing;
  }

  private tellStranger({ element: parent, node, seen }: Frame, element: XmlElement, missing: ReadonlySet<string>): void {
    if (!this.asks('schema:unknown-element')) return;
    // One that is there already, and may be there once, was not meant.
    const names = Array.from(node.children).flatMap(([name, { max, bit }]) => (max === 1 && (bit & seen) !== 0 ? [] : [name]));
    const known = names.find((name) => foldName(name) === foldName(element.name)) ?? null;
    // One that is required is missing, and told as such.
    if (known !== null && missing.has(known)) return;
    const isForeign = node.children.has(element.name);
    const miscased = isForeign ? null : known;
    const belongs = isForeign ? [] : placesOf(element.name, parent);
    const event: UnknownElement = {
      name: element.name,
      nameSpans: nameSpans(element),
      parent: parent as unknown as Element,
      miscased,
      suggestion: miscased ?? (isForeign || belongs.length > 0 ? null : suggest(element.name, names)),
      belongs,
      isForeign,
    };
    this.emit('schema:unknown-element', event);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** The first child whose place in the sequence is behind a rank. */
function firstBehind({ node, seen, firsts }: Frame, rank: number): XmlElement | undefined {
  let first: XmlElement | undefined;
  for (const { bit, index, rank: other } of node.children.values()) {
    const element = (seen & bit) === 0 || other <= rank ? undefined : firsts[index];
    if (element !== undefined && (first === undefined || element.span.start < first.span.start)) first = element;
  }
  return first;
}

/** The attribute that the element lacks and that one of an unknown name was probably meant to be. */
function meantAttribute(element: XmlElement, { shape }: GrammarNode, name: string): string | null {
  const names = Object.keys(shape.attributes).filter((known) => element.attribute(known) === undefined);
  return names.find((known) => foldName(known) === foldName(name)) ?? suggest(name, names);
}

/** The first unknown attribute that was probably meant to be a missing one, which does not stand there in other letter case. */
function misspeltAttribute(element: XmlElement, node: GrammarNode, missing: string): Attribute | null {
  if (element.attributes.some(({ name }) => foldName(name) === foldName(missing))) return null;
  const isUnknown = (name: string) => !Object.hasOwn(node.shape.attributes, name) && !isForeign(name);
  return element.attributes.find(({ name }) => isUnknown(name) && meantAttribute(element, node, name) === missing) ?? null;
}

/** Attributes that are no part of the grammar and trouble nobody: declarations of namespaces, `xsi:*`, `xml:*`. */
function isForeign(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xsi:') || name.startsWith('xml:');
}

/** The names in the tags, without their prefix: those are what a fix writes anew. */
function nameSpans({ name, nameSpan, endNameSpan }: XmlElement): [Span, ...Span[]] {
  const local = ({ end }: Span): Span => ({ start: end - name.length, end });
  return endNameSpan === null ? [local(nameSpan)] : [local(nameSpan), local(endNameSpan)];
}

/** Paths of the elements of a language in which an element of that name may lie, such as one that moved into a sibling. */
function placesOf(name: string, parent: XmlElement): string[] {
  let root = parent;
  while (root.parent !== null) root = root.parent;
  const places = new Set<string>();
  const visited = new Set<GrammarNode>();
  const visit = (node: GrammarNode): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.children.has(name)) places.add(node.path);
    for (const { node: child } of node.children.values()) visit(child);
  };
  const start = ROOTS.get(root.name);
  if (start !== undefined) visit(start);
  return [...places];
}

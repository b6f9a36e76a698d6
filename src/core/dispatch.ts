// The grammar as the engine walks it, and where each key of a visitor goes.

import { GRAMMAR, ROOT_ELEMENTS, childPath, type ElementPath, type ElementShape, type RootPath, type ValueType } from './grammar.js';
import { isWatched } from './network.js';
import type { EventName } from './rule.js';

/** An element of the grammar, with what is asked of it at each start tag computed once. */
export interface GrammarNode {
  readonly id: number;
  readonly path: ElementPath;
  readonly shape: ElementShape;
  readonly children: ReadonlyMap<string, GrammarChild>;
  readonly requiredAttributes: readonly string[];
  /** Attributes whose value has a type that can be wrong. */
  readonly typedAttributes: readonly { readonly name: string; readonly type: ValueType }[];
  readonly attributeNames: ReadonlySet<string>;
  /** Bits of the children of which there must be one each. */
  readonly requiredChildren: number;
  /** Bits of the children of which there must be exactly one. */
  readonly choice: number;
  /** Whether the watch over the network looks at it. */
  readonly isWatched: boolean;
}

/** An element as the child of another. */
export interface GrammarChild {
  readonly node: GrammarNode;
  /** Its bit among the children. */
  readonly bit: number;
  readonly index: number;
  readonly max: number;
  /** Its place in the sequence; 0 for all where the order is free. */
  readonly rank: number;
}

/** Where a handler belongs. */
export type Slot =
  | { readonly at: 'open' | 'exit'; readonly id: number }
  | { readonly at: 'any' }
  | { readonly at: 'end' }
  | { readonly at: 'event'; readonly event: EventName };

const EVENTS: Readonly<Record<EventName, true>> = {
  'xml:undecodable': true,
  'xml:encoding-declaration': true,
  'xml:version': true,
  'xml:ill-formed': true,
  'xml:doctype': true,
  'schema:root': true,
  'schema:namespace': true,
  'schema:missing': true,
  'schema:unknown-element': true,
  'schema:unknown-attribute': true,
  'schema:too-many': true,
  'schema:order': true,
  'schema:value': true,
  'schema:text': true,
  certificate: true,
  'certificate:unusual': true,
  role: true,
  run: true,
  configurations: true,
  material: true,
  'certificate:lower-case': true,
  'network:gap': true,
  'network:addresses': true,
  'network:reference': true,
  definition: true,
  'suppression:unused': true,
  'suppression:expired': true,
  'suppression:misshapen': true,
  'baseline:stale': true,
};

const nodes: GrammarNode[] = [];
const byPath = new Map<ElementPath, GrammarNode>();

/** The root elements by name. */
export const ROOTS: ReadonlyMap<string, GrammarNode> = new Map((Object.keys(ROOT_ELEMENTS) as RootPath[]).map((root) => [root, build(root)]));

/** How many elements the grammar has. */
export const NODE_COUNT = nodes.length;

/** The element whose visitors are also handed a certificate entry. */
export const CERTIFICATE_PATH = 'Role/Certificates/Certificate';

const SLOTS: ReadonlyMap<string, Slot> = new Map<string, Slot>([
  ...nodes.flatMap(({ id, path }): [string, Slot][] => [
    [path, { at: 'open', id }],
    [`${path}:exit`, { at: 'exit', id }],
  ]),
  ...(Object.keys(EVENTS) as EventName[]).map((event): [string, Slot] => [event, { at: 'event', event }]),
  ['*', { at: 'any' }],
  ['end', { at: 'end' }],
]);

/** Where the handler under a visitor's key belongs. The compiler lets no other key through. */
export function slotOf(key: string): Slot | undefined {
  return SLOTS.get(key);
}

function build(path: ElementPath): GrammarNode {
  const known = byPath.get(path);
  if (known !== undefined) return known;
  const shape: ElementShape = GRAMMAR[path];
  const children = new Map<string, GrammarChild>();
  const attributes = Object.entries(shape.attributes);
  const names = Object.keys(shape.children);
  const bitsOf = (some: readonly string[]) => some.reduce((bits, name) => bits | (1 << names.indexOf(name)), 0);
  const node: GrammarNode = {
    id: nodes.length,
    path,
    shape,
    children,
    requiredAttributes: attributes.filter(([, attribute]) => attribute.required).map(([name]) => name),
    typedAttributes: attributes.filter(([, { type }]) => type !== 'text').map(([name, { type }]) => ({ name, type })),
    attributeNames: new Set(Object.keys(shape.attributes)),
    requiredChildren: bitsOf(names.filter((name) => (shape.children[name]?.min ?? 0) > 0)),
    choice: bitsOf(shape.choice ?? []),
    isWatched: isWatched(path),
  };
  nodes.push(node);
  // Before its children: a VirtualApplication may lie in a VirtualDirectory, and that in it.
  byPath.set(path, node);
  for (const [index, [name, occurs]] of Object.entries(shape.children).entries()) {
    const rank = shape.order === 'any' ? 0 : (occurs.rank ?? index);
    children.set(name, { node: build(childPath(path, name)), bit: 1 << index, index, max: occurs.max, rank });
  }
  return node;
}

// The grammar as the engine walks it, and where each key of a visitor goes.

import { GRAMMAR, ROOT_NAMESPACE, childPath, type ElementPath, type ElementShape, type RootPath } from './grammar.js';
import type { EventName } from './rule.js';

/** An element of the grammar, with what is asked of it at each start tag computed once. */
export interface GrammarNode {
  readonly id: number;
  readonly path: ElementPath;
  readonly shape: ElementShape;
  readonly children: ReadonlyMap<string, GrammarNode>;
  /** The bit of this element among its parent's children. */
  readonly bit: number;
  readonly requiredAttributes: readonly string[];
  /** Bits of the children of which there must be one. */
  readonly requiredChildren: number;
}

/** Where a handler belongs. */
export type Slot =
  | { readonly at: 'open' | 'exit'; readonly id: number }
  | { readonly at: 'any' }
  | { readonly at: 'end' }
  | { readonly at: 'event'; readonly event: EventName };

const EVENTS: Readonly<Record<EventName, true>> = {
  'xml:undecodable': true,
  'xml:ill-formed': true,
  'xml:doctype': true,
  'schema:root': true,
  'schema:namespace': true,
  'schema:missing': true,
  certificate: true,
};

const nodes: GrammarNode[] = [];

/** The root elements by name. */
export const ROOTS: ReadonlyMap<string, GrammarNode> = new Map(
  (Object.keys(ROOT_NAMESPACE) as RootPath[]).map((root) => [root, build(root, 0)]),
);

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

function build(path: ElementPath, index: number): GrammarNode {
  const shape: ElementShape = GRAMMAR[path];
  const names = Object.keys(shape.children);
  const children = new Map(names.map((name, position) => [name, build(childPath(path, name) as ElementPath, position)]));
  let requiredChildren = 0;
  for (const [name, child] of children) {
    if ((shape.children[name]?.min ?? 0) > 0) requiredChildren |= child.bit;
  }
  const node: GrammarNode = {
    id: nodes.length,
    path,
    shape,
    children,
    bit: 1 << index,
    requiredAttributes: Object.keys(shape.attributes).filter((name) => shape.attributes[name]?.required),
    requiredChildren,
  };
  nodes.push(node);
  return node;
}

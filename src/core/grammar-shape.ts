// The words in which a grammar is written: how often, in which order, of which type.

/** The simple types of attribute values; an array lists the only values there are. */
export type ValueType =
  /** Any text. Also what a rule of its own judges: thumbprints, counts, VM names, names of networks. */
  | 'text'
  /** A name that is referred to: letter or `_` first, none of `\ / : * ? " < > |`, quotes, `^`; no dot or blank last. */
  | 'name'
  /** As in a URL: a name without `\ / ? ; : @ & = + $ ,` and the like. */
  | 'directory-name'
  /** 1 to 256 characters. */
  | 'text-256'
  /** At most 256 characters. */
  | 'description'
  | 'int'
  | 'positive-int'
  | 'unsigned-short'
  /** 1 to 65535. */
  | 'port'
  /** A port, or `*`. */
  | 'port-or-any'
  | 'boolean'
  | 'ipv4'
  | readonly string[]
  | IntegerFrom;

/** A whole number of at least `from`. */
export interface IntegerFrom {
  readonly from: number;
}

export interface AttributeShape {
  readonly type: ValueType;
  readonly required: boolean;
}

/** How often a child may occur. */
export interface Occurs {
  readonly min: number;
  readonly max: number;
  /** Place in a sequence, where that is not the place in the table: children of one rank may be mixed. */
  readonly rank?: number;
}

export interface ElementShape {
  /** `any`: the children may stand in any order. `sequence`: in the order of the table. */
  readonly order: 'any' | 'sequence';
  readonly children: Readonly<Record<string, Occurs>>;
  readonly attributes: Readonly<Record<string, AttributeShape>>;
  /** Children of which there must be exactly one. */
  readonly choice?: readonly string[];
}

export const ONCE = { min: 1, max: 1 } as const;
export const OPTIONAL = { min: 0, max: 1 } as const;
export const MANY = { min: 0, max: Infinity } as const;
export const SOME = { min: 1, max: Infinity } as const;

export function required<const T extends ValueType>(type: T) {
  return { type, required: true } as const;
}

export function optional<const T extends ValueType>(type: T) {
  return { type, required: false } as const;
}

/** An element whose children may stand in any order. */
export function any<const C extends ElementShape['children'], const A extends ElementShape['attributes']>(children: C, attributes: A) {
  return { order: 'any', children, attributes } as const;
}

/** An element whose children stand in this order. */
export function sequence<const C extends ElementShape['children'], const A extends ElementShape['attributes']>(children: C, attributes: A) {
  return { order: 'sequence', children, attributes } as const;
}

/** An element without children. */
export function leaf<const A extends ElementShape['attributes']>(attributes: A) {
  return { order: 'sequence', children: {}, attributes } as const;
}

// What a source says once its expressions are resolved: values that are known, known in part, or not known, each with its place.

import { isKnown } from '../../core/known.js';
import type { Hole, Known, Location } from '../../core/types.js';
import type { JsonValue } from '../json.js';

/** A value of any source. Parts are resolved when they are asked for. */
export type Resolved = ResolvedObject | ResolvedList | ResolvedText | ResolvedScalar | ResolvedUnknown;

interface Placed {
  /** Where the value stands as a literal; for one that an expression computes, where that expression stands. */
  readonly location: Location;
}

export interface ResolvedObject extends Placed {
  readonly kind: 'object';
  readonly keys: readonly string[];
  /** The property of that name, without regard to case. */
  get(key: string): Resolved | undefined;
}

export interface ResolvedList extends Placed {
  readonly kind: 'list';
  readonly items: readonly Resolved[];
  /** Stands for further elements that cannot be known; null where `items` is all. */
  readonly rest: Hole | null;
}

export interface ResolvedText extends Placed {
  readonly kind: 'text';
  readonly value: Known;
}

export interface ResolvedScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: number | boolean | null;
}

/** A value of which not even the type is known. */
export interface ResolvedUnknown extends Placed {
  readonly kind: 'unknown';
  readonly hole: Hole;
}

/** How a producer's JSON is to be read where it means more than it says. */
export interface Reading {
  /** What a string stands for: itself, an expression, JSON once more. */
  text(text: string, value: JsonValue): Resolved;
  /** What stands for a property that an object does not have. */
  absent(object: JsonValue, key: string): Resolved | undefined;
}

/** JSON that means what it says. */
export const LITERAL: Reading = {
  text: (text, value) => textAt(text, value.location),
  absent: () => undefined,
};

/** The values of a JSON document, its strings read as `reading` says. Each is read once, however often it is asked for. */
export function view(value: JsonValue, reading: Reading): Resolved {
  const { location } = value;
  if (value.string !== null) return reading.text(value.string, value);
  if (value.isArray) return new JsonList(value, reading);
  if (value.isObject) return new JsonObject(value, reading);
  return { kind: 'scalar', value: value.number ?? value.boolean, location };
}

class JsonList implements ResolvedList {
  readonly kind = 'list';
  readonly rest = null;
  #items: readonly Resolved[] | null = null;

  constructor(
    private readonly json: JsonValue,
    private readonly reading: Reading,
  ) {}

  get location(): Location {
    return this.json.location;
  }

  get items(): readonly Resolved[] {
    this.#items ??= this.json.items.map((item) => view(item, this.reading));
    return this.#items;
  }
}

class JsonObject implements ResolvedObject {
  readonly kind = 'object';
  #keys: readonly string[] | null = null;
  readonly #properties = new Map<string, Resolved | undefined>();

  constructor(
    private readonly json: JsonValue,
    private readonly reading: Reading,
  ) {}

  get location(): Location {
    return this.json.location;
  }

  get keys(): readonly string[] {
    this.#keys ??= Array.from(this.json.properties(), ([key]) => key);
    return this.#keys;
  }

  get(key: string): Resolved | undefined {
    const folded = key.toLowerCase();
    if (!this.#properties.has(folded)) {
      const value = this.json.get(folded);
      this.#properties.set(folded, value === undefined ? this.reading.absent(this.json, folded) : view(value, this.reading));
    }
    return this.#properties.get(folded);
  }
}

export function textAt(value: Known, location: Location): ResolvedText {
  return { kind: 'text', value, location };
}

export function scalarAt(value: number | boolean | null, location: Location): ResolvedScalar {
  return { kind: 'scalar', value, location };
}

export function unknownAt(expression: string, location: Location): ResolvedUnknown {
  return { kind: 'unknown', hole: { expression }, location };
}

/** An object that no source spells out. Where a name comes twice the last one holds. */
export function objectOf(entries: Iterable<readonly [key: string, value: Resolved]>, location: Location): ResolvedObject {
  const byKey = new Map<string, Resolved>();
  for (const [key, value] of entries) byKey.set(key.toLowerCase(), value);
  return { kind: 'object', location, keys: [...byKey.keys()], get: (key) => byKey.get(key.toLowerCase()) };
}

/** A property of a value: none where it is no object, not known where the value is not known. */
export function property(value: Resolved | null | undefined, key: string): Resolved | undefined {
  if (value?.kind === 'object') return value.get(key);
  return value?.kind === 'unknown' ? value : undefined;
}

/** The value as a string, or null where it is none. */
export function textOf(value: Resolved | undefined): Known | null {
  if (value?.kind === 'text') return value.value;
  return value?.kind === 'unknown' ? { parts: [value.hole] } : null;
}

/** The value where it is a string without unknown parts, else null. */
export function knownTextOf(value: Resolved | undefined): string | null {
  const text = textOf(value);
  return text !== null && isKnown(text) ? text : null;
}

/** Whether a value is there at all: the generators of az and PowerShell write null for what is not set. */
export function isSet(value: Resolved | undefined): value is Resolved {
  return value !== undefined && !(value.kind === 'scalar' && value.value === null);
}

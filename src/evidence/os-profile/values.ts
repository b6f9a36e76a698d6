// Resolved values as facts hold them: a string with its place, a list of which a part may be hidden.

import type { Known, KnownList, Location, PlacedKnown } from '../../core/types.js';
import { beginningOf } from './found.js';
import { isSet, property, textOf, type Resolved } from './resolved.js';

/** The first of some properties that is set. */
export function first(value: Resolved | null | undefined, ...keys: readonly string[]): Resolved | undefined {
  return keys.map((key) => property(value, key)).find(isSet);
}

/** A string with its place, or null where the value is none. */
export function placed(value: Resolved | undefined): PlacedKnown | null {
  const text: Known | null = value?.kind === 'scalar' && typeof value.value === 'number' ? String(value.value) : textOf(value);
  return value === undefined || text === null ? null : { value: text, location: placeOf(value) };
}

/** What stands for an object or a list is its beginning; a string is its own place. */
export function placeOf(value: Resolved): Location {
  return value.kind === 'object' || value.kind === 'list' ? beginningOf(value.location) : value.location;
}

/** The elements of a list; one may stand without its list, as ConvertTo-Json writes it. Null where it is not set. */
export function listOf<T>(value: Resolved | undefined, read: (item: Resolved) => T | null): KnownList<T> | null {
  if (!isSet(value)) return null;
  const location = beginningOf(value.location);
  if (value.kind !== 'list') {
    const only = value.kind === 'object' ? read(value) : null;
    return { items: only === null ? [] : [only], complete: only !== null, location };
  }
  const items = value.items.map((item) => (item.kind === 'object' ? read(item) : null));
  const known = items.filter((item) => item !== null);
  return { items: known, complete: value.rest === null && known.length === items.length, location };
}

// Holds the names on one side against those on the other: what has no counterpart, and what was probably meant.

import { MAX_NEAR, foldName, suggest } from './names.js';

/** A name, whatever else comes with it. */
export interface NameOnOneSide {
  readonly name: string;
}

/** How two sides relate. */
export interface Pairing<A extends NameOnOneSide, B extends NameOnOneSide> {
  /** Equal but for case, in the order of the first side. */
  readonly pairs: readonly (readonly [A, B])[];
  /**
   * On the first side alone; `near` is one on the second side alone that it was probably meant to be, each given once. `lone`
   * is the single one that is left on the second side, where nothing else is left on the first either, and that is not open: it
   * may have been renamed there, or have nothing to do with this one, and stays among `onlyThere`.
   */
  readonly onlyHere: readonly { readonly one: A; readonly near: B | null; readonly lone: B | null }[];
  /** On the second side alone, without those that are near to one on the first: a typo is one mistake. */
  readonly onlyThere: readonly B[];
}

/**
 * Names compare without case. Of several equal ones on a side, the first counts; empty ones are left out. `isOpen` says that the
 * first side may hold more than was given, so that what is left is not the only one.
 */
export function pairNames<A extends NameOnOneSide, B extends NameOnOneSide>(here: readonly A[], there: readonly B[], isOpen = false): Pairing<A, B> {
  const [first, second] = [byName(here), byName(there)];
  const pairs: [A, B][] = [];
  const alone: A[] = [];
  for (const [name, one] of first) {
    const other = second.get(name);
    if (other === undefined) alone.push(one);
    else pairs.push([one, other]);
  }
  const left = new Map([...second].filter(([name]) => !first.has(name)));
  const searches = alone.length <= MAX_NEAR && left.size <= MAX_NEAR;
  const onlyHere = alone.map((one) => {
    const name = searches ? suggest(one.name, [...left.values()].map((other) => other.name)) : null;
    const near = name === null ? undefined : left.get(foldName(name));
    if (near !== undefined) left.delete(foldName(near.name));
    return { one, near: near ?? null };
  });
  const onlyThere = [...left.values()];
  const isLone = !isOpen && onlyThere.length === 1 && onlyHere.filter(({ near }) => near === null).length === 1;
  const lone = isLone ? (onlyThere[0] ?? null) : null;
  return { pairs, onlyHere: onlyHere.map((one) => ({ ...one, lone: one.near === null ? lone : null })), onlyThere };
}

function byName<T extends NameOnOneSide>(side: readonly T[]): Map<string, T> {
  const names = new Map<string, T>();
  for (const one of side) {
    const name = foldName(one.name);
    if (name !== '' && !names.has(name)) names.set(name, one);
  }
  return names;
}

/** More names than this on one side are not paired: that is no slip of the pen, and the comparison is quadratic. */
const MAX_PAIRED = 100;

/**
 * Pairs names that lack their counterpart on the other side: each of `strangers` with the one of `missing` that it most
 * probably was meant to be. A single one on both sides is such a pair however different they are: one was renamed.
 */
export function pairStrangers(strangers: readonly string[], missing: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  if (strangers.length > MAX_PAIRED || missing.length > MAX_PAIRED) return pairs;
  const left = new Set(missing);
  for (const stranger of strangers) {
    const near = suggest(stranger, left);
    if (near === null) continue;
    pairs.set(stranger, near);
    left.delete(near);
  }
  const alone = strangers.filter((stranger) => !pairs.has(stranger));
  const [stranger, ...strangersLeft] = alone;
  const [name, ...namesLeft] = left;
  if (stranger !== undefined && name !== undefined && strangersLeft.length === 0 && namesLeft.length === 0) pairs.set(stranger, name);
  return pairs;
}

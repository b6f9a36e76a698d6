// Which known thumbprint differs from a given one in a digit or two.

import { differingDigits } from '../core/thumbprint.js';

/** A thumbprint that differs in more digits than this from a known one is another thumbprint, not a misspelt one. */
const MAX_NEAR_DIGITS = 2;

/** Where the forty digits are cut: of three parts one at least is the same where no more than two digits differ. */
const CUTS = [0, 14, 27, 40];

/** The nearest one, and which digits differ, counted from 0. */
export interface Near {
  readonly thumbprint: string;
  readonly indices: readonly number[];
}

/** Known thumbprints, found by what they have in common with a misspelt one. */
export class NearThumbprints {
  readonly #known: readonly string[];
  /** By part, which of the known ones have it. */
  readonly #byPart = new Map<string, number[]>();

  /** Of two that are equally near, the one that comes first is found. */
  constructor(thumbprints: Iterable<string>) {
    this.#known = [...new Set(thumbprints)];
    for (const [index, thumbprint] of this.#known.entries()) {
      for (const part of partsOf(thumbprint)) {
        const alike = this.#byPart.get(part);
        if (alike === undefined) this.#byPart.set(part, [index]);
        else alike.push(index);
      }
    }
  }

  /** Null where none is near. The thumbprint itself is not near to itself. */
  nearest(digits: string): Near | null {
    const candidates = [...new Set(partsOf(digits).flatMap((part) => this.#byPart.get(part) ?? []))].sort((a, b) => a - b);
    let best: Near | null = null;
    for (const candidate of candidates) {
      const thumbprint = this.#known[candidate] ?? '';
      const indices = differingDigits(digits, thumbprint, best === null ? MAX_NEAR_DIGITS : best.indices.length - 1);
      if (indices !== null && indices.length > 0) best = { thumbprint, indices };
      if (best?.indices.length === 1) break;
    }
    return best;
  }
}

function partsOf(digits: string): string[] {
  return CUTS.slice(1).map((end, index) => `${index}${digits.slice(CUTS[index], end)}`);
}

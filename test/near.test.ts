// Near thumbprints are found by their parts exactly as by comparing with each one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differingDigits } from '../src/core/thumbprint.js';
import { NearThumbprints } from '../src/evidence/near.js';

const thumbprint = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 40, maxLength: 40 });

/** A thumbprint, and changes to a few digits of it. */
const family = fc.tuple(thumbprint, fc.array(fc.array(fc.tuple(fc.nat(39), fc.constantFrom(...'0123456789ABCDEF')), { maxLength: 3 }), { maxLength: 6 })).map(([one, changes]) => [
  one,
  ...changes.map((change) => change.reduce((digits, [index, digit]) => digits.slice(0, index) + digit + digits.slice(index + 1), one)),
]);

/** What is meant: the first of the least different ones. */
function byComparing(known: readonly string[], digits: string) {
  const near = known.flatMap((one) => {
    const indices = differingDigits(digits, one, 2);
    return indices === null || indices.length === 0 ? [] : [{ thumbprint: one, indices }];
  });
  return near.find(({ indices }) => indices.length === 1) ?? near[0] ?? null;
}

describe('the nearest thumbprint', () => {
  it('is the same as by comparing with each', () => {
    fc.assert(
      fc.property(fc.array(family, { maxLength: 4 }), family, (families, [digits, ...others]) => {
        const known = [...families.flat(), ...others];
        expect(new NearThumbprints(known).nearest(digits!)).toEqual(byComparing(known, digits!));
      }),
    );
  });

  it('differs in one digit or two, wherever they are', () => {
    const known = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
    const near = new NearThumbprints([known]);
    for (let first = 0; first < 40; first++) {
      for (let second = first; second < 40; second++) {
        const digits = Array.from(known, (digit, index) => (index === first || index === second ? (digit === '0' ? '1' : '0') : digit)).join('');
        expect(near.nearest(digits)?.indices).toEqual(first === second ? [first] : [first, second]);
      }
    }
    expect(near.nearest(known)).toBe(null);
  });
});

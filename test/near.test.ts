// Near thumbprints are found by their parts exactly as by comparing with each one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differingDigits } from '../src/core/thumbprint.js';
import { MeantThumbprints } from '../src/evidence/meant.js';
import { NearThumbprints } from '../src/evidence/near.js';
import { runs } from './support/setup.js';

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

/** Slips of the hand at a digit. */
const SLIPS: Readonly<Record<string, (digits: string, index: number) => string>> = {
  'a digit lost': (digits, index) => digits.slice(0, index) + digits.slice(index + 1),
  'two digits lost': (digits, index) => digits.slice(0, index) + digits.slice(index + 2),
  'a digit doubled': (digits, index) => digits.slice(0, index) + digits.slice(index, index + 1) + digits.slice(index),
  'a digit too many': (digits, index) => `${digits.slice(0, index)}7${digits.slice(index)}`,
  'a letter in its place': (digits, index) => `${digits.slice(0, index)}O${digits.slice(index + 1)}`,
};

describe('the thumbprint that was meant', () => {
  it.each(Object.keys(SLIPS))('is told after %s', (slip) => {
    fc.assert(
      fc.property(thumbprint, fc.array(thumbprint, { maxLength: 20 }), fc.nat(38), fc.boolean(), (one, others, index, isLower) => {
        const value = SLIPS[slip]!(one, index);
        expect(new MeantThumbprints([...others, one]).meantBy(isLower ? value.toLowerCase() : value)).toBe(one);
      }),
      { numRuns: runs(50) },
    );
  });

  it('is not told where two fit, or none', () => {
    const known = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
    const like = known.replace('3F', '5F');
    expect(new MeantThumbprints([known, like]).meantBy(known.slice(1))).toBe(null);
    expect(new MeantThumbprints([known, like]).meantBy(`O${known.slice(1)}`)).toBe(null);
    expect(new MeantThumbprints([known, like]).meantBy(known.replace('C7', '7'))).toBe(known);
    for (const other of [known, like, known.slice(3), `${known}12`, `${'O'.repeat(9)}${known.slice(9)}`, `${known.slice(0, 20)}${known.slice(22, 30)}${known.slice(31)}`, '']) {
      expect(new MeantThumbprints([known]).meantBy(other)).toBe(null);
    }
  });

  it('may have a letter in the place of several digits', () => {
    expect(new MeantThumbprints(['3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7']).meantBy('3F9COA7B5lD2E86494ClBO7D2A5E8F63lO9DB4C7')).toBe('3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7');
  });

  it('is looked for among a thousand different values at most, and is the same for equal ones', () => {
    const known = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
    const meant = new MeantThumbprints([known]);
    const wrong = Array.from({ length: 999 }, (_, index) => (index + 0x1000).toString(16).padStart(39, 'E'));
    const answers = [...wrong, known.slice(1), known.slice(2), known.slice(1)].map((value) => meant.meantBy(value));
    expect(answers.slice(999)).toEqual([known, null, known]);
  });
});

// What a thumbprint is, and what each wrong one is taken for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, differingDigits, hiddenMarks, readThumbprint } from '../src/core/thumbprint.js';

const GOOD = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
/** SHA-1 digits that no dummy pattern catches. */
const thumbprints = fc
  .array(fc.constantFrom(...Array.from('0123456789ABCDEF')), { minLength: 40, maxLength: 40 })
  .map((digits) => digits.join(''))
  .filter((digits) => new Set(digits).size > 9);
const marks = fc.constantFrom('\u200E', '\u200F', '\u202A', '\uFEFF', '\u00A0', '\u200B', '\u00AD', '\u2066');

describe('classify', () => {
  it.each([
    [GOOD, 'well-formed'],
    [GOOD.toLowerCase(), 'lower-case'],
    [`\u200E${GOOD}`, 'hidden-marks'],
    ['\u200E', 'hidden-marks'],
    [` ${GOOD}`, 'separated'],
    [GOOD.replace(/(..)(?=.)/g, '$1:'), 'separated'],
    ['__WebThumbprint__', 'pipeline-placeholder'],
    ['your-thumbprint', 'pipeline-placeholder'],
    ['', 'misshapen'],
  ])('%j is %s', (value, kind) => {
    expect(classify(value).kind).toBe(kind);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['0', 'too-short'],
    [GOOD.slice(1), 'digit-lost'],
    [`${GOOD}A`, 'digit-doubled'],
    [GOOD.slice(2), 'byte-lost'],
    [`${GOOD}ABCD`, 'too-long'],
    ['9c82a30be08d4c92ac5d49fcab14cd03', 'sixteen-bytes'],
    ['E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', 'sha256'],
    ['A'.repeat(96), 'sha384'],
    ['A'.repeat(128), 'sha512'],
    ['47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU', 'base64-sha256'],
    ['d34db33f-1234-4abc-9def-0123456789ab', 'guid'],
    [`sha1:${GOOD}`, 'prefixed'],
    [`SHA1 Fingerprint=${GOOD.replace(/(..)(?=.)/g, '$1:')}`, 'prefixed'],
    [`Thumbprint: ${GOOD}`, 'prefixed'],
    [`0x${GOOD}`, 'prefixed'],
    [`"${GOOD}"`, 'prefixed'],
    ['https://kv.vault.azure.net/secrets/tls/9c82a30be08d4c92ac5d49fcab14cd03', 'url'],
    ['CN=shop.example, O=Contoso', 'subject'],
    [GOOD.replace('0', 'O'), 'look-alikes'],
    [GOOD.replace('A', '\u0410'), 'look-alikes'],
    ['not a thumbprint', 'other-characters'],
  ])('%j looks like %s', (value, looksLike) => {
    expect(classify(value)).toMatchObject({ kind: 'misshapen', looksLike });
  });

  it.each([
    ['0'.repeat(40), 'repeated'],
    ['DEADBEEF'.repeat(5), 'repeated'],
    ['1234567890'.repeat(4), 'repeated'],
    ['0123456789ABCDEF0123456789ABCDEF01234567', 'sample'],
    ['AA11BB22CC33DD44EE55FF66AA77BB88CC99DD00', 'sample'],
    ['123456789ABCDEF0123456789ABCDEF012345678', 'counting'],
    ['FEDCBA9876543210FEDCBA9876543210FEDCBA98', 'counting'],
    ['00112233445566778899AABBCCDDEEFF00112233', 'counting'],
    ['DA39A3EE5E6B4B0D3255BFEF95601890AFD80709', 'nothing'],
    ['ABC0000000000000000000000000000000000CBA', 'few-digits'],
  ])('%s is a dummy: %s', (value, dummy) => {
    expect(classify(value)).toEqual({ kind: 'dummy', digits: value, dummy });
    expect(classify(value.toLowerCase())).toEqual({ kind: 'dummy', digits: value, dummy });
  });

  it('takes no random thumbprint for a dummy', () => {
    fc.assert(fc.property(thumbprints, (digits) => {
        expect(classify(digits)).toEqual({ kind: 'well-formed', digits });
      }));
  });

  it('finds the thumbprint behind hidden marks, wherever they stand', () => {
    fc.assert(
      fc.property(thumbprints, fc.array(fc.tuple(fc.nat(40), marks), { minLength: 1, maxLength: 5 }), (digits, inserted) => {
        const characters = Array.from(digits);
        for (const [at, mark] of inserted) characters.splice(at, 0, mark);
        const reading = classify(characters.join(''));
        expect(reading).toMatchObject({ kind: 'hidden-marks', digits });
        expect(reading.kind === 'hidden-marks' && reading.marks).toHaveLength(inserted.length);
      }),
    );
  });

  it('says which marks there are and where', () => {
    expect(hiddenMarks(`\u200E${GOOD}\u202C`)).toEqual([
      { code: 'U+200E', name: 'LEFT-TO-RIGHT MARK', index: 0 },
      { code: 'U+202C', name: 'POP DIRECTIONAL FORMATTING', index: 41 },
    ]);
  });

  it('decodes base64 of both alphabets', () => {
    // Bytes that need "+" and "/" in the one, "-" and "_" in the other.
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const hex = Buffer.from(bytes).toString('hex').toUpperCase();
        for (const text of [Buffer.from(bytes).toString('base64'), Buffer.from(bytes).toString('base64url')]) {
          expect(readThumbprint(text)).toBe(hex);
          expect(classify(text)).toMatchObject({ kind: 'misshapen', looksLike: 'base64', digits: hex });
        }
      }),
    );
  });

  it('gives exactly one kind for anything, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
        expect(classify(value).kind).toBeTypeOf('string');
      }));
  });
});

describe('readThumbprint', () => {
  it.each([
    [GOOD.toLowerCase(), GOOD],
    [` ${GOOD.replace(/(..)(?=.)/g, '$1 ')} `, GOOD],
    [`\u200E${GOOD}`, GOOD],
    ['E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', null],
    ['', null],
    // 27 characters of base64 whose last one has bits beyond the twenty bytes.
    ['AAAAAAAAAAAAAAAAAAAAAAAAAAB', null],
  ])('%j is %j', (value, expected) => {
    expect(readThumbprint(value)).toBe(expected);
  });
});

describe('differingDigits', () => {
  it('gives the indices up to a limit', () => {
    const other = `${GOOD.slice(0, 5)}0${GOOD.slice(6, 39)}0`;
    expect(differingDigits(GOOD, other, 2)).toEqual([5, 39]);
    expect(differingDigits(GOOD, other, 1)).toBeNull();
    expect(differingDigits(GOOD, GOOD, 2)).toEqual([]);
  });
});

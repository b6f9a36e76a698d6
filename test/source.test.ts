// Bytes to text, offsets to lines and columns.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile, declaredEncodingSpan, decode } from '../src/core/source.js';

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

const text = '<?xml version="1.0" encoding="utf-16"?>\r\n<a b="Ä\u200E\u{1F600}"/>';

describe('decode', () => {
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8', false],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), 'utf-8', true],
    ['UTF-16LE with a mark', utf16(`\uFEFF${text}`, 'le'), 'utf-16le', true],
    ['UTF-16BE with a mark', utf16(`\uFEFF${text}`, 'be'), 'utf-16be', true],
    ['UTF-16LE', utf16(text, 'le'), 'utf-16le', false],
    ['UTF-16BE', utf16(text, 'be'), 'utf-16be', false],
  ])('reads %s', (_, bytes, encoding, bom) => {
    expect(decode('x', bytes)).toMatchObject({ ok: true, source: { text, encoding, bom } });
  });

  it('tries the declared encoding where the bytes are no UTF-8', () => {
    const latin = '<?xml version="1.0" encoding="iso-8859-1"?><a b="Büro"/>';
    expect(decode('x', Buffer.from(latin, 'latin1'))).toMatchObject({ ok: true, source: { text: latin, encoding: 'iso-8859-1' } });
  });

  it('takes valid UTF-8 for what it is, whatever is declared', () => {
    const declared = '<?xml version="1.0" encoding="windows-1252"?><a b="Büro"/>';
    expect(decode('x', Buffer.from(declared))).toMatchObject({ ok: true, source: { text: declared, encoding: 'utf-8' } });
  });

  it.each([
    ['<a b="B', Buffer.from([0xfc]), '"/>'],
    ['<a b="ü�', Buffer.from([0xc3]), '"/>'],
    ['', Buffer.from([0xff]), ''],
  ])('finds the first undecodable byte after %j', (before, bad, after) => {
    const decoded = decode('x', Buffer.concat([Buffer.from(before), bad, Buffer.from(after)]));
    expect(decoded).toMatchObject({ ok: false, encoding: 'utf-8', offset: before.length });
    expect(decoded.source.text.startsWith(before)).toBe(true);
  });

  it('finds a lone surrogate in UTF-16', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a b="', 'utf16le'), Buffer.from([0x00, 0xd8]), Buffer.from('"/>', 'utf16le')]);
    expect(decode('x', bytes)).toMatchObject({ ok: false, encoding: 'utf-16le', offset: 6 });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(decode('x', bytes).source.text).toBeTypeOf('string');
      }));
  });
});

describe('SourceFile', () => {
  it('gives lines and columns for any mix of line ends', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é', '\u{1F600}', '\n', '\r\n', '\r'), { maxLength: 40 }), (parts) => {
        const source = new SourceFile('x', parts.join(''));
        for (let offset = 0; offset <= source.text.length; offset++) {
          const before = source.text.slice(0, offset);
          // Between CR and LF the line has not ended yet.
          const ended = source.text[offset - 1] === '\r' && source.text[offset] === '\n' ? before.slice(0, -1) : before;
          const lines = ended.split(/\r\n|\r|\n/);
          expect(source.position(offset)).toEqual({ line: lines.length, column: offset - before.length + (lines.at(-1) ?? '').length + 1 + (ended === before ? 0 : 1) });
        }
      }),
    );
  });

  it('gives the span of a line without its end', () => {
    const source = new SourceFile('x', 'ab\r\ncd\n\nef');
    const slice = (line: number) => source.text.slice(source.lineSpan(line).start, source.lineSpan(line).end);
    expect([1, 2, 3, 4, 5].map(slice)).toEqual(['ab', 'cd', '', 'ef', '']);
  });
});

describe('declaredEncodingSpan', () => {
  it.each([
    ['<?xml version="1.0" encoding="utf-16"?><a/>', 'utf-16'],
    ["<?xml version='1.0' encoding = 'UTF-8' standalone='yes'?><a/>", 'UTF-8'],
    ['<?xml version="1.0"?><a encoding="x"/>', null],
    ['<a/>', null],
  ])('%s', (declaration, expected) => {
    const found = declaredEncodingSpan(declaration);
    expect(found?.name ?? null).toBe(expected);
    if (found !== null) expect(declaration.slice(found.span.start, found.span.end)).toBe(expected);
  });
});

// The reader: exact spans, and an end for every text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, read, type ReadProblem, type XmlElement } from '../src/core/read.js';
import { SourceFile } from '../src/core/source.js';
import { processorTime, runs } from './support/setup.js';

interface Told {
  readonly opened: XmlElement[];
  readonly closed: string[];
  readonly problem: ReadProblem | null;
}

function tell(text: string): Told {
  const opened: XmlElement[] = [];
  const closed: string[] = [];
  const problem = read(new SourceFile('x', text), { open: (element) => opened.push(element), close: (element) => closed.push(element.name) });
  return { opened, closed, problem };
}

/** What a value must be written as between the given quotes. */
function escape(value: string, quote: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(quote, quote === '"' ? '&quot;' : '&apos;').replace(/[\t\r\n]/g, (one) => `&#${one.charCodeAt(0)};`);
}

const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,8}$/).filter((one) => !/^xml/i.test(one));
const character = fc.oneof(
  fc.constantFrom('"', "'", '<', '&', '>', '=', ' ', '\t', '\r', '\n', '\r\n', '\u200E', '\u{1F600}', 'é', '/>', '</a>', ']]>', '--', '?>'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
/** Text that XML 1.0 can hold. */
const value = fc.array(character, { maxLength: 8 }).map((parts) => parts.join('').replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
const space = fc.constantFrom(' ', '\n', '\r\n', '\t', '  \n\t ');
const quote = fc.constantFrom('"', "'");
const attribute = fc.record({ name, value, quote, before: space, around: fc.constantFrom('', ' ', '\r\n') });

describe('read', () => {
  it('gives spans that slice back to names and values, for any text, quote, entity and line end', () => {
    fc.assert(
      fc.property(name, fc.uniqueArray(attribute, { maxLength: 6, selector: (one) => one.name }), fc.boolean(), (element, attributes, isEmpty) => {
        const raws = attributes.map((one) => escape(one.value, one.quote));
        const written = attributes.map((one, index) => `${one.before}${one.name}${one.around}=${one.around}${one.quote}${raws[index] ?? ''}${one.quote}`).join('');
        const tag = `<${element}${written}${isEmpty ? '/>' : '>'}`;
        const text = `<!-- <x y="z"> -->\r\n<root>${tag}${isEmpty ? '' : `</${element} >`}</root>`;
        const { opened, problem } = tell(text);
        expect(problem).toBeNull();
        const [, found] = opened;
        const slice = (span: { start: number; end: number }) => text.slice(span.start, span.end);
        expect(slice(found!.span)).toBe(tag);
        expect(slice(found!.nameSpan)).toBe(element);
        expect(found!.endNameSpan === null ? null : slice(found!.endNameSpan)).toBe(isEmpty ? null : element);
        expect(found!.attributes.map((one) => one.name)).toEqual(attributes.map((one) => one.name));
        for (const [index, one] of found!.attributes.entries()) {
          expect(slice(one.nameSpan)).toBe(one.name);
          expect(slice(one.valueSpan)).toBe(raws[index]);
          expect(one.value).toBe(attributes[index]!.value);
        }
      }),
    );
  });

  it('ends for any text, well-formed or not, without an exception', () => {
    const piece = fc.constantFrom('<', '>', '/', '=', '"', "'", '&', ';', ' ', '\n', 'a', 'b:c', '<a>', '</a>', '<a b="c">', '<!--', '-->', '<![CDATA[', ']]>', '<?x', '?>', '<!DOCTYPE a [', '&amp;', '&#x0;', '\0', '\uD800', '\uFFFE', '<<<<<<< HEAD\n', 'xmlns:', 'xmlns="x"', '$x$', '__proto__="1"');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))), (text) => {
        const { problem } = tell(text);
        if (problem === null) return;
        const span = problem.kind === 'doctype' ? problem.span : problem.place.span;
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeLessThanOrEqual(text.length);
        expect(span.start).toBeLessThanOrEqual(span.end);
      }),
      { numRuns: runs(700) },
    );
  });

  it('ends where a lone surrogate hides a "<" from the parser', () => {
    expect(tell('<a>\uD800<![CDATA[</a>').opened).toHaveLength(1);
    expect(tell('<a>\uD800<b</a>').opened).toHaveLength(1);
  });

  it('closes exactly what was closed before the text stops being well-formed', () => {
    expect(tell('<a><b/><c></c><d></a>').closed).toEqual(['b', 'c']);
    expect(tell('<a><b></c></b></a>').closed).toEqual([]);
  });

  it('resolves default and prefixed namespaces', () => {
    expect(tell('<a xmlns="one"><b/><c xmlns="two"><d/></c></a>').opened.map((one) => one.namespace)).toEqual(['one', 'one', 'two', 'two']);
    const { opened } = tell('<p:a xmlns:p="one" xmlns="two"><b/><p:c/></p:a>');
    expect(opened.map((one) => [one.name, one.namespace])).toEqual([['a', 'one'], ['b', 'two'], ['c', 'one']]);
  });

  it('keeps an attribute called __proto__', () => {
    expect(tell('<a __proto__="1" constructor="2"/>').opened[0]?.attribute('__proto__')?.value).toBe('1');
  });

  it('refuses a DOCTYPE at its place, and expands nothing', () => {
    const text = '<!-- <!DOCTYPE x> -->\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>';
    expect(tell(text)).toMatchObject({ opened: [], problem: { kind: 'doctype', span: { start: 22, end: 31 } } });
  });

  it(`refuses elements more than ${MAX_DEPTH} deep`, () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(tell(nested(MAX_DEPTH)).problem).toBeNull();
    expect(tell(nested(MAX_DEPTH + 1)).problem).toMatchObject({ place: { code: 'too-deep', span: { start: MAX_DEPTH * 3 + 1 } } });
    expect(tell(nested(20_000)).problem).toMatchObject({ place: { code: 'too-deep' } });
  });

  it('takes hostile texts in linear time', () => {
    const big = 1_000_000;
    const texts = [
      `<a${' '.repeat(big)}b="c"/>`,
      `<a b${' '.repeat(big)}="c"/>`,
      `<a b="${'x'.repeat(big)}`,
      `<a b="${'&'.repeat(big)}"/>`,
      `<a>${'<!-- & -->'.repeat(big / 10)}&x</a>`,
      `${' '.repeat(big)}<!DOCTYPE a>`,
      `<a ${Array.from({ length: 20_000 }, (_, index) => `b${index}="c"`).join(' ')}/>`,
      '='.repeat(7).concat('\n').repeat(big / 8),
    ];
    const spent = processorTime(() => {
      for (const text of texts) tell(text);
    });
    expect(spent).toBeLessThan(5000);
  });
});

describe('the first ill-formed place', () => {
  /** The text with ⟦ and ⟧ around what is underlined. */
  it.each([
    ['conflict-markers', '<a>\n⟦<<<<<<< HEAD⟧\n<b/>\n=======\n<c/>\n>>>>>>> x\n</a>'],
    ['less-than-in-value', '<a b="x⟦<⟧y"/>'],
    ['less-than-in-value', '<a c="1" b="x⟦<⟧y"/>'],
    ['lost-quote', '<a>\n<b ⟦c⟧="x />\n<d e="f"/>\n</a>'],
    ['lost-quote', '<a>\n<b x="1" ⟦c⟧="x />\n<d e="f"/>\n</a>'],
    ['lost-quote', '<a ⟦b⟧="x'],
    ['ampersand', '<a b="x⟦&⟧y"/>'],
    ['ampersand', '<a b="&#10; ⟦&⟧ y; z"/>'],
    ['ampersand', '<a>⟦&⟧foo;</a>'],
    ['ampersand', '<a b="⟦&⟧#0;"/>'],
    ['duplicate-attribute', '<a b="1" c="2" ⟦b⟧="3"/>'],
    ['placeholder-attribute', '<a ⟦$schema$⟧ b="1"/>'],
    ['placeholder-attribute', '<a b="1" ⟦__X__⟧ c="2"/>'],
    ['placeholder-attribute', '<a b="1" ⟦#{x}⟧/>'],
    ['attribute-without-value', '<a ⟦b⟧ c="1"/>'],
    ['attribute-without-value', '<a ⟦b⟧/>'],
    ['value-without-quotes', '<a b=⟦c⟧/>'],
    ['typographic-quote', '<a b=⟦“⟧c”/>'],
    ['typographic-quote', '<a>\n<b c="2⟦”⟧ />\n</a>'],
    ['typographic-quote', '<a b="1⟦”⟧ c="2"/>'],
    ['lost-quote', '<a ⟦b⟧="1 c="2"/>'],
    ['lost-quote', '<a x="0" ⟦b⟧="7 c="*"/>'],
    ['odd-blank', '<a b="1" ⟦\u00A0⟧c="2"/>'],
    ['odd-blank', '<a b="1"⟦\u00A0⟧c="2"/>'],
    ['no-space-between-attributes', '<a v="x;p string="⟦y⟧;z=1"" w="2"/>'],
    ['no-space-between-attributes', '<a v="Server=db; Password="⟦x⟧"; Db=y" w="2"/>'],
    ['lost-quote', '<a>\n<b ⟦c⟧="It’s fine />\n<d e="f"/>\n</a>'],
    ['lost-bracket', '<a><b ⟦/⟧\n<c/></a>'],
    ['lost-bracket', '<a><b c="1" ⟦/⟧\n<c/></a>'],
    ['second-declaration', '<?xml version="1.0"?><!-- <?xml version="1.0"?> --><a/>\n⟦<?xml⟧ version="1.0"?><a/>'],
    ['second-declaration', '<?xml version="1.0"?><a/>\n⟦<?xml⟧ version="1.0"?><a/>'],
    ['no-space-between-attributes', '<a b="1"⟦c⟧="2"/>'],
    ['text-outside-root', '⟦x y⟧<a/>'],
    ['text-outside-root', '<a/><!-- z --> ⟦tail here⟧\n'],
    ['declaration-not-first', '\n⟦<?xml⟧ version="1.0"?><a/>'],
    ['wrong-end-tag', '<a><b>⟦</a>⟧'],
    ['wrong-end-tag', '<a><b><c/><b></b>⟦</a>⟧'],
    ['stray-end-tag', '<a/>⟦</b>⟧'],
    ['unclosed-element', '<a><⟦b⟧>'],
    ['unfinished-tag', '<a>⟦<⟧b c="d"'],
    ['unclosed-comment', '<a>⟦<!⟧-- x </a>'],
    ['unclosed-cdata', '<a>⟦<!⟧[CDATA[ x </a>'],
    ['unclosed-instruction', '<a>⟦<?⟧x </a>'],
    ['stray-less-than', '<a> 1 ⟦<⟧ 2 </a>'],
    ['second-root', '<a/><⟦b⟧/>'],
    ['no-root', '⟦<⟧!-- nothing -->'],
    ['control-character', '<a b="x⟦\u0001⟧"/>'],
    ['double-hyphen', '<a><!-- x ⟦--⟧ y --></a>'],
    ['unbound-prefix', '<⟦p:a⟧/>'],
    ['unbound-prefix', '<a xmlns:x="y"><⟦q⟧:b/></a>'],
    ['other', '<a>]]⟦>⟧</a>'],
  ])('%s: %j', (code, marked) => {
    const text = marked.replace(/[⟦⟧]/g, '');
    const start = marked.indexOf('⟦');
    const end = marked.indexOf('⟧') - 1;
    expect(tell(text).problem).toMatchObject({ kind: 'ill-formed', place: { code, span: { start, end } } });
  });

  it('of an end tag that was lost is said where the next element of the name begins', () => {
    const text = '<S><Role name="A"><RoleX/><Role name="B"></Role></S>';
    const { problem } = tell(text);
    const places = problem?.kind === 'ill-formed' ? problem.place.related.map(({ note, span }) => [note, text.slice(span.start, span.end), span.start]) : [];
    expect(places).toEqual([
      ['<Role> is still open', 'Role', 4],
      ['the next <Role> begins inside of it: </Role> may be missing before', 'Role', text.indexOf('<Role name="B"') + 1],
    ]);
  });
});

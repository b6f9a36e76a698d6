// The quick scanner tells exactly what saxes tells, event by event, or leaves the rest to it.

import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read, type ReadBy } from '../src/core/read.js';
import { scan } from '../src/core/scan.js';
import { SourceFile, decode } from '../src/core/source.js';
import { runs } from './support/setup.js';

function tell(text: string, by: ReadBy) {
  const events: unknown[] = [];
  const problem = read(
    new SourceFile('x', text),
    {
      open: ({ name, qualifiedName, namespace, depth, span, nameSpan, attributes, parent }) =>
        events.push({ name, qualifiedName, namespace, depth, span, nameSpan, parent: parent?.nameSpan.start, attributes: attributes.map((one) => [one.name, one.value, one.nameSpan, one.valueSpan]) }),
      text: (span, parent) => events.push({ text: span, parent: parent.name }),
      close: ({ name, closedAt, endNameSpan }) => events.push({ name, closedAt, endNameSpan }),
    },
    by,
  );
  return { events, problem };
}

function isScanned(text: string): boolean {
  return scan(text, { attribute: () => undefined, open: () => undefined, close: () => undefined, strayText: () => undefined });
}

const texts = (folder: string): (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => /\.(?:cscfg|csdef)$/i.test(entry.name))
    .map((entry) => [`${entry.parentPath}/${entry.name}`, decode('x', readFileSync(`${entry.parentPath}/${entry.name}`)).source.text]);

describe('scan', () => {
  it.each(texts('fixtures'))('tells the same of %s', (_, text) => {
    expect(tell(text, 'scan-then-saxes')).toEqual(tell(text, 'saxes'));
  });

  it('reads nearly all of them without saxes', () => {
    const wellFormed = texts('fixtures').filter(([, text]) => tell(text, 'saxes').problem === null);
    const scanned = wellFormed.filter(([, text]) => isScanned(text));
    expect(scanned.length / wellFormed.length).toBeGreaterThan(0.9);
  });

  const name = fc.constantFrom('a', 'Role', 'b-c.d_1', 'x:y', 'é', '1', 'xmlns', 'xmlns:p', '__proto__', '');
  const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t', ' \r\n ');
  const piece = fc.constantFrom('text', '&amp;', '&lt;', '&#65;', '&#x41;', '&#0;', '&#xD800;', '&x;', '&', '<', '>', '"', "'", ']]>', '\t', '\r\n', '\n', 'é', '\u{1F600}', '\u200E', '\0', '\uFFFE', '-', '--');
  const value = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(''));
  const attribute = fc.tuple(space, name, space, fc.constantFrom('=', '', '=='), space, fc.constantFrom('"', "'", ''), value).map(([before, key, gap, equals, after, quote, content]) => `${before}${key}${gap}${equals}${after}${quote}${content}${quote}`);
  const tag = fc.tuple(name, fc.array(attribute, { maxLength: 3 }), space, fc.constantFrom('>', '/>', '/ >', '')).map(([key, attributes, gap, end]) => `<${key}${attributes.join('')}${gap}${end}`);
  const element = fc.tuple(name, fc.array(attribute, { maxLength: 2 }), value, space).map(([key, attributes, content, gap]) => `<${key}${attributes.join('')}>${content}</${key}${gap}>`);
  const other = fc.constantFrom('<!-- c -->', '<!-- -- -->', '<!--', '<?pi x?>', '<![CDATA[x]]>', '<!DOCTYPE a>', '</a>', '</Role >', '<?xml version="1.0"?>', '<a>', '<Role>', ' ', '\n', 'x');
  const document = fc.array(fc.oneof(tag, element, other), { maxLength: 6 });
  const declaration = fc.constantFrom('', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>", '<?xml version="1.1"?>', '<?xml encoding="x"?>', '<?xml version = "1.0"?>\n', '\n');

  it('tells the same of any text', () => {
    fc.assert(
      fc.property(declaration, fc.boolean(), document, (head, wrapped, parts) => {
        const text = wrapped ? `${head}<a>${parts.join('')}</a>` : `${head}${parts.join('')}`;
        expect(tell(text, 'scan-then-saxes')).toEqual(tell(text, 'saxes'));
        // What it takes for right must be right; that an attribute is given twice is for its target to see.
        const { problem } = tell(text, 'saxes');
        if (isScanned(text) && problem !== null) expect(problem).toMatchObject({ place: { code: 'duplicate-attribute' } });
      }),
      { numRuns: runs(1000) },
    );
  });

  it('tells the same of a real file with any one thing changed', () => {
    const real = readFileSync('fixtures/projects/rotation/ServiceConfiguration.Cloud.cscfg', 'utf8');
    fc.assert(
      fc.property(fc.nat(real.length), fc.nat(3), fc.oneof(piece, name, other), (at, length, inserted) => {
        const text = real.slice(0, at) + inserted + real.slice(at + length);
        expect(tell(text, 'scan-then-saxes')).toEqual(tell(text, 'saxes'));
      }),
      { numRuns: runs(200) },
    );
  });
});

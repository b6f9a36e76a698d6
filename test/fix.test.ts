// Fixes: which go together, what they leave as it is, what is written where.

import { chmodSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewriteFile } from '../src/cli/rewrite.js';
import { diffLines } from '../src/core/diff.js';
import { MAX_ROUNDS, applyFixes, fixSource } from '../src/core/fix.js';
import { defineRule, moveElement, moveElements, removeElement } from '../src/core/rule.js';
import { SourceFile, encode } from '../src/core/source.js';
import type { Edit, Finding, Fix, Span } from '../src/core/types.js';
import { unifiedDiff } from '../src/formats/diff.js';
import { folderWith, run } from './support/cli.js';
import { fixBytes, idsOf, lintText } from './support/lint.js';
import { NAMESPACE, wrap } from './support/texts.js';

const GOOD = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';

function fix(edits: readonly [Edit, ...Edit[]], safety: Fix['safety'] = 'safe'): Fix {
  return { title: 'Write it', safety, path: 'x', edits };
}

const replace = (start: number, end: number, text: string): Edit => ({ start, end, text });

describe('applyFixes', () => {
  it('lets the first of two that overlap win, and tells the rest', () => {
    const [first, second] = [fix([replace(2, 5, 'X')]), fix([replace(4, 6, 'Y')])];
    expect(applyFixes('0123456789', [second, first])).toEqual({ text: '01X56789', applied: [first], left: [second] });
  });

  it('takes a fix of several edits wholly or not at all', () => {
    const [first, second] = [fix([replace(4, 6, '')]), fix([replace(8, 9, 'Z'), replace(5, 7, 'Z')])];
    expect(applyFixes('0123456789', [first, second])).toEqual({ text: '01236789', applied: [first], left: [second] });
    expect(applyFixes('0123456789', [second])).toMatchObject({ text: '01234Z7Z9' });
  });

  it('lets edits touch, and several insert at one place', () => {
    const fixes = [fix([replace(0, 2, 'a')]), fix([replace(2, 4, 'b')]), fix([replace(4, 4, 'c')]), fix([replace(4, 4, 'd')]), fix([replace(4, 5, 'e')])];
    expect(applyFixes('0123456789', fixes)).toMatchObject({ text: 'abcde56789', left: [] });
  });

  it('inserts nothing into what another takes away, and nothing twice', () => {
    expect(applyFixes('0123456789', [fix([replace(2, 6, '')]), fix([replace(4, 4, 'x')])])).toMatchObject({ text: '016789', left: [{}] });
    expect(applyFixes('01', [fix([replace(1, 1, 'x'), replace(2, 2, 'y')]), fix([replace(1, 1, 'x')])])).toMatchObject({ text: '0x1y', left: [{}] });
  });

  it('counts the same fix of two findings for both', () => {
    expect(applyFixes('01', [fix([replace(0, 1, 'x')]), fix([replace(0, 1, 'x')])])).toMatchObject({ text: 'x1', applied: [{}, {}], left: [] });
  });

  it('refuses edits that are none of the text', () => {
    for (const edits of [[replace(1, 3, '')], [replace(2, 1, '')], [replace(-1, 0, '')], [replace(0, 2, ''), replace(1, 2, '')]]) {
      expect(() => applyFixes('01', [fix(edits as [Edit])])).toThrow('does not fit');
    }
  });

  it('changes nothing outside of the edits that it applies', () => {
    const edit = fc.record({ start: fc.nat(30), length: fc.nat(4), text: fc.stringMatching(/^[A-Z]{0,3}$/) }).map(({ start, length, text }) => replace(start, start + length, text));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const text = 'abcdefghijklmnopqrstuvwxyz0123456789';
        const { text: result, applied, left } = applyFixes(text, edits.map((one) => fix([one])));
        expect(applied.length + left.length).toBe(edits.length);
        // From the last to the first, so that offsets stay.
        const distinct = [...new Map(applied.map(({ edits: [one] }) => [JSON.stringify(one), one])).values()];
        const ordered = distinct.map((one, index) => ({ one, index })).sort((a, b) => b.one.start - a.one.start || b.one.end - a.one.end || b.index - a.index);
        expect(ordered.reduce((whole, { one }) => whole.slice(0, one.start) + one.text + whole.slice(one.end), text)).toBe(result);
        for (const { edits: [one] } of left) {
          const isInTheWay = ({ start, end, text: other }: Edit) => (start < one.end && one.start < end) || (start === one.start && end === one.end && other === one.text);
          expect(distinct.some(isInTheWay)).toBe(true);
        }
      }),
    );
  });
});

describe('fixSource', () => {
  const finding = (one: Fix) => ({ fix: one }) as Finding;

  it('goes on where one fix uncovers another, and ends where two undo each other', () => {
    const grow = fixSource(new SourceFile('x', 'a'), 'safe', ({ text }) => (text.length < 4 ? [finding(fix([replace(0, 0, 'b')]))] : []));
    expect(grow).toMatchObject({ source: { text: 'bbba' }, fixed: 3 });
    const flip = fixSource(new SourceFile('x', 'a'), 'safe', ({ text }) => [finding(fix([replace(0, 1, text === 'a' ? 'b' : 'a')]))]);
    expect(flip.fixed).toBe(MAX_ROUNDS);
  });

  it('makes unsafe fixes only where they are asked for', () => {
    const lint = ({ text }: SourceFile) => (text === 'a' ? [finding(fix([replace(0, 1, 'b')], 'unsafe'))] : []);
    const source = new SourceFile('x', 'a');
    expect(fixSource(source, 'safe', lint).source).toBe(source);
    expect(fixSource(source, 'unsafe', lint).source.text).toBe('b');
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Whole files
// ---------------------------------------------------------------------------------------------------------------------

/** A piece of a file as it is written, and as it is after its fix. */
interface Piece {
  readonly written: string;
  readonly fixed: string;
}

const same = (text: string): Piece => ({ written: text, fixed: text });

const thumbprint = fc
  .tuple(fc.stringMatching(/^[0-9A-F]{40}$/), fc.constantFrom('none', 'lower', 'mixed', 'colons', 'spaces', 'around', 'mark', 'marks and spaces', 'line end'))
  .filter(([digits]) => new Set(digits).size > 9)
  .map(([digits, spoil]): Piece => {
    const pairs = digits.match(/../g) ?? [];
    const forms = {
      none: digits,
      lower: digits.toLowerCase(),
      mixed: digits.slice(0, 20) + digits.slice(20).toLowerCase(),
      colons: pairs.join(':'),
      spaces: pairs.join(' ').toLowerCase(),
      around: ` ${digits}\t`,
      mark: `\u200E${digits}`,
      'marks and spaces': `\u200E${pairs.join(' ').toLowerCase()}\u00A0`,
      'line end': `${digits.slice(0, 20)}\n  ${digits.slice(20)}`,
    };
    return { written: forms[spoil], fixed: digits };
  });

const algorithm = fc.constantFrom('sha1', 'SHA1', 'sha-1', 'Sha1').map((written): Piece => ({ written, fixed: 'sha1' }));
const attribute = fc.constantFrom('name', 'Name', 'NAME').map((written): Piece => ({ written, fixed: 'name' }));
const instances = fc.constantFrom('Instances', 'instances').map((written): Piece => ({ written, fixed: 'Instances' }));
const namespace = fc.constantFrom(NAMESPACE, `${NAMESPACE}x`, 'urn:other').map((written): Piece => ({ written, fixed: NAMESPACE }));

const entry = fc.tuple(attribute, thumbprint, algorithm).map((parts) => parts);
const role = fc.record({ attribute, instances, entries: fc.array(entry, { maxLength: 3 }) });

const service = fc.record({ namespace, roles: fc.array(role, { maxLength: 3 }) }).map(({ namespace: uri, roles }): Piece[] => [
  same(`<ServiceConfiguration   serviceName='Büro' xmlns = "`),
  uri,
  same('" osFamily="7" osVersion="*"\n  schemaVersion="2015-04.2.6" >\n'),
  ...roles.flatMap((one, index): Piece[] => [
    same(`\t<Role\t`),
    one.attribute,
    same(`="R${index}">\n    <!-- Ä -->\n    <`),
    one.instances,
    same(` count="2"></`),
    one.instances,
    same(`>  \n    <Certificates>\n`),
    ...one.entries.flatMap(([name, value, spelled], at): Piece[] => [same('      <Certificate '), name, same(`="C${at}" thumbprint="`), value, same('" thumbprintAlgorithm='), same("'"), spelled, same(`' />\n\n`)]),
    same('    </Certificates>\n\t</Role>\n'),
  ]),
  same('</ServiceConfiguration>'),
]);

const WITHOUT_NETWORK = { config: { rules: { 'vnet-required': 'off' } } } as const;

const ENCODINGS = ['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be', 'utf-16le with mark', 'utf-16be with mark', 'iso-8859-1'] as const;

function bytesIn(text: string, encoding: (typeof ENCODINGS)[number]): Buffer {
  const marked = encoding.endsWith('with mark') ? `\uFEFF${text}` : text;
  if (encoding === 'iso-8859-1') return Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${text}`, 'latin1');
  if (encoding.startsWith('utf-8')) return Buffer.from(marked);
  const bytes = Buffer.from(marked, 'utf16le');
  return encoding.startsWith('utf-16be') ? bytes.swap16() : bytes;
}

describe('a generated file with mistakes', () => {
  it('is fixed to the byte: nothing outside of the mistakes changes, and fixing again changes nothing', () => {
    fc.assert(
      fc.property(service, fc.constantFrom(...ENCODINGS), fc.constantFrom('\n', '\r\n', '\r'), (pieces, encoding, lineEnd) => {
        const write = (key: keyof Piece) => bytesIn(pieces.map((piece) => piece[key]).join('').replaceAll('\n', lineEnd), encoding);
        // Latin-1 has no left-to-right mark.
        fc.pre(encoding !== 'iso-8859-1' || !pieces.some(({ written }) => written.includes('\u200E')));
        const broken = write('written');
        const fixed = fixBytes(broken);
        expect(fixed.equals(write('fixed'))).toBe(true);
        expect(idsOf(lintText(fixed, WITHOUT_NETWORK))).toEqual([]);
        expect(fixBytes(fixed).equals(fixed)).toBe(true);
        if (!broken.equals(fixed)) expect(idsOf(lintText(broken, WITHOUT_NETWORK))).not.toEqual([]);
      }),
    );
  });
});

describe('encode', () => {
  it('gives back the bytes that were read, or nothing', () => {
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    for (const encoding of ['windows-1252', 'windows-1251', 'iso-8859-2', 'koi8-r', 'macintosh']) {
      const text = new TextDecoder(encoding).decode(every);
      const bytes = encode(new SourceFile('x', text, encoding));
      expect(bytes === null || Buffer.from(bytes).equals(every)).toBe(true);
      expect(encode(new SourceFile('x', 'a\u{1F600}', encoding))).toBeNull();
    }
    expect(encode(new SourceFile('x', 'жa', 'windows-1251'))).toEqual(Uint8Array.of(0xe6, 0x61));
    expect(encode(new SourceFile('x', 'あ', 'shift_jis'))).toBeNull();
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Elements
// ---------------------------------------------------------------------------------------------------------------------

function spanOf(text: string, element: string): Span {
  const start = text.indexOf(element);
  return { start, end: start + element.length };
}

function moved(text: string, element: string, before: string): string {
  return applyFixes(text, [fix(moveElement(text, spanOf(text, element), spanOf(text, before)))]).text;
}

describe('moveElement', () => {
  it.each([
    ['on lines of their own', '<p>\n  <b/>\n  <a/>\n</p>', '<p>\n  <a/>\n  <b/>\n</p>'],
    ['with CR LF', '<p>\r\n\t<b/>\r\n\t<a/>\r\n</p>', '<p>\r\n\t<a/>\r\n\t<b/>\r\n</p>'],
    ['with the comments that lead them', '<p>\n  <!-- b -->\n  <b/>\n\n  <!-- a1 -->\n  <!-- a2\n  -->\n  <a/>\n</p>', '<p>\n  <!-- a1 -->\n  <!-- a2\n  -->\n  <a/>\n\n  <!-- b -->\n  <b/>\n</p>'],
    ['with the comment behind them', '<p>\n  <b/> <!-- b -->\n  <a/> <!-- a -->\n</p>', '<p>\n  <a/> <!-- a -->\n  <b/> <!-- b -->\n</p>'],
    ['without a comment that a blank line parts', '<p>\n  <b/>\n  <!-- section -->\n\n  <a/>\n</p>', '<p>\n  <a/>\n\n  <b/>\n  <!-- section -->\n</p>'],
    ['on one line', '<p><b/> <a/></p>', '<p><a/> <b/></p>'],
    ['without anything between', '<p><b/><a/></p>', '<p><a/><b/></p>'],
    ['where the end of the parent follows on the line', '<p>\n  <b/>\n  <a/></p>', '<p>\n  <a/>\n  <b/></p>'],
    ['over others', '<p>\n  <b/>\n  <c/>\n\n  <a/>\n  <d/>\n</p>', '<p>\n  <a/>\n\n  <b/>\n  <c/>\n  <d/>\n</p>'],
  ])('moves elements %s', (_, text, expected) => {
    expect(moved(text, '<a/>', '<b/>')).toBe(expected);
  });
});

describe('moveElements', () => {
  it('moves several to several places, in the order of the moves', () => {
    const text = '<p>\n  <c/>\n  <e/>\n  <d/>\n  <b/>\n  <a/>\n</p>';
    const move = (element: string, before: string) => ({ element: spanOf(text, element), before: spanOf(text, before) });
    const { text: fixed } = applyFixes(text, [fix(moveElements(text, [move('<a/>', '<c/>'), move('<b/>', '<c/>'), move('<d/>', '<e/>')]))]);
    expect(fixed).toBe('<p>\n  <a/>\n  <b/>\n  <c/>\n  <d/>\n  <e/>\n</p>');
  });

  it('takes what ends like a comment and is none for text', () => {
    const text = '<p>\n<b/>\n<!-- of c -->\n<c/>\n-->\n<a/>\n</p>';
    expect(moved(text, '<a/>', '<b/>')).toBe('<p>\n<a/>\n<b/>\n<!-- of c -->\n<c/>\n-->\n</p>');
  });
});

describe('removeElement', () => {
  it.each([
    ['with its line', '<p>\r\n  <b/>\r\n  <a/>\r\n</p>', '<p>\r\n  <b/>\r\n</p>'],
    ['between others on a line', '<p><b/> <a/> <c/></p>', '<p><b/> <c/></p>'],
    ['before another on its line', '<p>\n  <a/> <c/>\n</p>', '<p>\n  <c/>\n</p>'],
    ['behind another on its line', '<p>\n  <c/> <a/>\n</p>', '<p>\n  <c/>\n</p>'],
    ['that is alone in its parent', '<p><a/></p>', '<p></p>'],
    ['at the very end', '<b/>\n<a/>', '<b/>\n'],
  ])('removes one %s', (_, text, expected) => {
    expect(applyFixes(text, [fix(removeElement(text, spanOf(text, '<a/>')))]).text).toBe(expected);
  });
});

/** Puts children in their order, as a rule does with what the engine hands it. */
const orderRule = defineRule({
  id: 'test-order',
  family: 'schema',
  summary: 'Children stand in their order.',
  why: 'A test wants it.',
  source: 'https://example.com/',
  severity: 'error',
  fixable: 'safe',
  messages: { order: { message: '{name} stands behind {after}.', help: 'Move it.' } },
  examples: { bad: [{ cscfg: '<a/>' }], good: [{ cscfg: '<a/>' }] },
  check({ report, text }) {
    return {
      'schema:order'({ element, after, moves }) {
        report({ message: 'order', at: element.nameSpan, data: { name: element.name, after: after.name }, fix: { title: 'Move it', edits: moveElements(text, moves) } });
      },
    };
  },
});

describe('the engine', () => {
  const role = (name: string) => `  <!-- ${name} -->\n  <Role name="${name}">\n    <Instances count="2" />\n    <ConfigurationSettings>\n      <Setting name="Key" value="hunter2" />\n    </ConfigurationSettings>\n  </Role>\n`;
  const whole = (...children: string[]) => `<ServiceConfiguration serviceName="Shop" xmlns="${NAMESPACE}">\n${children.join('')}</ServiceConfiguration>\n`;
  const network = '\n  <NetworkConfiguration>\n    <VirtualNetworkSite name="v" />\n  </NetworkConfiguration>\n';
  const agent = '  <GuestAgentSettings />\n';

  it('tells a rule where a child belongs', () => {
    const names = Array.from({ length: 30 }, (_, index) => `R${index}`);
    const options = { rules: [orderRule] };
    const fixed = fixBytes(whole(agent, network, ...names.map(role)), 'safe', options).toString();
    expect(idsOf(lintText(fixed, options))).toEqual([]);
    expect(fixed.match(/R\d+(?=">)/g)).toEqual(names);
    expect(fixed.replace(/\s+/g, ' ')).toBe(whole(...names.map(role), network, agent).replace(/\s+/g, ' '));
  });

  it('keeps indentation, comments and blank lines of what moves', () => {
    expect(fixBytes(whole(network, role('A')), 'safe', { rules: [orderRule] }).toString()).toBe(whole(`\n${role('A')}`, network.slice(1)));
  });

  it('never puts the settings of a moved role into a report', () => {
    const { files, summary } = lintText(whole(network, role('A')), { rules: [orderRule] });
    expect(files[0]?.findings[0]?.fix).toMatchObject({ title: 'Move it', edits: [] });
    expect(summary.fixable).toBe(1);
    expect(JSON.stringify(files)).not.toContain('hunter2');
  });

  it('fixes a name in its letter case with its prefix left in place', () => {
    const text = `<s:ServiceConfiguration serviceName="Shop" xmlns:s="${NAMESPACE}"><s:Role name="Web"><s:instances count="2"></s:instances></s:Role></s:ServiceConfiguration>`;
    expect(fixBytes(text).toString()).toBe(text.replaceAll('instances', 'Instances'));
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Diffs
// ---------------------------------------------------------------------------------------------------------------------

describe('diffLines', () => {
  /** What becomes of the lines when the changes are made. */
  function patched(from: readonly string[], to: readonly string[]): string[] {
    const result: string[] = [];
    let last = 0;
    for (const { fromStart, fromEnd, toStart, toEnd } of diffLines(from, to)) {
      result.push(...from.slice(last, fromStart));
      expect(result.length).toBe(toStart);
      result.push(...to.slice(toStart, toEnd));
      last = fromEnd;
    }
    return [...result, ...from.slice(last)];
  }

  it('leads from one text to the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(fc.property(lines, lines, (from, to) => void expect(patched(from, to)).toEqual(to)));
  });

  it('takes the shortest way, and says nothing of equal texts', () => {
    expect(diffLines(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual([
      { fromStart: 1, fromEnd: 2, toStart: 1, toEnd: 2 },
      { fromStart: 4, fromEnd: 4, toStart: 4, toEnd: 5 },
    ]);
    expect(diffLines(['a'], ['a'])).toEqual([]);
  });

  it('stays quick where everything differs', () => {
    const from = Array.from({ length: 50_000 }, (_, index) => `a${index}`);
    const to = from.map((line, index) => (index % 2 === 0 ? line : `${line}!`));
    expect(patched(from, to)).toEqual(to);
    expect(diffLines(from, to)).toHaveLength(25_000);
    expect(patched(from, to.slice(1))).toEqual(to.slice(1));
  });
});

describe('a unified diff', () => {
  it('shows changes with three lines around them', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);
    const after = lines.with(1, 'second\n').with(16, 'seventeenth\n').join('');
    expect(unifiedDiff('dir/a.cscfg', lines.join(''), after).split('\n')).toEqual([
      '--- a/dir/a.cscfg', '+++ b/dir/a.cscfg',
      '@@ -1,5 +1,5 @@', ' line 1', '-line 2', '+second', ' line 3', ' line 4', ' line 5',
      '@@ -14,7 +14,7 @@', ' line 14', ' line 15', ' line 16', '-line 17', '+seventeenth', ' line 18', ' line 19', ' line 20', '',
    ]);
    expect(unifiedDiff('a', 'same', 'same')).toBe('');
  });

  it('names lines that come, go, and end without a line end', () => {
    expect(unifiedDiff('a', 'x\n', 'x\ny')).toBe('--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n x\n+y\n\\ No newline at end of file\n');
    expect(unifiedDiff('a', '', 'y\n')).toContain('@@ -0,0 +1 @@\n+y\n');
  });

  it('masks settings, and writes out what cannot be seen', () => {
    const before = '<Role\tname="\u202Ea">\r\n<Setting name="A" value="hunter2\nhunter3" />\n\u001B[2J</Role>\n';
    const shown = unifiedDiff('\u001Ba', before, before.replace('Role', 'role'));
    expect(shown).not.toMatch(/hunter|[\u001B\u202E]/);
    expect(shown).toBe(
      '--- a/\\u{1B}a\n+++ b/\\u{1B}a\n@@ -1,4 +1,4 @@\n-<Role\tname="\\u{202E}a">\r\n+<role\tname="\\u{202E}a">\r\n <Setting name="A" value="***\n ***" />\n \\u{1B}[2J</Role>\n',
    );
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// The command
// ---------------------------------------------------------------------------------------------------------------------

const certificate = (thumbprint: string, algorithm = 'sha1') => wrap(`<Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="${algorithm}" />`);
const broken = certificate(`\u200E${GOOD.toLowerCase()}`);
const fixed = certificate(GOOD);
const unsafe = certificate(GOOD, 'sha256');

describe('--fix', () => {
  it('writes the safe fixes, and ends as the fixed file does', async () => {
    const cwd = folderWith({ 'a.cscfg': broken, 'b.cscfg': unsafe, 'c.cscfg': fixed });
    chmodSync(join(cwd, 'a.cscfg'), 0o640);
    const before = statSync(join(cwd, 'c.cscfg'));
    expect(await run(['a.cscfg', '--fix'], { cwd })).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^1 fixed\. 1 file checked, nothing found\./) as string });
    const { code, out } = await run(['--fix'], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/\nNothing fixed\. 1 error in 1 of 3 files\. 1 can be fixed with --fix-unsafe\./) as string });
    expect(readFileSync(join(cwd, 'a.cscfg'), 'utf8')).toBe(fixed);
    expect(statSync(join(cwd, 'a.cscfg')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(cwd, 'b.cscfg'), 'utf8')).toBe(unsafe);
    // What needs no fix is not even touched.
    expect(statSync(join(cwd, 'c.cscfg'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(readdirSync(cwd)).toEqual(['a.cscfg', 'b.cscfg', 'c.cscfg']);
  });

  it('leaves what changes the deployment to --fix-unsafe', async () => {
    const cwd = folderWith({ 'a.cscfg': unsafe });
    expect(await run(['--fix-unsafe'], { cwd })).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(cwd, 'a.cscfg'), 'utf8')).toBe(fixed);
  });

  it('is offered in the summary', async () => {
    const cwd = folderWith({ 'a.cscfg': broken, 'b.cscfg': unsafe, 'c.cscfg': fixed });
    expect((await run(['a.cscfg'], { cwd })).out).toContain('1 error in 1 file. 1 can be fixed with --fix. ');
    expect((await run([], { cwd })).out).toContain('1 can be fixed with --fix, 1 more with --fix-unsafe.');
    expect((await run(['c.cscfg'], { cwd })).out).not.toContain('--fix');
  });

  it('keeps UTF-16 and its mark', async () => {
    const bytes = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    const cwd = folderWith({ 'a.cscfg': bytes(broken) });
    expect((await run(['--fix'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.cscfg')).equals(bytes(fixed))).toBe(true);
  });

  it('leaves a file alone whose encoding it cannot write', async () => {
    const text = (thumbprint: string) => `<?xml version="1.0" encoding="shift_jis"?>${certificate(thumbprint)}<!-- `;
    const bytes = Buffer.concat([Buffer.from(text(GOOD.toLowerCase())), Buffer.from([0x82, 0xa0]), Buffer.from(' -->')]);
    const cwd = folderWith({ 'a.cscfg': bytes });
    expect(await run(['--fix'], { cwd })).toMatchObject({ code: 2, out: expect.stringContaining('thumbprint-uppercase') as string, err: expect.stringContaining('a.cscfg is not fixed: cscfglint cannot write the encoding shift_jis.') as string });
    expect(readFileSync(join(cwd, 'a.cscfg')).equals(bytes)).toBe(true);
  });

  it('writes to the target of a link', async () => {
    const cwd = folderWith({ 'real/a.cscfg': broken, 'links/readme.txt': '' });
    symlinkSync('../real/a.cscfg', join(cwd, 'links/b.cscfg'));
    expect((await run(['links/b.cscfg', '--fix'], { cwd })).code).toBe(0);
    expect(lstatSync(join(cwd, 'links/b.cscfg')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'real/a.cscfg'), 'utf8')).toBe(fixed);
  });

  it.runIf(process.getuid?.() !== 0)('respects a file that is read-only', async () => {
    const cwd = folderWith({ 'a.cscfg': broken });
    chmodSync(join(cwd, 'a.cscfg'), 0o444);
    expect(await run(['--fix'], { cwd })).toMatchObject({ code: 2, err: 'cscfglint: a.cscfg is not fixed, and is as it was: permission denied.\n' });
    expect(readFileSync(join(cwd, 'a.cscfg'), 'utf8')).toBe(broken);
  });

  it('leaves a file alone that changed meanwhile, and no temporary file behind', () => {
    const cwd = folderWith({ 'a.cscfg': 'newer' });
    const path = join(cwd, 'a.cscfg');
    expect(rewriteFile(path, Buffer.from('read'), Buffer.from('fixed'))).toBe('changed-meanwhile');
    expect(readFileSync(path, 'utf8')).toBe('newer');
    writeFileSync(path, 'read');
    expect(rewriteFile(path, Buffer.from('read'), Buffer.from('fixed'))).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe('fixed');
    expect(rewriteFile(cwd, Buffer.of(), Buffer.of())).toBe('not-a-file');
    expect(readdirSync(cwd)).toEqual(['a.cscfg']);
  });

  it('fixes a file that is not well-formed as far as it was read', async () => {
    const cwd = folderWith({ 'a.cscfg': broken.replace('</Role>', '') });
    expect((await run(['--fix'], { cwd })).code).toBe(1);
    expect(readFileSync(join(cwd, 'a.cscfg'), 'utf8')).toBe(fixed.replace('</Role>', ''));
  });
});

describe('--fix -', () => {
  const cwd = folderWith({ '.git/HEAD': '', '.cscfglintrc': '{ "ignore": ["bin/"] }' });

  it('prints the fixed text, and the report on standard error', async () => {
    const { code, out, err } = await run(['--fix', '-'], { cwd, input: broken });
    expect({ code, out }).toEqual({ code: 0, out: fixed });
    expect(err).toMatch(/^1 fixed\. 1 file checked, nothing found\./);
    const left = await run(['--fix', '-'], { cwd, input: unsafe });
    expect(left).toMatchObject({ code: 1, out: unsafe, err: expect.stringContaining('error thumbprint-algorithm') as string });
  });

  it.each([
    ['in its encoding', Buffer.from(`\uFEFF${broken}`, 'utf16le'), Buffer.from(`\uFEFF${fixed}`, 'utf16le'), []],
    ['as it came where it is no text', Buffer.from([0xff, 0x3c, 0x80]), Buffer.from([0xff, 0x3c, 0x80]), []],
    ['as it came where a config ignores it', Buffer.from(broken), Buffer.from(broken), ['--stdin-filename', 'bin/a.cscfg']],
  ])('prints it %s', async (_, input, expected, args) => {
    const written: Uint8Array[] = [];
    await run(['--fix', '-', ...args], { cwd, input, written });
    expect(Buffer.concat(written).equals(expected)).toBe(true);
  });

  it('has no room for another format on standard output', async () => {
    expect(await run(['--fix', '-', '-f', 'json'], { cwd, input: broken })).toMatchObject({ code: 2, out: '', err: 'cscfglint: Standard output carries the fixed text.\nWrite the report to a file: --format json=FILE.\n' });
    expect(await run(['--fix', '-', '-f', 'json=report.json'], { cwd, input: broken })).toMatchObject({ code: 0, out: fixed });
  });
});

describe('--diff', () => {
  it('shows the safe fixes alone on standard output, and writes nothing', async () => {
    const cwd = folderWith({ 'a.cscfg': broken, 'b.cscfg': unsafe });
    const { code, out, err } = await run(['--diff'], { cwd });
    expect(code).toBe(1);
    expect(out).toBe(`--- a/a.cscfg\n+++ b/a.cscfg\n@@ -1 +1 @@\n-${broken.replace('\u200E', '\\u{200E}')}\n\\ No newline at end of file\n+${fixed}\n\\ No newline at end of file\n`);
    expect(err).toMatch(/^cscfglint: nothing is written; it would be: 1 fixed\. 1 error in 1 of 2 files\./);
    expect((await run(['b.cscfg', '--diff'], { cwd })).err).toMatch(/^cscfglint: there is nothing to fix\. 1 error in 1 file\./);
    expect((await run(['--diff', '--fix-unsafe'], { cwd })).code).toBe(0);
    expect((await run(['--diff', '--fix-unsafe'], { cwd })).out).toContain('+++ b/b.cscfg');
    expect([readFileSync(join(cwd, 'a.cscfg'), 'utf8'), readFileSync(join(cwd, 'b.cscfg'), 'utf8')]).toEqual([broken, unsafe]);
  });

  it('is empty where there is nothing to fix, and of standard input has its name', async () => {
    const cwd = folderWith({ 'a.cscfg': fixed });
    expect(await run(['--diff', '--quiet'], { cwd })).toEqual({ code: 0, out: '', err: '' });
    expect((await run(['--diff', '-'], { cwd, input: broken })).out).toContain('--- a/<stdin>\n');
  });
});

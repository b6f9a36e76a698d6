// Suppressions and baselines: what they silence, what they leave, and what is told of those that nothing needs.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../src/core/baseline.js';
import { findDirectives, mentionsDirectives } from '../src/core/directives.js';
import { SourceFile } from '../src/core/source.js';
import type { PlacedSuppression } from '../src/core/suppress.js';
import { idsOf, lintText } from './support/lint.js';
import { processorTime } from './support/setup.js';
import { wrap } from './support/texts.js';

const role = (name: string, thumbprint: string, comment = '') =>
  `<Role name="${name}"><Instances count="2" /><Certificates>${comment}\n<Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />\n</Certificates></Role>`;
const ONLY = { rules: { 'vnet-required': 'off' as const, 'os-version-format': 'off' as const } };
const ids = (text: string, options: Parameters<typeof lintText>[1] = {}) => idsOf(lintText(wrap(text), options)).filter((id) => /^(?:thumbprint|suppression|baseline)/.test(id));
const silenced = (text: string, options: Parameters<typeof lintText>[1] = {}) => lintText(wrap(text), options).summary.suppressed;

describe('a comment', () => {
  it('silences the next line and no other', () => {
    const comment = '<!-- cscfglint-disable-next-line thumbprint-length: soon -->';
    expect(ids(role('A', '12', comment))).toEqual([]);
    expect(silenced(role('A', '12', comment))).toBe(1);
    expect(ids(role('A', '12', `${comment}\n`))).toEqual(['suppression-unused', 'thumbprint-length']);
    expect(ids(role('A', '12', comment) + role('B', '12'))).toEqual(['thumbprint-length']);
  });

  it('silences the whole of a tag that begins on the next line, and nothing behind it', () => {
    const text = '<Role name="A"><Instances count="2" /><Certificates><!-- cscfglint-disable-next-line thumbprint-length: soon -->\n<Certificate name="Tls"\n thumbprint="12"\n thumbprintAlgorithm="sha1" />\n<Certificate name="B" thumbprint="12" thumbprintAlgorithm="sha1" /></Certificates></Role>';
    expect(ids(text)).toEqual(['thumbprint-length']);
  });

  it('silences up to the enabling one, or to the end', () => {
    const disable = '<!-- cscfglint-disable thumbprint-length: soon -->';
    expect(ids(role('A', '12') + role('B', '12', disable) + role('C', '12'))).toEqual(['thumbprint-length']);
    expect(ids(role('A', '12', disable) + role('B', '12', '<!-- cscfglint-enable -->'))).toEqual(['thumbprint-length']);
  });

  it('says nothing of a rule that is off', () => {
    const text = role('A', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '<!-- cscfglint-disable-next-line thumbprint-length: soon -->');
    expect(ids(text)).toEqual(['suppression-unused']);
    expect(ids(text, { config: { rules: { 'thumbprint-length': 'off' } } })).toEqual([]);
  });

  it('does not silence what is said of suppressions', () => {
    expect(ids(role('A', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '<!-- cscfglint-disable-file suppression-unused, role-duplicate: x -->'))).toEqual(['suppression-unused', 'suppression-unused']);
  });

  it.each([
    ['2028-02-29', null],
    ['2100-02-29', 'no-date'],
    ['2027-02-30', 'no-date'],
    ['2027-04-31', 'no-date'],
    ['2027-13-01', 'no-date'],
    ['31.12.2027', 'no-date'],
  ])('that holds until %s', (until, problem) => {
    const { directives, misshapen } = findDirectives(new SourceFile('x', `<!-- cscfglint-disable-file a until=${until}: x -->`));
    expect([directives.length, ...misshapen.map((one) => one.problem)]).toEqual(problem === null ? [1] : [0, problem]);
  });

  it('silences nothing where an option is misspelt', () => {
    const { directives, misshapen } = findDirectives(new SourceFile('x', '<!-- cscfglint-disable-file a untill=2027-01-31: x -->'));
    expect(directives).toEqual([]);
    expect(misshapen).toMatchObject([{ problem: 'unknown-option', word: 'untill=2027-01-31' }]);
  });

  it.each([
    ['cscfglint: disable-next-line a: x', 'cscfglint: disable-next-line'],
    ['CSCFGLINT-DISABLE a: x', 'CSCFGLINT-DISABLE'],
    ['Cscfglint-disable-file a: x', 'Cscfglint-disable-file'],
    ['cscfglint\n   disable a: x', 'cscfglint disable'],
    ['cscfglint - disable a: x', 'cscfglint - disable'],
    ['cscfglint_disable_file a: x', 'cscfglint_disable_file'],
    ['cscfglint:disableNextLine a: x', 'cscfglint:disableNextLine'],
    ['cscfglint--disable a: x', 'cscfglint--disable'],
    ['cscfglintdisable a: x', 'cscfglintdisable'],
    ['cscfglint disble-next-line a: x', 'cscfglint disble-next-line'],
    ['cscfglint disable-line a: x', 'cscfglint disable-line'],
    ['cscfglint enable a', 'cscfglint enable'],
    ['cscfglint- ', 'cscfglint-'],
    ['cscfglint-: a: x', 'cscfglint-: a'],
  ])('that was meant to be one is told: %j', (comment, word) => {
    const text = `<a>${`<!-- ${comment} -->`}</a>`;
    expect(mentionsDirectives(text)).toBe(true);
    const { directives, misshapen } = findDirectives(new SourceFile('x', text));
    expect(directives).toEqual([]);
    expect(misshapen).toEqual([{ problem: 'misspelt-form', word, span: { start: 3, end: text.length - 4 } }]);
  });

  it('that ends right behind its first word is told, and ends there', () => {
    const text = '<a><!--cscfglint-disable--><b/><!--cscfglint disable--></a>';
    const { misshapen } = findDirectives(new SourceFile('x', text));
    expect(misshapen.map(({ problem, word, span }) => [problem, word, text.slice(span.start, span.end)])).toEqual([
      ['no-rules', 'cscfglint-disable', '<!--cscfglint-disable-->'],
      ['misspelt-form', 'cscfglint disable', '<!--cscfglint disable-->'],
    ]);
  });

  it.each(['cscfglint is run in CI', 'cscfglint', 'cscfglint --', 'cscfglint: see docs', 'cscfglint disabled 2 findings here before', 'cscfglint enables the check', 'cscfglint was unable to read it', 'cscfglint unable', 'cscfglint stable', 'CSCFGLINT 1.0', 'see cscfglint disable'])('that is prose is none: %j', (comment) => {
    expect(findDirectives(new SourceFile('x', `<!-- ${comment} -->`))).toEqual({ directives: [], misshapen: [] });
  });

  it('is not looked for in a text that never names the tool', () => {
    expect(mentionsDirectives('<a><!-- cscfg lint --></a>')).toBe(false);
    expect(mentionsDirectives(wrap(role('A', '12')))).toBe(false);
  });

  it('is read in linear time, whatever it holds', () => {
    const big = 300_000;
    const texts = [`<!-- cscfglint-disable-file ${' '.repeat(big)}x`, `<!-- cscfglint-disable-file ${' ,'.repeat(big)}-->`, '<!-- cscfglint-enable -->'.repeat(big / 20), `<!--${' '.repeat(big)}`.repeat(2), `<!-- cscfglint${' '.repeat(big)}`.repeat(2), '<!-- cscfglint disable'.repeat(big / 20), '<!-- cscfglint '.repeat(big / 10), `<!-- cscfglint-disable a${',a'.repeat(big)}: x -->`];
    expect(processorTime(() => void texts.forEach((text) => findDirectives(new SourceFile('x', text))))).toBeLessThan(3000);
  });

  it('is heeded a thousand times in a file, and the rest is told', () => {
    const many = '<!-- cscfglint-disable-next-line thumbprint-length: x -->\n'.repeat(1500);
    const { directives, misshapen } = findDirectives(new SourceFile('x', many));
    expect([directives.length, misshapen.map(({ problem }) => problem)]).toEqual([1000, ['too-many']]);
  });

  it('never throws, and covers ranges of the text', () => {
    const piece = fc.constantFrom('<!-- cscfglint-', '<!-- Cscfglint', 'disable-next-line', 'disable-file', 'disable', 'enable', ' ', 'a', ',', ':', 'x', 'until=', '2026-12-31', '-->', '\n', '<b', '>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const { span, covers } of findDirectives(new SourceFile('x', text)).directives) {
          expect(text.slice(span.start, span.end)).toMatch(/^<!--[^]*-->$/);
          expect(covers.start).toBeLessThanOrEqual(covers.end);
        }
      }),
    );
  });
});

describe('a suppression of the config', () => {
  const suppression = (more: Partial<PlacedSuppression>): PlacedSuppression => ({ rule: 'thumbprint-length', reason: 'x', location: { path: '.cscfglintrc', span: null }, ...more });
  const text = role('A', '12') + role('B', '12');

  it('silences a rule, or only what it says about a role or a certificate', () => {
    expect(ids(text, { suppressions: [suppression({})] })).toEqual([]);
    expect(ids(text, { suppressions: [suppression({ role: 'a' })] })).toEqual(['thumbprint-length']);
    expect(ids(text, { suppressions: [suppression({ certificate: 'TLS' })] })).toEqual([]);
    expect(ids(text, { suppressions: [suppression({ role: 'A', certificate: 'Other' })] })).toEqual(['thumbprint-length', 'thumbprint-length', 'suppression-unused']);
  });

  it('speaks again when its day has passed, as do comments with --no-suppressions', () => {
    expect(ids(text, { suppressions: [suppression({ until: '2026-12-31' })] })).toEqual(['thumbprint-length', 'thumbprint-length', 'suppression-expired']);
    expect(ids(text, { suppressions: [suppression({ until: '2027-01-01' })] })).toEqual([]);
    expect(ids(role('A', '12', '<!-- cscfglint-disable-next-line thumbprint-length: soon -->'), { suppressions: null })).toEqual(['thumbprint-length']);
  });
});

describe('a baseline', () => {
  const path = 'ServiceConfiguration.Cloud.cscfg';
  const of = (text: string) => baselineOf(lintText(wrap(text), { config: ONLY }).files.flatMap(({ findings }) => findings)).filter(({ rule }) => rule.startsWith('thumbprint'));

  it('names rule, file, role and thing, and counts', () => {
    expect(of(role('A', '12') + role('B', '34'))).toEqual([
      { rule: 'thumbprint-length', path, role: 'A', name: 'Tls', count: 1 },
      { rule: 'thumbprint-length', path, role: 'B', name: 'Tls', count: 1 },
    ]);
  });

  it('silences what it has, wherever it stands now, and nothing more', () => {
    const baseline = of(role('A', '12'));
    expect(ids(`${role('Z', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7')}\n\n${role('a', '1234')}`, { baseline })).toEqual([]);
    expect(ids(role('A', '12') + role('B', '12'), { baseline })).toEqual(['thumbprint-length']);
  });

  it('that has more than there is, is told', () => {
    const baseline = of(role('A', '12'));
    expect(ids(role('A', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7'), { baseline })).toEqual(['baseline-stale']);
    expect(ids(role('A', '12'), { baseline: baseline.map((entry) => ({ ...entry, count: 3 })) })).toEqual(['baseline-stale']);
    expect(ids(role('A', '12'), { baseline: [...baseline, ...baseline.map((entry) => ({ ...entry, path: 'other.cscfg' }))] })).toEqual([]);
  });
});

// fixtures/rules/<rule>/<case>.cscfg, <case>.csdef, or both of one service: linted with every rule, the findings as text in
// <case>.out; the file after all fixes, unsafe ones too, in <case>.fixed.cscfg or .csdef where there are any.
// After a wanted change: npx vitest run test/fixtures.test.ts -u, and read the difference.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../src/core/config.js';
import { formatText } from '../src/formats/text.js';
import { RULES } from '../src/rules/index.js';
import type { Report } from '../src/core/report.js';
import { fixBytes, idsOf, lintText, type LintOptions } from './support/lint.js';

const root = 'fixtures/rules';
const CONFIGURATION = /(?<!\.fixed)\.cscfg$/i;
const DEFINITION = /(?<!\.fixed)\.csdef$/;
const cases = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule))
    .filter((name) => CONFIGURATION.test(name) || (DEFINITION.test(name) && !existsSync(join(root, rule, name.replace(/csdef$/, 'cscfg')))))
    .map((name) => [rule, name] as const),
);

const isFixable = (report: Report, rule: string) => report.files.some(({ findings }) => findings.some(({ ruleId, fix }) => ruleId === rule && fix !== null));

describe('fixtures', () => {
  it('show a fixed file for every rule that has fixes', () => {
    const fixed = readdirSync(root).filter((rule) => readdirSync(join(root, rule)).some((name) => /\.fixed\.cs(?:cfg|def)$/.test(name)));
    expect(fixed.sort()).toEqual(RULES.filter(({ id, fixable }) => fixable !== undefined && cases.some(([rule]) => rule === id)).map(({ id }) => id));
  });

  it('exist for every rule that a file alone can break', () => {
    const alone = RULES.filter(({ needs, anyOf, examples }) => needs.length === 0 && anyOf.length === 0 && examples.bad.every(({ baseline, sibling }) => baseline === undefined && sibling === undefined)).map(({ id }) => id);
    expect(alone.filter((id) => !cases.some(([rule]) => rule === id))).toEqual([]);
  });

  it.each(cases)('%s: %s', async (rule, name) => {
    const base = join(root, rule, name.replace(/\.cs(?:cfg|def)$/i, ''));
    const config = existsSync(`${base}.rc.json`) ? (JSON.parse(readFileSync(`${base}.rc.json`, 'utf8')) as Config) : {};
    const csdef = existsSync(`${base}.csdef`) ? { csdef: readFileSync(`${base}.csdef`, 'utf8') } : {};
    const options: LintOptions = { path: name, config, target: /\.local\./i.test(name) ? 'emulator' : 'cses', ...csdef };
    const bytes = readFileSync(join(root, rule, name));
    const content = DEFINITION.test(name) ? null : bytes;
    const report = lintText(content, options);
    await expect(formatText(report, { quiet: true, version: '0.0.0' })).toMatchFileSnapshot(join('..', `${base}.out`));
    // A case called "good…" shows what a rule stays quiet on; any other is found by it, once or more, and by no other.
    expect(new Set(idsOf(report))).toEqual(new Set(name.startsWith('good') ? [] : [rule]));

    const fixed = fixBytes(content, 'unsafe', options);
    if (!isFixable(report, rule)) {
      expect(fixed).toEqual(bytes);
      return;
    }
    await expect(fixed.toString()).toMatchFileSnapshot(join('..', `${base}.fixed${extname(name)}`));
    const [again, fixedOptions] = content === null ? [null, { ...options, csdef: fixed.toString() }] : [fixed, options];
    const after = lintText(again, fixedOptions);
    expect(isFixable(after, rule)).toBe(false);
    // Nothing but the findings that have no fix is left, and nothing new has come.
    expect(idsOf(after)).toEqual(report.files.flatMap(({ findings }) => findings.filter(({ fix }) => fix === null).map(({ ruleId }) => ruleId)));
    expect(fixBytes(again, 'unsafe', fixedOptions)).toEqual(fixed);
  });
});

// fixtures/rules/<rule>/<case>.cscfg: each is linted with every rule, and the text report stands beside it in <case>.out; the
// file after all fixes, unsafe ones too, in <case>.fixed.cscfg where there are any.
// After a wanted change: npx vitest run test/fixtures.test.ts -u, and read the difference.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../src/core/config.js';
import { formatText } from '../src/formats/text.js';
import { RULES } from '../src/rules/index.js';
import type { Report } from '../src/core/report.js';
import { fixBytes, idsOf, lintText, type LintOptions } from './support/lint.js';

const root = 'fixtures/rules';
const cases = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule))
    .filter((name) => /(?<!\.fixed)\.cscfg$/i.test(name))
    .map((name) => [rule, name] as const),
);

const isFixable = (report: Report, rule: string) => report.files.some(({ findings }) => findings.some(({ ruleId, fix }) => ruleId === rule && fix !== null));

describe('fixtures', () => {
  it('show a fixed file for every rule that has fixes', () => {
    const fixed = readdirSync(root).filter((rule) => readdirSync(join(root, rule)).some((name) => name.endsWith('.fixed.cscfg')));
    expect(fixed.sort()).toEqual(RULES.filter(({ id, fixable }) => fixable !== undefined && cases.some(([rule]) => rule === id)).map(({ id }) => id));
  });

  it('exist for every rule that a file alone can break', () => {
    const alone = RULES.filter(({ needs, anyOf }) => needs.length === 0 && anyOf.length === 0).map(({ id }) => id);
    expect(alone.filter((id) => !cases.some(([rule]) => rule === id))).toEqual([]);
  });

  it.each(cases)('%s: %s', async (rule, name) => {
    const base = join(root, rule, name.replace(/\.cscfg$/i, ''));
    const config = existsSync(`${base}.rc.json`) ? (JSON.parse(readFileSync(`${base}.rc.json`, 'utf8')) as Config) : {};
    const options: LintOptions = { path: name, config, target: /\.local\./i.test(name) ? 'emulator' : 'cses' };
    const bytes = readFileSync(join(root, rule, name));
    const report = lintText(bytes, options);
    await expect(formatText(report, { quiet: false, version: '0.0.0' })).toMatchFileSnapshot(join('..', `${base}.out`));
    // A case called "good…" shows what a rule stays quiet on; any other is found by it, once or more, and by no other.
    expect(new Set(idsOf(report))).toEqual(new Set(name.startsWith('good') ? [] : [rule]));

    const fixed = fixBytes(bytes, 'unsafe', options);
    if (!isFixable(report, rule)) {
      expect(fixed).toEqual(bytes);
      return;
    }
    await expect(fixed.toString()).toMatchFileSnapshot(join('..', `${base}.fixed.cscfg`));
    const after = lintText(fixed, options);
    expect(isFixable(after, rule)).toBe(false);
    // Nothing but the findings that have no fix is left, and nothing new has come.
    expect(idsOf(after)).toEqual(report.files.flatMap(({ findings }) => findings.filter(({ fix }) => fix === null).map(({ ruleId }) => ruleId)));
    expect(fixBytes(fixed, 'unsafe', options)).toEqual(fixed);
  });
});

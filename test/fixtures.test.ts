// fixtures/rules/<rule>/<case>.cscfg, <case>.csdef, or both of one service: linted with every rule, the findings as text in <case>.out.
// After a wanted change: npx vitest run test/fixtures.test.ts -u, and read the difference.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../src/core/config.js';
import { formatText } from '../src/formats/text.js';
import { RULES } from '../src/rules/index.js';
import { idsOf, lintText } from './support/lint.js';

const root = 'fixtures/rules';
const cases = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule))
    .filter((name) => /\.cscfg$/i.test(name) || (name.endsWith('.csdef') && !existsSync(join(root, rule, name.replace(/\.csdef$/, '.cscfg')))))
    .map((name) => [rule, name] as const),
);

describe('fixtures', () => {
  it('exist for every rule that a file alone can break', () => {
    const alone = RULES.filter(({ needs, anyOf }) => needs.length === 0 && anyOf.length === 0).map(({ id }) => id);
    expect(alone.filter((id) => !cases.some(([rule]) => rule === id))).toEqual([]);
  });

  it.each(cases)('%s: %s', async (rule, name) => {
    const base = join(root, rule, name.replace(/\.cs(?:cfg|def)$/i, ''));
    const config = existsSync(`${base}.rc.json`) ? (JSON.parse(readFileSync(`${base}.rc.json`, 'utf8')) as Config) : {};
    const csdef = existsSync(`${base}.csdef`) ? { csdef: readFileSync(`${base}.csdef`, 'utf8') } : {};
    const content = name.endsWith('.csdef') ? null : readFileSync(join(root, rule, name));
    const report = lintText(content, { path: name, config, target: /\.local\./i.test(name) ? 'emulator' : 'cses', ...csdef });
    await expect(formatText(report, { quiet: true, version: '0.0.0' })).toMatchFileSnapshot(join('..', `${base}.out`));
    // A case called "good…" shows what a rule stays quiet on; any other is found by it, once or more, and by no other.
    expect(new Set(idsOf(report))).toEqual(new Set(name.startsWith('good') ? [] : [rule]));
  });
});

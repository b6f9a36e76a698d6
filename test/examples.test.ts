// Every rule's examples: the bad ones are found by that rule and no other, the good ones by none.

import { describe, expect, it } from 'vitest';
import { RULES } from '../src/rules/index.js';
import { idsOf, lintText } from './support/lint.js';
import { bytesOf } from './support/texts.js';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each(rule.examples.bad.map((example) => [example.cscfg, example] as const))('speaks of %s', (_, example) => {
    const ids = idsOf(lintText(bytesOf(example), example));
    expect(new Set(ids)).toEqual(new Set([id]));
  });

  it.each(rule.examples.good.map((example) => [example.cscfg, example] as const))('is silent on %s', (_, example) => {
    expect(idsOf(lintText(bytesOf(example), example))).toEqual([]);
  });

  it('has a fix exactly where it says so', () => {
    const fixes = rule.examples.bad.flatMap((example) => lintText(bytesOf(example), example).files.flatMap(({ findings }) => findings.map(({ fix }) => fix)));
    expect(fixes.some((fix) => fix !== null)).toBe(rule.fixable !== undefined);
  });
});

// Every rule's examples: the bad ones are found by that rule and no other, the good ones by none.

import { describe, expect, it } from 'vitest';
import type { Config } from '../src/core/config.js';
import { RULES } from '../src/rules/index.js';
import type { Example } from '../src/core/rule.js';
import { idsOf, lintExample } from './support/lint.js';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  // A rule that is off by default is switched on for its own examples; one that shows a whole file may leave its network out.
  const config: Config = { rules: { ...(rule.severity === 'off' ? { [id]: 'warning' } : {}), ...(rule.remark === true ? { [id]: 'info' } : {}), ...(rule.family === 'network' ? {} : { 'vnet-required': 'off' }) } };
  // A good example may show a placeholder, of which unresolved-placeholder rightly speaks.
  const quiet: Config = { rules: { ...config.rules, ...(id === 'unresolved-placeholder' ? {} : { 'unresolved-placeholder': 'off' }) } };

  it.each(rule.examples.bad.map((example) => [titleOf(example), example] as const))('speaks of %s', (_, example) => {
    const ids = idsOf(lintExample(example, config));
    expect(new Set(ids)).toEqual(new Set([id]));
  });

  it.each(rule.examples.good.map((example) => [titleOf(example), example] as const))('is silent on %s', (_, example) => {
    expect(idsOf(lintExample(example, quiet))).toEqual([]);
  });

  it('has a fix exactly where it says so', () => {
    const fixes = rule.examples.bad.flatMap((example) => lintExample(example, config).files.flatMap(({ findings }) => findings.map(({ fix }) => fix)));
    expect(fixes.some((fix) => fix !== null)).toBe(rule.fixable !== undefined);
  });
});

function titleOf({ cscfg = '', csdef = '' }: Example): string {
  return [cscfg, csdef].filter((text) => text !== '').join(' with ');
}

// Many files of one plan: what one leaves behind for the next, what is told once, and rules that look only at texts with their words.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_CHANGES, ruleSettings } from '../src/core/config.js';
import { lint, prepare, type LintSettings, type Siblings } from '../src/core/lint.js';
import { lintAll } from '../src/core/lint-all.js';
import { SourceFile, decode, type Decoded } from '../src/core/source.js';
import type { ConfigurationFact, Finding } from '../src/core/types.js';
import { NO_INVENTORY } from '../src/core/verdict.js';
import { RULES } from '../src/rules/index.js';
import { NOW, wrap } from './support/texts.js';

const settings: LintSettings = { rules: ruleSettings(RULES, {}, NO_CHANGES), evidence: {}, inventory: NO_INVENTORY, target: 'cses', now: NOW };
const plan = prepare(RULES, settings);
const root = 'fixtures/rules';
const fixtures: Decoded[] = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule)).flatMap((name) => (/\.cscfg$/i.test(name) ? [decode(`${rule}/${name}`, readFileSync(join(root, rule, name)))] : [])),
);
const seen = (findings: readonly Finding[]) => findings.map(({ ruleId, messageId, location: { span } }) => ({ ruleId, messageId, span }));
const role = (name: string) => `<Role name="${name}"><Instances count="2" /></Role>`;

describe('rules', () => {
  it('look at a text with their words as at any other', () => {
    // So long a text is not looked through for words: every rule sees it.
    const padding = `<!--${' '.repeat(70_000)}-->`;
    const mentioning = RULES.filter(({ mentions }) => mentions !== undefined).map(({ id }) => id);
    const ofThem = (findings: readonly Finding[]) => seen(findings).filter(({ ruleId }) => mentioning.includes(ruleId));
    const told = new Set<string>();
    for (const file of fixtures) {
      if (!file.ok) continue;
      const padded = new SourceFile(file.source.path, file.source.text + padding, file.source.encoding, file.source.bom);
      const found = ofThem(lint(plan, file).findings);
      expect(ofThem(lint(plan, { ok: true, source: padded }).findings)).toEqual(found);
      for (const { ruleId } of found) told.add(ruleId);
    }
    expect(mentioning.filter((id) => !told.has(id))).toEqual([]);
  });
});

describe('files of one plan', () => {
  it('leave nothing behind for the next', () => {
    const alone = fixtures.map((file) => seen(lint(plan, file, { told: { run: true, needs: null } }).findings));
    const together = [...lintAll(fixtures.map((file) => ({ file, plan })), { run: true, needs: null })].map(([, { findings }]) => seen(findings));
    expect(together).toEqual(alone);
  });

  it('are told of the run once', () => {
    const files = ['a.cscfg', 'b.cscfg'].map((path) => ({ file: { ok: true as const, source: new SourceFile(path, wrap(role('Web'))) }, plan }));
    expect([...lintAll(files)].map(([, { findings }]) => findings.filter(({ ruleId }) => ruleId === 'cses-retirement').length)).toEqual([1, 0]);
  });

  it('are compared once all of a group are read, and in their order', () => {
    const kept = new Map<string, ConfigurationFact>();
    const asked: string[][] = [];
    const siblings: Siblings = { groupOf: (path) => path.charAt(0), keep: ({ path }, fact) => void (fact !== null && kept.set(path, fact)) };
    const configurations = (path: string) => {
      asked.push([path, ...kept.keys()]);
      return [...kept].flatMap(([other, fact]) => (other !== path && other.startsWith(path.charAt(0)) ? [fact] : []));
    };
    const grouped = prepare(RULES, { ...settings, siblings, evidence: { configurations } });
    const files = [
      ['a1', role('Web')],
      ['a2', role('Web') + role('Worker')],
      ['b1', role('Web')],
    ].map(([path = '', content = '']) => ({ file: { ok: true as const, source: new SourceFile(path, wrap(content)) }, plan: grouped }));
    const found = [...lintAll(files)].map(([{ file }, { findings }]) => [file.source.path, findings.some(({ ruleId }) => ruleId === 'environment-parity')]);
    expect(found).toEqual([['a1', true], ['a2', false], ['b1', false]]);
    expect(asked[0]).toEqual(['a1', 'a1', 'a2']);
  });
});

// Many files of one plan: what one leaves behind for the next, what is told once, and rules that look only at texts with their words.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_CHANGES, ruleSettings } from '../src/core/config.js';
import { lint, prepare, type LintSettings, type Siblings } from '../src/core/lint.js';
import { lintAll } from '../src/core/lint-all.js';
import { SourceFile, decode, type Decoded } from '../src/core/source.js';
import type { ConfigurationFact, Finding } from '../src/core/types.js';
import { defineRule } from '../src/core/rule.js';
import { NO_INVENTORY, type Inventory } from '../src/core/verdict.js';
import { Folders } from '../src/cli/folders.js';
import { Services } from '../src/cli/services.js';
import { RULES } from '../src/rules/index.js';
import { folderWith } from './support/cli.js';
import { NOW, wrap } from './support/texts.js';

const settings: LintSettings = { rules: ruleSettings(RULES, {}, NO_CHANGES), evidence: {}, inventory: NO_INVENTORY, target: 'cses', now: NOW };
const plan = prepare(RULES, settings);
const root = 'fixtures/rules';
const fixtures: Decoded[] = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule)).flatMap((name) => (/\.cscfg$/i.test(name) ? [decode(`${rule}/${name}`, readFileSync(join(root, rule, name)))] : [])),
);
const seen = (findings: readonly Finding[]) => findings.map(({ ruleId, messageId, location: { span } }) => ({ ruleId, messageId, span }));
/** A rule that only looks on. */
const WATCHING = { id: 'watching', family: 'run', summary: '', why: '', source: 'https://example.org', severity: 'info', messages: {}, examples: { bad: [{}], good: [{}] } } as const;

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

describe('the files of a service', () => {
  it('are kept in memory as far as they are compared, and no further', () => {
    const names = Array.from({ length: 150 }, (_, index) => `${String(index).padStart(3, '0')}.cscfg`);
    const cwd = folderWith(Object.fromEntries(names.map((name) => [name, 'on disk'])));
    const services = new Services(new Folders(), cwd);
    for (const name of names) services.join(join(cwd, name), null);
    for (const name of names) services.keep(new SourceFile(name, 'linted'), null);
    const kept = names.filter((name) => services.text(name)?.text === 'linted');
    expect(kept).toEqual(names.slice(0, 101));
    services.keep(new SourceFile('else.cscfg', 'linted'), null);
    expect(services.text('149.cscfg')?.text).toBe('on disk');
  });
});

describe('files of one plan', () => {
  it('leave nothing behind for the next', () => {
    const alone = fixtures.map((file) => seen(lint(plan, file, { told: { run: true, needs: null } }).findings));
    const together = [...lintAll(fixtures.map((file) => ({ file, plan })), { run: true, needs: null })].map(([, { findings }]) => seen(findings));
    expect(together).toEqual(alone);
  });

  it('are all looked through by a rule whose words are a pattern with a memory', () => {
    const seenBy: string[] = [];
    const rule = defineRule({ ...WATCHING, mentions: /Role/g, check: ({ path }) => ({ Role: () => void seenBy.push(path) }) });
    const own = prepare([rule], { ...settings, rules: ruleSettings([rule], {}, NO_CHANGES) });
    for (const path of ['a', 'b', 'c']) lint(own, { ok: true, source: new SourceFile(path, wrap(role('Web'))) });
    expect(seenBy).toEqual(['a', 'b', 'c']);
  });

  it('are told of the run once', () => {
    const files = ['a.cscfg', 'b.cscfg'].map((path) => ({ file: { ok: true as const, source: new SourceFile(path, wrap(role('Web'))) }, plan }));
    expect([...lintAll(files)].map(([, { findings }]) => findings.filter(({ ruleId }) => ruleId === 'cses-retirement').length)).toEqual([1, 0]);
  });

  it('tell of a certificate that none of them needs when all are read, whichever comes first', () => {
    const needed = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
    const inventory: Inventory = {
      ...NO_INVENTORY,
      listedMaterials: (needs) => (needs.has(needed) ? [] : [{ thumbprint: needed, uses: [], versions: [], listed: null, deleted: null, contradicting: null, certificates: [] }]),
    };
    const told: string[] = [];
    const watching = defineRule({ ...WATCHING, check: () => ({ material: ({ thumbprint }) => void told.push(thumbprint ?? '') }) });
    const own = prepare([watching], { ...settings, rules: ruleSettings([watching], {}, NO_CHANGES), inventory });
    const withCertificate = (thumbprint: string) => role('Web').replace('</Role>', `<Certificates><Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" /></Certificates></Role>`);
    const file = (path: string, thumbprint: string) => ({ file: { ok: true as const, source: new SourceFile(path, wrap(withCertificate(thumbprint))) }, plan: own });
    const [one, other] = [file('a', needed), file('b', '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B')];
    for (const order of [[one, other], [other, one]]) {
      told.length = 0;
      for (const lints = lintAll(order); lints.next().done !== true; );
      expect(told).toEqual([]);
    }
    for (const lints = lintAll([other]); lints.next().done !== true; );
    expect(told).toEqual([needed]);
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

import { readFileSync } from 'node:fs';
import { RULES } from '../src/rules/index.js';
import { lint, prepare } from '../src/core/lint.js';
import { ruleSettings, NO_CHANGES } from '../src/core/config.js';
import { NO_INVENTORY } from '../src/core/verdict.js';
import { decode } from '../src/core/source.js';
const plan = prepare(RULES, { rules: ruleSettings(RULES, {}, NO_CHANGES), evidence: { configurations: () => [] }, inventory: NO_INVENTORY, now: new Date('2027-01-01'), target: 'cses' });
console.log('active', plan.active.length);
const begun = new Map<string, number>(); const calls = new Map<string, number>();
for (const a of plan.active) { const c = a.rule.check; (a.rule as any).check = (ctx: any) => { begun.set(a.rule.id, (begun.get(a.rule.id) ?? 0) + 1); const v: any = c(ctx); const o: any = {}; for (const k of Object.keys(v)) o[k] = (x: any) => { calls.set(a.rule.id + ' ' + k, (calls.get(a.rule.id + ' ' + k) ?? 0) + 1); return v[k](x); }; return o; }; }
const f = decode('x.cscfg', readFileSync('/tmp/b/in/tree/service0/ServiceConfiguration.Cloud.cscfg'));
console.log(lint(plan, f).findings.map((x) => x.ruleId));
console.log('begun', begun.size, [...begun.keys()].join(' '));
console.log('calls', [...calls.values()].reduce((a, b) => a + b, 0));
for (const [k, v] of [...calls].sort((a, b) => b[1] - a[1]).slice(0, 200)) console.log(v, k);

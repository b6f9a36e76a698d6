// npm run corpus -- FOLDER: lints every .cscfg below a folder and prints how often each rule speaks, so that a change shows.
// Where xmllint is at hand, its word on what is well-formed is compared.

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isLocalName, NO_CHANGES, ruleSettings } from '../src/core/config.js';
import { prepare } from '../src/core/lint.js';
import { lintProject } from '../src/core/project.js';
import { decode } from '../src/core/source.js';
import type { Target } from '../src/core/types.js';
import { NO_INVENTORY } from '../src/core/verdict.js';
import { RULES } from '../src/rules/index.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run corpus -- FOLDER');

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.cscfg$/i.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

const rules = ruleSettings(RULES, {}, NO_CHANGES);
const planFor = (target: Target) => prepare(RULES, { rules, evidence: {}, inventory: NO_INVENTORY, target, now: new Date() });
const [cloud, local] = [planFor('cses'), planFor('emulator')];
const report = lintProject({
  files: paths.map((path) => ({ file: decode(path, readFileSync(path)), plan: isLocalName(path) ? local : cloud })),
  evidenceText: () => undefined,
  evidence: [],
  rules: RULES,
});

const counts = new Map<string, { findings: number; files: Set<string>; severity: string }>();
for (const { path, findings } of report.files) {
  for (const { ruleId, severity } of findings) {
    const count = counts.get(ruleId) ?? { findings: 0, files: new Set(), severity };
    count.findings++;
    count.files.add(path);
    counts.set(ruleId, count);
  }
}

console.log(`${paths.length} files\n`);
console.log('findings  files  level    rule');
for (const [id, { findings, files, severity }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${String(findings).padStart(8)}  ${String(files.size).padStart(5)}  ${severity.padEnd(7)}  ${id}`);
}

const WELL_FORMED = new Set(['xml-well-formed', 'xml-doctype', 'xml-encoding']);
if (spawnSync('xmllint', ['--version']).error === undefined) {
  const differing = report.files.filter(({ path, findings }) => {
    const theirs = spawnSync('xmllint', ['--noout', path]).status === 0;
    return theirs === findings.some(({ ruleId }) => WELL_FORMED.has(ruleId));
  });
  console.log(`\nwell-formed as xmllint says: ${paths.length - differing.length} of ${paths.length}`);
  for (const { path } of differing) console.log(`  not ${relative(folder, path)}`);
}

// npm run corpus -- FOLDER: lints everything below a folder, as the command does, and prints how often each rule speaks, so
// that a change shows. Where xmllint is at hand, its word on what is well-formed is compared.

import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Severity } from '../src/core/types.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run corpus -- FOLDER');
const cwd = resolve(folder);

interface JsonReport {
  readonly files: readonly { readonly path: string; readonly findings: readonly { readonly rule: string; readonly severity: Severity }[] }[];
}

const command = resolve(import.meta.dirname, '../dist/cscfglint.cjs');
const { stdout, stderr } = spawnSync(process.execPath, [command, '.', '--no-config', '-f', 'json'], { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
process.stderr.write(stderr);
const { files } = JSON.parse(stdout) as JsonReport;

const counts = new Map<string, { findings: number; files: Set<string>; severity: Severity }>();
for (const { path, findings } of files) {
  for (const { rule, severity } of findings) {
    const count = counts.get(rule) ?? { findings: 0, files: new Set(), severity };
    count.findings++;
    count.files.add(path);
    counts.set(rule, count);
  }
}

console.log(`${files.length} files\n`);
console.log('findings  files  level    rule');
for (const [id, { findings, files: where, severity }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${String(findings).padStart(8)}  ${String(where.size).padStart(5)}  ${severity.padEnd(7)}  ${id}`);
}

const WELL_FORMED = new Set(['xml-well-formed', 'xml-doctype', 'xml-encoding']);
if (spawnSync('xmllint', ['--version']).error === undefined) {
  const differing = files.filter(({ path, findings }) => {
    const theirs = spawnSync('xmllint', ['--noout', join(cwd, path)]).status === 0;
    return theirs === findings.some(({ rule }) => WELL_FORMED.has(rule));
  });
  console.log(`\nwell-formed as xmllint says: ${files.length - differing.length} of ${files.length}`);
  for (const { path } of differing) console.log(`  not ${path}`);
}

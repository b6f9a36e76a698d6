// Reports to print: of the project in fixtures/formats, and one in which every text is the same hostile one.

import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { NO_CHANGES, ruleSettings } from '../../src/core/config.js';
import { prepare } from '../../src/core/lint.js';
import { lintProject } from '../../src/core/project.js';
import type { Report, ReportedFinding, ReportedLocation } from '../../src/core/report.js';
import { decode } from '../../src/core/source.js';
import type { Severity } from '../../src/core/types.js';
import { NO_INVENTORY } from '../../src/core/verdict.js';
import { RULES } from '../../src/rules/index.js';
import { NOW } from './texts.js';

export const OPTIONS = { quiet: false, version: '1.2.3' };

/** Enough for every severity, a fix, a related place and skipped rules; not all, so that a new rule does not change the snapshots. */
const SAMPLE_RULES = RULES.filter(({ id }) =>
  [
    'certificate-name-duplicate',
    'os-profile-missing-certificate',
    'thumbprint-algorithm',
    'thumbprint-not-in-pfx',
    'thumbprint-placeholder',
    'thumbprint-uppercase',
    'unresolved-placeholder',
    'xml-well-formed',
  ].includes(id),
);

/** The report of all files in fixtures/formats/project, without evidence. */
export function sampleReport(): Report {
  const folder = resolve('fixtures/formats/project');
  const plan = prepare(SAMPLE_RULES, { rules: ruleSettings(SAMPLE_RULES, {}, NO_CHANGES), evidence: {}, inventory: NO_INVENTORY, target: 'cses', now: NOW });
  const files = readdirSync(folder)
    .sort()
    .map((name) => ({ file: decode(`src/${name}`, readFileSync(resolve(folder, name))), plan }));
  return lintProject({ files, evidence: [], evidenceText: () => undefined, rules: SAMPLE_RULES });
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** A report in which every name, path and sentence holds a text, and paths begin with it. */
export function hostileReport(text: string, perSeverity = 1): Report {
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  const path = `${text}.cscfg`;
  const findings = SEVERITIES.flatMap((severity) => Array.from({ length: perSeverity }, (_, index) => hostileFinding(text, severity, index)));
  return {
    files: [
      { path, findings },
      { path: `${text}/clean.cscfg`, findings: [] },
    ],
    evidence: [{ path: `${text}.json`, kind: 'vault', shape: 'az-certificates', records: 1, newest: NOW }],
    skipped: [
      { rules: ['role-duplicate'], missing: ['vault', 'os-profile'], reason: 'evidence', files: [path] },
      { rules: ['xml-encoding', 'role-duplicate'], missing: [], reason: 'not-well-formed', files: [`${text}/clean.cscfg`, path] },
    ],
    summary: { files: 2, errors: perSeverity, warnings: perSeverity, infos: perSeverity, fixable: 3 * perSeverity, suppressed: 0 },
    unanswered: { rules: [], findings: 0 },
    configurations: { files: 2, emulator: 0 },
    asOf: null,
    fixed: null,
    rules,
  };
}

function hostileFinding(text: string, severity: Severity, index: number): ReportedFinding {
  const range = { line: index + 1, column: 2, endLine: index + 1, endColumn: 4, byteColumn: 3, endByteColumn: 5 };
  const location: ReportedLocation = {
    path: `${text}.cscfg`,
    ...range,
    pointer: null,
    excerpt: { before: text, marked: text, after: text, cutBefore: false, cutAfter: true },
  };
  return {
    ruleId: 'role-duplicate',
    messageId: 'duplicate',
    severity,
    data: { role: text, [text]: text },
    message: `${text} twice`,
    cause: text,
    help: text,
    location,
    related: [{ note: text, location: { ...location, path: `${text}.json`, pointer: `$.${text}` } }],
    fix: { title: text, safety: 'safe', path: `${text}.cscfg`, edits: [{ start: 1, end: 3, text, ...range }] },
    azure: text,
    azureSeen: 'cses',
  };
}

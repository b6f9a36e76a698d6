// SARIF 2.1.0, as GitHub's code scanning and Azure DevOps read it.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
// https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning

import type { Report, ReportedFinding, ReportedFix, ReportedSkip } from '../core/report.js';
import { ruleUrl, type Rule } from '../core/rule.js';
import { fingerprints } from './fingerprint.js';
import type { Formatter } from './format.js';
import { jsonText } from './json-text.js';
import { markdownText } from './markdown-text.js';
import { allFindings, rangeOf, type Range } from './place.js';
import { describeSkip } from './skipped.js';
import { visible } from './visible.js';

/** GitHub refuses a run with more results, and a result with more than a thousand places, of which it shows a hundred. */
const MAX_RESULTS = 25_000;
const MAX_RELATED = 100;

/** GitHub's bound for the descriptions of a rule, in characters. */
const MAX_DESCRIPTION = 1024;

const LEVEL = { error: 'error', warning: 'warning', info: 'note', off: 'none' } as const;
const PROBLEM_SEVERITY = { error: 'error', warning: 'warning', info: 'recommendation', off: 'recommendation' } as const;

export const formatSarif: Formatter = (report, { version }) => {
  const findings = allFindings(report);
  const known = fingerprints(report);
  const rules = mentionedRules(report, findings);
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const results = findings.map((finding) => result(finding, index.get(finding.ruleId), known.get(finding) ?? ''));
  const parts = Array.from({ length: Math.max(Math.ceil(results.length / MAX_RESULTS), 1) }, (_, part) => results.slice(part * MAX_RESULTS, (part + 1) * MAX_RESULTS));
  const driver = { name: 'cscfglint', informationUri: 'https://github.com/cscfglint/cscfglint', version, semanticVersion: version, rules: rules.map(descriptor) };
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: parts.map((part, at) => ({
      tool: { driver },
      // Two runs of one tool need different names, or the second replaces the first.
      ...(parts.length === 1 ? {} : { automationDetails: { id: `cscfglint/${at + 1}/` } }),
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: at === 0 ? report.skipped.map(notification) : [] }],
      columnKind: 'utf16CodeUnits',
      results: part,
    })),
  });
};

/** The rules that found something or could not run, in the order of the registry. */
function mentionedRules(report: Report, findings: readonly ReportedFinding[]): Rule[] {
  const mentioned = new Set([...findings.map(({ ruleId }) => ruleId), ...report.skipped.flatMap(({ rules }) => rules)]);
  return [...report.rules.values()].filter(({ id }) => mentioned.has(id));
}

function descriptor({ id, summary, why, source, severity, family }: Rule) {
  return {
    id,
    shortDescription: { text: summary.slice(0, MAX_DESCRIPTION) },
    fullDescription: { text: why.slice(0, MAX_DESCRIPTION) },
    helpUri: ruleUrl(id),
    help: { text: `${why}\n\n${source}`, markdown: `${markdownText(why)}\n\n[Source](${source}), [rule](${ruleUrl(id)})` },
    defaultConfiguration: { enabled: severity !== 'off', level: LEVEL[severity] },
    properties: { tags: [family], precision: 'very-high', 'problem.severity': PROBLEM_SEVERITY[severity] },
  };
}

function result({ ruleId, severity, message, cause, help, location, related, fix, azure }: ReportedFinding, ruleIndex: number | undefined, fingerprint: string) {
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVEL[severity],
    message: words([message, cause, help].filter((sentence) => sentence !== null).join(' ')),
    locations: [place(location.path, rangeOf(location))],
    ...(related.length === 0 ? {} : { relatedLocations: related.slice(0, MAX_RELATED).map((other) => ({ ...place(other.location.path, rangeOf(other.location)), message: words(other.note) })) }),
    partialFingerprints: { 'cscfglint/v1': fingerprint },
    ...(fix === null || fix.edits.length === 0 ? {} : { fixes: [change(fix)] }),
    ...(azure === null ? {} : { properties: { azure } }),
  };
}

/** A message, in which `[text](destination)` would be a link. */
function words(text: string) {
  return { text: visible(text).replace(/\](?=\()/g, '\\u{5D}') };
}

function place(path: string, range: Range) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: region(range) } };
}

function region({ line, column, endLine, endColumn }: Range) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function change({ title, safety, path, edits }: ReportedFix) {
  return {
    description: words(safety === 'safe' ? title : `${title} (changes what is deployed)`),
    artifactChanges: [
      { artifactLocation: { uri: uriOf(path) }, replacements: edits.map((edit) => ({ deletedRegion: region(edit), insertedContent: { text: edit.text } })) },
    ],
  };
}

function notification(skip: ReportedSkip) {
  return {
    level: 'warning',
    message: words(`Not checked: ${describeSkip(skip)}`),
    locations: skip.files.slice(0, MAX_RELATED).map((path) => ({ physicalLocation: { artifactLocation: { uri: uriOf(path) } } })),
    properties: { rules: skip.rules, missing: skip.missing, reason: skip.reason },
  };
}

/** A path as a URI reference: relative, `/`-separated, percent-encoded. A drive of Windows needs a scheme. */
function uriOf(path: string): string {
  const encoded = path.replace(/\p{Cs}/gu, '\uFFFD').split('/').map(encodeURIComponent).join('/');
  return encoded.replace(/^([A-Za-z])%3A\//, 'file:///$1:/');
}

// JUnit's XML, as test reporters of CI systems read it: a test case for each file and family of rules.
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd

import type { Report, ReportedFinding } from '../core/report.js';
import type { Formatter } from './format.js';
import { placeOf } from './place.js';
import { describeSkip } from './skipped.js';
import { xmlText } from './xml-text.js';

export const formatJunit: Formatter = (report) => {
  const cases = testCases(report);
  const failures = cases.filter(({ findings }) => findings.length > 0).length;
  const skipped = cases.filter(({ skips }) => skips.length > 0).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cscfglint" ${counts}>`,
    `  <testsuite name="cscfglint" ${counts} skipped="${skipped}">`,
    ...cases.map(write),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

/** One test case: failed where it has errors or warnings, skipped where rules could not run, else passed. */
interface TestCase {
  readonly file: string;
  readonly name: string;
  readonly findings: ReportedFinding[];
  /** Why rules of the family could not run. */
  readonly skips: string[];
}

function testCases(report: Report): TestCase[] {
  const cases = new Map<string, TestCase>();
  const caseOf = (file: string, name: string): TestCase => {
    const key = JSON.stringify([file, name]);
    const known = cases.get(key) ?? { file, name, findings: [], skips: [] };
    cases.set(key, known);
    return known;
  };
  const familyOf = (ruleId: string) => report.rules.get(ruleId)?.family ?? ruleId;
  for (const { path, findings } of report.files) {
    // A clean file is a test that passed.
    if (findings.length === 0) caseOf(path, 'all rules');
    for (const finding of findings) {
      if (finding.severity === 'info') caseOf(path, noteOf(finding));
      else caseOf(path, familyOf(finding.ruleId)).findings.push(finding);
    }
  }
  // Readers take a test case as failed or as skipped, so what could not run has one of its own.
  for (const skip of report.skipped) {
    for (const family of new Set(skip.rules.map(familyOf))) {
      const rules = skip.rules.filter((id) => familyOf(id) === family);
      for (const file of skip.files) caseOf(file, `${family} (not checked)`).skips.push(describeSkip({ ...skip, rules, files: [file] }));
    }
  }
  return [...cases.values()];
}

function write({ file, name, findings, skips }: TestCase): string {
  const start = `    <testcase classname="${xmlText(file)}" name="${xmlText(name)}"`;
  const content = [...findings.map(failure), ...skips.map((why) => `      <skipped message="${xmlText(why)}"/>`)];
  return content.length === 0 ? `${start}/>` : [`${start}>`, ...content, '    </testcase>'].join('\n');
}

/** A note is no failure, so that it is the name of a test that passed. */
function noteOf({ ruleId, location, message }: ReportedFinding): string {
  return `note ${ruleId} at ${placeOf(location)}: ${message}`;
}

function failure({ ruleId, severity, message, location, cause, help, azure }: ReportedFinding): string {
  const lines = [`${severity} ${ruleId} at ${placeOf(location)}`, cause === null ? '' : `cause: ${cause}`, `help: ${help}`, azure === null ? '' : `azure: ${azure}`];
  const text = lines.filter((line) => line !== '').map(xmlText).join('\n');
  return `      <failure type="${severity}" message="${xmlText(message)}">${text}</failure>`;
}

// GitLab's code quality report. It has no room for what was not checked: the command says that on standard error.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

import { fingerprints } from './fingerprint.js';
import type { Formatter } from './format.js';
import { jsonText } from './json-text.js';
import { allFindings, rangeOf } from './place.js';
import { visible } from './visible.js';

const SEVERITY = { error: 'major', warning: 'minor', info: 'info' } as const;

export const formatGitlab: Formatter = (report) => {
  const known = fingerprints(report);
  return jsonText(
    allFindings(report).map((finding) => {
      const { line, endLine } = rangeOf(finding.location);
      return {
        description: visible(finding.message),
        check_name: finding.ruleId,
        fingerprint: known.get(finding) ?? '',
        severity: SEVERITY[finding.severity],
        location: { path: finding.location.path, lines: { begin: line, end: endLine } },
      };
    }),
  );
};

// What was not checked, and why, in words that every format can show.

import type { Report, ReportedSkip } from '../core/report.js';

/** How many files are named before they are only counted. */
const MAX_NAMED = 8;

/** Rules and why they could not run: `rule-a, rule-b (without vault, os-profile: Cloud.cscfg)`. Names as they stand in files, not escaped. */
export function describeSkip({ rules, missing, reason, files }: ReportedSkip): string {
  const named = files.slice(0, MAX_NAMED).join(', ');
  const rest = files.length - MAX_NAMED;
  return `${rules.join(', ')} (${why(reason, missing)}: ${named}${rest > 0 ? ` and ${rest} more` : ''})`;
}

function why(reason: ReportedSkip['reason'], missing: ReportedSkip['missing']): string {
  switch (reason) {
    case 'evidence':
      return `without ${missing.join(', ')}`;
    case 'not-well-formed':
      return 'not well-formed';
    case 'ambiguous-definition':
      return 'several service definitions';
    case 'unreadable-definition':
      return 'a service definition that is not well-formed';
  }
}

/** All of it in one line, not escaped; empty where everything was checked. */
export function notChecked({ skipped }: Report): string {
  return skipped.length === 0 ? '' : `not checked: ${skipped.map(describeSkip).join('; ')}`;
}

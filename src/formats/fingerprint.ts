// By what a finding is known again in the next run, for readers that tell new findings from old ones.

import type { Report, ReportedFinding } from '../core/report.js';

/**
 * A fingerprint for every finding of a report: sixteen hexadecimal digits, and which one of several alike it is.
 *
 * It is made of the rule, the file and the names in the finding; lines, counts and dates may change without changing it.
 */
export function fingerprints({ files }: Report): ReadonlyMap<ReportedFinding, string> {
  const known = new Map<ReportedFinding, string>();
  const seen = new Map<string, number>();
  for (const { findings } of files) {
    for (const finding of findings) {
      const digits = hash(identity(finding));
      const before = seen.get(digits) ?? 0;
      seen.set(digits, before + 1);
      known.set(finding, `${digits}:${before + 1}`);
    }
  }
  return known;
}

function identity({ ruleId, messageId, location, data }: ReportedFinding): string {
  const names = Object.entries(data).filter(([, value]) => typeof value === 'string' && !DATE.test(value));
  return JSON.stringify([ruleId, messageId, location.path, ...names.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

const DATE = /\d{4}-\d\d-\d\d/;

/** Two 32-bit FNV-1a sums over the UTF-16 units, from two beginnings. Nobody gains by forging one. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000193);
  }
  return [high, low].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
}

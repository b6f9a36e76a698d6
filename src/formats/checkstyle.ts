// Checkstyle's XML, which many tools that comment on code read.

import type { ReportedFinding } from '../core/report.js';
import type { Formatter } from './format.js';
import { rangeOf } from './place.js';
import { describeSkip } from './skipped.js';
import { xmlComment, xmlText } from './xml-text.js';

export const formatCheckstyle: Formatter = ({ files, skipped }) => {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">'];
  for (const skip of skipped) lines.push(`  <!-- not checked: ${xmlComment(describeSkip(skip))} -->`);
  for (const { path, findings } of files) {
    if (findings.length === 0) lines.push(`  <file name="${xmlText(path)}"/>`);
    else lines.push(`  <file name="${xmlText(path)}">`, ...findings.map(error), '  </file>');
  }
  return `${lines.join('\n')}\n</checkstyle>\n`;
};

function error({ severity, location, ruleId, message, cause, help }: ReportedFinding): string {
  const { line, column } = rangeOf(location);
  const text = [message, cause, help].filter((sentence) => sentence !== null).join(' ');
  return `    <error line="${line}" column="${column}" severity="${severity}" message="${xmlText(text)}" source="cscfglint.${ruleId}"/>`;
}

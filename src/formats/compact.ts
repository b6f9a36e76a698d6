// One line for each finding, as editors and grep read it.

import type { Formatter } from './format.js';
import { allFindings, placeOf } from './place.js';
import { notChecked } from './skipped.js';
import { visible, visibleLine } from './visible.js';

export const formatCompact: Formatter = (report, { quiet }) => {
  const lines = allFindings(report).map(({ location, severity, ruleId, message }) => `${visibleLine(placeOf(location))}: ${severity} ${ruleId}: ${visible(message)}`);
  const rest = quiet ? '' : notChecked(report);
  if (rest !== '') lines.push(visible(rest));
  return lines.map((line) => `${line}\n`).join('');
};

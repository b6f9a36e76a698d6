// The report for a person at a terminal: a frame per finding, then one line that counts and says what was not checked.

import type { Report, ReportedFile, ReportedFinding, ReportedLocation } from '../core/report.js';
import { ruleUrl } from '../core/rule.js';
import type { Severity } from '../core/types.js';
import type { Formatter } from './format.js';
import { isRemark, summaryLine } from './summary.js';
import { visible } from './visible.js';
import { width } from './width.js';

/** What a part of the report is, for the eye. */
export type Style = Severity | 'strong' | 'faint' | 'frame';

/** Gives a text the look of a style. */
export type Paint = (style: Style, text: string) => string;

/** A text report painted in one way. */
export function textFormat(paint: Paint): Formatter {
  return (report, { quiet }) => {
    const blocks = report.files.flatMap((file) => blocksOf(withoutRemarks(file, report), paint));
    if (!quiet) blocks.push(`${summary(report, paint)}\n`);
    return blocks.join('\n');
  };
}

/** The text report without colours; colored-text.ts has the one with. */
export const formatText = textFormat((_, text) => text);

function summary(report: Report, paint: Paint): string {
  const { errors, warnings } = report.summary;
  const line = summaryLine(report);
  if (errors > 0) return paint('error', line);
  return warnings > 0 ? paint('warning', line) : line;
}

/** What the summary line says of the run. */
function withoutRemarks({ path, findings }: ReportedFile, { rules }: Report): ReportedFile {
  return { path, findings: findings.filter((finding) => !isRemark(finding, rules)) };
}

/** How many notes of one rule in a file are shown in full; of the others the place and the message say enough. */
const MAX_FULL_NOTES = 3;

function blocksOf({ findings }: ReportedFile, paint: Paint): string[] {
  const blocks: string[] = [];
  const notes = new Map<string, number>();
  const short: string[] = [];
  for (const finding of findings) {
    const seen = notes.get(finding.ruleId) ?? 0;
    if (finding.severity === 'info') notes.set(finding.ruleId, seen + 1);
    if (finding.severity === 'info' && seen >= MAX_FULL_NOTES) short.push(line(finding, paint));
    else blocks.push(block(finding, paint));
  }
  return short.length === 0 ? blocks : [...blocks, `${short.join('\n')}\n`];
}

/** A finding in one line. */
function line({ severity, ruleId, message, location }: ReportedFinding, paint: Paint): string {
  return `${paint(severity, severity)} ${paint('strong', ruleId)}: ${visible(message)} ${paint('frame', '-->')} ${place(location)}`;
}

function block(finding: ReportedFinding, paint: Paint): string {
  const { ruleId, severity, message, location, related, cause, help, azure, azureSeen } = finding;
  const gutter = ' '.repeat(Math.max(...[location, ...related.map((other) => other.location)].map(({ line }) => String(line ?? '').length)));
  const inside = related.filter((other) => isInside(other.location, location));
  const elsewhere = related.filter((other) => !inside.includes(other));
  const note = (name: string, text: string) => `${gutter} ${paint('frame', '=')} ${paint('strong', `${name}:`)} ${visible(text)}`;

  const lines = [`${paint(severity, severity)} ${paint('strong', ruleId)}: ${visible(message)}`, `${gutter}${paint('frame', '-->')} ${place(location)}`];
  lines.push(...frame(location, gutter, { mark: '^', style: severity }, paint, inside));
  for (const { note: label, location: other } of elsewhere) {
    lines.push(`${gutter}${paint('frame', ':::')} ${place(other)} (${visible(label)})`, ...frame(other, gutter, { mark: '-', style: 'frame' }, paint));
  }
  if (cause !== null) lines.push(note('cause', cause));
  lines.push(note('help', help));
  if (azure !== null) lines.push(note(azureSeen === 'similar' ? 'similar to' : 'azure', azure));
  lines.push(note('see', ruleUrl(ruleId)));
  return `${lines.join('\n')}\n`;
}

function place({ path, line, column }: ReportedLocation): string {
  return line === null ? visible(path) : `${visible(path)}:${line}:${column ?? 1}`;
}

/** Whether a second place lies in what the first one underlines, so that one frame shows both. */
function isInside(inner: ReportedLocation, outer: ReportedLocation): boolean {
  return (
    inner.path === outer.path &&
    inner.line === outer.line &&
    inner.endLine === outer.endLine &&
    inner.column !== null &&
    outer.column !== null &&
    inner.column >= outer.column &&
    (inner.endColumn ?? 0) <= (outer.endColumn ?? 0)
  );
}

function frame(
  location: ReportedLocation,
  gutter: string,
  underline: { readonly mark: '^' | '-'; readonly style: Style },
  paint: Paint,
  inside: ReportedFinding['related'] = [],
): string[] {
  const { excerpt, line, pointer, column } = location;
  if (excerpt === null || line === null) return [];
  const bar = paint('frame', '|');
  const empty = `${gutter} ${bar}`;
  const lines = [empty];
  if (pointer !== null) lines.push(`${empty} ${paint('faint', visible(pointer))}`);
  // Of an object or a list in an export its place says more than its first bracket.
  if (pointer !== null && /^[[{]/.test(excerpt.marked)) return lines;

  const before = (excerpt.cutBefore ? '…' : '') + visible(excerpt.before);
  const marked = visible(excerpt.marked);
  const text = `${before}${marked}${visible(excerpt.after)}${excerpt.cutAfter ? '…' : ''}`;
  const indent = ' '.repeat(width(before));
  lines.push(`${paint('frame', String(line).padStart(gutter.length))} ${bar} ${text}`);
  lines.push(`${empty} ${indent}${paint(underline.style, underline.mark.repeat(Math.max(width(marked), 1)))}`);
  for (const { note, location: inner } of inside) {
    const offset = (inner.column ?? 1) - (column ?? 1);
    const length = (inner.endColumn ?? 1) - (inner.column ?? 1);
    const lead = ' '.repeat(width(visible(excerpt.marked.slice(0, offset))));
    const marker = '-'.repeat(Math.max(width(visible(excerpt.marked.slice(offset, offset + length))), 1));
    lines.push(`${empty} ${indent}${lead}${paint('frame', `${marker} ${visible(note)}`)}`);
  }
  return lines;
}

// Many files: lints each and puts the findings into one report, ordered, counted and masked.

import { Excerpts, tokenExcerpt, type Excerpt } from './excerpt.js';
import { lint, type Plan } from './lint.js';
import { secretRanges } from './mask.js';
import type { EvidenceSummary, Report, ReportedFile, ReportedFinding, ReportedFix, ReportedLocation, ReportedSkip, Summary } from './report.js';
import type { Rule } from './rule.js';
import type { Decoded, SourceFile } from './source.js';
import type { Finding, Fix, Location, Skip, Span } from './types.js';

/** One file to lint, and the rules that run on it. */
export interface ProjectFile {
  readonly file: Decoded;
  readonly plan: Plan;
  /** How many findings were fixed in it just now; undefined where none were to be. */
  readonly fixed?: number;
}

export interface Project {
  /** Taken one after the other, so that no more than one text need be in memory. */
  readonly files: Iterable<ProjectFile>;
  /** The text of an evidence file by its path, for showing places in it. */
  readonly evidenceText: (path: string) => SourceFile | undefined;
  readonly evidence: readonly EvidenceSummary[];
  readonly rules: readonly Rule[];
}

/** Lints all files of a project. */
export function lintProject(project: Project): Report {
  const files: ReportedFile[] = [];
  const skips: { path: string; skipped: readonly Skip[] }[] = [];
  const configurations = { files: 0, emulator: 0 };
  let fixedCount: number | null = null;
  for (const { file, plan, fixed } of project.files) {
    const { path } = file.source;
    const { findings, skipped } = lint(plan, file);
    files.push({ path, findings: reportFindings(findings, file.source, project.evidenceText) });
    if (fixed !== undefined) fixedCount = (fixedCount ?? 0) + fixed;
    if (plan.settings.language !== 'csdef') {
      configurations.files++;
      if (isNotCompared(plan)) configurations.emulator++;
    }
    if (skipped.length > 0) skips.push({ path, skipped });
  }
  const rules = new Map(project.rules.map((rule) => [rule.id, rule]));
  return {
    files,
    evidence: project.evidence,
    skipped: groupSkips(skips),
    summary: summarise(files),
    fixed: fixedCount,
    configurations,
    unanswered: {
      rules: [...new Set(skips.flatMap(({ skipped }) => skipped.filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId)))].sort(),
      findings: files.reduce((sum, { findings }) => sum + findings.filter(({ ruleId, messageId }) => isUnknown(rules.get(ruleId), messageId)).length, 0),
    },
    rules,
  };
}

/** Whether evidence of a deployment is there, and not for the emulator. */
function isNotCompared({ settings }: Plan): boolean {
  const { certificates, vault, osProfile } = settings.evidence;
  return settings.target === 'emulator' && (certificates ?? vault ?? osProfile) !== undefined;
}

function isUnknown(rule: Rule | undefined, messageId: string): boolean {
  return rule?.unknown === 'all' || rule?.unknown?.includes(messageId) === true;
}

function reportFindings(findings: readonly Finding[], source: SourceFile, evidenceText: Project['evidenceText']): ReportedFinding[] {
  if (findings.length === 0) return [];
  const excerpts = new Excerpts(source);
  const locate = (location: Location) => reportLocation(location, source, excerpts, evidenceText);
  return [...findings].sort(byPlace).map((finding) => ({
    ...finding,
    fix: finding.fix === null ? null : reportFix(finding.fix),
    location: locate(finding.location),
    related: finding.related.map(({ note, location }) => ({ note, location: locate(location) })),
  }));
}

/** An edit that moves a role holds its settings. */
function reportFix(fix: Fix): ReportedFix {
  return fix.edits.some(({ text }) => secretRanges(text).length > 0) ? { ...fix, edits: [] } : fix;
}

function byPlace(a: Finding, b: Finding): number {
  const [start, otherStart] = [a.location.span?.start ?? 0, b.location.span?.start ?? 0];
  const [end, otherEnd] = [a.location.span?.end ?? 0, b.location.span?.end ?? 0];
  return start - otherStart || end - otherEnd || compare(a.ruleId, b.ruleId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reportLocation(location: Location, source: SourceFile, excerpts: Excerpts, evidenceText: Project['evidenceText']): ReportedLocation {
  const { path, span, pointer = null } = location;
  const text = path === source.path ? source : evidenceText(path);
  if (span === null || text === undefined) {
    return { path, line: null, column: null, endLine: null, endColumn: null, pointer, excerpt: null };
  }
  const start = text.position(span.start);
  const end = text.position(span.end);
  return {
    path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    pointer,
    excerpt: excerptOf(text, span, location, text === source ? excerpts : null),
  };
}

/** Another XML file of the service is shown as the linted one is; an export is often one long line. */
function excerptOf(text: SourceFile, span: Span, location: Location, excerpts: Excerpts | null): Excerpt {
  if (excerpts !== null) return excerpts.around(span);
  return /\.cs(?:cfg|def)$/i.test(text.path) ? new Excerpts(text).around(span) : tokenExcerpt(text, { ...location, span });
}

/** Files in which the same rules were skipped for the same reason share one entry: two thousand files are one line. */
function groupSkips(skips: readonly { readonly path: string; readonly skipped: readonly Skip[] }[]): ReportedSkip[] {
  const groups = new Map<string, Omit<ReportedSkip, 'files'> & { files: string[] }>();
  for (const alike of groupBy(skips, ({ skipped }) => skipped)) {
    const files = alike.map(({ path }) => path);
    for (const ofReason of groupBy(alike[0].skipped, ({ reason, missing }) => `${reason} ${missing.join(' ')}`)) {
      const { reason, missing } = ofReason[0];
      const rules = ofReason.map(({ ruleId }) => ruleId).sort();
      const key = `${reason}: ${rules.join(' ')}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { rules, missing, reason, files: [...files] });
      else group.files.push(...files);
    }
  }
  return [...groups.values()];
}

function groupBy<T>(values: readonly T[], key: (value: T) => unknown): [T, ...T[]][] {
  const groups = new Map<unknown, [T, ...T[]]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return [...groups.values()];
}

function summarise(files: readonly ReportedFile[]): Summary {
  const summary = { files: files.length, errors: 0, warnings: 0, infos: 0, fixable: 0, suppressed: 0 };
  for (const { findings } of files) {
    for (const { severity, fix } of findings) {
      if (severity === 'error') summary.errors++;
      else if (severity === 'warning') summary.warnings++;
      else summary.infos++;
      if (fix !== null) summary.fixable++;
    }
  }
  return summary;
}

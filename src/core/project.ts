// Many files: lints each and puts the findings into one report, ordered, counted and masked.

import { BaselineMatcher, type PlacedBaselineEntry } from './baseline.js';
import { Excerpts, tokenExcerpt, type Excerpt } from './excerpt.js';
import { lintAll } from './lint-all.js';
import { emitAlone, type LintResult, type Plan } from './lint.js';
import { secretRanges } from './mask.js';
import type { EvidenceSummary, Report, ReportedFile, ReportedFinding, ReportedFix, ReportedLocation, ReportedSkip, Summary } from './report.js';
import type { Rule } from './rule.js';
import type { Decoded, SourceFile } from './source.js';
import { isPast, type PlacedSuppression } from './suppress.js';
import type { Finding, Fix, Location, Skip, Span } from './types.js';

/** One file to lint, and the rules that run on it. */
export interface ProjectFile {
  readonly file: Decoded;
  readonly plan: Plan;
  /** How many findings were fixed in it just now; undefined where none were to be. */
  readonly fixed?: number;
}

export interface Project {
  /** Taken one after the other, so that no more texts need be in memory than those of one service. */
  readonly files: Iterable<ProjectFile>;
  /** The text of an evidence file by its path, for showing places in it. */
  readonly evidenceText: (path: string) => SourceFile | undefined;
  readonly evidence: readonly EvidenceSummary[];
  readonly rules: readonly Rule[];
  /** What is known and borne since the tool was adopted. */
  readonly baseline?: readonly PlacedBaselineEntry[];
  /** The moment of SOURCE_DATE_EPOCH, where dates are judged by it. */
  readonly asOf?: Date | null;
  /** Whether these are all files of their configs, so that a suppression that none of them needs is one too many. */
  readonly isWhole?: boolean;
}

/** Lints all files of a project. */
export function lintProject(project: Project): Report {
  const run = new ProjectRun(project);
  const lints = lintAll(project.files);
  let next = lints.next();
  for (; next.done !== true; next = lints.next()) run.add(...next.value);
  for (const result of next.value) run.addShared(result);
  return run.report();
}

const NOTHING: readonly never[] = [];

class ProjectRun {
  private readonly files = new Map<string, ReportedFile>();
  /** Findings at places outside of the file that brought them, by path: about evidence, which several files may share. */
  private readonly elsewhere = new Elsewhere();
  private readonly skips: { path: string; skipped: readonly Skip[] }[] = [];
  private readonly baseline: BaselineMatcher | null;
  /** The config's suppressions, each with a plan that it is a part of. */
  private readonly suppressions = new Map<PlacedSuppression, Plan>();
  private readonly used = new Set<PlacedSuppression>();
  /** Rules that remark on the run, which is done once. */
  private readonly remarks: Set<string>;
  private readonly remarked = new Set<string>();
  private readonly configurations = { files: 0, emulator: 0 };
  private fixed: number | null = null;
  private suppressed = 0;
  private firstPlan: Plan | null = null;

  constructor(private readonly project: Project) {
    this.remarks = new Set(project.rules.flatMap(({ id, remark }) => (remark === true ? [id] : [])));
    this.baseline = project.baseline === undefined ? null : new BaselineMatcher(project.baseline);
  }

  add({ file, plan, fixed }: ProjectFile, { findings: all, skipped, suppressed, used }: LintResult): void {
    const { path } = file.source;
    const findings = all.length === 0 ? all : this.withoutToldRemarks(all);
    this.firstPlan ??= plan;
    this.suppressed += suppressed;
    if (used.size > 0) for (const one of used) this.used.add(one);
    for (const one of plan.settings.suppressions ?? NOTHING) if (!this.suppressions.has(one)) this.suppressions.set(one, plan);
    if (fixed !== undefined) this.fixed = (this.fixed ?? 0) + fixed;
    if (plan.settings.language !== 'csdef') {
      this.configurations.files++;
      if (isNotCompared(plan)) this.configurations.emulator++;
    }
    if (skipped.length > 0) this.skips.push({ path, skipped });
    this.files.set(path, { path, findings: findings.length === 0 ? NOTHING : this.reported(this.ownOf(findings, path), file.source) });
  }

  /** What is said of evidence that no file needs by itself. */
  addShared({ findings, suppressed, used }: LintResult): void {
    this.suppressed += suppressed;
    for (const one of used) this.used.add(one);
    for (const finding of findings) this.elsewhere.add(finding);
  }

  private withoutToldRemarks(findings: readonly Finding[]): readonly Finding[] {
    if (this.remarked.size === 0 && !findings.some(({ ruleId }) => this.remarks.has(ruleId))) return findings;
    const left = findings.filter(({ ruleId }) => !this.remarked.has(ruleId));
    for (const { ruleId } of left) if (this.remarks.has(ruleId)) this.remarked.add(ruleId);
    return left;
  }

  private ownOf(findings: readonly Finding[], path: string): readonly Finding[] {
    if (findings.every(({ location }) => location.path === path)) return findings;
    for (const finding of findings) if (finding.location.path !== path) this.elsewhere.add(finding);
    return findings.filter(({ location }) => location.path === path);
  }

  private reported(findings: readonly Finding[], source: SourceFile | null): ReportedFinding[] {
    const { baseline } = this;
    const ordered = [...findings].sort(byPlace);
    const left = baseline === null ? ordered : ordered.filter((finding) => !baseline.takes(finding));
    this.suppressed += ordered.length - left.length;
    return reportFindings(left, source, this.project.evidenceText, (finding) => finding.severity === 'info' && this.remarks.has(finding.ruleId));
  }

  report(): Report {
    const { project, skips } = this;
    const linted = new Set(this.files.keys());
    this.tellElsewhere();
    for (const finding of [...this.suppressionFindings(), ...this.baselineFindings(new Set([...linted, ...project.evidence.map(({ path }) => path)]))]) this.elsewhere.add(finding);
    this.tellElsewhere();
    const files = [...this.files.values()];
    const rules = new Map(project.rules.map((rule) => [rule.id, rule]));
    return {
      files,
      evidence: project.evidence,
      skipped: groupSkips(skips),
      summary: { ...summarise(files), files: linted.size, suppressed: this.suppressed },
      fixed: this.fixed,
      configurations: this.configurations,
      unanswered: {
        rules: skippedErrors(skips),
        findings: files.reduce((sum, { findings }) => sum + findings.filter(({ ruleId, messageId }) => isUnknown(rules.get(ruleId), messageId)).length, 0),
      },
      asOf: project.asOf ?? null,
      rules,
    };
  }

  /** Lists what was found elsewhere under the files where it stands; files that were not linted themselves come last. */
  private tellElsewhere(): void {
    for (const [path, findings] of this.elsewhere.take()) {
      const reported = this.reported(findings, null);
      const before = this.files.get(path)?.findings ?? [];
      if (before.length + reported.length > 0) this.files.set(path, { path, findings: [...before, ...reported] });
    }
  }

  /** What became of the config's suppressions. */
  private suppressionFindings(): readonly Finding[] {
    if (this.suppressions.size === 0) return [];
    const skipped = new Set(this.skips.flatMap((skip) => skip.skipped.map(({ ruleId }) => ruleId)));
    return [...this.suppressions].flatMap(([suppression, plan]) => {
      const { rule: ruleId, until = null, location: at } = suppression;
      if (isPast(suppression, plan.settings.now)) return emitAlone(plan, [{ name: 'suppression:expired', argument: { ruleId, until, at } }]);
      const isJudged = this.project.isWhole === true && plan.active.some(({ rule }) => rule.id === ruleId) && !skipped.has(ruleId);
      return isJudged && !this.used.has(suppression) ? emitAlone(plan, [{ name: 'suppression:unused', argument: { ruleId, until, at } }]) : [];
    });
  }

  /** `looked`: the files of which all findings are there. */
  private baselineFindings(looked: ReadonlySet<string>): readonly Finding[] {
    if (this.baseline === null || this.firstPlan === null) return [];
    const events = this.baseline.stale((path) => looked.has(path)).map(({ entry: { rule: ruleId, path, role, name, count, location: at }, found }) => ({
      name: 'baseline:stale' as const,
      argument: { ruleId, path, role, name, count, found, at },
    }));
    return emitAlone(this.firstPlan, events);
  }
}

/** Whether evidence of a deployment is there, and not for the emulator. */
function isNotCompared({ settings }: Plan): boolean {
  const { certificates, vault, osProfile } = settings.evidence;
  return settings.target === 'emulator' && (certificates ?? vault ?? osProfile) !== undefined;
}

function isUnknown(rule: Rule | undefined, messageId: string): boolean {
  return rule?.unknown === 'all' || rule?.unknown?.includes(messageId) === true;
}

/** Findings by the file they stand in, each once however many files brought it, with the most severe of their severities. */
class Elsewhere {
  private readonly byPath = new Map<string, Map<string, Finding>>();

  add(finding: Finding): void {
    const { path, span } = finding.location;
    const findings = this.byPath.get(path) ?? new Map<string, Finding>();
    this.byPath.set(path, findings);
    const key = JSON.stringify([finding.ruleId, finding.messageId, span?.start, span?.end, finding.message]);
    const before = findings.get(key);
    findings.set(key, before === undefined ? finding : merged(before, finding));
  }

  /** What was added since the last time. */
  take(): [string, Finding[]][] {
    const all = [...this.byPath].map(([path, findings]): [string, Finding[]] => [path, [...findings.values()]]);
    this.byPath.clear();
    return all;
  }
}

/** How many places of several files that share a finding are shown with it. */
const MAX_RELATED = 5;

const RANK = { info: 0, warning: 1, error: 2 } as const;

function merged(one: Finding, other: Finding): Finding {
  const severity = RANK[other.severity] > RANK[one.severity] ? other.severity : one.severity;
  const uses = [one, other].flatMap(({ data }) => (Array.isArray(data['uses']) ? (data['uses'] as unknown[]) : []));
  if (uses.length === 0) return { ...one, severity };
  const related = [...new Map([...one.related, ...other.related].map((place) => [JSON.stringify(place), place])).values()].slice(0, Math.max(MAX_RELATED, one.related.length));
  return { ...one, severity, related, data: { ...one.data, uses: [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()] } };
}

/** `source` is the linted file that the findings stand in; null for evidence. */
function reportFindings(findings: readonly Finding[], source: SourceFile | null, evidenceText: Project['evidenceText'], isRemark: (finding: Finding) => boolean): ReportedFinding[] {
  if (findings.length === 0) return [];
  const excerpts = source === null ? null : new Excerpts(source);
  const locate = (location: Location) => reportLocation(location, source, excerpts, evidenceText);
  return findings.map((finding) => ({
    ...finding,
    // A remark is about the run: where it stands, nothing is to be seen.
    location: isRemark(finding) ? { ...reportPlace(finding.location, source ?? evidenceText(finding.location.path)), excerpt: null } : locate(finding.location),
    related: finding.related.map(({ note, location }) => ({ note, location: locate(location) })),
    fix: finding.fix === null ? null : reportFix(finding.fix, source ?? evidenceText(finding.fix.path)),
  }));
}

/** An edit that moves a role holds its settings. */
function reportFix(fix: Fix, source: SourceFile | undefined): ReportedFix {
  const isSecret = fix.edits.some(({ text }) => secretRanges(text).length > 0);
  return { ...fix, edits: isSecret || source === undefined ? [] : fix.edits.map((edit) => ({ ...edit, ...rangeIn(source, edit) })) };
}

function byPlace(a: Finding, b: Finding): number {
  const [start, otherStart] = [a.location.span?.start ?? 0, b.location.span?.start ?? 0];
  const [end, otherEnd] = [a.location.span?.end ?? 0, b.location.span?.end ?? 0];
  return start - otherStart || end - otherEnd || compare(a.ruleId, b.ruleId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reportLocation(location: Location, source: SourceFile | null, excerpts: Excerpts | null, evidenceText: Project['evidenceText']): ReportedLocation {
  const { path, span } = location;
  const text = path === source?.path ? source : evidenceText(path);
  const excerpt = span === null || text === undefined ? null : excerptOf(text, { ...location, span }, text === source ? excerpts : null);
  return { ...reportPlace(location, text), excerpt };
}

function reportPlace({ path, span, pointer = null }: Location, text: SourceFile | undefined): Omit<ReportedLocation, 'excerpt'> {
  if (span === null || text === undefined) return { path, line: null, column: null, endLine: null, endColumn: null, byteColumn: null, endByteColumn: null, pointer };
  return { path, ...rangeIn(text, span), pointer };
}

/** A file of the service is shown with the line around a place; an export, which is often one long line, without. */
function excerptOf(text: SourceFile, location: Location & { readonly span: Span }, excerpts: Excerpts | null): Excerpt {
  if (excerpts !== null) return excerpts.around(location.span);
  return /\.cs(?:cfg|def)$/i.test(text.path) ? excerptsOf(text).around(location.span) : tokenExcerpt(text, location);
}

/** Of the files that findings elsewhere point to: finding the secrets of a text takes far longer than showing a place in it. */
const ELSEWHERE = new WeakMap<SourceFile, Excerpts>();

function excerptsOf(text: SourceFile): Excerpts {
  const known = ELSEWHERE.get(text) ?? new Excerpts(text);
  ELSEWHERE.set(text, known);
  return known;
}

function rangeIn(text: SourceFile, { start, end }: Span) {
  const first = text.position(start);
  const last = text.position(end);
  return {
    line: first.line,
    column: first.column,
    endLine: last.line,
    endColumn: last.column,
    byteColumn: text.byteColumn(start),
    endByteColumn: text.byteColumn(end),
  };
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

/** The rules of level error that some file was not looked at by. Thousands of files share a list. */
function skippedErrors(skips: readonly { readonly skipped: readonly Skip[] }[]): string[] {
  const lists = new Set(skips.map(({ skipped }) => skipped));
  return [...new Set([...lists].flatMap((skipped) => skipped.filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId)))].sort();
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

function summarise(files: readonly ReportedFile[]): Pick<Summary, 'errors' | 'warnings' | 'infos' | 'fixable'> {
  const summary = { errors: 0, warnings: 0, infos: 0, fixable: 0 };
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

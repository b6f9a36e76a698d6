// The default command: lint.

import { resolve } from 'node:path';
import { NO_CHANGES, type RuleChanges } from '../../core/config.js';
import { lint } from '../../core/lint.js';
import { lintProject, type Project } from '../../core/project.js';
import type { Report } from '../../core/report.js';
import type { SourceFile } from '../../core/source.js';
import type { Fix, Level, Severity } from '../../core/types.js';
import { remarksOf } from '../../formats/summary.js';
import { visible } from '../../formats/visible.js';
import { RULES } from '../../rules/index.js';
import type { Arguments } from '../args.js';
import type { ExitCode } from '../command.js';
import { Failure } from '../failure.js';
import type { FixMode } from '../fix.js';
import type { Gathered } from '../gather.js';
import type { Host } from '../host.js';
import { STDIN, findFiles, gatherFor, readFiles, readNow, refuseTwiceUsedInput, sourceDate, type Fixer, type NamedFiles } from '../input.js';
import { knownRule } from '../known-rule.js';
import { loadTiming } from '../load-timing.js';
import { refuseInputs } from '../output.js';
import { readReports, writeReports, type Reports } from '../reports.js';

/** Lints and reports. Throws a {@link Failure} where nothing could be linted. */
export async function lintCommand(args: Arguments, host: Host, version: string): Promise<ExitCode> {
  const settings = readSettings(args, host);
  const timing = args.timing === true ? await loadTiming() : null;
  const found = await findFiles(args, host);
  timing?.end('finding files');
  const gathered = await gatherFor(found, args, host, settings.now, { changes: settings.changes, watched: (rules) => timing?.around(rules) ?? rules });
  timing?.end('configs and evidence');
  refuseInputs(settings.reports.outputs, [...gathered.files.map(({ file }) => file.path), ...gathered.evidence.map(({ path }) => resolve(host.cwd, path))], host.cwd);
  const baseline = settings.baseline === null ? null : await loadBaseline(settings.baseline, host);

  const failures = [...found.failures, ...gathered.failures];
  const files = readFiles(gathered.files, args, host, failures, await loadFixer(settings.fixes));
  // Whoever pipes a text through gets it back, whatever a config says.
  if (settings.reports.instead === 'fixed-text' && isInputIgnored(found, gathered)) host.out(host.readInput());
  const report = lintProject({
    files,
    evidence: gathered.evidence,
    evidenceText: (path) => gathered.evidenceText(path) ?? baseline?.text(path),
    rules: RULES,
    asOf: sourceDate(args.now, host),
    isWhole: found.input === null && found.files.every(({ named }) => !named),
    ...baseline?.use,
  });
  timing?.end('reading and linting');
  for (const warning of [...found.warnings, ...gathered.warnings]) host.err(`cscfglint: warning: ${visible(warning)}\n`);
  if (baseline?.update === undefined) await writeReports(report, settings.reports, { color: args.color ?? host.colors, quiet: args.quiet === true, version }, host);
  if (timing !== null) host.err(timing.table('reports'));
  const unanswered = remark(report, gathered, args, host);
  for (const failure of failures) host.err(`cscfglint: ${visible(failure)}\n`);
  if (failures.length > 0) return 2;
  if (baseline?.update === undefined) return isFailed(report, settings, unanswered) ? 1 : 0;
  host.err(`cscfglint: ${baseline.update(report)}\n`);
  return 0;
}

function isInputIgnored({ input }: NamedFiles, { files }: Gathered): boolean {
  return input !== null && !files.some(({ file }) => file === input);
}

/** Says what no report says; gives whether something is left that `--strict-inputs` counts as an error. */
function remark(report: Report, { ignored }: Gathered, args: Arguments, host: Host): boolean {
  if (ignored > 0 && args.quiet !== true) host.err(`cscfglint: ${ignored} ignored by a config (--no-ignore lints them, too).\n`);
  const unanswered = args['strict-inputs'] === true ? unansweredQuestions(report) : [];
  for (const line of unanswered) host.err(`cscfglint: --strict-inputs: ${line}\n`);
  return unanswered.length > 0;
}

// ---------------------------------------------------------------------------------------------------------------------
// Settings
// ---------------------------------------------------------------------------------------------------------------------

interface FixSettings {
  readonly safety: Fix['safety'];
  readonly mode: FixMode;
}

interface BaselineSettings {
  readonly file: string;
  readonly mode: 'use' | 'write' | 'prune';
}

interface Settings {
  readonly reports: Reports;
  readonly baseline: BaselineSettings | null;
  /** Null where nothing is to be fixed. */
  readonly fixes: FixSettings | null;
  readonly changes: RuleChanges;
  readonly failOn: Severity | 'never';
  readonly maxWarnings: number;
  readonly now: Date;
}

function readSettings(args: Arguments, host: Host): Settings {
  refuseTwiceUsedInput(args);
  const fixes = readFixes(args);
  const instead = fixes?.mode === 'diff' ? 'diff' : fixes !== null && args.paths.includes(STDIN) ? 'fixed-text' : null;
  return {
    reports: readReports(args, host.env, instead),
    baseline: readBaselineSettings(args),
    fixes,
    changes: readChanges(args),
    failOn: readFailOn(args['fail-on']),
    maxWarnings: readMaxWarnings(args['max-warnings']),
    now: readNow(args.now, host),
  };
}

function readFixes(args: Arguments): FixSettings | null {
  const mode = args.diff === true ? 'diff' : 'write';
  if (args['fix-unsafe'] === true) return { safety: 'unsafe', mode };
  return args.fix === true || mode === 'diff' ? { safety: 'safe', mode } : null;
}

function readBaselineSettings(args: Arguments): BaselineSettings | null {
  const [write, prune] = [args['write-baseline'] === true, args['prune-baseline'] === true];
  if (write && prune) throw new Failure('--write-baseline and --prune-baseline do not go together.', 'Writing a baseline leaves nothing to prune.');
  if (args.baseline !== undefined) return { file: args.baseline, mode: write ? 'write' : prune ? 'prune' : 'use' };
  if (write || prune) throw new Failure(`--${write ? 'write' : 'prune'}-baseline needs --baseline FILE.`, 'For example: cscfglint --baseline .cscfglint-baseline.json --write-baseline');
  return null;
}

const LEVELS: readonly Level[] = ['off', 'info', 'warning', 'error'];

function readChanges(args: Arguments): RuleChanges {
  const levels = new Map<string, Level>();
  for (const given of args.rule) {
    const colon = given.lastIndexOf(':');
    const level = LEVELS.find((one) => one === given.slice(colon + 1));
    if (colon === -1 || level === undefined) throw new Failure(`--rule ${given} is not ID:LEVEL.`, 'Levels are off, info, warning and error: --rule thumbprint-uppercase:off.');
    levels.set(knownRule(given.slice(0, colon)), level);
  }
  if (levels.size === 0 && args.only.length === 0 && args.skip.length === 0) return NO_CHANGES;
  const [only, skip] = [new Set(args.only.map(knownRule)), new Set(args.skip.map(knownRule))];
  const both = [...only].find((rule) => skip.has(rule));
  if (both !== undefined) throw new Failure(`--only ${both} and --skip ${both} do not go together.`, 'Which of them is meant cannot be told; leave one out.');
  return { levels, only, skip };
}

function readFailOn(value: string | undefined): Settings['failOn'] {
  switch (value) {
    case undefined:
      return 'error';
    case 'error':
    case 'warning':
    case 'info':
    case 'never':
      return value;
    default:
      throw new Failure(`--fail-on ${value} is none of error, warning, info, never.`);
  }
}

function readMaxWarnings(value: string | undefined): number {
  if (value === undefined) return Infinity;
  if (!/^\d{1,9}$/.test(value)) throw new Failure(`--max-warnings ${value} is not a whole number.`);
  return Number(value);
}

// ---------------------------------------------------------------------------------------------------------------------
// Baseline
// ---------------------------------------------------------------------------------------------------------------------

interface BaselineInUse {
  /** What the run does with it. */
  readonly use: Pick<Project, 'baseline'>;
  /** The text of its file. */
  text(path: string): SourceFile | undefined;
  /** Writes it anew from a report, and says what was done; undefined where it is only used. */
  readonly update?: (report: Report) => string;
}

async function loadBaseline({ file, mode }: BaselineSettings, host: Host): Promise<BaselineInUse> {
  const { readBaseline, writeBaseline, pruneBaseline } = await import('../baseline.js');
  const { cwd } = host;
  // Whoever writes a baseline wants to know how much is in it, not all of it once more.
  const update = (done: (report: Report) => string): BaselineInUse => ({ use: {}, text: () => undefined, update: done });
  if (mode === 'write') return update((report) => `${counted(writeBaseline(file, report, cwd))} written to ${visible(file)}; from now on only new ones are told.`);
  const loaded = readBaseline(file, cwd);
  if (mode === 'prune') {
    return update((report) => `${counted(pruneBaseline(file, loaded, report, new Set(report.files.map(({ path }) => path)), cwd))} taken out of ${visible(file)}.`);
  }
  return { use: { baseline: loaded.entries }, text: (path) => (path === loaded.source.path ? loaded.source : undefined) };
}

function counted(count: number): string {
  return count === 1 ? '1 finding' : `${count} findings`;
}

// ---------------------------------------------------------------------------------------------------------------------
// Fixes
// ---------------------------------------------------------------------------------------------------------------------

async function loadFixer(fixes: FixSettings | null): Promise<Fixer | null> {
  if (fixes === null) return null;
  const { safety, mode } = fixes;
  const { fixFile } = await import('../fix.js');
  return (target, plan) => fixFile(target, { safety, mode, lint: (source) => lint(plan, { ok: true, source }).findings });
}

// ---------------------------------------------------------------------------------------------------------------------
// Exit code
// ---------------------------------------------------------------------------------------------------------------------

/** What `--strict-inputs` counts as errors: error-level rules that could not run, and answers that are unknown. */
function unansweredQuestions({ unanswered }: Report): string[] {
  const lines: string[] = [];
  if (unanswered.rules.length > 0) lines.push(`could not run: ${unanswered.rules.join(', ')}.`);
  if (unanswered.findings > 0) lines.push(`${unanswered.findings} ${unanswered.findings === 1 ? 'question has' : 'questions have'} no answer.`);
  return lines;
}

function isFailed(report: Report, { failOn, maxWarnings }: Settings, hasUnanswered: boolean): boolean {
  const { errors, warnings, infos } = report.summary;
  if (failOn === 'never') return false;
  if (hasUnanswered || errors > 0 || warnings > maxWarnings) return true;
  // Nobody can mend what is remarked on the run: that the service ends would fail it for good.
  return (failOn !== 'error' && warnings > 0) || (failOn === 'info' && infos > remarksOf(report).length);
}

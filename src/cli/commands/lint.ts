// The default command: lint.

import { resolve } from 'node:path';
import { NO_CHANGES, type RuleChanges } from '../../core/config.js';
import { lint, type Plan } from '../../core/lint.js';
import { lintProject, type ProjectFile } from '../../core/project.js';
import type { Report } from '../../core/report.js';
import { suggest } from '../../core/names.js';
import { MAX_TEXT_BYTES, decode } from '../../core/source.js';
import type { Fix, Level, Severity } from '../../core/types.js';
import { visible } from '../../formats/visible.js';
import { RULES } from '../../rules/index.js';
import type { Arguments } from '../args.js';
import { Failure, systemError } from '../failure.js';
import { Folders, findConfigurations, readBounded, shownPath, type FoundFile, type Unmatched } from '../files.js';
import type { FixMode, FixOutcome, FixTarget } from '../fix.js';
import { gather, type Gathered } from '../gather.js';
import type { Host } from '../host.js';
import { readOutputs, writeReport, type Outputs } from '../outputs.js';

/** The exit codes: nothing at or above the fail level, findings, the job could not be done. */
export type ExitCode = 0 | 1 | 2;

const STDIN = '-';

/** Lints and reports. Throws a {@link Failure} where nothing could be linted. */
export async function lintCommand(args: Arguments, host: Host, version: string): Promise<ExitCode> {
  const settings = readSettings(args, host);
  const folders = new Folders();
  const patterns = args.paths.length === 0 ? ['.'] : args.paths;
  const found = await findConfigurations(patterns.filter((pattern) => pattern !== STDIN), host.cwd, folders, args.ignore !== false);
  const input = patterns.includes(STDIN) ? [standardInput(args, host)] : [];
  const unmatched = args['error-on-unmatched-pattern'] === false ? [] : found.unmatched;
  const gathered = await gather([...found.files, ...input], host, folders, {
    rules: RULES,
    changes: settings.changes,
    config: args.config,
    useIgnore: args.ignore !== false,
    csdef: args.csdef,
    pfx: args.pfx,
    vault: args.vault,
    osProfile: args['os-profile'],
    cloudService: args['cloud-service'],
    passwords: { env: args['pfx-password-env'], files: args['pfx-password-file'], stdin: args['pfx-password-stdin'] === true },
    now: settings.now,
  });

  const failures = [...unmatched.map((one) => unmatchedFailure(one, host.cwd)), ...gathered.failures];
  const files = readFiles(gathered, args, host, failures, settings.fixes === null ? null : await loadFixer(settings.fixes));
  const isIgnored = input.length > 0 && !gathered.files.some(({ file }) => file === input[0]);
  // Whoever pipes a text through gets it back, whatever a config says.
  if (settings.outputs.instead === 'fixed-text' && isIgnored) host.out(host.readInput());
  const report = lintProject({ files, evidence: gathered.evidence, evidenceText: gathered.evidenceText, rules: RULES });
  for (const warning of [...found.warnings, ...gathered.warnings]) host.err(`cscfglint: warning: ${visible(warning)}\n`);
  await writeReport(report, settings.outputs, { color: args.color ?? host.colors, quiet: args.quiet === true, version }, host);
  if (gathered.ignored > 0 && args.quiet !== true) host.err(`cscfglint: ${gathered.ignored} ignored by a config (--no-ignore lints them, too).\n`);
  const unanswered = args['strict-inputs'] === true ? unansweredQuestions(report) : [];
  for (const line of unanswered) host.err(`cscfglint: --strict-inputs: ${line}\n`);
  for (const failure of failures) host.err(`cscfglint: ${visible(failure)}\n`);
  if (failures.length > 0) return 2;
  return isFailed(report, settings, unanswered.length > 0) ? 1 : 0;
}

// ---------------------------------------------------------------------------------------------------------------------
// Settings
// ---------------------------------------------------------------------------------------------------------------------

interface FixSettings {
  readonly safety: Fix['safety'];
  readonly mode: FixMode;
}

interface Settings {
  readonly outputs: Outputs;
  /** Null where nothing is to be fixed. */
  readonly fixes: FixSettings | null;
  readonly changes: RuleChanges;
  readonly failOn: Severity | 'never';
  readonly maxWarnings: number;
  readonly now: Date;
}

function readSettings(args: Arguments, host: Host): Settings {
  if (args['pfx-password-stdin'] === true && args.paths.includes(STDIN)) {
    throw new Failure('Standard input cannot be both the file to lint and the password.', 'Give the password with --pfx-password-env or --pfx-password-file.');
  }
  const fixes = readFixes(args);
  const instead = fixes?.mode === 'diff' ? 'diff' : fixes !== null && args.paths.includes(STDIN) ? 'fixed-text' : null;
  return {
    outputs: readOutputs(args, host.env, instead),
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
  return { levels, only: new Set(args.only.map(knownRule)), skip: new Set(args.skip.map(knownRule)) };
}

function knownRule(id: string): string {
  if (RULES.some((rule) => rule.id === id)) return id;
  const near = suggest(id, RULES.map((rule) => rule.id));
  const alike = near === null ? rulesLike(id) : [near];
  throw new Failure(`There is no rule "${id}".`, `${alike.length === 0 ? '' : `Did you mean ${listed(alike)}? `}All rules: ${RULES_PAGE}`);
}

const RULES_PAGE = 'https://github.com/cscfglint/cscfglint/blob/main/src/rules/README.md';

/** Rules that share words with an id, those that share most first. */
function rulesLike(id: string): string[] {
  const words = id.split('-').filter((word) => word.length > 2);
  return RULES.map((rule) => ({ id: rule.id, shared: rule.id.split('-').filter((word) => words.includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MAX_SUGGESTIONS)
    .map((rule) => rule.id);
}

/** How many rules are suggested for an unknown one. */
const MAX_SUGGESTIONS = 5;

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
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

function readNow(value: string | undefined, host: Host): Date {
  if (value !== undefined) {
    if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(value) || Number.isNaN(Date.parse(value))) {
      throw new Failure(`--now ${value} is no date.`, 'Write 2026-03-31, or 2026-03-31T22:00:00Z; without a zone it is UTC.');
    }
    return new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`);
  }
  const epoch = host.env['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000) : host.now();
}

// ---------------------------------------------------------------------------------------------------------------------
// Files
// ---------------------------------------------------------------------------------------------------------------------

function standardInput(args: Arguments, host: Host): FoundFile {
  return { path: resolve(host.cwd, args['stdin-filename'] ?? STDIN_NAME), named: true };
}

const STDIN_NAME = '<stdin>';

function unmatchedFailure({ pattern, isIgnored }: Unmatched, cwd: string): string {
  if (isIgnored) return `${pattern === '.' ? cwd : pattern}: a .gitignore leaves out every .cscfg file there. --no-ignore lints them, too.`;
  return pattern === '.' ? `There is no .cscfg file in ${cwd}.` : `${pattern} matches no .cscfg file.`;
}

/** Fixes a file before it is reported on. */
type Fixer = (target: FixTarget, plan: Plan) => FixOutcome;

async function loadFixer({ safety, mode }: FixSettings): Promise<Fixer> {
  const { fixFile } = await import('../fix.js');
  return (target, plan) => fixFile(target, { safety, mode, lint: (source) => lint(plan, { ok: true, source }).findings });
}

/** Reads the files one after the other, as they are asked for; one that cannot be read becomes a failure. */
function* readFiles({ files }: Gathered, args: Arguments, host: Host, failures: string[], fixer: Fixer | null): Generator<ProjectFile> {
  const input = args.paths.includes(STDIN) ? standardInput(args, host).path : null;
  for (const { file, plan } of files) {
    const shown = file.path === resolve(host.cwd, STDIN_NAME) ? STDIN_NAME : shownPath(file.path, host.cwd);
    const bytes = file.path === input ? host.readInput() : readFile(file.path, shown, failures);
    if (bytes === null) continue;
    if (bytes.length > MAX_TEXT_BYTES) {
      failures.push(tooLarge(shown));
      continue;
    }
    const read = { file: decode(shown, bytes), plan };
    if (fixer === null) {
      yield read;
      continue;
    }
    const { file: after, fixed, out, failure } = fixer({ path: file.path === input ? null : file.path, bytes, file: read.file }, plan);
    if (out.length > 0) host.out(out);
    if (failure !== null) failures.push(failure);
    yield { file: after, plan, fixed };
  }
}

function readFile(path: string, shown: string, failures: string[]): Uint8Array | null {
  try {
    const bytes = readBounded(path, MAX_TEXT_BYTES);
    if (bytes === null) failures.push(tooLarge(shown));
    return bytes;
  } catch (error) {
    failures.push(`${shown} cannot be read: ${systemError(error)}.`);
    return null;
  }
}

function tooLarge(shown: string): string {
  return `${shown} has more than ${MAX_TEXT_BYTES} bytes, and is not read. Check that it is a service configuration.`;
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

function isFailed({ summary }: Report, { failOn, maxWarnings }: Settings, hasUnanswered: boolean): boolean {
  if (failOn === 'never') return false;
  if (hasUnanswered || summary.errors > 0 || summary.warnings > maxWarnings) return true;
  return (failOn !== 'error' && summary.warnings > 0) || (failOn === 'info' && summary.infos > 0);
}

// What commands about service configurations begin with: which files, which evidence, at which moment.

import { basename, dirname, join, resolve } from 'node:path';
import { EVIDENCE_KINDS, NO_CHANGES, type RequiredKind } from '../core/config.js';
import { isDay } from '../core/directives.js';
import type { Plan } from '../core/lint.js';
import { suggest } from '../core/names.js';
import type { ProjectFile } from '../core/project.js';
import { MAX_TEXT_BYTES, decode, type Decoded } from '../core/source.js';
import { RULES } from '../rules/index.js';
import type { Arguments } from './args.js';
import { Failure, systemError } from './failure.js';
import { findConfigurations, readBounded, shownPath, type FoundFile, type Unmatched } from './files.js';
import { Folders, entriesOf, serviceKind } from './folders.js';
import type { FixOutcome, FixTarget } from './fix.js';
import { gather, type GatherOptions, type Gathered, type PlannedFile } from './gather.js';
import type { Host } from './host.js';

/** The path that means standard input. */
export const STDIN = '-';

/** How standard input is called where no name is given. */
export const STDIN_NAME = '<stdin>';

/** The files that the command line names. */
export interface NamedFiles {
  readonly files: readonly FoundFile[];
  /** Standard input among them; null where it is not. */
  readonly input: FoundFile | null;
  readonly folders: Folders;
  /** Sentences about paths that match nothing. */
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

/** Finds the service configurations that the command line names; without paths, those below the working directory. */
export async function findFiles(args: Arguments, host: Host): Promise<NamedFiles> {
  const folders = new Folders();
  const patterns = args.paths.length === 0 ? ['.'] : args.paths;
  const found = await findConfigurations(patterns.filter((pattern) => pattern !== STDIN), host.cwd, folders, args.ignore !== false);
  const input = patterns.includes(STDIN) ? standardInput(args, host) : null;
  const unmatched = args['error-on-unmatched-pattern'] === false ? [] : found.unmatched;
  return { files: input === null ? found.files : [...found.files, input], input, folders, failures: unmatched.map((one) => unmatchedFailure(one, host.cwd)), warnings: found.warnings };
}

/** Gathers configs and evidence of the files. Throws a {@link Failure} for a config or a flag with a mistake. */
export function gatherFor({ files, folders }: Pick<NamedFiles, 'files' | 'folders'>, args: Arguments, host: Host, now: Date, more: Partial<GatherOptions> = {}): Promise<Gathered> {
  return gather(files, host, folders, {
    rules: RULES,
    changes: NO_CHANGES,
    config: args.config,
    useIgnore: args.ignore !== false,
    useSuppressions: args.suppressions !== false,
    require: args.require.map(readKind),
    csdef: args.csdef,
    pfx: args.pfx,
    vault: args.vault,
    osProfile: args['os-profile'],
    cloudService: args['cloud-service'],
    passwords: { env: args['pfx-password-env'], files: args['pfx-password-file'], stdin: args['pfx-password-stdin'] === true },
    now,
    ...more,
  });
}

function readKind(given: string): RequiredKind {
  const kind = EVIDENCE_KINDS.find((one) => one === given);
  if (kind === undefined) throw new Failure(`--require ${given} is none of ${EVIDENCE_KINDS.join(', ')}.`);
  return kind;
}

/** Standard input holds one thing only. Throws a {@link Failure} where it is asked for two. */
export function refuseTwiceUsedInput(args: Arguments): void {
  if (args['pfx-password-stdin'] === true && args.paths.includes(STDIN)) {
    throw new Failure('Standard input cannot be both the file to read and the password.', 'Give the password with --pfx-password-env or --pfx-password-file.');
  }
}

/** The moment at which dates are judged: `--now`, else SOURCE_DATE_EPOCH, else now. */
export function readNow(value: string | undefined, host: Host): Date {
  if (value !== undefined) {
    if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(value) || !isDay(value.slice(0, 10)) || Number.isNaN(Date.parse(value))) {
      throw new Failure(`--now ${value} is no date.`, 'Write 2026-03-31, or 2026-03-31T22:00:00Z; without a zone it is UTC.');
    }
    return new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`);
  }
  return sourceDate(value, host) ?? host.now();
}

/**
 * The moment of SOURCE_DATE_EPOCH, where nothing else was asked for: whoever reads a report must know, since build systems
 * set it to old dates. https://reproducible-builds.org/specs/source-date-epoch/
 */
export function sourceDate(value: string | undefined, host: Host): Date | null {
  const epoch = host.env['SOURCE_DATE_EPOCH'];
  return value === undefined && epoch !== undefined && /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000) : null;
}

/** Fixes a file before it is reported on. */
export type Fixer = (target: FixTarget, plan: Plan) => FixOutcome;

/** Reads the files one after the other, as they are asked for; one that cannot be read becomes a failure. */
export function* readFiles(files: readonly PlannedFile[], args: Arguments, host: Host, failures: string[], fixer: Fixer | null = null): Generator<ProjectFile> {
  const input = args.paths.includes(STDIN) ? standardInput(args, host).path : null;
  const bytesOf = (path: string, shown: string): Uint8Array | null => {
    const bytes = path === input ? host.readInput() : readFile(path, shown, failures);
    if (bytes === null || bytes.length <= MAX_TEXT_BYTES) return bytes;
    failures.push(tooLarge(shown));
    return null;
  };
  // The bytes are not kept while their text is looked at: both can be large.
  const decodeFile = (path: string, shown: string): Decoded | null => {
    const bytes = bytesOf(path, shown);
    return bytes === null ? null : decode(shown, bytes);
  };
  for (const { file, plan } of files) {
    const { path } = file;
    const shown = shownName(file, host);
    if (fixer === null) {
      const decoded = decodeFile(path, shown);
      if (decoded !== null) yield { file: decoded, plan };
      continue;
    }
    const read = bytesOf(path, shown);
    if (read === null) continue;
    // The fixer reads the file again, to see that nobody changed it meanwhile.
    const bytes = Uint8Array.from(read);
    const { file: after, fixed, out, failure } = fixer({ path: path === input ? null : path, bytes, file: decode(shown, bytes) }, plan);
    if (out.length > 0) host.out(out);
    if (failure !== null) failures.push(failure);
    yield { file: after, plan, fixed };
  }
}

/** How a file is called in reports. */
export function shownName({ path }: FoundFile, { cwd }: Host): string {
  return path === resolve(cwd, STDIN_NAME) ? STDIN_NAME : shownPath(path, cwd);
}

function standardInput(args: Arguments, host: Host): FoundFile {
  return { path: resolve(host.cwd, args['stdin-filename'] ?? STDIN_NAME), named: true };
}

function unmatchedFailure({ pattern, isIgnored }: Unmatched, cwd: string): string {
  if (isIgnored) return `${pattern === '.' ? cwd : pattern}: a .gitignore leaves out every .cscfg file there. --no-ignore lints them, too.`;
  if (pattern === '.') return `There is no .cscfg file in ${cwd}.`;
  const near = nearName(resolve(cwd, pattern));
  return `${pattern} matches no .cscfg file.${near === null ? '' : ` Did you mean ${shownPath(near, cwd)}?`}`;
}

/** A service configuration or definition in the folder of a path that the path was probably meant to be. */
function nearName(path: string): string | null {
  const folder = dirname(path);
  if (serviceKind(path) === null) return null;
  const near = suggest(basename(path), entriesOf(folder).map(({ name }) => name).filter((name) => serviceKind(name) !== null));
  return near === null ? null : join(folder, near);
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

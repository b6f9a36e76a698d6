// Finds the files to lint and the evidence to read: files, directories, globs, .gitignore. The only file that knows tinyglobby and ignore.

import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { PathMatcher } from '../core/config.js';
import { Failure, systemError } from './failure.js';
import { entriesOf, isCertificateName, isRegular, isWalked, type Folders } from './folders.js';
import { ignoreProblem, readGlob } from './patterns.js';

/** How deep folders are walked. */
const MAX_FOLDER_DEPTH = 100;

/** How deep a path may lie below a config whose patterns it is compared with: a pattern of three `**` takes a second then. */
const MAX_COMPARED_DEPTH = 200;

/** A file that was found. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** Whether it was named itself, rather than by a directory or a glob. */
  readonly named: boolean;
}

export interface FoundFiles {
  /** Each once, in the order of the patterns; below a directory by name. */
  readonly files: readonly FoundFile[];
  /** Patterns that matched nothing. */
  readonly unmatched: readonly Unmatched[];
  /** Lines of .gitignore files that were left out. */
  readonly warnings: readonly string[];
}

export interface Unmatched {
  readonly pattern: string;
  /** Whether there are .cscfg files that a .gitignore leaves out. */
  readonly isIgnored: boolean;
}

/** Finds the .cscfg and .csdef files that paths, directories and globs name. */
export async function findConfigurations(
  patterns: readonly string[],
  cwd: string,
  folders: Folders,
  useGitignore: boolean,
): Promise<FoundFiles> {
  const found = new Map<string, FoundFile>();
  const unmatched: Unmatched[] = [];
  const gitignore = useGitignore ? new Gitignore(folders) : null;
  for (const pattern of patterns) {
    const before = found.size;
    const path = resolve(cwd, pattern);
    const kind = kindOf(path);
    if (kind === 'file') {
      refuseEvidence(pattern);
      // A file that is named is meant, whatever a .gitignore says.
      found.set(path, { path, named: true });
      continue;
    }
    const paths = kind === 'folder' ? walk(path, folders, gitignore) : await expand(pattern, cwd, gitignore);
    for (const one of paths) if (!found.has(one)) found.set(one, { path: one, named: false });
    if (found.size > before || paths.length > 0) continue;
    const isIgnored = gitignore !== null && (kind === 'folder' ? walk(path, folders, null) : await expand(pattern, cwd, null)).length > 0;
    unmatched.push({ pattern, isIgnored });
  }
  return { files: [...found.values()], unmatched, warnings: gitignore?.warnings ?? [] };
}

/** Throws a {@link Failure} for certificates and exports: a shell that expands `--pfx *.pfx` makes paths of all but the first. */
function refuseEvidence(path: string): void {
  if (isCertificateName(path)) throw new Failure(`${path} is a certificate, not a service configuration.`, "Give certificates with --pfx, and put a pattern into quotes: --pfx 'certs/*.pfx'.");
  if (/\.json$/i.test(path)) throw new Failure(`${path} is no service configuration.`, 'Give exports with --vault or --os-profile, one flag for each file.');
}

/** Files that a path or a glob names, absolute and sorted; `folder` for the path of a folder, which is no evidence. */
export async function findEvidence(pattern: string, base: string): Promise<readonly string[] | 'folder'> {
  const path = resolve(base, pattern);
  const kind = kindOf(path);
  if (kind === 'folder') return kind;
  return kind === 'file' ? [path] : expand(pattern, base, null);
}

/** Whether a path is that of a file. */
export function isFile(path: string): boolean {
  return kindOf(path) === 'file';
}

function kindOf(path: string): 'file' | 'folder' | null {
  const stats = look(path);
  if (stats === undefined) return null;
  return stats.isDirectory() ? 'folder' : 'file';
}

/** What is at a path; undefined for nothing. Throws a {@link Failure} where that cannot be told. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A glob may be longer than any name.
    if (error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG') return undefined;
    throw new Failure(`${path} cannot be read: ${systemError(error)}.`);
  }
}

/**
 * The .cscfg files below a folder, in any letter case, and the .csdef files of folders without a .cscfg: any other is linted
 * together with the .cscfg beside it. Links to folders are not followed.
 */
function walk(root: string, folders: Folders, gitignore: Gitignore | null): string[] {
  const paths: string[] = [];
  const visit = (folder: string, depth: number): void => {
    const { items, configurations } = folders.look(folder);
    const language = configurations.length > 0 ? 'cscfg' : 'csdef';
    for (const { kind, path } of items) {
      if (kind === 'folder') {
        if (depth < MAX_FOLDER_DEPTH && gitignore?.ignores(folder, path, true) !== true) visit(path, depth + 1);
      } else if (kind === language && gitignore?.ignores(folder, path, false) !== true) {
        paths.push(path);
      }
    }
  };
  visit(root, 0);
  return paths;
}

/** A file that is wanted for its name. */
export interface NamedFile<K> {
  /** Absolute. */
  readonly path: string;
  readonly kind: K;
}

export interface FoundByName<K> {
  /** Those that lie less deep come first. */
  readonly files: readonly NamedFile<K>[];
  /** Files that a .gitignore leaves out, as far as it does not leave out their folder. */
  readonly ignored: readonly NamedFile<K>[];
  /** Whether all folders were looked at. */
  readonly isWhole: boolean;
  /** Lines of .gitignore files that were left out. */
  readonly warnings: readonly string[];
}

/**
 * Files below a folder that `kindOf` knows by their name. At most `limit` files and folders are looked at, so that whoever
 * starts in the root of a disk gets an answer. Links to folders are not followed.
 */
export function findByName<K>(root: string, folders: Folders, kindOf: (name: string) => K | null, limit: number): FoundByName<K> {
  const gitignore = new Gitignore(folders);
  const files: NamedFile<K>[] = [];
  const ignored: NamedFile<K>[] = [];
  let level: readonly string[] = [root];
  let looked = 0;
  for (let depth = 0; level.length > 0 && depth <= MAX_FOLDER_DEPTH; depth++) {
    const below: string[] = [];
    for (const folder of level) {
      for (const entry of entriesOf(folder)) {
        if (++looked > limit) return { files, ignored, isWhole: false, warnings: gitignore.warnings };
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (isWalked(entry.name) && !gitignore.ignores(folder, path, true)) below.push(path);
          continue;
        }
        const kind = kindOf(entry.name);
        if (kind !== null && isRegular(entry, path)) (gitignore.ignores(folder, path, false) ? ignored : files).push({ path, kind });
      }
    }
    level = below;
  }
  return { files, ignored, isWhole: level.length === 0, warnings: gitignore.warnings };
}

async function expand(pattern: string, base: string, gitignore: Gitignore | null): Promise<string[]> {
  if (!/[*?[\]{}]/.test(pattern)) return [];
  const read = readGlob(slashed(pattern));
  if ('problem' in read) throw new Failure(`The pattern ${pattern} cannot be matched in reasonable time: ${read.problem}.`, 'Write a simpler one, or several.');
  const { glob } = await import('tinyglobby');
  const paths = await glob([...read.patterns], {
    cwd: base,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    extglob: false,
    deep: MAX_FOLDER_DEPTH,
    ignore: ['**/node_modules/**', '**/.git/**'],
  });
  return paths
    .map((path) => resolve(path))
    .filter((path) => gitignore?.ignoresWithFolders(path) !== true)
    .sort();
}

/** The patterns of one .gitignore. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Answers what the .gitignore files of a repository ignore: those from the folder with .git down to the file. */
class Gitignore {
  readonly #above = new Map<string, readonly IgnoreFile[]>();
  readonly warnings: string[] = [];

  constructor(private readonly folders: Folders) {}

  /** Whether an entry of a folder is ignored by itself; the folders above it are taken to be not. */
  ignores(folder: string, path: string, isFolder: boolean): boolean {
    for (const { folder: base, rules } of this.above(folder)) {
      const { ignored, unignored } = rules.test(slashed(relative(base, path)) + (isFolder ? '/' : ''));
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }

  /** As {@link ignores}, with the folders above it up to the repository's. */
  ignoresWithFolders(path: string): boolean {
    if (this.ignores(dirname(path), path, false)) return true;
    for (let folder = dirname(path); !this.folders.holds(folder, '.git') && folder !== dirname(folder); folder = dirname(folder)) {
      if (this.ignores(dirname(folder), folder, true)) return true;
    }
    return false;
  }

  /** The files that hold for a folder, the nearest first: it is the one that decides. */
  private above(folder: string): readonly IgnoreFile[] {
    let files = this.#above.get(folder);
    if (files === undefined) {
      const own = this.folders.holds(folder, '.gitignore') ? [{ folder, rules: this.read(join(folder, '.gitignore')) }] : [];
      const parent = dirname(folder);
      const rest = this.folders.holds(folder, '.git') || parent === folder ? [] : this.above(parent);
      files = own.length === 0 ? rest : [...own, ...rest];
      this.#above.set(folder, files);
    }
    return files;
  }

  private read(path: string): Ignore {
    const lines = readText(path).split(/\r?\n/);
    return ignore().add(
      lines.filter((line, index) => {
        const problem = ignoreProblem(line);
        if (problem !== null) this.warnings.push(`${path}:${index + 1}: the pattern is left out: ${problem}.`);
        return problem === null;
      }),
    );
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const matchers = new WeakMap<readonly string[], Ignore>();

/** Matches patterns as a .gitignore does. Of a path outside of the base its part below is taken. */
export const matchesPatterns: PathMatcher = (patterns, path) => {
  let matcher = matchers.get(patterns);
  if (matcher === undefined) {
    matcher = ignore({ allowRelativePaths: true }).add([...patterns]);
    matchers.set(patterns, matcher);
  }
  const below = path.replace(/^(?:\.\.\/)+/, '');
  if (below.split('/').length > MAX_COMPARED_DEPTH) throw new Failure(`A file lies more than ${MAX_COMPARED_DEPTH} folders deep, and is not compared with the patterns of a config.`, 'Lint it with --no-config.');
  return below !== '' && matcher.ignores(below);
};

/** A path as it is shown and compared with patterns: `/`-separated on every system. */
export function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

/** A path as reports show it: relative to the working directory, absolute only where it lies on another drive. */
export function shownPath(path: string, cwd: string): string {
  const isBelow = path.startsWith(cwd) && path[cwd.length] === sep;
  const shown = isBelow ? path.slice(cwd.length + 1) : relative(cwd, path);
  return slashed(isAbsolute(shown) || shown === '' ? path : shown);
}


/** Nearly every service configuration fits: it is read without asking for its size, and without memory of its own. */
const SMALL = Buffer.allocUnsafe(64 * 1024);

/**
 * Reads a file that has at most `limit` bytes, or gives null for a larger one; `/dev/zero` is one, too. Throws what the file
 * system throws. The bytes are good until the next call.
 */
export function readBounded(path: string, limit: number): Uint8Array | null {
  const file = openSync(path, 'r');
  try {
    let bytes = SMALL;
    for (let length = 0; ; ) {
      const count = readSync(file, bytes, length, bytes.length - length, null);
      if (count === 0) return bytes.subarray(0, length);
      length += count;
      if (length > limit) return null;
      if (length < bytes.length) continue;
      // One byte more than the file has, so that its end is seen; a pipe has no size, and grows as it comes.
      const wanted = Math.max(fstatSync(file).size + 1, length * 2);
      const larger = Buffer.allocUnsafe(Math.min(wanted, limit + 1));
      bytes.copy(larger);
      bytes = larger;
    }
  } finally {
    closeSync(file);
  }
}

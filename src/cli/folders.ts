// What lies in folders, each looked at once: service files, folders below, and the few other names that anybody asks for.

import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { dirname, sep } from 'node:path';

/** Folders of these names are never walked into. */
const NEVER = new Set(['.git', 'node_modules']);

/** Something in a folder that a walk comes by. `path` is absolute, if that of the folder is. */
export interface FolderItem {
  readonly kind: 'folder' | 'cscfg' | 'csdef';
  readonly path: string;
}

/** What a folder holds; nothing where it cannot be read. */
export interface FolderContents {
  /** By name. */
  readonly items: readonly FolderItem[];
  /** Paths of its .cscfg and .csdef files, in any letter case, and of links to such. */
  readonly configurations: readonly string[];
  readonly definitions: readonly string[];
  /** Names that begin with a dot, and `package.json`. */
  readonly special: ReadonlySet<string>;
}

/** A name that {@link Folders.holds} can be asked for: that of a repository, an ignore file or a config. */
export type SpecialName = `.${string}` | 'package.json';

export class Folders {
  readonly #contents = new Map<string, FolderContents>();

  look(folder: string): FolderContents {
    let contents = this.#contents.get(folder);
    if (contents === undefined) {
      contents = read(folder);
      this.#contents.set(folder, contents);
    }
    return contents;
  }

  holds(folder: string, name: SpecialName): boolean {
    // The folders above the files may be large, and nobody asks for what else lies in them.
    const known = this.#contents.get(folder);
    return known === undefined ? existsSync(folder.endsWith(sep) ? folder + name : folder + sep + name) : known.special.has(name);
  }

  /** Whether a folder that was looked at holds no special name at all, as nearly all do. */
  isPlain(folder: string): boolean {
    return this.#contents.get(folder)?.special.size === 0;
  }
}

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_PATHS: readonly string[] = [];

function read(folder: string): FolderContents {
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  const items: FolderItem[] = [];
  let special: Set<string> | null = null;
  for (const entry of entriesOf(folder)) {
    const { name } = entry;
    if (name.startsWith('.') || name === 'package.json') (special ??= new Set()).add(name);
    if (entry.isDirectory()) {
      if (isWalked(name)) items.push({ kind: 'folder', path: prefix + name });
      continue;
    }
    const kind = serviceKind(name);
    if (kind !== null && isRegular(entry, prefix + name)) items.push({ kind, path: prefix + name });
  }
  return { items, configurations: pathsOf(items, 'cscfg'), definitions: pathsOf(items, 'csdef'), special: special ?? NO_NAMES };
}

/** What lies in a folder, by name; nothing where it cannot be read. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function pathsOf(items: readonly FolderItem[], wanted: FolderItem['kind']): readonly string[] {
  let paths: string[] | null = null;
  for (const { kind, path } of items) if (kind === wanted) (paths ??= []).push(path);
  return paths ?? NO_PATHS;
}

/** Whether a walk goes into folders of this name. */
export function isWalked(name: string): boolean {
  return !NEVER.has(name);
}

/** What a file is by its name, in any letter case. */
export function serviceKind(name: string): 'cscfg' | 'csdef' | null {
  const ending = name.slice(-6).toLowerCase();
  return ending === '.cscfg' ? 'cscfg' : ending === '.csdef' ? 'csdef' : null;
}

/** Whether a file holds certificates by its name. */
export function isCertificateName(path: string): boolean {
  return /\.(?:pfx|p12|cer|crt|pem|p7b)$/i.test(path);
}

/** Whether a file is a service definition by its name. */
export function isDefinitionName(path: string): boolean {
  return serviceKind(path) === 'csdef';
}

/** A file, or a link to one: whatever else lies in a folder, such as a pipe, would not end. */
export function isRegular(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // Links that lead in a circle.
    return false;
  }
}

/** The folder of a path, as `dirname`, for thousands of paths. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf(sep);
  // `C:\\x` and `/x` lie in a root.
  return end > 2 ? path.slice(0, end) : dirname(path);
}

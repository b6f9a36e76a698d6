// Puts the fixed bytes of a file into its place: whole, or not at all.

import { accessSync, constants, fchmodSync, fchownSync, readFileSync, realpathSync, renameSync, rmSync, statSync, type Stats } from 'node:fs';
import { temporaryBeside, writeTemporary } from './temporary-file.js';

/** Why a file was left as it is. */
export type NotRewritten = 'changed-meanwhile' | 'not-a-file';

/**
 * Replaces a file whose bytes still are `before`; gives why not, or null when it is done. Throws what the file system throws.
 *
 * A temporary file beside it takes its place, so that nobody reads half of it and a full disk spoils nothing. Mode and, where
 * that may be, owner stay; of a link it is the target that is replaced.
 */
export function rewriteFile(path: string, before: Uint8Array, after: Uint8Array): NotRewritten | null {
  const target = realpathSync(path);
  const stats = statSync(target);
  if (!stats.isFile()) return 'not-a-file';
  // Renaming asks for the right to write to the folder only.
  accessSync(target, constants.W_OK);
  const temporary = temporaryBeside(target);
  try {
    // Nobody else may read it before it has the mode of the other.
    writeTemporary(temporary, after, 0o600, (file) => beLike(file, stats));
    // As late as can be.
    if (!readFileSync(target).equals(before)) return 'changed-meanwhile';
    renameSync(temporary, target);
    return null;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Gives an open file the mode and the owner of another. */
function beLike(file: number, { mode, uid, gid }: Stats): void {
  keepOwner(file, uid, gid);
  fchmodSync(file, mode & 0o7777);
}

/** Only root may give a file away; anybody else keeps what is theirs. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // The file belongs to who fixed it, as after any editor that writes atomically.
  }
}

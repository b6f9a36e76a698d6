// Puts the fixed bytes of a file into its place: whole, or not at all.

import { accessSync, closeSync, constants, fchmodSync, fchownSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

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
  const temporary = join(dirname(target), `.cscfglint-${process.pid}.tmp`);
  try {
    writeLike(temporary, after, stats);
    // As late as can be.
    if (!readFileSync(target).equals(before)) return 'changed-meanwhile';
    renameSync(temporary, target);
    return null;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Writes a new file with the mode and the owner of another. */
function writeLike(path: string, bytes: Uint8Array, { mode, uid, gid }: Stats): void {
  // A file of this name can only be left over from a process that is gone; a link of this name is not followed.
  rmSync(path, { force: true });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, bytes);
    keepOwner(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Only root may give a file away; anybody else keeps what is theirs. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // The file belongs to who fixed it, as after any editor that writes atomically.
  }
}

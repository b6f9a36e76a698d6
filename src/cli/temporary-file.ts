// A file beside another, which it is to take the place of: nobody reads half of it, and a full disk spoils nothing.

import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The path of such a file; of no other process. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.cscfglint-${process.pid}.tmp`);
}

/**
 * Writes it, down to the disk. A file of this name can only be left over from a process that is gone; a link of this name is
 * not followed. Throws what the file system throws.
 */
export function writeTemporary(path: string, content: string | Uint8Array, mode = 0o666, settle: (file: number) => void = () => undefined): void {
  rmSync(path, { force: true });
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    settle(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

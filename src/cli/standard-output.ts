// Standard output, without the streams that only a terminal needs: those take milliseconds to make.

import { fstatSync, statSync, writeSync } from 'node:fs';
import { systemError } from './failure.js';

const STDOUT = 1;

/** Writes to standard output. A reader that goes away ends the process with the exit code so far; any other failure with 2. */
export class StandardOutput {
  readonly isTerminal: boolean;
  /** Whether it is written to directly: a pipe, a file or nothing, where nobody can tell the difference. */
  #isPlain: boolean;

  constructor() {
    this.#isPlain = process.platform !== 'win32' && isPlain();
    this.isTerminal = this.#isPlain ? false : process.stdout.isTTY;
    if (!this.#isPlain) process.stdout.on('error', endBecauseOf);
  }

  write(text: string | Uint8Array): void {
    if (!this.#isPlain) {
      process.stdout.write(text);
      return;
    }
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let written = 0; written < bytes.length; ) {
      try {
        written += writeSync(STDOUT, bytes, written);
      } catch (error) {
        if (!isBusy(error)) endBecauseOf(error);
        // Somebody made the pipe one that does not wait: its stream does.
        this.#isPlain = false;
        process.stdout.on('error', endBecauseOf);
        process.stdout.write(bytes.subarray(written));
        return;
      }
    }
  }
}

function isPlain(): boolean {
  try {
    const stats = fstatSync(STDOUT);
    return !stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/** `cscfglint … | head` closes the pipe early; that is no failure. */
function endBecauseOf(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  process.stderr.write(`cscfglint: the report cannot be written to standard output: ${systemError(error)}.\n`);
  process.exit(2);
}

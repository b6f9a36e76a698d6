// Standard output, without the streams that only a terminal needs: those take milliseconds to make.

import { fstatSync, statSync, writeSync } from 'node:fs';
import { systemError } from './failure.js';

const STDOUT = 1;

/** Writes to standard output. A reader that goes away hears no more, and the run goes on; any other failure ends it with 2. */
export class StandardOutput {
  readonly isTerminal: boolean;
  /** Whether it is written to directly: a pipe, a file or nothing, where nobody can tell the difference. */
  #isPlain: boolean;
  /** Whether nobody reads it any more: `cscfglint … | head` is no failure. */
  #isGone = false;

  constructor() {
    this.#isPlain = process.platform !== 'win32' && isPlain();
    this.isTerminal = this.#isPlain ? false : process.stdout.isTTY;
    if (!this.#isPlain) process.stdout.on('error', (error) => this.stop(error));
  }

  write(text: string | Uint8Array): void {
    if (this.#isGone) return;
    if (!this.#isPlain) {
      process.stdout.write(text);
      return;
    }
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let written = 0; written < bytes.length; ) {
      try {
        written += writeSync(STDOUT, bytes, written);
      } catch (error) {
        if (hasCode(error, 'EAGAIN')) this.goOnWaiting(bytes.subarray(written));
        else this.stop(error);
        return;
      }
    }
  }

  /** Somebody made the pipe one that does not wait: its stream does. */
  private goOnWaiting(rest: Uint8Array): void {
    this.#isPlain = false;
    process.stdout.on('error', (error) => this.stop(error));
    process.stdout.write(rest);
  }

  private stop(error: unknown): void {
    this.#isGone = true;
    if (hasCode(error, 'EPIPE')) return;
    process.stderr.write(`cscfglint: the report cannot be written to standard output: ${systemError(error)}.\n`);
    process.exit(2);
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

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

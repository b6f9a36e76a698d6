// What ends a run with exit code 2: the job could not be done, said in words for the person who started it.

/** An expected failure: a wrong flag, a config with a mistake, an unreadable input. A bug is any other error. */
export class Failure extends Error {
  /** Told apart by name, since bundles may hold this class twice. */
  override readonly name = 'Failure';

  constructor(
    /** One sentence. Never a secret. */
    message: string,
    /** The next step. */
    readonly help: string | null = null,
  ) {
    super(message);
  }
}

/** Somebody pressed Ctrl-C at a question: the run ends without a word. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export function isInterrupted(error: unknown): boolean {
  return error instanceof Error && error.name === 'Interrupted';
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure';
}

/** An error of the file system in words: `no such file`, `permission denied`. */
export function systemError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SYSTEM_ERRORS[code] ?? (error instanceof Error ? error.message : String(error));
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  ELOOP: 'it is a link that leads back to itself',
  EMFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

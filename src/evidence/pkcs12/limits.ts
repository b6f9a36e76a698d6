// What a .pfx may cost to read, and the error that ends reading a part of it.

import type { ProblemCode } from '../../core/types.js';

/** Of one key derivation. NSS and GnuTLS write 600,000 today. */
export const MAX_ITERATIONS = 5_000_000;

/** Of all key derivations for one file, every password that is tried counted. */
export const MAX_TOTAL_ITERATIONS = 10_000_000;

/** Memory for one scrypt. */
export const MAX_SCRYPT_BYTES = 64 * 1024 * 1024;

export const MAX_SALT_BYTES = 1024;

/** Of nested ASN.1. */
export const MAX_DEPTH = 64;

/** ASN.1 elements in one piece: about thirty for each of ten thousand objects. */
export const MAX_ELEMENTS = 300_000;

/** Why a .pfx, or a part of it, cannot be read. Never leaves the reader: it becomes a problem. */
export class Unreadable extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly help: string,
  ) {
    super(message);
  }
}

/** What a part says that may be damaged without harm to the rest; null then. */
export function ifReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** `where`: `in safe 2, an object identifier is missing` */
export function corrupt(where: string): Unreadable {
  return new Unreadable('corrupt', `The .pfx is damaged: ${where}.`, 'Copy it again in binary mode, or export it again.');
}

/** `what`: `asks for 2147483647 iterations of key derivation; at most 5000000 are run` */
export function overLimit(what: string): Unreadable {
  return new Unreadable('over-limit', `The .pfx ${what}.`, 'No usual tool writes such a file: check where it comes from, and export the certificate again.');
}

/** `what`: `cipher 2.16.840.1.101.3.4.1.46 (aes-256-gcm)` */
export function unsupported(what: string): Unreadable {
  return new Unreadable(
    'unsupported',
    `The .pfx uses the ${what}, which is not supported.`,
    'Export it again with a common algorithm: "openssl pkcs12 -export -keypbe AES-256-CBC -certpbe AES-256-CBC …", or the choice "AES256-SHA256" on Windows.',
  );
}

/** Counts the iterations of key derivation that one file costs. */
export class Budget {
  #left = MAX_TOTAL_ITERATIONS;

  /** Refuses a number that no honest file holds, before any password is tried. Throws {@link Unreadable}. */
  static check(iterations: number): number {
    if (iterations > MAX_ITERATIONS) throw overLimit(`asks for ${iterations} iterations of key derivation; at most ${MAX_ITERATIONS} are run`);
    if (iterations < 1) throw corrupt(`its number of iterations is ${iterations}`);
    return iterations;
  }

  /** Throws {@link Unreadable} once the file has cost too much. */
  spend(iterations: number): void {
    this.#left -= iterations;
    if (this.#left >= 0) return;
    throw new Unreadable(
      'over-limit',
      `To try all passwords on the .pfx takes more than ${MAX_TOTAL_ITERATIONS} iterations of key derivation.`,
      'Give only the password of this file.',
    );
  }
}

// The key derivation of PKCS#12 itself. PBES2 and PBMAC1 have PBKDF2 instead.

import type { Crypto } from '../../core/types.js';
import { concat } from '../bytes.js';
import type { Digest } from './algorithms.js';
import { rehash } from './rehash.js';

/** What a derived key is for: the first byte that is hashed. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** Where keys come from: the password in UTF-16BE, the salt, how often the hash is applied. */
export interface Seed {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/**
 * Derives `length` bytes.
 *
 * https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2
 */
export function derive({ name, block }: Digest, purpose: number, { password, salt, iterations }: Seed, length: number, crypto: Crypto): Uint8Array {
  const diversifier = new Uint8Array(block).fill(purpose);
  const input = concat([repeated(salt, block), repeated(password, block)]);
  const output = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const digest = rehash(name, crypto.hash(name, concat([diversifier, input])), iterations - 1, crypto);
    output.set(digest.subarray(0, length - filled), filled);
    filled += digest.length;
    if (filled < length) addToBlocks(input, block, digest);
  }
  return output;
}

/** The bytes again and again, up to whole blocks; nothing stays nothing. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block;
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] ?? 0);
}

/** Adds the digest, repeated to a block, and one to each block of the input, as big-endian numbers. */
function addToBlocks(input: Uint8Array, block: number, digest: Uint8Array): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let index = block - 1; index >= 0; index--) {
      carry += (input[start + index] ?? 0) + (digest[index % digest.length] ?? 0);
      input[start + index] = carry;
      carry >>= 8;
    }
  }
}

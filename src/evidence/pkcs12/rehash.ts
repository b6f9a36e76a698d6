// A digest of a digest of a digest: the inner loop of the PKCS#12 key derivation, which runs up to millions of times.

import type { Crypto } from '../../core/types.js';

/**
 * Applies a hash `times` times, beginning with a digest of its own.
 *
 * SHA-1 and SHA-256 are written out: a digest is one block for them, and a call of the platform for each costs three to five
 * times as much.
 */
export function rehash(algorithm: string, digest: Uint8Array, times: number, crypto: Crypto): Uint8Array {
  if (algorithm === 'sha1') return words(sha1Again, digest, times);
  if (algorithm === 'sha256') return words(sha256Again, digest, times);
  let current = digest;
  for (let round = 0; round < times; round++) current = crypto.hash(algorithm, current);
  return current;
}

/**
 * Runs `again` on the message schedule of one block: the digest as 32-bit words, most significant byte first, a one bit, zeros,
 * the length in bits. Only the digest changes from one time to the next, and is there in the end.
 */
function words(again: (schedule: Int32Array, times: number) => void, digest: Uint8Array, times: number): Uint8Array {
  const count = digest.length / 4;
  const schedule = new Int32Array(80);
  const view = new DataView(digest.buffer, digest.byteOffset, digest.length);
  for (let index = 0; index < count; index++) schedule[index] = view.getInt32(index * 4);
  schedule[count] = 0x80000000;
  schedule[15] = digest.length * 8;
  again(schedule, times);
  const result = new DataView(new ArrayBuffer(digest.length));
  for (let index = 0; index < count; index++) result.setInt32(index * 4, schedule[index] ?? 0);
  return new Uint8Array(result.buffer);
}

/** https://csrc.nist.gov/pubs/fips/180-4/upd1/final, 6.1.2 */
function sha1Again(w: Int32Array, times: number): void {
  for (let round = 0; round < times; round++) {
    for (let t = 16; t < 80; t++) {
      const x = (w[t - 3] ?? 0) ^ (w[t - 8] ?? 0) ^ (w[t - 14] ?? 0) ^ (w[t - 16] ?? 0);
      w[t] = (x << 1) | (x >>> 31);
    }
    let a = 0x67452301;
    let b = 0xefcdab89 | 0;
    let c = 0x98badcfe | 0;
    let d = 0x10325476;
    let e = 0xc3d2e1f0 | 0;
    for (let t = 0; t < 80; t++) {
      let f: number;
      if (t < 20) f = (((b & c) | (~b & d)) + 0x5a827999) | 0;
      else if (t < 40) f = ((b ^ c ^ d) + 0x6ed9eba1) | 0;
      else if (t < 60) f = (((b & c) | (b & d) | (c & d)) + (0x8f1bbcdc | 0)) | 0;
      else f = ((b ^ c ^ d) + (0xca62c1d6 | 0)) | 0;
      const next = (((((a << 5) | (a >>> 27)) + f) | 0) + ((e + (w[t] ?? 0)) | 0)) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    w[0] = a + 0x67452301;
    w[1] = b + 0xefcdab89;
    w[2] = c + 0x98badcfe;
    w[3] = d + 0x10325476;
    w[4] = e + 0xc3d2e1f0;
  }
}

/** https://csrc.nist.gov/pubs/fips/180-4/upd1/final, 4.2.2 */
const SHA256_ROUND = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);

/** https://csrc.nist.gov/pubs/fips/180-4/upd1/final, 6.2.2 */
function sha256Again(w: Int32Array, times: number): void {
  for (let round = 0; round < times; round++) {
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15] ?? 0;
      const y = w[t - 2] ?? 0;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = s1 + (w[t - 7] ?? 0) + s0 + (w[t - 16] ?? 0);
    }
    let a = 0x6a09e667;
    let b = 0xbb67ae85 | 0;
    let c = 0x3c6ef372;
    let d = 0xa54ff53a | 0;
    let e = 0x510e527f;
    let f = 0x9b05688c | 0;
    let g = 0x1f83d9ab;
    let h = 0x5be0cd19;
    for (let t = 0; t < 64; t++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (SHA256_ROUND[t] ?? 0) + (w[t] ?? 0)) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    w[0] = a + 0x6a09e667;
    w[1] = b + 0xbb67ae85;
    w[2] = c + 0x3c6ef372;
    w[3] = d + 0xa54ff53a;
    w[4] = e + 0x510e527f;
    w[5] = f + 0x9b05688c;
    w[6] = g + 0x1f83d9ab;
    w[7] = h + 0x5be0cd19;
  }
}

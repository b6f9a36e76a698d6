// Password-based encryption: from an AlgorithmIdentifier to a function that decrypts. Parameters are judged before any password is tried.

import type { Crypto, EncryptionScheme } from '../../core/types.js';
import { concat } from '../bytes.js';
import { HMACS, HMAC_SHA1, OID, PBES1_CIPHERS, PBES2_CIPHERS, SHA1, nameOf, shortNameOf, type Pbes1Cipher } from './algorithms.js';
import type { Asn1, Fields } from './asn1.js';
import { PURPOSE, derive } from './derive.js';
import { Budget, MAX_SALT_BYTES, MAX_SCRYPT_BYTES, corrupt, ifReadable, overLimit, unsupported } from './limits.js';
import type { Password } from './password.js';
import { rc4 } from './rc4.js';

/** What decryption takes besides the file. */
export interface Tools {
  readonly crypto: Crypto;
  /** RC2 in CBC mode (RFC 2268); the padding stays on. The key's length in bits is the effective one. */
  readonly rc2: (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array) => Uint8Array;
  readonly budget: Budget;
}

/** Gives null where the password is wrong: it cannot be told from altered bytes. */
export type Decrypt = (password: Password, bytes: Uint8Array) => Uint8Array | null;

/** RC2 and DES. */
const BLOCK = 8;

/** Reads an AlgorithmIdentifier of encryption. Throws `Unreadable`. */
export function decryptionOf(algorithm: Asn1, tools: Tools): Decrypt {
  const fields = algorithm.sequence();
  const oid = fields.at(0).oid();
  if (oid === OID.pbes2) return pbes2(fields.at(1).sequence(), tools);
  const cipher = PBES1_CIPHERS[oid];
  if (cipher === undefined) throw unsupported(`encryption ${nameOf(oid)}`);
  return pbes1(cipher, fields.at(1).sequence(), tools);
}

/** How parts of a file are encrypted; each way once. */
export class Schemes {
  readonly all: EncryptionScheme[] = [];

  /** Adds that of an AlgorithmIdentifier; one that is damaged is told where the part itself is read. */
  add(algorithm: () => Asn1): void {
    const scheme = ifReadable(() => schemeOf(algorithm()));
    if (scheme !== null && !this.all.some(({ cipher, hash }) => cipher === scheme.cipher && hash === scheme.hash)) this.all.push(scheme);
  }
}

/** What an AlgorithmIdentifier of encryption says, supported or not. Throws `Unreadable` where it is damaged. */
function schemeOf(algorithm: Asn1): EncryptionScheme {
  const fields = algorithm.sequence();
  const oid = fields.at(0).oid();
  if (oid !== OID.pbes2) {
    const cipher = PBES1_CIPHERS[oid];
    return cipher === undefined ? { cipher: shortNameOf(oid), hash: null } : { cipher: cipher.name, hash: SHA1.name };
  }
  const parameters = fields.at(1).sequence();
  const cipher = parameters.at(1).sequence().at(0).oid();
  return { cipher: PBES2_CIPHERS[cipher]?.name ?? shortNameOf(cipher), hash: hashOf(parameters.at(0)) };
}

/** The hash of a key derivation. */
function hashOf(derivation: Asn1): string | null {
  const fields = derivation.sequence();
  return fields.at(0).oid() === OID.pbkdf2 ? (HMACS[pbkdf2Function(fields.at(1).sequence())] ?? null) : null;
}

/** The OID of the pseudorandom function of PBKDF2, which stands behind a length that may be left out. */
function pbkdf2Function(parameters: Fields): string {
  const index = parameters.optional(2)?.isInteger() === true ? 3 : 2;
  return parameters.optional(index)?.sequence().at(0).oid() ?? HMAC_SHA1;
}

/** https://www.rfc-editor.org/rfc/rfc7292#appendix-C */
function pbes1(cipher: Pbes1Cipher, parameters: Fields, tools: Tools): Decrypt {
  const salt = saltOf(parameters.at(0));
  const iterations = Budget.check(parameters.at(1).integer());
  return (password, bytes) => {
    const derived = (purpose: number, length: number) => {
      tools.budget.spend(iterations);
      return derive(SHA1, purpose, { password: password.utf16, salt, iterations }, length, tools.crypto);
    };
    const key = derived(PURPOSE.key, cipher.key);
    if (cipher.kind === 'rc4') return rc4(key, bytes);
    if (bytes.length === 0 || bytes.length % BLOCK !== 0) return null;
    const iv = derived(PURPOSE.iv, BLOCK);
    if (cipher.kind === 'rc2') return withoutPadding(tools.rc2(key, iv, bytes));
    // Two-key triple DES uses the first key again as the third.
    const threeKeys = cipher.key === 24 ? key : concat([key, key.subarray(0, BLOCK)]);
    return attempt(() => tools.crypto.decrypt('des-ede3-cbc', threeKeys, iv, bytes));
  };
}

/** https://www.rfc-editor.org/rfc/rfc8018#section-6.2 */
function pbes2(parameters: Fields, tools: Tools): Decrypt {
  const scheme = parameters.at(1).sequence();
  const oid = scheme.at(0).oid();
  const cipher = PBES2_CIPHERS[oid];
  if (cipher === undefined) throw unsupported(`cipher ${nameOf(oid)}`);
  const iv = scheme.at(1).octets();
  if (iv.length !== cipher.iv) throw corrupt(`in ${parameters.where}, the initialisation vector has a length of ${iv.length} instead of ${cipher.iv} bytes`);
  const { keyLength, derive: keyOf } = keyDerivationOf(parameters.at(0), tools);
  if (keyLength !== null && keyLength !== cipher.key) {
    throw corrupt(`in ${parameters.where}, the key of ${cipher.name} is said to have a length of ${keyLength} instead of ${cipher.key} bytes`);
  }
  return (password, bytes) => {
    const key = keyOf(password, cipher.key);
    return attempt(() => tools.crypto.decrypt(cipher.name, key, iv, bytes));
  };
}

/** PBKDF2 or scrypt, ready for a password. */
export interface KeyDerivation {
  readonly oid: string;
  /** As the file states it, in bytes; null where it does not. */
  readonly keyLength: number | null;
  readonly derive: (password: Password, length: number) => Uint8Array;
}

/** Reads the AlgorithmIdentifier of a key derivation. Throws `Unreadable`. */
export function keyDerivationOf(algorithm: Asn1, tools: Tools): KeyDerivation {
  const fields = algorithm.sequence();
  const oid = fields.at(0).oid();
  if (oid === OID.pbkdf2) return pbkdf2(oid, fields.at(1).sequence(), tools);
  if (oid === OID.scrypt) return scrypt(oid, fields.at(1).sequence(), tools);
  throw unsupported(`key derivation ${nameOf(oid)}`);
}

/** https://www.rfc-editor.org/rfc/rfc8018#appendix-A.2 */
function pbkdf2(oid: string, parameters: Fields, { crypto, budget }: Tools): KeyDerivation {
  const salt = saltOf(parameters.at(0));
  const iterations = Budget.check(parameters.at(1).integer());
  const third = parameters.optional(2);
  const keyLength = third?.isInteger() === true ? third.integer() : null;
  const prf = pbkdf2Function(parameters);
  const digest = HMACS[prf];
  if (digest === undefined || !isKnown(digest, crypto)) throw unsupported(`key derivation with ${nameOf(prf)}`);
  return {
    oid,
    keyLength,
    derive: ({ utf8 }, length) => {
      budget.spend(iterations);
      return crypto.pbkdf2(digest, utf8, salt, iterations, length);
    },
  };
}

/** https://www.rfc-editor.org/rfc/rfc7914#section-7 */
function scrypt(oid: string, parameters: Fields, { crypto, budget }: Tools): KeyDerivation {
  const salt = saltOf(parameters.at(0));
  const cost = parameters.at(1).integer();
  const blockSize = parameters.at(2).integer();
  const parallel = parameters.at(3).integer();
  const isPowerOfTwo = Number.isInteger(Math.log2(cost)) && cost > 1;
  if (!isPowerOfTwo || blockSize < 1 || parallel < 1) throw corrupt(`in ${parameters.where}, the parameters of scrypt are impossible`);
  if (128 * blockSize * (cost + parallel) > MAX_SCRYPT_BYTES) {
    throw overLimit(`asks for more memory than ${MAX_SCRYPT_BYTES / 1024 / 1024} MB for scrypt`);
  }
  const work = Budget.check(cost * blockSize * parallel);
  const keyLength = parameters.optional(4)?.integer() ?? null;
  return {
    oid,
    keyLength,
    derive: ({ utf8 }, length) => {
      budget.spend(work);
      return crypto.scrypt(utf8, salt, cost, blockSize, parallel, length);
    },
  };
}

/** Whether the platform has a hash: some leave out what is old, others what is new. */
export function isKnown(digest: string, crypto: Crypto): boolean {
  try {
    crypto.hash(digest, new Uint8Array(0));
    return true;
  } catch {
    return false;
  }
}

/** Throws `Unreadable`. */
export function saltOf(element: Asn1): Uint8Array {
  const salt = element.octets();
  if (salt.length > MAX_SALT_BYTES) throw overLimit(`has a salt of ${salt.length} bytes; at most ${MAX_SALT_BYTES} are taken`);
  return salt;
}

/** Takes the padding of PKCS#7 off, or gives null where it is none. */
function withoutPadding(bytes: Uint8Array): Uint8Array | null {
  const count = bytes.at(-1) ?? 0;
  if (count < 1 || count > BLOCK || bytes.subarray(-count).some((byte) => byte !== count)) return null;
  return bytes.subarray(0, -count);
}

/** The platform throws where the padding is wrong. */
function attempt(decrypt: () => Uint8Array): Uint8Array | null {
  try {
    return decrypt();
  } catch {
    return null;
  }
}

// The MAC of a .pfx, which proves at once that the password is right and that nothing was altered.

import { isEqual } from '../bytes.js';
import { DIGESTS, HMACS, OID, shortNameOf } from './algorithms.js';
import type { Asn1, Fields } from './asn1.js';
import { PURPOSE, derive } from './derive.js';
import { isKnown, keyDerivationOf, saltOf, type KeyDerivation, type Tools } from './encryption.js';
import { Budget, Unreadable, corrupt, overLimit } from './limits.js';
import type { Password } from './password.js';

/** Whether the password fits the MAC of the content. */
export type Prove = (password: Password, content: Uint8Array) => boolean;

/** A shorter key could be guessed. */
const MIN_PBMAC1_KEY_BYTES = 20;

/** Longer than the block of any hash. */
const MAX_PBMAC1_KEY_BYTES = 1024;

/**
 * Reads MacData. Null where its algorithm is not known, so that nothing can be proven; throws `Unreadable` where it is damaged.
 *
 *     MacData { DigestInfo { AlgorithmIdentifier, digest }, salt, iterations DEFAULT 1 }
 *
 * https://www.rfc-editor.org/rfc/rfc7292#section-4
 */
export function proofOf(macData: Asn1, tools: Tools): Prove | null {
  const fields = macData.sequence();
  const digestInfo = fields.at(0).sequence();
  const algorithm = digestInfo.at(0).sequence();
  const expected = digestInfo.at(1).octets();
  const oid = algorithm.at(0).oid();
  if (oid === OID.pbmac1) return pbmac1(algorithm.at(1).sequence(), expected, tools);
  const digest = DIGESTS[oid];
  const salt = saltOf(fields.at(1));
  const iterations = Budget.check(fields.optional(2)?.integer() ?? 1);
  if (digest === undefined || !isKnown(digest.name, tools.crypto)) return null;
  return (password, content) => {
    tools.budget.spend(iterations);
    const length = tools.crypto.hash(digest.name, new Uint8Array(0)).length;
    const key = derive(digest, PURPOSE.mac, { password: password.utf16, salt, iterations }, length, tools.crypto);
    return isEqual(tools.crypto.hmac(digest.name, key, content), expected);
  };
}

/** The hash of a MAC, or its OID where that is not known. Throws `Unreadable` where it is damaged. */
export function macHashOf(macData: Asn1): string {
  const algorithm = macData.sequence().at(0).sequence().at(0).sequence();
  const oid = algorithm.at(0).oid();
  if (oid !== OID.pbmac1) return DIGESTS[oid]?.name ?? shortNameOf(oid);
  const hmac = algorithm.at(1).sequence().at(1).sequence().at(0).oid();
  return HMACS[hmac] ?? shortNameOf(hmac);
}

/** https://www.rfc-editor.org/rfc/rfc9579 */
function pbmac1(parameters: Fields, expected: Uint8Array, tools: Tools): Prove | null {
  const derivation = knownDerivation(parameters.at(0), tools);
  const hmac = HMACS[parameters.at(1).sequence().at(0).oid()];
  if (derivation === null || hmac === undefined) return null;
  const { keyLength } = derivation;
  if (keyLength === null) throw corrupt('its MAC does not state how long the key is, which RFC 9579 wants');
  if (keyLength < MIN_PBMAC1_KEY_BYTES) throw corrupt(`its MAC has a key of ${keyLength} instead of at least ${MIN_PBMAC1_KEY_BYTES} bytes, which RFC 9579 wants`);
  if (keyLength > MAX_PBMAC1_KEY_BYTES) throw overLimit(`has a MAC with a key of ${keyLength} bytes; at most ${MAX_PBMAC1_KEY_BYTES} are derived`);
  return (password, content) => isEqual(tools.crypto.hmac(hmac, derivation.derive(password, keyLength), content), expected);
}

/** PBKDF2, the one that RFC 9579 allows; null for another. */
function knownDerivation(algorithm: Asn1, tools: Tools): KeyDerivation | null {
  try {
    const derivation = keyDerivationOf(algorithm, tools);
    return derivation.oid === OID.pbkdf2 ? derivation : null;
  } catch (error) {
    if (error instanceof Unreadable && error.code === 'unsupported') return null;
    throw error;
  }
}

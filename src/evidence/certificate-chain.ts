// Which of the certificates in one file has the private key, and which is there only as the issuer of another.

import type { CertificateFact } from '../core/types.js';
import { latin1 } from './bytes.js';
import { publicKeyInfo } from './der.js';

/** A certificate as it was found in a file. */
export interface FoundCertificate {
  readonly fact: CertificateFact;
  readonly der: Uint8Array;
  /** The localKeyId of a .pfx, which pairs it with a key; null where it has none. */
  readonly keyId: string | null;
}

/** The private keys of a file: counted, never opened. */
export interface FoundKeys {
  /** The localKeyId of each; null for a key without one. */
  readonly ids: readonly (string | null)[];
  /** False where a part of the file could not be read, so that there may be more. */
  readonly complete: boolean;
}

/** The facts of a file's certificates, each once, with `hasPrivateKey` and `chainOf` filled. */
export function relate(found: readonly FoundCertificate[], keys: FoundKeys): CertificateFact[] {
  const holds = keyJudge(found, keys);
  const byThumbprint = new Map<string, CertificateFact>();
  for (const one of found) byThumbprint.set(one.fact.thumbprint, { ...one.fact, hasPrivateKey: holds(one) });
  const facts = [...byThumbprint.values()];
  const leafAbove = leavesByIssuer(facts);
  return facts.map((fact) => ({ ...fact, chainOf: chainOf(fact, leafAbove) }));
}

// ---------------------------------------------------------------------------------------------------------------------
// Private keys
// ---------------------------------------------------------------------------------------------------------------------

/**
 * Decides by public key: what localKeyId pairs with a key has it, and so has every certificate with the same public key. Once
 * every key is paired, no other certificate has one. A localKeyId that two public keys claim decides nothing.
 */
function keyJudge(found: readonly FoundCertificate[], { ids, complete }: FoundKeys): (one: FoundCertificate) => CertificateFact['hasPrivateKey'] {
  const claims = new Map<string, Set<string>>();
  for (const one of found) {
    if (one.keyId !== null) addTo(claims, one.keyId, publicKeyOf(one));
  }
  const paired = new Set<string>();
  let allPaired = complete;
  for (const id of ids) {
    const [owner, rival] = claims.get(id ?? '') ?? [];
    if (owner === undefined || rival !== undefined) allPaired = false;
    else paired.add(owner);
  }
  return (one) => paired.has(publicKeyOf(one)) || (allPaired ? false : 'unknown');
}

/** The public key, or, of what is no X.509 certificate, something that no other has. */
function publicKeyOf({ der, fact }: FoundCertificate): string {
  const key = publicKeyInfo(der);
  return key === null ? fact.thumbprint : latin1(key);
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

// ---------------------------------------------------------------------------------------------------------------------
// Chains
// ---------------------------------------------------------------------------------------------------------------------

/** The one leaf, by thumbprint, that the owner of a name vouches for directly or through others, or that there are several. */
type Leaf = string | typeof SEVERAL;

const SEVERAL = Symbol('several leaves');

function chainOf(fact: CertificateFact, leafAbove: ReadonlyMap<string, Leaf>): string | null {
  if (fact.hasPrivateKey === true || fact.subject === null) return null;
  const leaf = leafAbove.get(fact.subject);
  return leaf === undefined || leaf === SEVERAL || leaf === fact.thumbprint ? null : leaf;
}

/** From each leaf up, by the names of issuers. A name is gone through once for its first leaf, and once more when there are several. */
function leavesByIssuer(facts: readonly CertificateFact[]): ReadonlyMap<string, Leaf> {
  const bySubject = new Map<string | null, Set<CertificateFact>>();
  for (const fact of facts) addTo(bySubject, fact.subject, fact);
  const leafAbove = new Map<string, Leaf>();
  const pending: { readonly issued: CertificateFact; readonly leaf: Leaf }[] = leavesOf(facts).map((issued) => ({ issued, leaf: issued.thumbprint }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { issuer, subject } = next.issued;
    if (issuer === null || issuer === subject) continue;
    const known = leafAbove.get(issuer);
    if (known === next.leaf || known === SEVERAL) continue;
    const leaf = known === undefined ? next.leaf : SEVERAL;
    leafAbove.set(issuer, leaf);
    for (const issued of bySubject.get(issuer) ?? []) pending.push({ issued, leaf });
  }
  return leafAbove;
}

/** The certificates with a key; in a file without any, those that issued none of the others. */
function leavesOf(facts: readonly CertificateFact[]): CertificateFact[] {
  const withKey = facts.filter(({ hasPrivateKey }) => hasPrivateKey === true);
  if (withKey.length > 0) return withKey;
  const issuers = new Set(facts.filter(({ issuer, subject }) => issuer !== subject).map(({ issuer }) => issuer));
  return facts.filter(({ subject }) => subject === null || !issuers.has(subject));
}

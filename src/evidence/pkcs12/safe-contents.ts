// What stands in the safes of a .pfx: certificates are taken out, private keys are counted, everything else is passed over.

import { hex } from '../bytes.js';
import { MAX_OBJECTS } from '../content.js';
import { OID } from './algorithms.js';
import type { Asn1 } from './asn1.js';
import { Schemes } from './encryption.js';
import { Unreadable, overLimit } from './limits.js';

/** A certificate as it lies in its bag. */
export interface BaggedCertificate {
  readonly der: Uint8Array;
  /** Hexadecimal; null where the bag has no localKeyId. */
  readonly keyId: string | null;
}

/** Collects from the safes of one file. */
export class SafeContents {
  readonly certificates: BaggedCertificate[] = [];
  /** The localKeyId of each private key; null for a key without one. */
  readonly keyIds: (string | null)[] = [];
  /** The first of each code: the rest says the same of other places. */
  readonly problems: Unreadable[] = [];
  /** How the private keys are encrypted. */
  readonly keySchemes = new Schemes();
  #objects = 0;

  /** Reads a part; what makes it unreadable is kept, and the other parts are read all the same. */
  attempt(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      if (!this.problems.some(({ code }) => code === error.code)) this.problems.push(error);
    }
  }

  /** Takes what a SafeContents holds. Throws `Unreadable` where it is none, or has too many objects. */
  add(contents: Asn1): void {
    for (const bag of contents.sequence().items) {
      this.count();
      this.attempt(() => this.addBag(bag));
    }
  }

  /** Counts an object towards the bound. Throws `Unreadable`. */
  count(): void {
    if (++this.#objects > MAX_OBJECTS) throw overLimit(`holds more than ${MAX_OBJECTS} objects`);
  }

  /**
   *     SafeBag { bagId, [0] bagValue, bagAttributes OPTIONAL }
   *
   * https://www.rfc-editor.org/rfc/rfc7292#section-4.2
   */
  private addBag(safeBag: Asn1): void {
    const bag = safeBag.sequence();
    switch (bag.at(0).oid()) {
      case OID.certBag: {
        const der = certificateOf(bag.at(1));
        if (der !== null) this.certificates.push({ der, keyId: localKeyIdOf(bag.optional(2)) });
        break;
      }
      case OID.shroudedKeyBag:
        // EncryptedPrivateKeyInfo { AlgorithmIdentifier, octets }
        this.keySchemes.add(() => bag.at(1).explicit(0).sequence().at(0));
        this.keyIds.push(localKeyIdOf(bag.optional(2)));
        break;
      case OID.keyBag:
        this.keyIds.push(localKeyIdOf(bag.optional(2)));
        break;
      case OID.safeContentsBag:
        this.add(bag.at(1).explicit(0));
    }
  }
}

/** Null for a certificate that is not X.509. */
function certificateOf(bagValue: Asn1): Uint8Array | null {
  const certBag = bagValue.explicit(0).sequence();
  return certBag.at(0).oid() === OID.x509Certificate ? certBag.at(1).explicit(0).octets() : null;
}

/** `attributes`: a SET of { attrId, SET of values } */
function localKeyIdOf(attributes: Asn1 | undefined): string | null {
  for (const item of attributes?.set() ?? []) {
    const attribute = item.sequence();
    if (attribute.at(0).oid() !== OID.localKeyId) continue;
    const [value] = attribute.at(1).set();
    return value === undefined ? null : hex(value.octets());
  }
  return null;
}

// In which letter cases the thumbprints of one file are written: what two rules have to agree on.

import type { Attribute, CertificateEntry } from './rule.js';

/** A thumbprint with lower-case letters. */
export interface LowerCase {
  readonly entry: CertificateEntry;
  readonly thumbprint: Attribute;
  /** Forty upper-case digits. */
  readonly digits: string;
  /** The first place of the same thumbprint in another spelling; null where it stands in this one only. */
  readonly other: Attribute | null;
}

/** Gathers the thumbprints of one file. Nothing is looked up before one with lower-case letters was seen. */
export class Spellings {
  private readonly all: Attribute[] = [];
  private readonly lower: { entry: CertificateEntry; thumbprint: Attribute; digits: string }[] = [];

  add(entry: CertificateEntry): void {
    const { thumbprint, reading, comparable } = entry;
    if (thumbprint === undefined || (reading?.kind !== 'well-formed' && reading?.kind !== 'lower-case')) return;
    // Azure's client passes over the password certificate, so its spelling meets no other.
    if (comparable !== null) this.all.push(thumbprint);
    if (reading.kind === 'lower-case') this.lower.push({ entry, thumbprint, digits: reading.digits });
  }

  /** At the end of the file. */
  lowerCase(): LowerCase[] {
    if (this.lower.length === 0) return [];
    const first = new Map<string, Attribute>();
    const others = new Map<string, Attribute>();
    for (const thumbprint of this.all) {
      const digits = thumbprint.value.toUpperCase();
      const before = first.get(digits);
      if (before === undefined) first.set(digits, thumbprint);
      else if (before.value !== thumbprint.value && !others.has(digits)) others.set(digits, thumbprint);
    }
    return this.lower.map(({ entry, thumbprint, digits }) => {
      const spellings = entry.comparable === null ? [] : [first.get(digits), others.get(digits)];
      return { entry, thumbprint, digits, other: spellings.find((one) => one !== undefined && one.value !== thumbprint.value) ?? null };
    });
  }
}

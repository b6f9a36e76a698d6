// In which letter cases the thumbprints of one file are written: one verdict for the two rules about it.

import type { Attribute, CertificateEntry } from './rule.js';
import type { Span } from './types.js';
import type { Emit, Watch } from './watch.js';

/** A thumbprint with lower-case letters. */
export interface LowerCase {
  readonly entry: CertificateEntry;
  readonly thumbprint: Attribute;
  /** Forty upper-case digits. */
  readonly digits: string;
  /** The first place of the same thumbprint in another spelling; null where it stands in this one only. */
  readonly other: Span | null;
}

/** How long a thumbprint is. One that the file writes with character references is longer there, and is left alone. */
const LENGTH = 40;

/** The thumbprints of one file. Only where they stand is kept, and nothing is compared unless one has lower-case letters. */
export class Spellings implements Watch {
  private readonly starts: number[] = [];
  private readonly lower: { readonly entry: CertificateEntry; readonly thumbprint: Attribute; readonly digits: string }[] = [];

  constructor(
    private readonly text: string,
    private readonly emit: Emit,
  ) {}

  certificate(entry: CertificateEntry): void {
    const { thumbprint, reading, comparable } = entry;
    if (thumbprint === undefined || (reading?.kind !== 'well-formed' && reading?.kind !== 'lower-case')) return;
    // Azure's client passes over the password certificate, so its spelling meets no other.
    if (comparable !== null) this.place(thumbprint.valueSpan);
    if (reading.kind === 'lower-case') this.lower.push({ entry, thumbprint, digits: reading.digits });
  }

  finish(): void {
    for (const lowerCase of this.lowerCase()) this.emit('certificate:lower-case', lowerCase);
  }

  private lowerCase(): LowerCase[] {
    if (this.lower.length === 0) return [];
    const firsts = new Map<string, number>();
    const others = new Map<string, number>();
    for (const start of this.starts) {
      const digits = this.at(start).toUpperCase();
      const first = firsts.get(digits);
      if (first === undefined) firsts.set(digits, start);
      else if (this.at(first) !== this.at(start) && !others.has(digits)) others.set(digits, start);
    }
    return this.lower.map(({ entry, thumbprint, digits }) => {
      const places = entry.comparable === null ? [] : [firsts.get(digits), others.get(digits)];
      const other = places.find((start) => start !== undefined && this.at(start) !== thumbprint.value);
      return { entry, thumbprint, digits, other: other === undefined ? null : { start: other, end: other + LENGTH } };
    });
  }

  private place({ start, end }: Span): void {
    if (end - start === LENGTH) this.starts.push(start);
  }

  private at(start: number): string {
    return this.text.slice(start, start + LENGTH);
  }
}

// A view of parsed ASN.1 in which every step checks the tag: what is missing is told as damage.

import { bytesOfLatin1, concat } from '../bytes.js';
import { corrupt } from './limits.js';

/** An element as node-forge's parser gives it: the content as one character per byte, or the elements inside. */
export interface RawAsn1 {
  readonly tagClass: number;
  readonly type: number;
  readonly constructed: boolean;
  readonly value: string | readonly RawAsn1[];
}

const UNIVERSAL = 0x00;
const CONTEXT = 0x80;
const TYPE = { integer: 2, octetString: 4, oid: 6, sequence: 16, set: 17 } as const;

/** Longer integers say no more here than that they are enormous. */
const MAX_INTEGER_BYTES = 6;

/** Longer object identifiers are nobody's. */
const MAX_OID_BYTES = 32;

/** One element. Methods that expect something throw `Unreadable` with the code `corrupt` where it is not there. */
export class Asn1 {
  constructor(
    private readonly raw: RawAsn1,
    /** Where it stands, for a person: `safe 2`. */
    readonly where: string,
  ) {}

  /** The elements inside; none where it is primitive. */
  get items(): readonly Asn1[] {
    const { value } = this.raw;
    return typeof value === 'string' ? [] : value.map((item) => new Asn1(item, this.where));
  }

  /** The elements of a SEQUENCE. */
  sequence(): Fields {
    return new Fields(this.expect(UNIVERSAL, TYPE.sequence, 'a sequence').items, this.where);
  }

  /** The elements of a SET. */
  set(): readonly Asn1[] {
    return this.expect(UNIVERSAL, TYPE.set, 'a set').items;
  }

  /** The element inside an explicit `[number]`. */
  explicit(number: number): Asn1 {
    return new Fields(this.expect(CONTEXT, number, `the field [${number}]`).items, this.where).at(0);
  }

  /** An OCTET STRING, put together from its pieces. */
  octets(): Uint8Array {
    return this.expect(UNIVERSAL, TYPE.octetString, 'an octet string').pieces();
  }

  /** An OCTET STRING under an implicit `[number]`. */
  implicitOctets(number: number): Uint8Array {
    return this.expect(CONTEXT, number, `the field [${number}]`).pieces();
  }

  /** An OBJECT IDENTIFIER: `1.2.840.113549.1.7.1`. */
  oid(): string {
    const octets = this.expect(UNIVERSAL, TYPE.oid, 'an object identifier').content();
    if (octets.length === 0 || octets.length > MAX_OID_BYTES || (octets.at(-1) ?? 0) >= 0x80) throw corrupt(`in ${this.where}, an object identifier is malformed`);
    const arcs: number[] = [];
    let arc = 0;
    for (const octet of octets) {
      arc = arc * 128 + (octet & 0x7f);
      if (octet >= 0x80) continue;
      arcs.push(arc);
      arc = 0;
    }
    const [first = 0, ...rest] = arcs;
    const root = Math.min(Math.floor(first / 40), 2);
    return [root, first - root * 40, ...rest].join('.');
  }

  /** An INTEGER, or plus or minus Infinity for one of more than 48 bits. */
  integer(): number {
    const octets = this.expect(UNIVERSAL, TYPE.integer, 'an integer').content();
    const [first] = octets;
    if (first === undefined) throw corrupt(`in ${this.where}, an integer is empty`);
    const isNegative = first >= 0x80;
    if (octets.length > MAX_INTEGER_BYTES) return isNegative ? -Infinity : Infinity;
    const unsigned = octets.reduce((value, octet) => value * 256 + octet, 0);
    return isNegative ? unsigned - 256 ** octets.length : unsigned;
  }

  isInteger(): boolean {
    return this.is(UNIVERSAL, TYPE.integer);
  }

  isSequence(): boolean {
    return this.is(UNIVERSAL, TYPE.sequence);
  }

  private is(tagClass: number, type: number): boolean {
    return this.raw.tagClass === tagClass && this.raw.type === type;
  }

  private expect(tagClass: number, type: number, what: string): this {
    if (!this.is(tagClass, type)) throw corrupt(`in ${this.where}, ${what} is missing`);
    return this;
  }

  private content(): Uint8Array {
    return bytesOfLatin1(typeof this.raw.value === 'string' ? this.raw.value : '');
  }

  /** BER may split a string into strings, and those again. */
  private pieces(): Uint8Array {
    return typeof this.raw.value === 'string' ? this.content() : concat(this.items.map((item) => item.octets()));
  }
}

/** The elements of a sequence by their position. */
export class Fields {
  constructor(
    readonly items: readonly Asn1[],
    readonly where: string,
  ) {}

  at(index: number): Asn1 {
    const item = this.items[index];
    if (item === undefined) throw corrupt(`in ${this.where}, something is missing at the end of a structure`);
    return item;
  }

  /** Undefined where the sequence ends before. */
  optional(index: number): Asn1 | undefined {
    return this.items[index];
  }
}

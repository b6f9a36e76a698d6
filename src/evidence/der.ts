// Where the elements of DER and BER lie, so that a certificate can be cut out and hashed byte for byte. Values are not read here.

/** Real files are about ten deep. */
const MAX_DEPTH = 64;

/** Tag octets: class, the bit for "constructed", number. */
export const TAG = { integer: 0x02, octetString: 0x04, oid: 0x06, sequence: 0x30, context0: 0xa0 } as const;

const CONSTRUCTED = 0x20;

/** The beginning of an element. */
export interface Header {
  /** The tag's first octet. Numbers above 30, which need more, occur in none of the formats read here. */
  readonly tag: number;
  /** Offset of the content. */
  readonly content: number;
  /** Bytes of content; null for BER's indefinite length. May go beyond the end of the bytes. */
  readonly length: number | null;
}

/** An element that is wholly there. Offsets count from the beginning of the bytes. */
export interface Element {
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly contentEnd: number;
  /** After the end-of-contents octets, where it has any. */
  readonly end: number;
}

/**
 * The header at an offset, or null where none is.
 *
 * https://www.itu.int/rec/T-REC-X.690, 8.1
 */
export function headerAt(bytes: Uint8Array, offset: number): Header | null {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, content: offset + 2, length: first };
  const count = first - 0x80;
  if (count === 0) return { tag, content: offset + 2, length: null };
  const content = offset + 2 + count;
  if (count > 4 || content > bytes.length) return null;
  return { tag, content, length: bytes.subarray(offset + 2, content).reduce((length, byte) => length * 256 + byte, 0) };
}

/** Where an element should end; null where its length is indefinite. */
export function endOf({ content, length }: Header): number | null {
  return length === null ? null : content + length;
}

/** The element at an offset, or null where none lies wholly before `limit`. */
export function elementAt(bytes: Uint8Array, offset: number, limit = bytes.length, depth = 0): Element | null {
  const header = headerAt(bytes, offset);
  if (header === null || depth > MAX_DEPTH) return null;
  const { tag, content } = header;
  const stated = endOf(header);
  if (stated !== null) return stated <= limit ? { tag, start: offset, content, contentEnd: stated, end: stated } : null;
  if ((tag & CONSTRUCTED) === 0) return null;
  let contentEnd = content;
  while (bytes[contentEnd] !== 0 || bytes[contentEnd + 1] !== 0) {
    const child = elementAt(bytes, contentEnd, limit, depth + 1);
    if (child === null) return null;
    contentEnd = child.end;
  }
  const end = contentEnd + 2;
  return end <= limit ? { tag, start: offset, content, contentEnd, end } : null;
}

/** The first elements inside an element, at most `most`; fewer where one of them is damaged. */
export function childrenOf(bytes: Uint8Array, parent: Element, most: number): Element[] {
  const children: Element[] = [];
  let offset = parent.content;
  while (offset < parent.contentEnd && children.length < most) {
    const child = elementAt(bytes, offset, parent.contentEnd);
    if (child === null) break;
    children.push(child);
    offset = child.end;
  }
  return children;
}

/**
 * Whether the first element holds more than `most` elements, itself counted, at any depth. Looks at headers only: what it
 * steps over need not be well-formed.
 */
export function holdsMoreElementsThan(most: number, bytes: Uint8Array): boolean {
  const outer = headerAt(bytes, 0);
  const end = outer === null ? 0 : (endOf(outer) ?? bytes.length);
  let offset = 0;
  for (let count = 0; offset < end; count++) {
    if (count === most) return true;
    const header = headerAt(bytes, offset);
    if (header === null) return false;
    const isOpened = (header.tag & CONSTRUCTED) !== 0;
    offset = isOpened ? header.content : (endOf(header) ?? header.content);
  }
  return false;
}

/**
 * The SubjectPublicKeyInfo of a certificate as it stands, or null where the bytes are no X.509 certificate.
 *
 * https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function publicKeyInfo(der: Uint8Array): Uint8Array | null {
  const certificate = elementAt(der, 0);
  if (certificate?.tag !== TAG.sequence) return null;
  const [toBeSigned] = childrenOf(der, certificate, 1);
  if (toBeSigned?.tag !== TAG.sequence) return null;
  const fields = childrenOf(der, toBeSigned, 7);
  const [serial, ...rest] = fields[0]?.tag === TAG.context0 ? fields.slice(1) : fields;
  const [, , , , key] = rest;
  if (serial?.tag !== TAG.integer || key === undefined) return null;
  const isCertificate = rest.slice(0, 5).every(({ tag }) => tag === TAG.sequence);
  return isCertificate ? der.subarray(key.start, key.end) : null;
}

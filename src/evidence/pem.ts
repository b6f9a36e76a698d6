// Base64 and PEM text to bytes.

/** One block of a PEM text: `-----BEGIN CERTIFICATE-----` … `-----END CERTIFICATE-----`. */
export interface PemBlock {
  /** `CERTIFICATE`, `EC PRIVATE KEY`, … */
  readonly label: string;
  readonly der: Uint8Array;
}

/** A block as it was found. */
export interface PemSection {
  readonly label: string;
  /** Null where the end is missing or what stands between is not base64. */
  readonly der: Uint8Array | null;
}

const MARK = /-----(BEGIN|END) ([A-Z0-9 ]{0,64})-----/g;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const SIXTH = new Uint8Array(128);
for (let value = 0; value < ALPHABET.length; value++) SIXTH[ALPHABET.charCodeAt(value)] = value;

/**
 * The bytes of a base64 text, or null where it is none. White space may stand anywhere; the alphabet and the padding must
 * be those of RFC 4648, section 4.
 *
 * https://www.rfc-editor.org/rfc/rfc4648#section-4
 */
export function derOfBase64(text: string): Uint8Array | null {
  const compact = text.replace(/\s+/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((compact.length / 4) * 3 - padding);
  const sixth = (index: number) => SIXTH[compact.charCodeAt(index)] ?? 0;
  for (let index = 0, offset = 0; index < compact.length; index += 4, offset += 3) {
    const group = (sixth(index) << 18) | (sixth(index + 1) << 12) | (sixth(index + 2) << 6) | sixth(index + 3);
    // What goes beyond the end of the array is padding, and dropped.
    bytes[offset] = group >> 16;
    bytes[offset + 1] = group >> 8;
    bytes[offset + 2] = group;
  }
  return bytes;
}

/** The readable blocks of a PEM text, in order. Text between them, such as `Bag Attributes`, is passed over. */
export function pemBlocks(text: string): PemBlock[] {
  return pemSections(text, Infinity).flatMap(({ label, der }) => (der === null ? [] : [{ label, der }]));
}

/**
 * The first blocks of a PEM text, readable or not, at most `most`.
 *
 * https://www.rfc-editor.org/rfc/rfc7468
 */
export function pemSections(text: string, most: number): PemSection[] {
  const sections: PemSection[] = [];
  let open: { readonly label: string; readonly from: number } | null = null;
  for (const { 0: mark, 1: kind, 2: label = '', index } of text.matchAll(MARK)) {
    if (sections.length >= most) return sections;
    if (open !== null) {
      const isWhole = kind === 'END' && label === open.label;
      sections.push({ label: open.label, der: isWhole ? derOfBase64(withoutHeaders(text.slice(open.from, index))) : null });
    }
    open = kind === 'BEGIN' ? { label, from: index + mark.length } : null;
  }
  if (open !== null) sections.push({ label: open.label, der: null });
  return sections;
}

/** OpenSSL's encrypted keys have headers, such as `Proc-Type: 4,ENCRYPTED`, and a blank line after them. */
function withoutHeaders(body: string): string {
  const blank = body.includes(':') ? /\n[ \t]*\r?\n/.exec(body) : null;
  return blank === null ? body : body.slice(blank.index + blank[0].length);
}

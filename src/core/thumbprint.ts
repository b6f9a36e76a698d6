// What a thumbprint is, and what a value is that should be one and is not: the one place that decides.

import { pipelinePlaceholder } from './placeholder.js';

/** A character that cannot be seen, such as the U+200E that the Windows certificate dialog puts before a thumbprint. */
export interface HiddenMark {
  /** `U+200E`. */
  readonly code: string;
  /** Unicode's name where it is one that occurs in the wild, else a description. */
  readonly name: string;
  /** Index in the value, in UTF-16 units. */
  readonly index: number;
}

/** What a value that is no SHA-1 thumbprint looks like. */
export type Look =
  | 'empty'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'base64'
  | 'base64-sha256'
  | 'sixteen-bytes'
  | 'guid'
  | 'prefixed'
  | 'digit-lost'
  | 'digit-doubled'
  | 'byte-lost'
  | 'look-alikes'
  | 'url'
  | 'subject'
  | 'too-short'
  | 'too-long'
  | 'other-characters';

/** Why forty hexadecimal digits are not believed to be anybody's certificate. */
export type Dummy = 'repeated' | 'counting' | 'sample' | 'nothing' | 'few-digits';

/**
 * What a value of `thumbprint` is: exactly one kind, so that one mistake has one rule to speak for it.
 *
 * `digits` are forty upper-case hexadecimal digits wherever the value says or hides a thumbprint.
 */
export type Thumbprint =
  | { readonly kind: 'well-formed'; readonly digits: string }
  | { readonly kind: 'lower-case'; readonly digits: string }
  | { readonly kind: 'dummy'; readonly digits: string; readonly dummy: Dummy }
  | { readonly kind: 'pipeline-placeholder'; readonly token: string }
  | { readonly kind: 'hidden-marks'; readonly marks: readonly HiddenMark[]; readonly digits: string | null }
  | { readonly kind: 'separated'; readonly separators: readonly string[]; readonly digits: string }
  | Misshapen;

export interface Misshapen {
  readonly kind: 'misshapen';
  readonly looksLike: Look;
  /** How many characters are left without white space. */
  readonly length: number;
  /** The thumbprint that the value is another spelling of (base64, with a prefix), if it is one. */
  readonly digits: string | null;
  /** The characters that are no hexadecimal digits, each once, for `look-alikes` and `other-characters`. */
  readonly strangers: readonly string[];
}

export type ThumbprintKind = Thumbprint['kind'];

const FORTY_UPPER = /^[0-9A-F]{40}$/;
const FORTY = /^[0-9A-Fa-f]{40}$/;
const HEX = /^[0-9A-Fa-f]+$/;

/** Separators that tools put between the digits: openssl's colons, certutil's spaces, hyphens. */
const SEPARATOR = /[\s:-]/g;

/** Format characters, spaces other than the ASCII one, and further characters that render as nothing. Control characters below U+0080 but white space are no XML. */
const HIDDEN = /[\p{Cf}\u00A0\u034F\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\u3164\uFE00-\uFE0F\uFFA0\u0080-\u009F]/gu;

const HIDDEN_NAMES: Readonly<Record<number, string>> = {
  0x00a0: 'NO-BREAK SPACE',
  0x00ad: 'SOFT HYPHEN',
  0x200b: 'ZERO WIDTH SPACE',
  0x200c: 'ZERO WIDTH NON-JOINER',
  0x200d: 'ZERO WIDTH JOINER',
  0x200e: 'LEFT-TO-RIGHT MARK',
  0x200f: 'RIGHT-TO-LEFT MARK',
  0x2028: 'LINE SEPARATOR',
  0x2029: 'PARAGRAPH SEPARATOR',
  0x202a: 'LEFT-TO-RIGHT EMBEDDING',
  0x202b: 'RIGHT-TO-LEFT EMBEDDING',
  0x202c: 'POP DIRECTIONAL FORMATTING',
  0x202d: 'LEFT-TO-RIGHT OVERRIDE',
  0x202e: 'RIGHT-TO-LEFT OVERRIDE',
  0x202f: 'NARROW NO-BREAK SPACE',
  0x2060: 'WORD JOINER',
  0x2066: 'LEFT-TO-RIGHT ISOLATE',
  0x2067: 'RIGHT-TO-LEFT ISOLATE',
  0x2068: 'FIRST STRONG ISOLATE',
  0x2069: 'POP DIRECTIONAL ISOLATE',
  0x3000: 'IDEOGRAPHIC SPACE',
  0xfeff: 'ZERO WIDTH NO-BREAK SPACE',
};

/** Letters that are typed or recognised in place of a digit or of A to F. What was meant is never guessed, only what is wrong. */
const LOOK_ALIKES = new Set('OoQlIiSsZzGgАВСЕаceсеΑΒΕ');

/** SHA-1 of zero bytes: the thumbprint of a file that was empty. */
const SHA1_OF_NOTHING = 'DA39A3EE5E6B4B0D3255BFEF95601890AFD80709';

/** Thumbprints that Microsoft's own pages print as examples. */
const SAMPLES = new Set([
  '0123456789ABCDEF0123456789ABCDEF01234567',
  'AA11BB22CC33DD44EE55FF66AA77BB88CC99DD00',
  '9427BEFA18EC6865A9EBDC79D4C38DE50E6316FF',
  '79D4C38DE50E6316FF9427BEFA18EC6865A9EBDC',
  'C33B6C432C25581601B84C80F86EC2809DC224E8',
]);

/** A SHA-1 has this few distinct digits once in twenty thousand million. */
const FEW_DIGITS = 7;

/**
 * Decides what a value of `thumbprint` is.
 *
 * Azure wants the SHA-1 thumbprint: forty hexadecimal digits, upper case, without spaces.
 * https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role
 */
export function classify(value: string): Thumbprint {
  if (FORTY_UPPER.test(value)) {
    const dummy = dummyOf(value);
    return dummy === null ? { kind: 'well-formed', digits: value } : { kind: 'dummy', digits: value, dummy };
  }
  if (FORTY.test(value)) {
    const digits = value.toUpperCase();
    const dummy = dummyOf(digits);
    return dummy === null ? { kind: 'lower-case', digits } : { kind: 'dummy', digits, dummy };
  }
  // Before placeholders: base64url may hold two underscores twice.
  if (base64Thumbprint(value.trim()) !== null) return misshapen(value);
  const token = pipelinePlaceholder(value.trim());
  if (token !== null) return { kind: 'pipeline-placeholder', token };
  const marks = hiddenMarks(value);
  if (marks.length > 0) return { kind: 'hidden-marks', marks, digits: fortyDigits(withoutHiddenMarks(value)) };
  const digits = fortyDigits(value);
  if (digits !== null) return { kind: 'separated', separators: distinct(value.match(SEPARATOR) ?? []), digits };
  return misshapen(value);
}

/**
 * Reads a thumbprint from evidence, whatever its spelling: forty hexadecimal digits with or without separators and hidden
 * marks, or the twenty bytes in base64 or base64url. Gives forty upper-case digits, or null for anything else.
 */
export function readThumbprint(value: string): string | null {
  const plain = withoutHiddenMarks(value).trim();
  if (FORTY.test(plain)) return plain.toUpperCase();
  return base64Thumbprint(plain) ?? fortyDigits(plain);
}

/** How Unicode writes the first character of a text: `U+201C`. */
export function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The hidden characters of a value, in order. */
export function hiddenMarks(value: string): HiddenMark[] {
  return Array.from(value.matchAll(HIDDEN), ({ 0: mark, index }) => {
    const point = mark.codePointAt(0) ?? 0;
    return {
      code: codePoint(mark),
      name: HIDDEN_NAMES[point] ?? 'a character that cannot be seen',
      index,
    };
  });
}

/** The value without its hidden characters. */
export function withoutHiddenMarks(value: string): string {
  return value.replace(HIDDEN, '');
}

/** The value without what tools put between the digits. */
export function withoutSeparators(value: string): string {
  return value.replace(SEPARATOR, '');
}

/** Whether a text is made of hexadecimal digits, in any letter case, and not empty. */
export function isHexadecimal(text: string): boolean {
  return HEX.test(text);
}

/** Indices at which two thumbprints differ, or null where they differ in more than `limit` digits. */
export function differingDigits(a: string, b: string, limit: number): number[] | null {
  const indices: number[] = [];
  for (let index = 0; index < a.length; index++) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue;
    if (indices.length === limit) return null;
    indices.push(index);
  }
  return indices;
}

function fortyDigits(value: string): string | null {
  const digits = withoutSeparators(value);
  return FORTY.test(digits) ? digits.toUpperCase() : null;
}

function dummyOf(digits: string): Dummy | null {
  if (SAMPLES.has(digits)) return 'sample';
  if (digits === SHA1_OF_NOTHING) return 'nothing';
  if (isRepeated(digits)) return 'repeated';
  if (isCounting(digits)) return 'counting';
  return countDistinct(digits) <= FEW_DIGITS ? 'few-digits' : null;
}

/** Whether a run of at most ten digits fills the forty: `0000…`, `DEADBEEF…`, `1234567890…`. */
function isRepeated(digits: string): boolean {
  for (let period = 1; period <= 10; period++) {
    if (digits[period] === digits[0] && digits.startsWith(digits.slice(period))) return true;
  }
  return false;
}

/** Whether each digit is the one before plus or minus one (modulo sixteen), or every digit stands twice in such a run. */
function isCounting(digits: string): boolean {
  return isRun(digits) || (/^(?:(.)\1)+$/.test(digits) && isRun(digits.replace(/(.)./g, '$1')));
}

const UP = '0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF';
const DOWN = 'FEDCBA9876543210FEDCBA9876543210FEDCBA9876543210FEDCBA9876543210';

function isRun(digits: string): boolean {
  return UP.includes(digits) || DOWN.includes(digits);
}

/** How many different hexadecimal digits there are. */
function countDistinct(digits: string): number {
  let seen = 0;
  let count = 0;
  for (let index = 0; index < digits.length; index++) {
    // "0" to "9" and "A" to "F" differ in their last five bits.
    const bit = 1 << (digits.charCodeAt(index) & 31);
    if ((seen & bit) === 0) count++;
    seen |= bit;
  }
  return count;
}

/** base64 or base64url of twenty bytes: REST's `x5t` has 27 characters, the Azure CLI's `x509Thumbprint` 28. */
function base64Thumbprint(value: string): string | null {
  if (!/^(?:[A-Za-z0-9+/]{27}=?|[A-Za-z0-9_-]{27}=?)$/.test(value)) return null;
  let bits = 0;
  let pending = 0;
  let digits = '';
  for (const character of value.slice(0, 27)) {
    pending = (pending << 6) | base64Value(character);
    bits += 6;
    while (bits >= 4) {
      bits -= 4;
      digits += ((pending >> bits) & 15).toString(16);
    }
    pending &= (1 << bits) - 1;
  }
  // 27 characters carry 162 bits; the last two belong to no byte and are zero.
  return pending === 0 && digits.length === 40 ? digits.toUpperCase() : null;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Value(character: string): number {
  if (character === '-') return 62;
  if (character === '_') return 63;
  return BASE64.indexOf(character);
}

/** What tools print before a thumbprint: `sha1:`, `SHA1 Fingerprint=`, `Thumbprint:`, `0x`, quotes, `#`. */
const PREFIX = /^(?:["'#]|0x|(?:cert hash\()?sha-?1\)?(?: fingerprint)?\s*[:=/]?|thumbprint\s*[:=]?)\s*/i;

function misshapen(value: string): Misshapen {
  const plain = value.replace(/\s+/g, '');
  const hex = withoutSeparators(value);
  const result = (looksLike: Look, digits: string | null = null, strangers: readonly string[] = []): Misshapen => ({
    kind: 'misshapen',
    looksLike,
    length: plain.length,
    digits,
    strangers,
  });

  if (plain === '') return result('empty');
  if (/^[a-z]{2,20}:\/\//i.test(plain)) return result('url');
  if (/^[a-z]{1,10}=/i.test(plain) && /(?:^|[,;])(?:CN|O|OU|DC|E|SERIALNUMBER)=/i.test(plain)) return result('subject');
  if (/^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i.test(plain)) return result('guid');
  if (HEX.test(hex)) return result(lookOfHex(hex.length));

  const bare = value.replace(PREFIX, '').replace(/["']$/, '').trim();
  if (bare !== value.trim()) {
    const digits = fortyDigits(bare);
    if (digits !== null) return result('prefixed', digits);
  }
  const encoded = base64Thumbprint(plain);
  if (encoded !== null) return result('base64', encoded);
  if (/^(?:[A-Za-z0-9+/]{43}=?|[A-Za-z0-9_-]{43}=?)$/.test(plain)) return result('base64-sha256');

  const strangers = distinct(Array.from(hex).filter((character) => !HEX.test(character)));
  const few = strangers.length <= 3 && hex.length >= 38 && hex.length <= 42;
  if (few && strangers.every((character) => LOOK_ALIKES.has(character))) return result('look-alikes', null, strangers);
  return result('other-characters', null, strangers.slice(0, 5));
}

function lookOfHex(length: number): Look {
  switch (length) {
    case 32:
      return 'sixteen-bytes';
    case 38:
      return 'byte-lost';
    case 39:
      return 'digit-lost';
    case 41:
      return 'digit-doubled';
    case 64:
      return 'sha256';
    case 96:
      return 'sha384';
    case 128:
      return 'sha512';
    default:
      return length < 40 ? 'too-short' : 'too-long';
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

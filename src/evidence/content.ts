// What a file that is meant to hold certificates really is: told from its content, never from its name.

import { isEqual, latin1 } from './bytes.js';
import { TAG, headerAt } from './der.js';
import { derOfBase64, pemSections, type PemSection } from './pem.js';

/** The largest .pfx or certificate that is read: 16 MiB. */
export const MAX_PFX_BYTES = 16 * 1024 * 1024;

/** A file may hold this many certificates, keys and other objects. */
export const MAX_OBJECTS = 10_000;

/** `encoded`: as base64 or PEM text where DER is usual. */
export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'pfx' | 'certificate' | 'pkcs7'; readonly der: Uint8Array; readonly encoded: boolean }
  | { readonly kind: 'pem'; readonly sections: readonly PemSection[] }
  | Foreign;

/** Something else. */
export interface Foreign {
  readonly kind: 'foreign';
  /** `is an HTML page` */
  readonly what: string;
  readonly help: string;
}

/** What a DER element is, as far as its first headers show; its end may be missing. */
export type DerKind = 'pfx' | 'certificate' | 'pkcs7' | 'key';

/** 1.2.840.113549.1.7.2, signedData. */
const SIGNED_DATA = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02);

export function contentOf(bytes: Uint8Array): Content {
  if (bytes.length === 0) return { kind: 'empty' };
  if (bytes.length > MAX_PFX_BYTES) return { kind: 'too-large' };
  return contentOfDer(bytes, false) ?? contentOfText(textOf(bytes)) ?? foreignBytes(bytes);
}

/**
 * PKCS#12 begins with its version, 3; private keys with 0 or 1; PKCS#7 with an OID; an X.509 certificate with the sequence
 * that is signed.
 */
export function kindOfDer(bytes: Uint8Array): DerKind | null {
  const outer = headerAt(bytes, 0);
  if (outer?.tag !== TAG.sequence) return null;
  const first = headerAt(bytes, outer.content);
  if (typeof first?.length !== 'number') return null;
  switch (first.tag) {
    case TAG.integer:
      return first.length === 1 && bytes[first.content] === 3 ? 'pfx' : 'key';
    case TAG.oid:
      return isEqual(bytes.subarray(first.content, first.content + first.length), SIGNED_DATA) ? 'pkcs7' : null;
    case TAG.sequence:
      return headerAt(bytes, first.content)?.tag === TAG.oid ? 'key' : 'certificate';
    default:
      return null;
  }
}

/**
 * Whether every LF follows a CR, as after a transfer that converts line ends. In a file of a thousand random bytes about
 * four do not.
 */
export function hasConvertedLineEnds(bytes: Uint8Array): boolean {
  let lineEnds = 0;
  for (let index = bytes.indexOf(0x0a); index !== -1; index = bytes.indexOf(0x0a, index + 1)) {
    if (bytes[index - 1] !== 0x0d) return false;
    lineEnds++;
  }
  return lineEnds >= 3;
}

export const MANGLED: Foreign = {
  kind: 'foreign',
  what: 'was damaged by a program or a transfer that took it for text',
  help: 'Copy the original again in binary mode: "scp", "az storage blob download", or for git the line "*.pfx binary" in .gitattributes.',
};

function contentOfDer(bytes: Uint8Array, encoded: boolean): Content | null {
  const kind = kindOfDer(bytes);
  if (kind === 'key') {
    return foreign('holds a private key and no certificate', 'Put key and certificate into one file: "openssl pkcs12 -export -inkey KEY -in CERTIFICATE -out FILE.pfx".');
  }
  return kind === null ? null : { kind, der: bytes, encoded };
}

/** The text of the bytes, one character per byte where they are not UTF-16: all that matters here is ASCII. */
function textOf(bytes: Uint8Array): string {
  const [b0, b1, b2] = bytes;
  if ((b0 === 0xff && b1 === 0xfe) || (b1 === 0 && b0 !== 0)) return new TextDecoder('utf-16le').decode(bytes);
  if ((b0 === 0xfe && b1 === 0xff) || (b0 === 0 && b1 !== 0)) return new TextDecoder('utf-16be').decode(bytes);
  return latin1(b0 === 0xef && b1 === 0xbb && b2 === 0xbf ? bytes.subarray(3) : bytes);
}

function contentOfText(text: string): Content | null {
  const start = text.slice(0, 1000).trimStart();
  if (start.startsWith('version https://git-lfs')) {
    return foreign('is a Git LFS pointer, and the file that it stands for was not fetched', 'Run "git lfs pull". In a pipeline, check out with LFS (azure-pipelines: "lfs: true").');
  }
  if (text.includes('-----BEGIN ')) return { kind: 'pem', sections: pemSections(text, MAX_OBJECTS + 1) };
  // Command lines that print a secret as JSON leave its quotation marks around it.
  const der = derOfBase64(text.trim().replace(/^"(.*)"$/s, '$1'));
  if (der !== null) return contentOfDer(der, true);
  if (MANGLED_HEADER.test(text)) return MANGLED;
  return foreignText(start);
}

/**
 * The first two bytes of DER, `30 80` to `30 83`, after something read them as text and wrote that text: as Latin-1 or
 * Windows-1252, or with U+FFFD for what it could not read. Seen here as the bytes of UTF-8, or as the characters of UTF-16.
 */
const MANGLED_HEADER = /^0(?:\u00c2[\x80-\x83]|\u00ef\u00bf\u00bd|\u00e2\x80\x9a|\u00e2\x82\u00ac|\u00c6\x92|[\u201a\u20ac\u0192\ufffd])/;

function foreignText(start: string): Foreign | null {
  if (/^<(?:!doctype\s+html|html)\b/i.test(start)) {
    return foreign('is an HTML page', 'A sign-in page saved by mistake looks like this: sign in, and download the file again.');
  }
  if (start.startsWith('<')) return foreign('is XML', 'Export the certificate itself as a file.');
  if (/^[{[]/.test(start)) {
    return foreign('is JSON', 'An export of Key Vault is given with --vault. For the file itself: "az keyvault secret download --vault-name VAULT --name NAME --encoding base64 --file FILE.pfx".');
  }
  if (start.startsWith('&AzureKeyVault')) {
    return foreign('is a Key Vault backup, which only Key Vault can open', 'Download the certificate instead: "az keyvault secret download --vault-name VAULT --name NAME --encoding base64 --file FILE.pfx".');
  }
  return null;
}

function foreignBytes(bytes: Uint8Array): Foreign {
  const [b0, b1, b2, b3] = bytes;
  if ((b0 === 0xfe && b1 === 0xed && b2 === 0xfe && b3 === 0xed) || (b0 === 0xce && b1 === 0xce && b2 === 0xce && b3 === 0xce)) {
    return foreign('is a Java key store (JKS)', 'Convert it: "keytool -importkeystore -srckeystore FILE -destkeystore FILE.pfx -deststoretype pkcs12".');
  }
  if (b0 === 0x50 && b1 === 0x4b && b2 === 3 && b3 === 4) return foreign('is a ZIP archive', 'Unpack it, and give the files in it.');
  return foreign('is in none of the formats that hold certificates', 'Check that this is the right file, and export it again.');
}

function foreign(what: string, help: string): Foreign {
  return { kind: 'foreign', what, help };
}

// Object identifiers of PKCS#12, and what they stand for.

import type { Crypto } from '../../core/types.js';

/** https://www.rfc-editor.org/rfc/rfc7292, https://www.rfc-editor.org/rfc/rfc8018, https://www.rfc-editor.org/rfc/rfc9579 */
export const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
  pbes2: '1.2.840.113549.1.5.13',
  pbmac1: '1.2.840.113549.1.5.14',
  pbkdf2: '1.2.840.113549.1.5.12',
  scrypt: '1.3.6.1.4.1.11591.4.11',
} as const;

/** A hash function as the key derivation of PKCS#12 sees it. */
export interface Digest {
  /** In OpenSSL's spelling. */
  readonly name: string;
  /** Bytes that one round takes in. */
  readonly block: number;
}

export const SHA1: Digest = { name: 'sha1', block: 64 };

export const DIGESTS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.5': { name: 'md5', block: 64 },
  '1.3.14.3.2.26': SHA1,
  '2.16.840.1.101.3.4.2.4': { name: 'sha224', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
  '2.16.840.1.101.3.4.2.5': { name: 'sha512-224', block: 128 },
  '2.16.840.1.101.3.4.2.6': { name: 'sha512-256', block: 128 },
  '2.16.840.1.101.3.4.2.7': { name: 'sha3-224', block: 144 },
  '2.16.840.1.101.3.4.2.8': { name: 'sha3-256', block: 136 },
  '2.16.840.1.101.3.4.2.9': { name: 'sha3-384', block: 104 },
  '2.16.840.1.101.3.4.2.10': { name: 'sha3-512', block: 72 },
};

/** What PBKDF2 takes where a file names none. */
export const HMAC_SHA1 = '1.2.840.113549.2.7';

/** HMAC with these, as the function of PBKDF2 and as the MAC of PBMAC1. */
export const HMACS: Readonly<Record<string, string>> = {
  [HMAC_SHA1]: 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
  '1.2.840.113549.2.12': 'sha512-224',
  '1.2.840.113549.2.13': 'sha512-256',
};

/** A cipher of PBES1 with the PKCS#12 key derivation. Key in bytes. */
export type Pbes1Cipher = { readonly name: string } & (
  | { readonly kind: 'rc4'; readonly key: number }
  | { readonly kind: 'rc2'; readonly key: number }
  | { readonly kind: 'des-ede3'; readonly key: 16 | 24 }
);

/** https://www.rfc-editor.org/rfc/rfc7292#appendix-C */
export const PBES1_CIPHERS: Readonly<Record<string, Pbes1Cipher>> = {
  '1.2.840.113549.1.12.1.1': { name: 'rc4-128', kind: 'rc4', key: 16 },
  '1.2.840.113549.1.12.1.2': { name: 'rc4-40', kind: 'rc4', key: 5 },
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', kind: 'des-ede3', key: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', kind: 'des-ede3', key: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2-128-cbc', kind: 'rc2', key: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2-40-cbc', kind: 'rc2', key: 5 },
};

/** A cipher of PBES2. Key and initialisation vector in bytes. */
export interface Pbes2Cipher {
  readonly name: Parameters<Crypto['decrypt']>[0];
  readonly key: number;
  readonly iv: number;
}

export const PBES2_CIPHERS: Readonly<Record<string, Pbes2Cipher>> = {
  '1.3.14.3.2.7': { name: 'des-cbc', key: 8, iv: 8 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24, iv: 8 },
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16, iv: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24, iv: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32, iv: 16 },
};

/** Names of what is recognised and not read. */
const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.1': 'pbeWithMD2AndDES-CBC',
  '1.2.840.113549.1.5.3': 'pbeWithMD5AndDES-CBC',
  '1.2.840.113549.1.5.6': 'pbeWithMD5AndRC2-CBC',
  '1.2.840.113549.1.5.10': 'pbeWithSHA1AndDES-CBC',
  '1.2.840.113549.1.5.11': 'pbeWithSHA1AndRC2-CBC',
  '1.2.840.113549.1.7.2': 'signedData',
  '1.2.840.113549.1.7.3': 'envelopedData',
  '1.2.840.113549.2.2': 'md2',
  '1.2.840.113549.2.4': 'md4',
  '1.2.840.113549.3.2': 'rc2-cbc',
  '1.2.156.10197.1.104.2': 'sm4-cbc',
  '1.2.156.10197.1.401': 'sm3',
  '1.2.156.10197.1.401.2': 'hmac-sm3',
  '1.2.392.200011.61.1.1.1.4': 'camellia-256-cbc',
  '1.2.643.2.2.21': 'gost89',
  '1.2.643.2.2.9': 'gost94',
  '1.2.643.7.1.1.2.2': 'streebog256',
  '1.2.643.7.1.1.2.3': 'streebog512',
  '1.3.36.3.2.1': 'ripemd160',
  '2.16.840.1.101.3.4.1.6': 'aes-128-gcm',
  '2.16.840.1.101.3.4.1.26': 'aes-192-gcm',
  '2.16.840.1.101.3.4.1.46': 'aes-256-gcm',
};

/** `2.16.840.1.101.3.4.1.46 (aes-256-gcm)`, or the bare OID where it is unheard of. */
export function nameOf(oid: string): string {
  const name = shortNameOf(oid);
  return name === oid ? oid : `${oid} (${name})`;
}

/** `aes-256-gcm`, or the OID where it is unheard of. */
export function shortNameOf(oid: string): string {
  return NAMES[oid] ?? oid;
}

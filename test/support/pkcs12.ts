// Writes DER and PKCS#12 by hand: what no tool writes, and what hostile files hold.

import { createCipheriv, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { SHA1 } from '../../src/evidence/pkcs12/algorithms.js';
import { PURPOSE, derive } from '../../src/evidence/pkcs12/derive.js';
import { nodeCrypto } from '../../src/cli/crypto.js';

type Bytes = Uint8Array;

/** One element with a definite length. */
export function tlv(tag: number, ...parts: readonly Bytes[]): Bytes {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.of(tag, 0x84), length, content]);
}

/** One element with BER's indefinite length. */
export function indefinite(tag: number, ...parts: readonly Bytes[]): Bytes {
  return Buffer.concat([Buffer.of(tag, 0x80), ...parts, Buffer.of(0, 0)]);
}

export const sequence = (...parts: readonly Bytes[]) => tlv(0x30, ...parts);
export const set = (...parts: readonly Bytes[]) => tlv(0x31, ...parts);
export const octets = (content: Bytes) => tlv(0x04, content);
export const explicit = (number: number, ...parts: readonly Bytes[]) => tlv(0xa0 + number, ...parts);
export const NULL = Buffer.of(5, 0);

/** An INTEGER of 32 bits and more. */
export function integer(value: number): Bytes {
  const content = Buffer.alloc(6);
  content.writeIntBE(value, 0, 6);
  return tlv(0x02, content);
}

export function oid(dotted: string): Bytes {
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arcs = [root * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tlv(0x06, Buffer.from(arcs));
}

const DATA = '1.2.840.113549.1.7.1';
const BAG = '1.2.840.113549.1.12.10.1.';

export const data = (content: Bytes) => sequence(oid(DATA), explicit(0, octets(content)));

export const localKeyId = (...id: readonly number[]) => set(sequence(oid('1.2.840.113549.1.9.21'), set(octets(Buffer.from(id)))));

export const bag = (type: number, value: Bytes, ...attributes: readonly Bytes[]) => sequence(oid(`${BAG}${type}`), explicit(0, value), ...attributes);

export const certificateBag = (der: Bytes, ...attributes: readonly Bytes[]) =>
  bag(3, sequence(oid('1.2.840.113549.1.9.22.1'), explicit(0, octets(der))), ...attributes);

/** A key that nobody can open, and nobody has to. */
export const keyBag = (...attributes: readonly Bytes[]) => bag(2, sequence(sequence(oid('1.2.3')), octets(Buffer.from('sealed'))), ...attributes);

export const encrypted = (algorithm: Bytes, content: Bytes) =>
  sequence(oid('1.2.840.113549.1.7.6'), explicit(0, sequence(integer(0), sequence(oid(DATA), algorithm, tlv(0x80, content)))));

/** A .pfx of safes, each a ContentInfo. */
export const pfx = (safes: readonly Bytes[], ...mac: readonly Bytes[]) => sequence(tlv(0x02, Buffer.of(3)), data(sequence(...safes)), ...mac);

/** A .pfx of one safe in clear, without a MAC. */
export const plain = (...bags: readonly Bytes[]) => pfx([data(sequence(...bags))]);

const SALT = Buffer.from('saltsalt');

/** The password as PKCS#12 derives keys from it; null is no password, which is not the empty one. */
export function utf16(password: string | null): Bytes {
  return password === null ? Buffer.alloc(0) : Buffer.from(`${password}\0`, 'utf16le').swap16();
}

export interface MacOptions {
  readonly digest?: string;
  readonly salt?: Bytes;
  readonly iterations?: number;
}

/** MacData of SHA-1 over safes; `stated` replaces what the file says of it. */
export function mac(safes: readonly Bytes[], password: string | null, stated: MacOptions = {}): Bytes {
  const key = derive(SHA1, PURPOSE.mac, { password: utf16(password), salt: SALT, iterations: 1 }, 20, nodeCrypto);
  const { digest = '1.3.14.3.2.26', salt = SALT, iterations = 1 } = stated;
  const value = createHmac('sha1', key).update(sequence(...safes)).digest();
  return sequence(sequence(sequence(oid(digest), NULL), octets(value)), octets(salt), integer(iterations));
}

const HMAC_SHA256 = sequence(oid('1.2.840.113549.2.9'), NULL);

/** MacData of PBMAC1 with SHA-256; `keyLength` null leaves it out. */
export function pbmac1(safes: readonly Bytes[], password: string, keyLength: number | null): Bytes {
  const key = pbkdf2Sync(password, SALT, 1, keyLength ?? 32, 'sha256');
  const kdf = sequence(oid('1.2.840.113549.1.5.12'), sequence(octets(SALT), integer(1), ...(keyLength === null ? [] : [integer(keyLength)]), HMAC_SHA256));
  const value = createHmac('sha256', key).update(sequence(...safes)).digest();
  return sequence(sequence(sequence(oid('1.2.840.113549.1.5.14'), sequence(kdf, HMAC_SHA256)), octets(value)), octets(Buffer.from('NOT USED')), integer(1));
}

/** A safe under pbeWithSHAAnd3-KeyTripleDES-CBC. */
export function tripleDes(contents: Bytes, password: string | null, iterations = 1): Bytes {
  const seed = { password: utf16(password), salt: SALT, iterations: 1 };
  const key = derive(SHA1, PURPOSE.key, seed, 24, nodeCrypto);
  const iv = derive(SHA1, PURPOSE.iv, seed, 8, nodeCrypto);
  const cipher = createCipheriv('des-ede3-cbc', key, iv);
  const algorithm = sequence(oid('1.2.840.113549.1.12.1.3'), sequence(octets(SALT), integer(iterations)));
  return encrypted(algorithm, Buffer.concat([cipher.update(contents), cipher.final()]));
}

/** A safe under PBES2 with scrypt and AES-256; `stated` replaces the cost that the file states. */
export function scrypted(contents: Bytes, password: string, stated = 16): Bytes {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv('aes-256-cbc', scryptSync(password, SALT, 32, { cost: 16, blockSize: 8, parallelization: 1 }), iv);
  const kdf = sequence(oid('1.3.6.1.4.1.11591.4.11'), sequence(octets(SALT), integer(stated), integer(8), integer(1)));
  return encrypted(pbes2(kdf, iv), Buffer.concat([cipher.update(contents), cipher.final()]));
}

/** The AlgorithmIdentifier of PBES2 with PBKDF2 and AES-256. */
export const pbkdf2 = (iterations: number, salt: Bytes = SALT) => pbes2(sequence(oid('1.2.840.113549.1.5.12'), sequence(octets(salt), integer(iterations))), Buffer.alloc(16));

function pbes2(kdf: Bytes, iv: Bytes): Bytes {
  return sequence(oid('1.2.840.113549.1.5.13'), sequence(kdf, sequence(oid('2.16.840.1.101.3.4.1.42'), octets(iv))));
}

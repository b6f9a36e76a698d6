// Node's cryptography behind the interface that the readers of certificates take.

import {
  X509Certificate,
  createDecipheriv,
  createHash,
  createHmac,
  pbkdf2Sync,
  scryptSync,
  type KeyObject,
} from 'node:crypto';
import type { Crypto, X509Facts } from '../core/types.js';

/** Above what any reader asks for; each bounds scrypt itself. */
const MAX_SCRYPT_MEMORY = 256 * 1024 * 1024;

export const nodeCrypto: Crypto = {
  hash(algorithm, bytes) {
    return createHash(algorithm).update(bytes).digest();
  },
  hmac(algorithm, key, bytes) {
    return createHmac(algorithm, key).update(bytes).digest();
  },
  pbkdf2(algorithm, password, salt, iterations, length) {
    return pbkdf2Sync(password, salt, iterations, length, algorithm);
  },
  scrypt(password, salt, cost, blockSize, parallel, length) {
    return scryptSync(password, salt, length, { cost, blockSize, parallelization: parallel, maxmem: MAX_SCRYPT_MEMORY });
  },
  decrypt(cipher, key, iv, bytes) {
    // OpenSSL 3 has single DES among its legacy ciphers only; triple DES with the same key three times is the same.
    const decipher =
      cipher === 'des-cbc'
        ? createDecipheriv('des-ede3-cbc', Buffer.concat([key, key, key]), iv)
        : createDecipheriv(cipher, key, iv);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  },
  certificate(der) {
    try {
      return factsOf(new X509Certificate(der));
    } catch {
      return null;
    }
  },
};

function factsOf(certificate: X509Certificate): X509Facts {
  const key = publicKeyOf(certificate);
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serial: certificate.serialNumber.toUpperCase(),
    dnsNames: dnsNamesOf(certificate.subjectAltName ?? ''),
    notBefore: dateOf(certificate.validFrom),
    notAfter: dateOf(certificate.validTo),
    keyType: key?.asymmetricKeyType ?? null,
    keyBits: key?.asymmetricKeyDetails?.modulusLength ?? null,
    isCa: certificate.ca,
  };
}

/** Null for a key of an algorithm that OpenSSL does not know: Node throws on it. */
function publicKeyOf(certificate: X509Certificate): KeyObject | null {
  try {
    return certificate.publicKey;
  } catch {
    return null;
  }
}

/**
 * Node prints a distinguished name one part a line, the least specific first, special characters escaped as RFC 4514 wants.
 * Of an empty name it prints nothing at all, against its types.
 */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(', ');
}

/** The names of `DNS:shop.example, IP Address:192.0.2.1, DNS:"a, b"`; Node quotes a value, as JSON, where it could be misread. */
function dnsNamesOf(alternativeNames: string): string[] {
  return Array.from(alternativeNames.matchAll(/(?:^|, )([^:"]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)).flatMap(([, kind, value = '']) => {
    if (kind !== 'DNS') return [];
    return [value.startsWith('"') ? String(JSON.parse(value)) : value];
  });
}

/** `Nov  9 18:19:06 2011 GMT`; OpenSSL prints `Bad time value` for what it cannot read. */
function dateOf(text: string): Date | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time);
}

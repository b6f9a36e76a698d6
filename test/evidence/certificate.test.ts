// Files of certificates: DER, PEM in any encoding, PKCS#7, and what is none.

import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../src/cli/crypto.js';
import { certificateFact, derOfBase64, pemBlocks, readCertificateFile } from '../../src/evidence/certificate.js';

const FOLDER = new URL('../../fixtures/certificates/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, FOLDER));
const TRUTH = JSON.parse(fixture('truth.json').toString()) as Record<string, { thumbprints: string[] }>;
const read = (bytes: Uint8Array) => readCertificateFile('certs/web.cer', bytes, nodeCrypto);

describe('readCertificateFile', () => {
  const names = readdirSync(FOLDER).filter((name) => /\.(?:cer|pem|p7b)$/.test(name));

  it.each(names)('%s holds what OpenSSL says of it', (name) => {
    const { certificates, problems } = read(fixture(name));
    expect(certificates.map(({ thumbprint }) => thumbprint).sort()).toEqual([...TRUTH[name]!.thumbprints].sort());
    expect(problems.length > 0).toBe(certificates.length === 0);
  });

  it('tells the facts of a certificate', () => {
    expect(read(fixture('shop.cer'))).toMatchObject({
      kind: 'certificate',
      shape: 'der',
      certificates: [
        {
          subject: 'CN=shop.example, O=Contoso\\, Ltd., C=DE',
          issuer: 'CN=Contoso Issuing, O=Contoso\\, Ltd.',
          dnsNames: ['shop.example', '*.shop.example'],
          keyType: 'ec',
          keyBits: null,
          isCa: false,
          chainOf: null,
          hasPrivateKey: false,
          origin: { path: 'certs/web.cer', span: null },
        },
      ],
    });
    expect(read(fixture('rsa.cer')).certificates).toMatchObject([{ keyType: 'rsa', keyBits: 2048 }]);
  });

  it('tells the issuers of a bundle from its leaf', () => {
    for (const name of ['chain.pem', 'chain.p7b']) {
      const [leaf, ...issuers] = [...read(fixture(name)).certificates].sort((a, b) => Number(a.isCa) - Number(b.isCa));
      expect(leaf?.chainOf).toBeNull();
      expect(issuers.map(({ chainOf }) => chainOf)).toEqual([leaf?.thumbprint, leaf?.thumbprint]);
    }
  });

  it('does not guess whether a private key beside a certificate is its own', () => {
    expect(read(fixture('with-key.pem')).certificates).toMatchObject([{ hasPrivateKey: 'unknown' }]);
  });

  it.each([
    ['a .pfx', fixture('empty-password.pfx'), 'not-certificate', '--pfx'],
    ['a request', fixture('request.cer'), 'not-certificate', '.csr'],
    ['a request in PEM', fixture('request.pem'), 'no-certificate', 'BEGIN CERTIFICATE'],
    ['nothing', Buffer.alloc(0), 'empty', 'Export'],
    ['half a certificate', fixture('shop.cer').subarray(0, 200), 'corrupt', 'binary mode'],
    ['JSON', Buffer.from('{"value": []}'), 'not-certificate', '--vault'],
    ['PEM without an end', Buffer.from('-----BEGIN CERTIFICATE-----\nMAMCAQE=\n'), 'corrupt', '-----END'],
  ])('refuses %s with advice', (_, bytes, code, advice) => {
    const { certificates, problems } = read(bytes);
    expect(certificates).toEqual([]);
    expect(problems).toMatchObject([{ code }]);
    expect(`${problems[0]?.message ?? ''} ${problems[0]?.help ?? ''}`).toContain(advice);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => Array.isArray(read(bytes).problems)));
    const whole = fixture('chain.p7b');
    for (let length = 0; length < whole.length; length += 7) read(whole.subarray(0, length));
  });
});

describe('certificateFact', () => {
  it('hashes what is no certificate all the same', () => {
    const fact = certificateFact(Buffer.from('abc'), { path: 'x', span: null }, nodeCrypto);
    expect(fact).toMatchObject({ thumbprint: 'A9993E364706816ABA3E25717850C26C9CD0D89D', subject: null, notAfter: null });
  });
});

describe('derOfBase64', () => {
  it('reads what Buffer writes, with white space anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64').replace(/(.{5})/g, '$1\r\n ');
        expect(Buffer.from(derOfBase64(text)!)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(['', 'A', 'AA', 'AB-_', 'AA==AA==', '=AAA'])('refuses %j', (text) => {
    expect(derOfBase64(text)).toBeNull();
  });
});

describe('pemBlocks', () => {
  it('gives the readable blocks with their labels', () => {
    const text = 'Bag Attributes\n-----BEGIN X-----\nYWJj\n-----END X-----\n-----BEGIN Y-----\n!\n-----END Y-----\n';
    expect(pemBlocks(text)).toEqual([{ label: 'X', der: Uint8Array.from(Buffer.from('abc')) }]);
  });
});

// Reading .pfx files: the fixtures that OpenSSL made, structures made by hand, hostile ones, and damage at random.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CertificateFile, Crypto } from '../../src/core/types.js';
import { MAX_PFX_BYTES, readPfx } from '../../src/evidence/pfx.js';
import { nodeCrypto } from '../../src/cli/crypto.js';
import { processorTime } from '../support/setup.js';
import {
  bag,
  certificateBag,
  data,
  encrypted,
  explicit,
  indefinite,
  integer,
  keyBag,
  localKeyId,
  mac,
  octets,
  oid,
  pbkdf2,
  pbmac1,
  pfx,
  plain,
  scrypted,
  sequence,
  set,
  tlv,
  tripleDes,
} from '../support/pkcs12.js';
import { runs } from '../support/setup.js';

/** Damage is tried at every fifth byte; in long fuzzing at every one. */
const STEP = runs(1) > 1 ? 1 : 5;

const FOLDER = new URL('../../fixtures/certificates/', import.meta.url);

const fixture = (name: string) => readFileSync(new URL(name, FOLDER));

type Truth = Record<string, { password: string; keys: number; thumbprints: string[] }>;

const TRUTH = JSON.parse(fixture('truth.json').toString()) as Truth;

const SHOP = fixture('shop.cer');
const RSA = fixture('rsa.cer');
const [SHOP_THUMBPRINT = '', ISSUING = '', ROOT = ''] = TRUTH['chain.pfx']!.thumbprints;
const RSA_THUMBPRINT = TRUTH['rsa.cer']!.thumbprints[0];

function read(bytes: Uint8Array, ...passwords: readonly string[]): CertificateFile {
  return readPfx('certs/web.pfx', bytes, { crypto: nodeCrypto, passwords });
}

const readFixture = (name: string, ...passwords: readonly string[]) => read(fixture(name), ...passwords);
const thumbprints = ({ certificates }: CertificateFile) => certificates.map(({ thumbprint }) => thumbprint);
const codes = ({ problems }: CertificateFile) => problems.map(({ code }) => code);
const keysOf = ({ certificates }: CertificateFile) => certificates.map(({ hasPrivateKey }) => hasPrivateKey);

/** Files that cannot be read wholly, and why. */
const PROBLEMS: Record<string, readonly string[]> = {
  'base64.pfx': ['text-encoded'],
  'certutil-encoded.pfx': ['text-encoded'],
  'crlf.pfx': ['not-pfx'],
  'cut.pfx': ['corrupt'],
  'empty.pfx': ['empty'],
  'java-keystore.pfx': ['not-pfx'],
  'key-only.pfx': ['no-certificate'],
  'lfs-pointer.pfx': ['not-pfx'],
  'pem.pfx': ['not-pfx'],
  'sign-in.pfx': ['not-pfx'],
  'unsupported.pfx': ['unsupported'],
  'utf-8.pfx': ['not-pfx'],
};

describe('fixtures', () => {
  const files = Object.entries(TRUTH).filter(([name]) => name.endsWith('.pfx'));

  it.each(files)('%s', (name, { password, keys, thumbprints: expected }) => {
    const file = readFixture(name, ...(password === '' ? [] : [password]));
    expect(codes(file)).toEqual(PROBLEMS[name] ?? []);
    expect(thumbprints(file).sort()).toEqual(name === 'unsupported.pfx' ? [] : [...expected].sort());
    expect(keysOf(file).filter((has) => has === true)).toHaveLength(expected.length === 0 ? 0 : name === 'unsupported.pfx' ? 0 : keys);
    expect(file).toMatchObject({ path: 'certs/web.pfx', kind: 'pfx' });
  });

  it('tells facts', () => {
    const [shop] = readFixture('aes-256.pfx', 'Pass-2').certificates;
    expect(shop).toMatchObject({
      subject: 'CN=rsa.example',
      issuer: 'CN=rsa.example',
      keyType: 'rsa',
      keyBits: 2048,
      hasPrivateKey: true,
      chainOf: null,
      origin: { path: 'certs/web.pfx', span: null },
    });
    expect(shop!.notAfter!.getTime() - shop!.notBefore!.getTime()).toBe(36_500 * 86_400_000);
  });

  it('reads keys and certificates of every kind', () => {
    expect(readFixture('ed25519.pfx', 'Pass-9').certificates).toMatchObject([{ keyType: 'ed25519', keyBits: null, hasPrivateKey: true }]);
    expect(readFixture('pbe-rc4-40.pfx', 'Pass-3').certificates).toMatchObject([
      { keyType: 'ec', subject: String.raw`CN=shop.example, O=Contoso\, Ltd., C=DE`, dnsNames: ['shop.example', '*.shop.example'] },
    ]);
  });

  it.each([
    ['aes-256.pfx', ['aes-256-cbc sha256'], ['aes-256-cbc sha256'], 'sha256'],
    ['rc2-40-3des.pfx', ['rc2-40-cbc sha1'], ['des-ede3-cbc sha1'], 'sha1'],
    ['pbe-2des.pfx', ['des-ede-cbc sha1'], ['des-ede3-cbc sha1'], 'sha1'],
    ['pbe-3des.pfx', ['des-ede3-cbc sha1'], ['des-ede3-cbc sha1'], 'sha1'],
    ['pbe-rc2-128.pfx', ['rc2-128-cbc sha1'], ['des-ede3-cbc sha1'], 'sha1'],
    ['pbe-rc4-40.pfx', ['rc4-40 sha1'], ['des-ede3-cbc sha1'], 'sha1'],
    ['pbe-rc4-128.pfx', ['rc4-128 sha1'], ['des-ede3-cbc sha1'], 'sha1'],
    ['pbes2-aes-128-cbc.pfx', ['aes-128-cbc sha256'], ['aes-256-cbc sha256'], 'sha256'],
    ['pbes2-aes-192-cbc.pfx', ['aes-192-cbc sha256'], ['aes-256-cbc sha256'], 'sha256'],
    ['pbes2-des-cbc.pfx', ['des-cbc sha256'], ['aes-256-cbc sha256'], 'sha256'],
    ['pbes2-des-ede3-cbc.pfx', ['des-ede3-cbc sha256'], ['aes-256-cbc sha256'], 'sha256'],
    ['mac-md5.pfx', ['aes-256-cbc sha256'], ['des-ede3-cbc sha1'], 'md5'],
    ['mac-sha3-256.pfx', ['aes-256-cbc sha256'], ['des-ede3-cbc sha1'], 'sha3-256'],
    ['certificate-in-clear.pfx', [], ['des-ede3-cbc sha1'], 'sha256'],
    ['certificates-only.pfx', ['aes-256-cbc sha256'], [], 'sha256'],
    ['no-mac.pfx', [], ['des-ede3-cbc sha1'], null],
    ['unsupported.pfx', ['camellia-256-cbc sha256'], ['des-ede3-cbc sha1'], 'sha256'],
    ['base64.pfx', ['des-ede3-cbc sha1'], ['des-ede3-cbc sha1'], 'sha1'],
  ])('tells how %s is encrypted, with its password and without', (name, certificates, keys, mac) => {
    for (const passwords of [[], [TRUTH[name]!.password]]) {
      const { encryption } = readFixture(name, ...passwords);
      const shown = (schemes: readonly { cipher: string; hash: string | null }[] | undefined) => schemes?.map(({ cipher, hash }) => `${cipher} ${hash}`);
      expect([shown(encryption?.certificates), shown(encryption?.keys), encryption?.mac]).toEqual([certificates, keys, mac]);
    }
  });

  it.each(['cut.pfx', 'crlf.pfx', 'empty.pfx', 'java-keystore.pfx', 'pem.pfx'])('tells nothing of how %s is encrypted', (name) => {
    expect(readFixture(name).encryption).toBeNull();
  });

  it('tells the shape', () => {
    expect(readFixture('base64.pfx').shape).toBe('text-encoded-pfx');
    expect(readFixture('trailing-line-end.pfx').shape).toBe('pfx');
    expect(readFixture('pem.pfx').shape).toBe('pem');
    expect(readFixture('lfs-pointer.pfx').shape).toBeNull();
  });

  it('names what a file is that is no .pfx', () => {
    const message = (name: string) => readFixture(name).problems[0]?.message;
    expect(message('lfs-pointer.pfx')).toBe('The file is no .pfx: it is a Git LFS pointer, and the file that it stands for was not fetched.');
    expect(message('java-keystore.pfx')).toContain('Java key store');
    expect(message('sign-in.pfx')).toContain('HTML');
    expect(message('crlf.pfx')).toContain('took it for text');
    expect(message('utf-8.pfx')).toContain('took it for text');
    expect(message('cut.pfx')).toBe('The .pfx is damaged: it ends after 600 of 998 bytes.');
    expect(message('empty.pfx')).toBe('The file is empty.');
  });
});

describe('content that is no .pfx', () => {
  const first = (bytes: Uint8Array) => read(bytes).problems[0]!;

  it.each([
    ['a certificate in DER', SHOP, 'der'],
    ['PKCS#7', fixture('chain.p7b'), 'pkcs7'],
    ['a PEM bundle', fixture('chain.pem'), 'pem'],
    ['base64 without armour', fixture('bare-base64.cer'), 'pem'],
    ['PEM in UTF-16', fixture('utf-16.pem'), 'pem'],
  ])('%s is read all the same', (_, bytes, shape) => {
    const file = read(bytes);
    expect(codes(file)).toEqual(['not-pfx']);
    expect(thumbprints(file)[0]).toBe(SHOP_THUMBPRINT);
    expect(file).toMatchObject({ kind: 'pfx', shape });
  });

  it.each([
    ['JSON', '{ "value": "…" }', 'JSON'],
    ['XML', '<?xml version="1.0"?><PublishData/>', 'XML'],
    ['a Key Vault backup', '&AzureKeyVaultKeyBackupV1.microsoft.com…', 'Key Vault backup'],
    ['a ZIP archive', 'PK\u0003\u0004', 'ZIP'],
    ['text of another kind', 'hello', 'none of the formats'],
    ['a private key in DER', Buffer.from(sequence(integer(0), sequence(oid('1.2.840.10045.2.1')))), 'private key'],
    ['an encrypted private key in DER', Buffer.from(sequence(sequence(oid('1.2.840.113549.1.5.13')), octets(Buffer.of(1)))), 'private key'],
    ['zeros', Buffer.alloc(100), 'none of the formats'],
    ['text that PowerShell made of the bytes', Buffer.from('\uFEFF0\u201A\u0003', 'utf16le'), 'took it for text'],
  ])('%s', (_, content, named) => {
    const problem = first(typeof content === 'string' ? Buffer.from(content) : content);
    expect(problem.code).toBe('not-pfx');
    expect(problem.message).toContain(named);
  });

  it('reads base64 in the quotation marks of JSON', () => {
    const file = read(Buffer.from(JSON.stringify(fixture('empty-password.pfx').toString('base64'))));
    expect(codes(file)).toEqual(['text-encoded']);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });
});

describe('passwords', () => {
  it('asks for one where none was given', () => {
    const file = readFixture('aes-256.pfx');
    expect(codes(file)).toEqual(['needs-password']);
    expect(file.certificates).toEqual([]);
  });

  it('says that a wrong one and altered bytes look alike', () => {
    const file = readFixture('aes-256.pfx', 'Pass-2 ', 'pass-2');
    expect(codes(file)).toEqual(['wrong-password-or-altered']);
    expect(file.problems[0]?.message).toContain('any of the 2 passwords given, or it was altered');
    // OpenSSL 3 opens RC2 and the like only so.
    expect(file.problems[0]?.help).toContain('-legacy');
    expect(codes(read(pfx([tripleDes(sequence(certificateBag(SHOP)), 'secret')]), 'wrong'))).toEqual(['wrong-password-or-altered']);
  });

  it('tries all', () => {
    expect(thumbprints(readFixture('aes-256.pfx', '', 'a', 'b', 'Pass-2'))).toEqual([RSA_THUMBPRINT]);
    expect(thumbprints(read(pfx([tripleDes(sequence(certificateBag(SHOP)), 'secret')]), 'a', 'secret'))).toEqual([SHOP_THUMBPRINT]);
  });

  it('reads certificates that are not encrypted without one, and says what that cannot prove', () => {
    const file = readFixture('certificate-in-clear.pfx');
    expect(codes(file)).toEqual(['integrity-not-proven']);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
    expect(codes(readFixture('certificate-in-clear.pfx', 'wrong'))).toEqual(['wrong-password-or-altered']);
  });

  it.each([null, '', 'secret', 'Grüße', '🔑'])('MAC and triple DES with %j', (password) => {
    const safes = [tripleDes(sequence(certificateBag(SHOP)), password)];
    const file = read(pfx(safes, mac(safes, password)), ...(password === null ? [] : [password]));
    expect(codes(file)).toEqual([]);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });

  it('opens a safe that has another password than the MAC', () => {
    const safes = [tripleDes(sequence(certificateBag(SHOP)), 'inner')];
    expect(thumbprints(read(pfx(safes, mac(safes, 'outer')), 'outer', 'inner'))).toEqual([SHOP_THUMBPRINT]);
    expect(codes(read(pfx(safes, mac(safes, 'outer')), 'outer'))).toEqual(['wrong-password-or-altered']);
  });

  it('never tells one, nor any secret', () => {
    for (const [name, { password }] of Object.entries(TRUTH)) {
      if (password === '' || name === 'iterations-600000.pfx') continue;
      expect(JSON.stringify(readFixture(name, password))).not.toContain(password);
      expect(JSON.stringify(readFixture(name, `${password}x`))).not.toContain(password);
    }
  });

  it('never decrypts a private key', () => {
    const decrypt = vi.fn<Crypto['decrypt']>((...parameters) => nodeCrypto.decrypt(...parameters));
    readPfx('web.pfx', fixture('aes-256.pfx'), { crypto: { ...nodeCrypto, decrypt }, passwords: ['Pass-2'] });
    expect(decrypt).toHaveBeenCalledTimes(1);
    expect(Buffer.from(decrypt.mock.results[0]!.value as Uint8Array).includes(RSA)).toBe(true);
  });
});

describe('integrity', () => {
  const safes = [data(sequence(certificateBag(SHOP)))];

  it('notices one changed bit under a MAC', () => {
    const bytes = Buffer.from(pfx(safes, mac(safes, '')));
    bytes[bytes.indexOf(SHOP) + 100]! ^= 1;
    expect(codes(read(bytes, 'any'))).toEqual(['wrong-password-or-altered']);
    expect(codes(read(bytes))).toEqual(['integrity-not-proven']);
  });

  it('reads on where the algorithm of the MAC is not known, and says so', () => {
    const file = read(pfx(safes, mac(safes, '', { digest: '1.2.156.10197.1.401' })));
    expect(codes(file)).toEqual(['integrity-not-proven']);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });

  it('reads on where the platform does not have it', () => {
    const crypto: Crypto = {
      ...nodeCrypto,
      hash: (algorithm, bytes) => {
        if (algorithm === 'md5') throw new Error('disabled for FIPS');
        return nodeCrypto.hash(algorithm, bytes);
      },
    };
    const file = readPfx('web.pfx', fixture('mac-md5.pfx'), { crypto, passwords: ['Pass-5'] });
    expect(codes(file)).toEqual(['integrity-not-proven']);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });

  it('proves PBMAC1', () => {
    expect(read(pfx(safes, pbmac1(safes, 'secret', 32)), 'secret')).toMatchObject({ problems: [], certificates: [{ thumbprint: SHOP_THUMBPRINT }] });
    expect(codes(read(pfx(safes, pbmac1(safes, 'secret', 32)), 'wrong'))).toEqual(['wrong-password-or-altered']);
  });

  it.each([
    ['without a length', null, 'does not state how long'],
    ['with a key of one byte, which any password meets soon', 1, 'a key of 1 instead of at least '],
  ])('refuses PBMAC1 %s', (_, keyLength, why) => {
    const file = read(pfx(safes, pbmac1(safes, 'secret', keyLength)), 'secret');
    expect(codes(file)).toEqual(['corrupt']);
    expect(file.problems[0]?.message).toContain(why);
    expect(file.certificates).toEqual([]);
  });
});

describe('structure', () => {
  const contents = sequence(certificateBag(SHOP));

  it('reads BER: indefinite lengths, strings in pieces and pieces of pieces', () => {
    const safe = indefinite(0x30, indefinite(0x30, oid('1.2.840.113549.1.7.1'), indefinite(0xa0, indefinite(0x24, octets(contents.subarray(0, 99)), octets(contents.subarray(99))))));
    const whole = indefinite(0x24, tlv(0x24, octets(safe.subarray(0, 50)), octets(safe.subarray(50, 200))), octets(safe.subarray(200)));
    const bytes = indefinite(0x30, tlv(2, Buffer.of(3)), indefinite(0x30, oid('1.2.840.113549.1.7.1'), indefinite(0xa0, whole)));
    expect(read(bytes)).toMatchObject({ problems: [], certificates: [{ thumbprint: SHOP_THUMBPRINT }] });
  });

  it('reads several safes, and safes in safes', () => {
    const nested = bag(6, sequence(bag(6, sequence(certificateBag(RSA)))));
    const file = read(pfx([data(contents), data(sequence(nested)), data(sequence())]));
    expect(file.problems).toEqual([]);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT, RSA_THUMBPRINT]);
  });

  it('passes over revocation lists, secrets, bags and attributes that are not known, SDSI certificates', () => {
    const others = [bag(4, sequence(oid('1.2.3'))), bag(5, octets(Buffer.of(1))), bag(99, octets(Buffer.of(1))), bag(3, sequence(oid('1.2.840.113549.1.9.22.2'), explicit(0, octets(SHOP))))];
    const file = read(plain(...others, certificateBag(SHOP, set(sequence(oid('1.2.3'), set(octets(Buffer.of(1))))))));
    expect(file.problems).toEqual([]);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });

  it('reads scrypt', () => {
    expect(read(pfx([scrypted(contents, 'secret')]), 'secret')).toMatchObject({ problems: [], certificates: [{ thumbprint: SHOP_THUMBPRINT }] });
  });

  it('tells of encryption what is unusual: scrypt has no hash, PBKDF2 has SHA-1 where it names none, PBMAC1 has that of its HMAC', () => {
    expect(read(pfx([scrypted(contents, 'secret')])).encryption).toEqual({ certificates: [{ cipher: 'aes-256-cbc', hash: null }], keys: [], mac: null });
    expect(read(pfx([encrypted(pbkdf2(1), octets(SHOP))])).encryption?.certificates).toEqual([{ cipher: 'aes-256-cbc', hash: 'sha1' }]);
    const safes = [data(contents)];
    expect(read(pfx(safes, pbmac1(safes, 'secret', 32))).encryption?.mac).toBe('sha256');
    expect(read(pfx(safes, mac(safes, '', { digest: '1.2.156.10197.1.401' }))).encryption?.mac).toBe('sm3');
    expect(read(plain(keyBag(), keyBag())).encryption).toEqual({ certificates: [], keys: [{ cipher: '1.2.3', hash: null }], mac: null });
  });

  it('takes no harm from a key that does not say how it is encrypted', () => {
    const file = read(plain(certificateBag(SHOP, localKeyId(1)), bag(2, octets(Buffer.of(1)), localKeyId(1))));
    expect(file).toMatchObject({ problems: [], certificates: [{ hasPrivateKey: true }], encryption: { keys: [] } });
  });

  it('gives a certificate once, however often it is there', () => {
    const file = read(plain(certificateBag(SHOP, localKeyId(1)), keyBag(localKeyId(1)), certificateBag(SHOP), certificateBag(SHOP, localKeyId(2)), keyBag(localKeyId(2))));
    expect(file.certificates).toMatchObject([{ thumbprint: SHOP_THUMBPRINT, hasPrivateKey: true }]);
  });

  it('hashes the bytes as they are, of what is no certificate too', () => {
    const blob = Buffer.from('no certificate');
    expect(read(plain(certificateBag(blob))).certificates).toMatchObject([
      { thumbprint: Buffer.from(nodeCrypto.hash('sha1', blob)).toString('hex').toUpperCase(), subject: null, keyType: null, isCa: null },
    ]);
  });

  it('reads the other bags and the other safes where one is damaged', () => {
    const file = read(pfx([octets(Buffer.of(1)), data(sequence(NO_BAG, certificateBag(SHOP)))]));
    expect(codes(file)).toEqual(['corrupt']);
    expect(file.problems[0]?.message).toBe('The .pfx is damaged: in the list of safes, a sequence is missing.');
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });

  const NO_BAG = octets(Buffer.of(1));
});

describe('unsupported', () => {
  it.each([
    ['a cipher with its name', encrypted(sequence(oid('1.2.840.113549.1.5.3'), sequence()), octets(SHOP)), '1.2.840.113549.1.5.3 (pbeWithMD5AndDES-CBC)'],
    ['a cipher that is unheard of', encrypted(sequence(oid('1.2.3.4'), sequence()), octets(SHOP)), 'encryption 1.2.3.4,'],
    ['encryption to a certificate', sequence(oid('1.2.840.113549.1.7.3'), explicit(0, sequence())), '(envelopedData)'],
  ])('%s', (_, safe, named) => {
    const file = read(pfx([safe, data(sequence(certificateBag(SHOP)))]));
    expect(codes(file)).toEqual(['unsupported']);
    expect(file.problems[0]?.message).toContain(named);
    expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
  });

  it('a signature in place of the MAC', () => {
    expect(codes(read(sequence(tlv(2, Buffer.of(3)), sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence())))))).toEqual(['unsupported']);
  });
});

describe('private keys', () => {
  it('are paired by localKeyId; the issuers beside the leaf have none', () => {
    const { certificates } = readFixture('chain.pfx', 'Pass-11');
    const byThumbprint = Object.fromEntries(certificates.map((fact) => [fact.thumbprint, [fact.hasPrivateKey, fact.chainOf]]));
    expect(byThumbprint).toEqual({ [SHOP_THUMBPRINT]: [true, null], [ISSUING]: [false, SHOP_THUMBPRINT], [ROOT]: [false, SHOP_THUMBPRINT] });
  });

  it('are none where the file has no key', () => {
    expect(keysOf(read(plain(certificateBag(SHOP, localKeyId(1)))))).toEqual([false]);
  });

  it('are unknown without a localKeyId', () => {
    expect(keysOf(read(plain(certificateBag(SHOP), keyBag())))).toEqual(['unknown']);
    expect(keysOf(read(plain(certificateBag(SHOP, localKeyId(1)), keyBag())))).toEqual(['unknown']);
    expect(keysOf(read(plain(certificateBag(SHOP), keyBag(localKeyId(1)))))).toEqual(['unknown']);
  });

  it('are unknown for the rest where one key has no certificate', () => {
    expect(keysOf(read(plain(certificateBag(SHOP, localKeyId(1)), certificateBag(RSA), keyBag(localKeyId(1)), keyBag())))).toEqual([true, 'unknown']);
  });

  it('are unknown where two certificates claim the same', () => {
    expect(keysOf(read(plain(certificateBag(SHOP, localKeyId(1)), certificateBag(RSA, localKeyId(1)), keyBag(localKeyId(1)))))).toEqual(['unknown', 'unknown']);
  });

  it('are unknown where a part of the file cannot be read', () => {
    const sealed = encrypted(sequence(oid('1.2.3.4'), sequence()), octets(SHOP));
    expect(keysOf(read(pfx([data(sequence(certificateBag(SHOP))), sealed])))).toEqual(['unknown']);
  });

  it('belong to every certificate with the same public key', () => {
    const renewed = Buffer.from(SHOP);
    renewed[renewed.length - 1]! ^= 1;
    expect(keysOf(read(plain(certificateBag(SHOP, localKeyId(1)), certificateBag(renewed), keyBag(localKeyId(1)))))).toEqual([true, true]);
  });
});

describe('chains', () => {
  const chain = [SHOP, ...['issuing', 'root'].map((_, index) => pemDer(index + 1))];

  it('lead to the leaf that issued nobody where there are no keys', () => {
    const { certificates } = readFixture('certificates-only.pfx', 'Pass-12');
    expect(certificates.map(({ chainOf }) => chainOf)).toEqual([null, SHOP_THUMBPRINT, SHOP_THUMBPRINT]);
    expect(keysOf(readFixture('certificates-only.pfx', 'Pass-12'))).toEqual([false, false, false]);
  });

  it('are in any order, and have gaps', () => {
    const [shop, issuing, root] = chain.map((der) => certificateBag(der)) as [Uint8Array, Uint8Array, Uint8Array];
    expect(read(plain(root, issuing, shop)).certificates.map(({ chainOf }) => chainOf)).toEqual([SHOP_THUMBPRINT, SHOP_THUMBPRINT, null]);
    expect(read(plain(root, shop)).certificates.map(({ chainOf }) => chainOf)).toEqual([null, null]);
  });

  it('of a certificate with a key of its own are none', () => {
    const [, issuing = SHOP] = chain;
    const file = read(plain(certificateBag(SHOP, localKeyId(1)), keyBag(localKeyId(1)), certificateBag(issuing, localKeyId(2)), keyBag(localKeyId(2))));
    expect(file.certificates.map(({ chainOf }) => chainOf)).toEqual([null, null]);
  });

  it('of an issuer of two leaves are unclear', () => {
    const [, issuing = SHOP] = chain;
    const other = Buffer.from(SHOP);
    other[other.length - 1]! ^= 1;
    const file = read(plain(certificateBag(SHOP), certificateBag(other), certificateBag(issuing)));
    expect(file.certificates.map(({ chainOf }) => chainOf)).toEqual([null, null, null]);
  });

  function pemDer(index: number): Buffer {
    const blocks = fixture('chain.pem').toString().match(/-----BEGIN[^-]+-----([^-]+)/g) ?? [];
    return Buffer.from(blocks[index]!.replace(/-----.*-----/, ''), 'base64');
  }
});

describe('bounds', () => {
  const contents = sequence(certificateBag(SHOP));
  const safes = [data(contents)];
  const HUGE = 2 ** 31 - 1;

  it.each([
    ['iterations of a MAC', pfx(safes, mac(safes, '', { iterations: HUGE }))],
    ['iterations of PBES1', pfx([tripleDes(contents, '', HUGE)])],
    ['iterations of PBKDF2', pfx([encrypted(pbkdf2(HUGE), SHOP)])],
    ['iterations beyond every integer', pfx([encrypted(sequence(oid('1.2.840.113549.1.12.1.3'), sequence(octets(SHOP.subarray(0, 8)), tlv(2, Buffer.alloc(100, 0x7f)))), SHOP)])],
    ['memory of scrypt', pfx([scrypted(contents, '', 2 ** 20)])],
    ['salt of a MAC', pfx(safes, mac(safes, '', { salt: Buffer.alloc(1025) }))],
    ['salt of PBKDF2', pfx([encrypted(pbkdf2(1, Buffer.alloc(1025)), SHOP)])],
    ['a derived key', pfx(safes, pbmac1(safes, '', 4096))],
    ['bags', plain(...Array<Uint8Array>(10_001).fill(keyBag()))],
    ['safes', pfx(Array<Uint8Array>(10_001).fill(data(sequence())))],
    ['elements', plain(sequence(Buffer.alloc(2 ** 20)))],
    ['depth', plain(nested(80))],
    ['size', Buffer.alloc(MAX_PFX_BYTES + 1)],
  ])('%s', (_, bytes) => {
    const spent = processorTime(() => {
      expect(codes(read(bytes))).toEqual(['over-limit']);
    });
    expect(spent).toBeLessThan(2000);
  });

  it.each([0, -1, -(2 ** 31)])('%d iterations are damage', (iterations) => {
    expect(codes(read(pfx(safes, mac(safes, '', { iterations }))))).toEqual(['corrupt']);
    expect(codes(read(pfx([tripleDes(contents, '', iterations)])))).toEqual(['corrupt']);
    expect(codes(read(pfx([encrypted(pbkdf2(iterations), SHOP)])))).toEqual(['corrupt']);
  });

  it.each([0, 1, 3, -16])('a cost of scrypt of %d is damage', (cost) => {
    expect(codes(read(pfx([scrypted(contents, '', cost)])))).toEqual(['corrupt']);
  });

  it('counts the iterations of all passwords together', () => {
    const calls = vi.fn<Crypto['pbkdf2']>(() => new Uint8Array(32));
    const crypto: Crypto = { ...nodeCrypto, pbkdf2: calls };
    const file = readPfx('web.pfx', pfx([encrypted(pbkdf2(4_000_000), SHOP)]), { crypto, passwords: ['a', 'b', 'c'] });
    expect(codes(file)).toEqual(['over-limit']);
    expect(file.problems[0]?.help).toBe('Give only the password of this file.');
    expect(calls).toHaveBeenCalledTimes(2);
  });

  it('decrypts much RC2 in linear time', () => {
    const algorithm = sequence(oid('1.2.840.113549.1.12.1.6'), sequence(octets(Buffer.alloc(8)), integer(1)));
    const spent = processorTime(() => {
      expect(codes(read(pfx([encrypted(algorithm, Buffer.alloc(2 ** 18))])))).toEqual(['needs-password']);
    });
    expect(spent).toBeLessThan(5000);
  });

  function nested(depth: number): Uint8Array {
    return depth === 0 ? certificateBag(SHOP) : bag(6, sequence(nested(depth - 1)));
  }
});

describe('damage', () => {
  const safes = [tripleDes(sequence(certificateBag(SHOP, localKeyId(1))), 'secret'), data(sequence(keyBag(localKeyId(1))))];
  const small = Buffer.from(pfx(safes, mac(safes, 'secret')));

  /** Either nothing is lost, or it is told. */
  function check(bytes: Uint8Array): void {
    const file = read(bytes, 'secret');
    if (file.problems.length === 0) expect(thumbprints(file)).toEqual([SHOP_THUMBPRINT]);
    for (const { code, message, help } of file.problems) expect(`${code}${message}${help}`).not.toContain('undefined');
  }

  it('of any one bit is told', () => {
    for (let index = 0; index < small.length; index += STEP) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const bytes = Buffer.from(small);
        bytes[index]! ^= bit;
        check(bytes);
      }
    }
  });

  it('of the end is told', () => {
    for (let length = 0; length < small.length; length++) {
      expect(read(small.subarray(0, length), 'secret').problems).not.toEqual([]);
    }
  });

  it('of files without a MAC never throws', () => {
    const clear = Buffer.from(plain(certificateBag(SHOP, localKeyId(1)), keyBag(localKeyId(1)), bag(6, sequence(certificateBag(RSA)))));
    for (let index = 0; index < clear.length; index += STEP) {
      const bytes = Buffer.from(clear);
      bytes[index]! ^= 0xff;
      expect(read(bytes)).toHaveProperty('problems');
    }
  });

  it('of the fixtures ends in a result', () => {
    const names = Object.keys(TRUTH).filter((name) => name !== 'iterations-600000.pfx');
    const damage = fc.record({ name: fc.constantFrom(...names), at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255), cut: fc.boolean() });
    fc.assert(
      fc.property(damage, ({ name, at, byte, cut }) => {
        const bytes = fixture(name);
        const index = Math.floor(at * bytes.length);
        bytes[index] = byte;
        const file = read(cut ? bytes.subarray(0, index) : bytes, TRUTH[name]!.password);
        expect(file.certificates.length + file.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(100) },
    );
  });

  it('of any kind never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read(bytes).problems.length).toBeGreaterThan(0);
        expect(read(Buffer.concat([small.subarray(0, 40), bytes])).problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

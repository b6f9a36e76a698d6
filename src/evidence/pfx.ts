// The only file that knows node-forge: reads a .pfx (PKCS#12) as far as its certificates, and never a private key.

import asn1 from 'node-forge/lib/asn1.js';
import rc2 from 'node-forge/lib/rc2.js';
import type { CertificateFile, Crypto, Location, PfxEncryption } from '../core/types.js';
import { bytesOfLatin1, concat, latin1 } from './bytes.js';
import { relate } from './certificate-chain.js';
import { certificateFact, readContent, type CertificateContent, type Unplaced } from './certificate.js';
import { MANGLED, contentOf, hasConvertedLineEnds, kindOfDer, type Content, type Foreign } from './content.js';
import { elementAt, endOf, headerAt, holdsMoreElementsThan } from './der.js';
import { OID, nameOf } from './pkcs12/algorithms.js';
import { Asn1, type Fields } from './pkcs12/asn1.js';
import { Schemes, decryptionOf, type Tools } from './pkcs12/encryption.js';
import { macHashOf, proofOf } from './pkcs12/integrity.js';
import { Budget, MAX_DEPTH, MAX_ELEMENTS, Unreadable, corrupt, ifReadable, overLimit, unsupported } from './pkcs12/limits.js';
import { candidatesOf, type Password } from './pkcs12/password.js';
import { SafeContents } from './pkcs12/safe-contents.js';

export { MAX_PFX_BYTES } from './content.js';

export interface PfxOptions {
  readonly crypto: Crypto;
  /** Tried in this order, after the empty password and none. */
  readonly passwords: readonly string[];
}

/**
 * Reads a .pfx, also as base64 or PEM text. Never throws; what is wrong is among the problems. Content of another kind has the
 * code `not-pfx`, and certificates in it are read all the same.
 *
 * https://www.rfc-editor.org/rfc/rfc7292
 */
export function readPfx(path: string, bytes: Uint8Array, options: PfxOptions): CertificateFile {
  const origin: Location = { path, span: null };
  const content = contentOf(bytes);
  const pfx = pfxIn(content);
  const { problems, ...read } = pfx === null ? { ...readOther(content, origin, options.crypto), encryption: null } : readContents(pfx, origin, options);
  return { path, kind: 'pfx', ...read, problems: problems.map((problem) => ({ ...problem, location: origin })) };
}

interface EncodedPfx {
  readonly der: Uint8Array;
  /** As base64 or PEM text. */
  readonly encoded: boolean;
}

function pfxIn(content: Content): EncodedPfx | null {
  if (content.kind === 'pfx') return content;
  if (content.kind !== 'pem') return null;
  for (const { der } of content.sections) {
    if (der !== null && kindOfDer(der) === 'pfx') return { der, encoded: true };
  }
  return null;
}

function readContents({ der, encoded }: EncodedPfx, origin: Location, options: PfxOptions): CertificateContent & Pick<CertificateFile, 'encryption'> {
  const { contents: { certificates, keyIds, problems }, encryption } = open(der, options);
  if (certificates.length === 0 && problems.length > 0 && hasConvertedLineEnds(der)) return { ...refused(MANGLED), encryption: null };
  const found = certificates.map((one) => ({ ...one, fact: certificateFact(one.der, origin, options.crypto) }));
  const told: Unplaced[] = problems.map(({ code, message, help }) => ({ code, message, help }));
  if (encoded) told.unshift(TEXT_ENCODED);
  if (certificates.length === 0 && problems.length === 0) told.push(NO_CERTIFICATE);
  return {
    shape: encoded ? 'text-encoded-pfx' : 'pfx',
    certificates: relate(found, { ids: keyIds, complete: problems.length === 0 }),
    encryption,
    problems: told,
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// From the outside in
// ---------------------------------------------------------------------------------------------------------------------

/**
 *     PFX { version, ContentInfo { data, [0] AuthenticatedSafe in an octet string }, MacData OPTIONAL }
 */
function open(der: Uint8Array, { crypto, passwords }: PfxOptions): { readonly contents: SafeContents; readonly encryption: PfxEncryption | null } {
  const contents = new SafeContents();
  let encryption: PfxEncryption | null = null;
  const tools: Tools = { crypto, rc2: decryptRc2, budget: new Budget() };
  contents.attempt(() => {
    checkLength(der);
    const pfx = parse(der, 'the outermost structure').sequence();
    const authenticated = dataOf(pfx.at(1).sequence());
    const safes = parse(authenticated, 'the list of safes').sequence();
    const macData = pfx.optional(2);
    const keyring = unlock(macData, authenticated, passwords, tools);
    const safeSchemes = new Schemes();
    encryption = { certificates: safeSchemes.all, keys: contents.keySchemes.all, mac: macData === undefined ? null : ifReadable(() => macHashOf(macData)) };
    for (const [index, info] of safes.items.entries()) {
      contents.count();
      contents.attempt(() => contents.add(safeOf(info, `safe ${index + 1}`, safeSchemes, keyring, tools)));
    }
    contents.attempt(() => tellIntegrity(keyring, contents));
  });
  return { contents, encryption };
}

/** Throws `Unreadable` where a file was cut off, which the parser could not tell from other damage. */
function checkLength(der: Uint8Array): void {
  const header = headerAt(der, 0);
  const end = header === null ? null : endOf(header);
  if (end !== null && end > der.length) throw corrupt(`it ends after ${der.length} of ${end} bytes`);
}

/** The octets of a ContentInfo of plain data. */
function dataOf(info: Fields): Uint8Array {
  const type = info.at(0).oid();
  if (type !== OID.data) throw unsupported(`content type ${nameOf(type)}`);
  return info.at(1).explicit(0).octets();
}

/** The passwords to try on safes, and how much is known about them. */
interface Keyring {
  /** `proven`: the first of the passwords fits the MAC. `refuted`: none does. `absent`: there is no MAC. `unknown`: nothing can be said. */
  readonly mac: 'proven' | 'refuted' | 'absent' | 'unknown';
  readonly passwords: readonly Password[];
  /** How many passwords were given. */
  readonly given: number;
}

function unlock(macData: Asn1 | undefined, authenticated: Uint8Array, given: readonly string[], tools: Tools): Keyring {
  const passwords = candidatesOf(given);
  const prove = macData === undefined ? null : proofOf(macData, tools);
  if (prove === null) return { mac: macData === undefined ? 'absent' : 'unknown', passwords, given: given.length };
  const fitting = passwords.find((password) => prove(password, authenticated));
  if (fitting === undefined) return { mac: 'refuted', passwords: [], given: given.length };
  // A safe may be encrypted with another password than the MAC: "openssl pkcs12 -twopass".
  return { mac: 'proven', passwords: [fitting, ...passwords.filter((password) => password !== fitting)], given: given.length };
}

function tellIntegrity({ mac, given }: Keyring, { problems }: SafeContents): void {
  if (mac === 'unknown') throw integrityNotProven('the algorithm of its MAC is not known', 'Export it again, or compare the thumbprint with the one that "openssl pkcs12 -nokeys -in FILE.pfx | openssl x509 -noout -fingerprint" prints (for an old file, "openssl pkcs12 -legacy …").');
  if (mac !== 'refuted') return;
  if (given > 0) throw wrongPassword(given);
  if (!problems.some(({ code }) => code === 'needs-password')) throw integrityNotProven('that takes its password, although its certificates are not encrypted and were read', GIVE_PASSWORD);
}

/** The SafeContents of a safe, decrypted if need be. */
function safeOf(contentInfo: Asn1, where: string, schemes: Schemes, keyring: Keyring, tools: Tools): Asn1 {
  const info = contentInfo.sequence();
  if (info.at(0).oid() !== OID.encryptedData) return parse(dataOf(info), where);
  // EncryptedData { version, EncryptedContentInfo { contentType, AlgorithmIdentifier, [0] octets } }
  const encrypted = info.at(1).explicit(0).sequence().at(1).sequence();
  schemes.add(() => encrypted.at(1));
  const decrypt = decryptionOf(encrypted.at(1), tools);
  const bytes = encrypted.at(2).implicitOctets(0);
  for (const password of keyring.passwords) {
    const plain = decrypt(password, bytes);
    const safe = plain === null ? null : decrypted(plain, where, keyring);
    if (safe !== null) return safe;
  }
  throw keyring.given === 0 ? needsPassword() : wrongPassword(keyring.given);
}

/**
 * Null for what a wrong password makes of a safe: now and then its padding looks right. Where no MAC has proven the password, it
 * is believed only if the safe is one sequence from the first byte to the last.
 */
function decrypted(plain: Uint8Array, where: string, { mac }: Keyring): Asn1 | null {
  if (mac !== 'proven' && elementAt(plain, 0)?.end !== plain.length) return null;
  try {
    const safe = parse(plain, where);
    return safe.isSequence() ? safe : null;
  } catch (error) {
    if (error instanceof Unreadable && error.code === 'corrupt') return null;
    throw error;
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// node-forge
// ---------------------------------------------------------------------------------------------------------------------

/** Parses the first element of the bytes, BER or DER. Throws `Unreadable`. */
function parse(bytes: Uint8Array, where: string): Asn1 {
  // node-forge takes a hundred bytes of memory for each element, which may be as short as two.
  if (holdsMoreElementsThan(MAX_ELEMENTS, bytes)) throw overLimit(`has more than ${MAX_ELEMENTS} elements in ${where}`);
  try {
    return new Asn1(asn1.fromDer(latin1(bytes), { strict: true, parseAllBytes: false, decodeBitStrings: false, maxDepth: MAX_DEPTH }), where);
  } catch (error) {
    if (error instanceof Error && error.message.includes('Max depth')) throw overLimit(`is nested more than ${MAX_DEPTH} levels deep in ${where}`);
    throw corrupt(`${where} is no well-formed ASN.1`);
  }
}

/** RC2 is decrypted in pieces of this many bytes: the time that node-forge's buffers take grows with the square of their length. */
const RC2_PIECE = 512;

const RC2_BLOCK = 8;

const decryptRc2: Tools['rc2'] = (key, iv, bytes) => {
  const cipher = rc2.createDecryptionCipher(latin1(key), key.length * 8);
  const pieces: Uint8Array[] = [];
  let chained = iv;
  for (let start = 0; start < bytes.length; start += RC2_PIECE) {
    const piece = bytes.subarray(start, start + RC2_PIECE);
    cipher.start(latin1(chained));
    cipher.update({ getBytes: () => latin1(piece) });
    cipher.finish(() => true);
    pieces.push(bytesOfLatin1(cipher.output.getBytes()));
    chained = piece.subarray(-RC2_BLOCK);
  }
  return concat(pieces);
};

// ---------------------------------------------------------------------------------------------------------------------
// Words
// ---------------------------------------------------------------------------------------------------------------------

/** What a file under the name of a .pfx holds instead. */
function readOther(content: Content, origin: Location, crypto: Crypto): CertificateContent {
  if (content.kind === 'foreign') return refused(content);
  const read = readContent(content, origin, crypto);
  return content.kind === 'empty' || content.kind === 'too-large' ? read : { ...read, problems: [notPfx(content), ...read.problems] };
}

function refused({ what, help }: Foreign): CertificateContent {
  return { shape: null, certificates: [], problems: [{ code: 'not-pfx', message: `The file is no .pfx: it ${what}.`, help }] };
}

function notPfx({ kind }: Content): Unplaced {
  const what = kind === 'pem' ? 'PEM text' : kind === 'pkcs7' ? 'PKCS#7, which holds certificates without private keys' : 'a certificate without its private key';
  return {
    code: 'not-pfx',
    message: `The file is no .pfx: it is ${what}.`,
    help: 'Where the private key is needed, make a .pfx: "openssl pkcs12 -export -inkey KEY.pem -in CERTIFICATE.pem -out FILE.pfx".',
  };
}

const TEXT_ENCODED: Unplaced = {
  code: 'text-encoded',
  message: 'The .pfx is written as base64 text; it was read, but Azure and Windows want the binary file.',
  help: 'Decode it: "certutil -decode FILE NEW.pfx" on Windows, "base64 -d FILE > NEW.pfx" elsewhere.',
};

const NO_CERTIFICATE: Unplaced = {
  code: 'no-certificate',
  message: 'The .pfx holds no certificate.',
  help: 'Export it again with its certificate: "openssl pkcs12 -export -inkey KEY.pem -in CERTIFICATE.pem -out FILE.pfx".',
};

const GIVE_PASSWORD = 'Give its password with --pfx-password-env, --pfx-password-file or --pfx-password-stdin.';

function needsPassword(): Unreadable {
  return new Unreadable('needs-password', 'The .pfx is encrypted, and no password was given.', GIVE_PASSWORD);
}

function wrongPassword(given: number): Unreadable {
  return new Unreadable(
    'wrong-password-or-altered',
    `The .pfx does not open with ${given === 1 ? 'the password' : `any of the ${given} passwords`} given, or it was altered; PKCS#12 cannot tell the two apart.`,
    'Try the password with "certutil -dump FILE.pfx" on Windows, "openssl pkcs12 -info -noout -in FILE.pfx" elsewhere, with -legacy for an old file; if it is right, copy the file again in binary mode.',
  );
}

function integrityNotProven(why: string, help: string): Unreadable {
  return new Unreadable('integrity-not-proven', `It cannot be proven that the .pfx is unaltered: ${why}.`, help);
}

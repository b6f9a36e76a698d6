// Certificates without their keys: DER, PEM bundles, PKCS#7. Also what every reader makes of one certificate.

import type { CertificateFact, CertificateFile, CertificateShape, Crypto, Location, Problem } from '../core/types.js';
import { hex } from './bytes.js';
import { relate } from './certificate-chain.js';
import { MAX_OBJECTS, MAX_PFX_BYTES, contentOf, kindOfDer, type Content } from './content.js';
import { TAG, childrenOf, elementAt, publicKeyInfo, type Element } from './der.js';
import type { PemSection } from './pem.js';

export { derOfBase64, pemBlocks, type PemBlock } from './pem.js';

/** A problem of a file that its reader has yet to place. */
export type Unplaced = Omit<Problem, 'location'>;

/** What one certificate says. Bytes that are no certificate still have a thumbprint; all else is then null. */
export function certificateFact(
  der: Uint8Array,
  origin: Location,
  crypto: Crypto,
  more: Partial<Pick<CertificateFact, 'hasPrivateKey' | 'chainOf'>> = {},
): CertificateFact {
  return {
    // The bytes as they stand: to parse and encode again changes some certificates.
    thumbprint: hex(crypto.hash('sha1', der)),
    ...(crypto.certificate(der) ?? UNREADABLE),
    hasPrivateKey: 'unknown',
    chainOf: null,
    ...more,
    origin,
  };
}

const UNREADABLE = {
  subject: null,
  issuer: null,
  serial: null,
  dnsNames: [],
  notBefore: null,
  notAfter: null,
  keyType: null,
  keyBits: null,
  isCa: null,
};

/**
 * Reads a file of certificates: DER, PEM in any encoding, PKCS#7 (.p7b) in DER or PEM. Never throws; what is wrong is among
 * the problems, and content of another kind, a .pfx too, has the code `not-certificate`.
 */
export function readCertificateFile(path: string, bytes: Uint8Array, crypto: Crypto): CertificateFile {
  const origin: Location = { path, span: null };
  const { problems, ...read } = readContent(contentOf(bytes), origin, crypto);
  return { path, kind: 'certificate', ...read, encryption: null, problems: problems.map((problem) => ({ ...problem, location: origin })) };
}

/** What a content holds, whatever its file was meant to be. */
export interface CertificateContent {
  readonly shape: CertificateShape | null;
  readonly certificates: readonly CertificateFact[];
  readonly problems: readonly Unplaced[];
}

/** The certificates of a content that is no .pfx. */
export function readContent(content: Content, origin: Location, crypto: Crypto): CertificateContent {
  const { shape, ders, keys, problems } = collect(content);
  const found = ders.slice(0, MAX_OBJECTS).map((der) => ({ fact: certificateFact(der, origin, crypto), der, keyId: null }));
  const certificates = relate(found, { ids: Array<null>(keys).fill(null), complete: problems.length === 0 });
  return { shape, certificates, problems: ders.length > MAX_OBJECTS ? [...problems, TOO_MANY] : problems };
}

/** What is in a content, as bytes. */
interface Collected {
  readonly shape: CertificateShape | null;
  readonly ders: readonly Uint8Array[];
  /** How many private keys stand beside them. */
  readonly keys: number;
  readonly problems: readonly Unplaced[];
}

function collect(content: Content): Collected {
  switch (content.kind) {
    case 'empty':
      return nothing({ code: 'empty', message: 'The file is empty.', help: 'Export the certificate again.' });
    case 'too-large':
      return nothing({
        code: 'over-limit',
        message: `The file is larger than ${MAX_PFX_BYTES / 1024 / 1024} MB, the most that is read of certificates.`,
        help: 'Check that this is the right file.',
      });
    case 'foreign':
      return nothing({ code: 'not-certificate', message: `The file is no certificate: it ${content.what}.`, help: content.help });
    case 'pfx':
      return nothing({ code: 'not-certificate', message: 'The file is no plain certificate: it is a .pfx (PKCS#12).', help: 'Give it with --pfx, under a name that ends in .pfx.' });
    case 'certificate':
      return ofCertificate(content.der, content.encoded ? 'pem' : 'der');
    case 'pkcs7':
      return ofPkcs7(content.der);
    case 'pem':
      return ofPem(content.sections);
  }
}

function nothing(problem: Unplaced, shape: CertificateShape | null = null): Collected {
  return { shape, ders: [], keys: 0, problems: [problem] };
}

function ofCertificate(bytes: Uint8Array, shape: CertificateShape): Collected {
  const element = elementAt(bytes, 0);
  if (element === null) return nothing(CUT, shape);
  // Line ends that an editor added after the certificate are no part of it.
  const der = bytes.subarray(0, element.end);
  return publicKeyInfo(der) === null ? nothing(NO_CERTIFICATE_IN_DER) : { shape, ders: [der], keys: 0, problems: [] };
}

function ofPkcs7(bytes: Uint8Array): Collected {
  const ders = certificatesOfPkcs7(bytes);
  if (ders === null) return nothing(CUT, 'pkcs7');
  return ders.length === 0 ? nothing(noCertificate('The PKCS#7 file holds no certificate.'), 'pkcs7') : { shape: 'pkcs7', ders, keys: 0, problems: [] };
}

function ofPem(sections: readonly PemSection[]): Collected {
  const ders: Uint8Array[] = [];
  const shapes = new Set<CertificateShape>();
  const problems: Unplaced[] = [];
  let keys = 0;
  for (const { label, der } of sections) {
    if (label.endsWith('PRIVATE KEY')) {
      keys++;
    } else if (der === null) {
      // One is enough: the file has to be exported again.
      if (problems.length === 0) problems.push(damagedBlock(label));
    } else {
      const read = ofBlock(der);
      ders.push(...read.ders);
      if (read.shape !== null) shapes.add(read.shape);
    }
  }
  if (ders.length === 0 && problems.length === 0) problems.push(noCertificate(`The PEM text holds no certificate, only: ${labelsOf(sections)}.`));
  const shape = shapes.size === 1 && shapes.has('pkcs7') ? 'pkcs7' : 'pem';
  return { shape, ders, keys, problems };
}

/** What one block holds, by its content: tools write PKCS#7 under the label CERTIFICATE. */
function ofBlock(der: Uint8Array): Pick<Collected, 'shape' | 'ders'> {
  const kind = kindOfDer(der);
  if (kind === 'certificate') return ofCertificate(der, 'pem');
  return kind === 'pkcs7' ? ofPkcs7(der) : { shape: null, ders: [] };
}

function labelsOf(sections: readonly PemSection[]): string {
  return [...new Set(sections.map(({ label }) => label))].slice(0, 5).join(', ');
}

/**
 * The certificates of a PKCS#7 SignedData as they stand, or null where its structure is damaged.
 *
 *     ContentInfo { signedData, [0] SignedData { version, digestAlgorithms, contentInfo, [0] certificates, … } }
 *
 * https://www.rfc-editor.org/rfc/rfc5652#section-5.1
 */
function certificatesOfPkcs7(bytes: Uint8Array): Uint8Array[] | null {
  const contentInfo = elementAt(bytes, 0);
  const content = contentInfo === null ? undefined : childrenOf(bytes, contentInfo, 2)[1];
  const signedData = content?.tag === TAG.context0 ? childrenOf(bytes, content, 1)[0] : undefined;
  if (signedData?.tag !== TAG.sequence) return null;
  const certificates = childrenOf(bytes, signedData, 4)[3];
  if (certificates?.tag !== TAG.context0) return [];
  const isWhole = (element: Element) => element.tag === TAG.sequence;
  return childrenOf(bytes, certificates, MAX_OBJECTS + 1).filter(isWhole).map(({ start, end }) => bytes.subarray(start, end));
}

const CUT: Unplaced = {
  code: 'corrupt',
  message: 'The file is damaged: it ends before the certificate in it does.',
  help: 'Copy it again in binary mode, or export it again.',
};

const NO_CERTIFICATE_IN_DER: Unplaced = {
  code: 'not-certificate',
  message: 'The file is no certificate: it is DER of another kind.',
  help: 'A certificate request (.csr) or a revocation list (.crl) looks like this: give the certificate itself.',
};

const TOO_MANY: Unplaced = {
  code: 'over-limit',
  message: `The file holds more than ${MAX_OBJECTS} certificates; those after the first ${MAX_OBJECTS} were not read.`,
  help: 'Give a file with the certificates of this service only.',
};

function noCertificate(message: string): Unplaced {
  return { code: 'no-certificate', message, help: 'Give the file with the certificate: its PEM block begins with "-----BEGIN CERTIFICATE-----".' };
}

function damagedBlock(label: string): Unplaced {
  return {
    code: 'corrupt',
    message: `The PEM block "${label}" is damaged: it has no matching end line, or what stands between is not base64.`,
    help: 'Copy the whole block again, from "-----BEGIN" to the end of its "-----END" line.',
  };
}

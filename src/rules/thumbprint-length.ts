// A thumbprint is forty hexadecimal digits, whatever else it may look like.

import { defineRule, type CertificateEntry, type Edit } from '../core/rule.js';
import { isHexadecimal, withoutSeparators, type Look, type Misshapen } from '../core/thumbprint.js';

const FIND =
  'Key Vault calls it "X.509 SHA-1 Thumbprint (in hex)"; "az keyvault certificate show --vault-name VAULT --name NAME --query x509ThumbprintHex" prints it.';

/** What is said where a slip of the hand leaves one certificate only. */
const KNOWN = {
  cause: 'Of all certificates that the evidence holds, only one fits: {holder}.',
  help: 'If that one is meant, write {digits}.',
};

export default defineRule({
  id: 'thumbprint-length',
  family: 'thumbprint',
  summary: 'A thumbprint is a SHA-1: forty hexadecimal digits.',
  why: 'Azure looks for the certificate by its SHA-1 thumbprint. The schema lets any number of digits pass, so a wrong one is noticed only when the deployment fails.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  fixable: 'unsafe',
  messages: {
    empty: { message: 'The thumbprint of "{certificate}" is empty.', help: `Write the forty digits of the certificate's SHA-1 thumbprint. ${FIND}` },
    sha256: {
      message: 'The thumbprint of "{certificate}" is a SHA-256: it has {length} digits, Azure wants the 40 of the SHA-1.',
      help: `Use the SHA-1 thumbprint of the same certificate. ${FIND}`,
    },
    sha384: {
      message: 'The thumbprint of "{certificate}" is a SHA-384: it has {length} digits, Azure wants the 40 of the SHA-1.',
      help: `Use the SHA-1 thumbprint of the same certificate. ${FIND}`,
    },
    sha512: {
      message: 'The thumbprint of "{certificate}" is a SHA-512: it has {length} digits, Azure wants the 40 of the SHA-1.',
      help: `Use the SHA-1 thumbprint of the same certificate. ${FIND}`,
    },
    base64: {
      message: 'The thumbprint of "{certificate}" is written in base64; Azure wants 40 hexadecimal digits.',
      cause: "It is Key Vault's x5t, or the CLI's x509Thumbprint.",
      help: 'The same thumbprint in hexadecimal digits is {digits}.',
    },
    'base64-sha256': {
      message: 'The thumbprint of "{certificate}" looks like a SHA-256 in base64; Azure wants the 40 hexadecimal digits of the SHA-1.',
      help: `Use the SHA-1 thumbprint of the same certificate. ${FIND}`,
    },
    'sixteen-bytes': {
      message: 'The thumbprint of "{certificate}" has 32 digits: that is the length of a version in Key Vault, or of an MD5. A SHA-1 thumbprint has 40.',
      help: `Use the SHA-1 thumbprint. ${FIND}`,
    },
    guid: {
      message: 'The thumbprint of "{certificate}" is a GUID, such as a subscription or a tenant has. A SHA-1 thumbprint has 40 digits and no groups.',
      help: `Use the SHA-1 thumbprint. ${FIND}`,
    },
    prefixed: {
      message: 'The thumbprint of "{certificate}" has more around it than its 40 digits.',
      cause: 'The output of a tool was pasted whole.',
      help: 'Leave the digits only: {digits}.',
    },
    'digit-lost': {
      message: 'The thumbprint of "{certificate}" has 39 digits: one is missing.',
      help: `Copy it again rather than looking for the place. ${FIND}`,
    },
    'digit-lost-known': {
      message: 'The thumbprint of "{certificate}" has 39 digits: one is missing.',
      ...KNOWN,
    },
    'digit-doubled': {
      message: 'The thumbprint of "{certificate}" has 41 digits: there is one too many.',
      help: `Copy it again rather than looking for the place. ${FIND}`,
    },
    'digit-doubled-known': {
      message: 'The thumbprint of "{certificate}" has 41 digits: there is one too many.',
      ...KNOWN,
    },
    'byte-lost': {
      message: 'The thumbprint of "{certificate}" has 38 digits: two are missing.',
      cause: 'Some tools drop a leading 00; a serial number can have this length, too.',
      help: `Copy it again. ${FIND}`,
    },
    'byte-lost-known': {
      message: 'The thumbprint of "{certificate}" has 38 digits: two are missing.',
      ...KNOWN,
    },
    'look-alikes': {
      message: 'The thumbprint of "{certificate}" holds {strangers}, which only looks like a hexadecimal digit.',
      help: `It was typed or scanned: copy it from the certificate instead. ${FIND}`,
    },
    'look-alikes-known': {
      message: 'The thumbprint of "{certificate}" holds {strangers}, which only looks like a hexadecimal digit.',
      ...KNOWN,
    },
    serial: {
      message: 'The thumbprint of "{certificate}" is the serial number of {holder}.',
      help: 'Write the thumbprint of that certificate, {digits}.',
    },
    url: {
      message: 'The thumbprint of "{certificate}" is a URL.',
      help: `A secret URL belongs into osProfile.secrets; here stands the SHA-1 thumbprint. ${FIND}`,
    },
    subject: {
      message: 'The thumbprint of "{certificate}" is a subject.',
      help: `Here stands the SHA-1 thumbprint of the certificate. ${FIND}`,
    },
    'too-short': {
      message: 'The thumbprint of "{certificate}" has {length} digits; a SHA-1 thumbprint has 40.',
      help: `Copy the whole thumbprint. ${FIND}`,
    },
    'too-long': {
      message: 'The thumbprint of "{certificate}" has {length} digits; a SHA-1 thumbprint has 40.',
      help: `Use the SHA-1 thumbprint and nothing else. ${FIND}`,
    },
    'other-characters': {
      message: 'The thumbprint of "{certificate}" is not made of hexadecimal digits only: it holds {strangers}.',
      help: `A SHA-1 thumbprint is 40 of the digits 0 to 9 and A to F. ${FIND}`,
    },
  },
  examples: {
    bad: [
      { cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Certificate name="Tls" thumbprint="u45QcuWgrvhac-bX_bh4Fbg5zrc" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Certificate name="Tls" thumbprint="" thumbprintAlgorithm="sha1" />' },
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E8649C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
      },
    ],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report, target, inventory }) {
    return {
      'certificate:unusual'({ role, certificate, thumbprint, reading }) {
        if (thumbprint === undefined || reading?.kind !== 'misshapen') return;
        if (target === 'emulator' && isDummy(reading)) return;
        const { looksLike, length, digits, strangers } = reading;
        const serial = isHexadecimal(withoutSeparators(thumbprint.value)) ? inventory.bySerial(thumbprint.value) : null;
        const meant = serial ?? (isMistyped(looksLike) ? inventory.meantBy(thumbprint.value) : null);
        const right = digits ?? meant?.thumbprint ?? null;
        const data = { role, certificate, length, digits: right ?? '', holder: meant?.name ?? '', strangers: strangers.map((one) => `"${one}"`).join(', ') };
        const at = placeOf(thumbprint, looksLike);
        const message = serial !== null ? 'serial' : isMistyped(looksLike) && meant !== null ? (`${looksLike}-known` as const) : looksLike;
        if (right === null) {
          report({ message, at, data });
          return;
        }
        const edits: [Edit] = [{ ...thumbprint.valueSpan, text: right }];
        const related = meant === null ? [] : [{ note: 'that thumbprint is known from here', location: meant.origin }];
        report({ message, at, data, related, fix: { title: `Write ${right}`, safety: 'unsafe', edits } });
      },
    };
  },
});

/** On the developer's machine an entry often carries a number that nobody uses. */
function isDummy({ length }: Misshapen): boolean {
  return length < 32;
}

/** What is left of a thumbprint by a slip of the hand: which one was meant can be told where it is known. */
const MISTYPED = ['digit-lost', 'digit-doubled', 'byte-lost', 'look-alikes'] as const satisfies readonly Look[];

function isMistyped(looksLike: Look): looksLike is (typeof MISTYPED)[number] {
  return (MISTYPED as readonly Look[]).includes(looksLike);
}

/** An empty value has nothing to underline, so its quotes are. */
function placeOf({ valueSpan }: NonNullable<CertificateEntry['thumbprint']>, looksLike: Look) {
  return looksLike === 'empty' ? { start: valueSpan.start - 1, end: valueSpan.end + 1 } : valueSpan;
}

// A thumbprint is forty hexadecimal digits, whatever else it may look like.

import { defineRule, type CertificateEntry, type Edit } from '../core/rule.js';
import type { Look, Misshapen } from '../core/thumbprint.js';

const FIND =
  'Key Vault calls it "X.509 SHA-1 Thumbprint (in hex)"; "az keyvault certificate show --vault-name VAULT --name NAME --query x509ThumbprintHex" prints it.';

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
    'digit-doubled': {
      message: 'The thumbprint of "{certificate}" has 41 digits: there is one too many.',
      help: `Copy it again rather than looking for the place. ${FIND}`,
    },
    'byte-lost': {
      message: 'The thumbprint of "{certificate}" has 38 digits: two are missing.',
      cause: 'Some tools drop a leading 00; a serial number can have this length, too.',
      help: `Copy it again. ${FIND}`,
    },
    'look-alikes': {
      message: 'The thumbprint of "{certificate}" holds {strangers}, which only looks like a hexadecimal digit.',
      help: `It was typed or scanned: copy it from the certificate instead. ${FIND}`,
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
    ],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report, target }) {
    return {
      'certificate:unusual'({ role, certificate, thumbprint, reading }) {
        if (thumbprint === undefined || reading?.kind !== 'misshapen') return;
        if (target === 'emulator' && isDummy(reading)) return;
        const { looksLike, length, digits, strangers } = reading;
        const data = { role, certificate, length, digits: digits ?? '', strangers: strangers.map((one) => `"${one}"`).join(', ') };
        const at = placeOf(thumbprint, looksLike);
        if (digits === null) {
          report({ message: looksLike, at, data });
          return;
        }
        const edits: [Edit] = [{ ...thumbprint.valueSpan, text: digits }];
        report({ message: looksLike, at, data, fix: { title: `Write ${digits}`, safety: 'unsafe', edits } });
      },
    };
  },
});

/** On the developer's machine an entry often carries a number that nobody uses. */
function isDummy({ length }: Misshapen): boolean {
  return length < 32;
}

/** An empty value has nothing to underline, so its quotes are. */
function placeOf({ valueSpan }: NonNullable<CertificateEntry['thumbprint']>, looksLike: Look) {
  return looksLike === 'empty' ? { start: valueSpan.start - 1, end: valueSpan.end + 1 } : valueSpan;
}

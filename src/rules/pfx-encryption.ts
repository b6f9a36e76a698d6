// A .pfx with a certificate that is needed is not encrypted with AES-256 and SHA-256.

import { EXAMPLE_3DES_PFX, EXAMPLE_AES_PFX, EXAMPLE_LEAF, defineRule, needOf, once, type CertificateFile } from '../core/rule.js';

export default defineRule({
  id: 'pfx-encryption',
  family: 'certificate',
  summary: 'A .pfx with a certificate that is needed is not encrypted with AES-256 and SHA-256.',
  why: 'Microsoft notes for the classic service that it does not accept a certificate encrypted with AES256-SHA256, as Windows calls it; OpenSSL 3 writes such files, too. Whether a .pfx that goes through Key Vault is refused as well is not known, hence off.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-certs-create',
  severity: 'off',
  target: 'cses',
  concerns: 'certificate',
  needs: ['certificates'],
  messages: {
    aes256: {
      message: 'The .pfx is encrypted with AES-256 and SHA-256, which Cloud Services (classic) is documented not to accept.',
      help: 'Export it again: on Windows with "TripleDES-SHA1" (Export-PfxCertificate -CryptoAlgorithmOption TripleDES_SHA1), with OpenSSL with "openssl pkcs12 -export -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1 …".',
    },
  },
  examples: {
    bad: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, pfx: EXAMPLE_AES_PFX }],
    good: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, pfx: EXAMPLE_3DES_PFX }],
  },
  check({ report, evidence }) {
    return {
      material(material) {
        const { uses, related } = needOf(material);
        for (const { origin, chainOf } of material.certificates) {
          // Of an issuer the vault wants a file of its own, whatever the file of the leaf holds.
          const file = chainOf === null ? unaccepted(evidence.certificates).get(origin.path) : undefined;
          if (file !== undefined) report({ message: 'aes256', at: origin, data: { encryption: file.encryption, uses }, related });
        }
      },
    };
  },
});

/** The files that are encrypted so, by path. */
const unaccepted = once((files: readonly CertificateFile[]) => new Map(files.filter(isUnaccepted).map((file) => [file.path, file])));

function isUnaccepted({ encryption }: CertificateFile): boolean {
  return encryption !== null && [...encryption.certificates, ...encryption.keys].some(({ cipher, hash }) => cipher === 'aes-256-cbc' && hash === 'sha256');
}

// A .pfx with a certificate that is needed holds its private key.

import { EXAMPLE_CHAIN, EXAMPLE_LEAF, EXAMPLE_PFX, defineRule, needOf } from '../core/rule.js';

export default defineRule({
  id: 'pfx-no-private-key',
  family: 'certificate',
  summary: 'A .pfx with a certificate that is needed holds its private key.',
  why: 'A role gets the certificate with its private key. A .pfx that was exported without the key cannot be imported into a vault, and nothing that encrypts can use it.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-configure-ssl-certificate-portal',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  anyOf: ['certificates', 'vault'],
  messages: {
    'no-key': {
      message: 'The file holds {subject}, {thumbprint}, without its private key.',
      help: 'Export it again with its private key, marked as exportable; or give the .pfx that has the key.',
    },
  },
  examples: {
    bad: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, pfx: EXAMPLE_PFX }],
    good: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, certificates: EXAMPLE_CHAIN }],
  },
  check({ report, evidence, inventory }) {
    let files: ReadonlySet<string> | null = null;
    return {
      material(material) {
        const { thumbprint, certificates } = material;
        if (thumbprint === null || certificates.length === 0 || certificates.some(({ hasPrivateKey }) => hasPrivateKey === true)) return;
        const verdict = inventory.judge(thumbprint);
        // The rule about what the vault lacks says of the file that it has no key.
        if ('cause' in verdict && verdict.cause.kind === 'local-only') return;
        files ??= new Set(evidence.certificates?.filter(({ kind }) => kind === 'pfx').map(({ path }) => path));
        for (const { origin, chainOf, hasPrivateKey, subject } of certificates) {
          if (chainOf !== null || hasPrivateKey !== false || !files.has(origin.path)) continue;
          const { uses, related } = needOf(material);
          report({ message: 'no-key', at: origin, data: { subject: subject ?? 'a certificate', thumbprint, uses }, related });
        }
      },
    };
  },
});

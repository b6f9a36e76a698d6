// A thumbprint is that of the certificate, not of its issuer. Speaks where nothing but local certificates is given.

import { EXAMPLE_CHAIN, EXAMPLE_ISSUER, EXAMPLE_LEAF, defineRule, type CertificateEntry, type CertificateFact } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-is-issuer',
  family: 'certificate',
  summary: 'A thumbprint belongs to the certificate itself, not to its issuer.',
  why: 'A .pfx often holds the issuers beside the certificate, and a tool that prints the first or the last of them prints the wrong thumbprint. A role that is to have the issuer too needs that in the vault as a certificate of its own.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-configure-ssl-certificate-portal',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['certificates'],
  unless: ['vault', 'osProfile'],
  messages: {
    issuer: {
      message: 'The thumbprint of "{certificate}" in role "{role}" belongs to an issuer, {issuer}, not to the certificate itself.',
      help: 'Write the thumbprint of the certificate{leaf}; leave it where the role is to have the issuer.',
    },
  },
  examples: {
    bad: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_ISSUER}" thumbprintAlgorithm="sha1" />`, certificates: EXAMPLE_CHAIN }],
    good: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, certificates: EXAMPLE_CHAIN }],
  },
  check({ report, inventory }) {
    const named = new Set<string>();
    const issuers: { entry: CertificateEntry; digits: string; issuer: CertificateFact; leaf: CertificateFact | null }[] = [];
    return {
      certificate(entry) {
        const { role, comparable: digits } = entry;
        if (digits === null) return;
        named.add(`${role} ${digits}`);
        const verdict = inventory.judge(digits);
        if (verdict.kind === 'issuer-only') issuers.push({ entry, digits, issuer: verdict.issuer, leaf: verdict.leaf });
      },
      end() {
        for (const { entry, digits, issuer, leaf } of issuers) {
          const { role, certificate, element, thumbprint } = entry;
          // A role that names both is meant to have both.
          if (leaf !== null && named.has(`${role} ${leaf.thumbprint}`)) continue;
          report({
            message: 'issuer',
            at: thumbprint?.valueSpan ?? element.nameSpan,
            data: {
              role,
              certificate,
              thumbprint: digits,
              issuer: issuer.subject ?? issuer.thumbprint,
              leaf: leaf === null ? '' : `, ${leaf.thumbprint}`,
            },
            related: [{ note: 'the issuer stands in this file', location: issuer.origin }],
          });
        }
      },
    };
  },
});

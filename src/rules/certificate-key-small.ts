// The RSA key of a certificate that is needed has 2048 bits at least.

import { EXAMPLE_CHAIN, EXAMPLE_LEAF, EXAMPLE_SMALL, EXAMPLE_SMALL_KEY, certificateOf, defineRule, needOf } from '../core/rule.js';

export default defineRule({
  id: 'certificate-key-small',
  family: 'certificate',
  summary: 'The RSA key of a certificate that is needed has 2048 bits at least.',
  why: 'Cloud Services asks for 2048 bits at least, and clients refuse less.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-configure-ssl-certificate-portal',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  anyOf: ['vault', 'certificates'],
  messages: {
    small: {
      message: 'The RSA key of the certificate {holder} has {bits} bits; 2048 are the least.',
      help: 'Ask for a new certificate with a key of 2048 bits or more.',
    },
  },
  examples: {
    bad: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_SMALL}" thumbprintAlgorithm="sha1" />`, certificates: EXAMPLE_SMALL_KEY }],
    good: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, certificates: EXAMPLE_CHAIN }],
  },
  check({ report }) {
    return {
      material(material) {
        const found = certificateOf(material);
        if (found?.value.keyType !== 'rsa' || found.value.keyBits === null || found.value.keyBits >= 2048) return;
        const { thumbprint } = material;
        const { uses, related } = needOf(material);
        report({ message: 'small', at: found.origin, data: { holder: found.holder, bits: found.value.keyBits, thumbprint, uses }, related });
      },
    };
  },
});

// A thumbprint is somebody's certificate, not a sample that was never replaced.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-placeholder',
  family: 'thumbprint',
  summary: 'A thumbprint is not a sample or a dummy.',
  why: 'Forty zeros, or the thumbprint of a documentation page, have the right shape and belong to no certificate: Azure refuses the deployment. Where evidence is given, the rule that compares speaks instead.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  target: 'cses',
  unless: ['vault', 'certificates'],
  messages: {
    repeated: { message: 'The thumbprint of "{certificate}" repeats a few digits: no certificate has it.', help: 'Write the thumbprint of the certificate that the role is to use.' },
    counting: { message: 'The thumbprint of "{certificate}" counts through the digits: no certificate has it.', help: 'Write the thumbprint of the certificate that the role is to use.' },
    sample: { message: 'The thumbprint of "{certificate}" is the sample of a documentation page.', help: 'Write the thumbprint of your own certificate.' },
    nothing: {
      message: 'The thumbprint of "{certificate}" is the SHA-1 of nothing.',
      cause: 'It was computed from an empty file.',
      help: 'Compute it again from the certificate.',
    },
    'few-digits': {
      message: 'The thumbprint of "{certificate}" has so few different digits that it is hardly a real one.',
      help: 'Compare it with the certificate that the role is to use.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Certificate name="Tls" thumbprint="0000000000000000000000000000000000000000" thumbprintAlgorithm="sha1" />' }],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report }) {
    return {
      'certificate:unusual'({ role, certificate, thumbprint, reading }) {
        if (thumbprint === undefined || reading?.kind !== 'dummy') return;
        report({ message: reading.dummy, at: thumbprint.valueSpan, data: { role, certificate, thumbprint: reading.digits } });
      },
    };
  },
});

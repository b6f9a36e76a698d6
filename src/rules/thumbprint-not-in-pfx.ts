// Every thumbprint is that of a local certificate. Speaks where nothing but local certificates is given.

import { EXAMPLE_CHAIN, EXAMPLE_LEAF, defineRule, nameDigits, placesOfDigits } from '../core/rule.js';

const MESSAGE = 'None of the local certificates has {thumbprint}, which role "{role}" names as "{certificate}".';

export default defineRule({
  id: 'thumbprint-not-in-pfx',
  family: 'certificate',
  summary: 'Every thumbprint belongs to one of the local certificates that were given.',
  why: 'The files that were given are taken for the certificates of this service. A thumbprint that none of them has was mistyped, or its certificate is elsewhere.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['certificates'],
  unless: ['vault', 'osProfile'],
  unknown: ['unread'],
  messages: {
    serial: {
      message: MESSAGE,
      cause: 'It is the serial number of {holder}, not its thumbprint.',
      help: 'Write its thumbprint, {known}.',
    },
    near: {
      message: MESSAGE,
      cause: 'It differs in {digits} from {known}, the thumbprint of {holder}.',
      help: 'If that is the certificate that was meant, copy its thumbprint into the .cscfg.',
    },
    dummy: { message: MESSAGE, cause: 'It is a sample or a dummy that was never replaced.', help: 'Write the thumbprint of the certificate that the role is to use.' },
    unread: {
      message: 'No local certificate that could be read has {thumbprint}, which role "{role}" names as "{certificate}".',
      cause: 'Not every file that was given could be opened: it may be in one of those.',
      help: 'Give its password (--pfx-password-env NAME, --pfx-password-file FILE), or a file that is whole, and check again.',
    },
    nowhere: { message: MESSAGE, help: 'Correct the thumbprint, or give the file that holds its certificate with --pfx.' },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        certificates: EXAMPLE_CHAIN,
      },
      {
        cscfg: '<Certificate name="Tls" thumbprint="5712D8800B177C5590779826F3C3F097CA8A456C" thumbprintAlgorithm="sha1" />',
        certificates: EXAMPLE_CHAIN,
      },
    ],
    good: [{ cscfg: `<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />`, certificates: EXAMPLE_CHAIN }],
  },
  check({ report, inventory, path }) {
    return {
      certificate({ role, certificate, element, thumbprint, comparable }) {
        if (comparable === null) return;
        const verdict = inventory.judge(comparable);
        if (verdict.kind !== 'not-in-certificates') return;
        const { cause } = verdict;
        const at = thumbprint?.valueSpan ?? element.nameSpan;
        const data = { role, certificate, thumbprint: comparable };
        if (cause.kind === 'serial') {
          const { holder: { name: holder, thumbprint: known, origin } } = cause;
          report({ message: 'serial', at, data: { ...data, known, holder }, related: [{ note: 'the certificate is here', location: origin }] });
          return;
        }
        if (cause.kind !== 'near') {
          report({ message: cause.kind === 'dummy' ? 'dummy' : inventory.hidesCertificates ? 'unread' : 'nowhere', at, data });
          return;
        }
        const { thumbprint: known, name: holder } = cause.holder;
        report({ message: 'near', at, data: { ...data, digits: nameDigits(cause), known, holder }, related: placesOfDigits(cause, at, path) });
      },
    };
  },
});

// Only https endpoints name a certificate.

import { defineRule, distinctRoles } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-certificate-unused',
  family: 'definition',
  languages: ['csdef'],
  summary: 'Only https endpoints name a certificate.',
  why: 'The attribute certificate has a meaning for https alone; beside another protocol nothing uses it, and the endpoint is not encrypted on its account.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'info',
  messages: {
    unused: {
      message: 'The endpoint "{endpoint}" of role "{role}" names a certificate, which its protocol {protocol} does not use.',
      help: 'Write protocol="https" if it is to be encrypted; else delete certificate.',
    },
  },
  examples: {
    bad: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates><Endpoints><InputEndpoint name="Http" protocol="http" port="80" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          for (const { kind, value: endpoint, protocol, certificate } of role.endpoints) {
            // An endpoint of another kind has no such attribute, and an empty name is none: both are told already.
            if (kind !== 'InputEndpoint' || protocol === null || certificate === null || certificate.value === '') continue;
            if (!OTHERS.includes(protocol.value)) continue;
            report({ message: 'unused', at: certificate.location, data: { role: role.name, endpoint, protocol: protocol.value } });
          }
        }
      },
    };
  },
});

/** The protocols of input endpoints but https. */
const OTHERS: readonly string[] = ['http', 'tcp', 'udp'];

// The certificate of an https endpoint lies in the store LocalMachine/My.

import { defineRule, distinct, distinctRoles, foldName, httpsEndpointsOf, pipelinePlaceholder, type DefinedCertificate } from '../core/rule.js';

export default defineRule({
  id: 'https-certificate-store',
  family: 'definition',
  languages: ['csdef'],
  summary: 'The certificate of an https endpoint is put into the store LocalMachine/My.',
  why: 'The machine’s https listener takes its certificate, with the private key, from LocalMachine/My; CA is for the issuers. A Microsoft page once showed the server’s own certificate in CA.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-configure-ssl-certificate-portal',
  severity: 'warning',
  messages: {
    elsewhere: {
      message: 'The certificate "{certificate}" of the https endpoint "{endpoint}" is put into the store {store}, where the endpoint does not look for it.',
      help: 'Write storeLocation="LocalMachine" storeName="My". The store CA is for its issuers.',
    },
  },
  examples: {
    bad: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="CA" /></Certificates><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /><Certificate name="Issuer" storeLocation="LocalMachine" storeName="CA" /></Certificates><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          const users = distinct(httpsEndpointsOf(role), ({ certificate }) => certificate.value);
          const endpoints = new Map(users.map(({ endpoint, certificate }) => [foldName(certificate.value), endpoint]));
          for (const declared of distinct(role.certificates, ({ value }) => value)) {
            const endpoint = endpoints.get(foldName(declared.value));
            const wrong = wrongPart(declared);
            if (endpoint === undefined || wrong === null) continue;
            report({
              message: 'elsewhere',
              at: wrong.location,
              data: { role: role.name, certificate: declared.value, endpoint: endpoint.value, store: `${declared.storeLocation?.value ?? ''}/${declared.storeName?.value ?? ''}` },
              related: [{ note: 'this endpoint uses it', location: endpoint.location }],
            });
          }
        }
      },
    };
  },
});

/** What is missing, and a location that the schema does not have, is told by the rules about the schema. */
function wrongPart({ storeName, storeLocation }: DefinedCertificate) {
  if (storeName === null || storeLocation === null || storeName.value === '') return null;
  if ([storeName, storeLocation].some(({ value }) => pipelinePlaceholder(value) !== null)) return null;
  if (foldName(storeName.value) !== 'my') return storeName;
  return storeLocation.value === 'CurrentUser' ? storeLocation : null;
}

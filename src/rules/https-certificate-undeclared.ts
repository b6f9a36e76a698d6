// The certificate of an https endpoint is declared by its role.

import { configuredRoles, defineRule, distinctRoles, foldName, hasCertificate, httpsEndpointsOf, suggester } from '../core/rule.js';

export default defineRule({
  id: 'https-certificate-undeclared',
  family: 'definition',
  languages: ['csdef'],
  summary: 'The certificate of an https endpoint is declared by its role.',
  why: 'Tools that build packages may do without the declaration; Azure’s client refuses a certificate of the .cscfg that no role declares. With a .cscfg at hand, https-endpoint-certificate or certificate-not-declared speaks instead.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  uses: ['configurations'],
  messages: {
    undeclared: {
      message: 'The https endpoint "{endpoint}" names the certificate "{certificate}", which role "{role}" does not declare.',
      help: 'Add <Certificate name="{certificate}" storeLocation="LocalMachine" storeName="My" /> to the Certificates of the role.',
    },
    near: {
      message: 'The https endpoint "{endpoint}" names the certificate "{certificate}", which role "{role}" does not declare; it declares "{near}".',
      cause: 'The name is mistyped, or the certificate was renamed.',
      help: 'Write certificate="{near}".',
    },
  },
  examples: {
    bad: [{ csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>' }],
    good: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report, evidence, path }) {
    return {
      definition(definition) {
        const configured = configuredRoles(evidence.configurations?.(path) ?? []);
        for (const role of distinctRoles(definition)) {
          if (configured.has(foldName(role.name))) continue;
          const dangling = httpsEndpointsOf(role).filter(({ certificate }) => !hasCertificate(role, certificate.value));
          const suggest = suggester(dangling.length, role.certificates.map(({ value }) => value));
          for (const { endpoint, certificate } of dangling) {
            const near = suggest(certificate.value);
            const data = { role: role.name, endpoint: endpoint.value, certificate: certificate.value };
            if (near === null) report({ message: 'undeclared', at: certificate.location, data });
            else report({ message: 'near', at: certificate.location, data: { ...data, near } });
          }
        }
      },
    };
  },
});

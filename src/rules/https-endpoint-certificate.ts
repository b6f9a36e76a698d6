// An https endpoint has a certificate that is declared or configured.

import { configuredRoles, defineRule, distinctRoles, foldName, hasCertificate, httpsEndpointsOf, suggester } from '../core/rule.js';

export default defineRule({
  id: 'https-endpoint-certificate',
  family: 'definition',
  languages: ['csdef'],
  summary: 'An https endpoint names a certificate that its role has.',
  why: 'The load balancer passes https on to the role, which has to answer with a certificate: the page about web roles demands one, by the name under which the role declares it and the .cscfg gives its thumbprint.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'error',
  uses: ['configurations'],
  messages: {
    missing: {
      message: 'The https endpoint "{endpoint}" of role "{role}" names no certificate.',
      help: 'Add certificate="…" with the name of a certificate that the role declares, or write protocol="tcp" if the role brings its own.',
    },
    unknown: {
      message: 'The https endpoint "{endpoint}" names the certificate "{certificate}", which role "{role}" neither declares nor configures.',
      help: 'Declare it under Certificates of the role, give it a thumbprint in the .cscfg, and build the package again.',
    },
    near: {
      message: 'The https endpoint "{endpoint}" names the certificate "{certificate}", which role "{role}" neither declares nor configures; it declares "{near}".',
      cause: 'The name is mistyped, or the certificate was renamed.',
      help: 'Write certificate="{near}", and build the package again.',
    },
  },
  examples: {
    bad: [
      { csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Https" protocol="https" port="443" /></Endpoints></WebRole>' },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="tls" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report, evidence, path }) {
    return {
      definition(definition) {
        const configured = configuredRoles(evidence.configurations?.(path) ?? []);
        for (const role of distinctRoles(definition)) {
          for (const { kind, protocol, certificate, value: endpoint, location } of role.endpoints) {
            if (kind !== 'InputEndpoint' || protocol?.value !== 'https' || certificate !== null) continue;
            report({ message: 'missing', at: location, data: { role: role.name, endpoint } });
          }
          const alike = configured.get(foldName(role.name));
          // Without a configuration of the role, https-certificate-undeclared speaks.
          if (alike === undefined) continue;
          const names = new Set(alike.flatMap(({ certificates }) => certificates.map(({ value }) => foldName(value))));
          // One that is configured and not declared is the business of certificate-not-declared.
          const dangling = httpsEndpointsOf(role).filter(({ certificate: { value } }) => !hasCertificate(role, value) && !names.has(foldName(value)));
          const suggest = suggester(dangling.length, role.certificates.map(({ value }) => value));
          for (const { endpoint, certificate } of dangling) {
            const near = suggest(certificate.value);
            const data = { role: role.name, endpoint: endpoint.value, certificate: certificate.value };
            if (near === null) report({ message: 'unknown', at: certificate.location, data });
            else report({ message: 'near', at: certificate.location, data: { ...data, near } });
          }
        }
      },
    };
  },
});

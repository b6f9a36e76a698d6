// Each certificate that the .csdef declares for a role has a thumbprint in the .cscfg.

import { defineRule, foldName } from '../core/rule.js';

export default defineRule({
  id: 'certificate-not-configured',
  family: 'definition',
  summary: 'Each declared certificate of a role has a thumbprint.',
  why: 'The .csdef says where a certificate goes, the .cscfg which one it is. Azure’s client does not miss one without a thumbprint; the role’s instances will.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'Role "{role}" has no thumbprint for the certificate "{certificate}", which the service definition declares.',
      help: 'Add <Certificate name="{certificate}" thumbprint="…" thumbprintAlgorithm="sha1" /> to the role, or remove the certificate from the .csdef and build the package again.',
    },
    endpoint: {
      message: 'Role "{role}" has no thumbprint for the certificate "{certificate}", which the endpoint "{endpoint}" uses.',
      help: 'Add <Certificate name="{certificate}" thumbprint="…" thumbprintAlgorithm="sha1" /> to the role, or take the certificate and the https endpoint out of the .csdef and build the package again.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates></WebRole>',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates></WebRole>',
      },
    ],
  },
  check({ report }) {
    return {
      role({ element, name: role, compared }) {
        if (compared === null) return;
        const at = element.attribute('name')?.valueSpan ?? element.nameSpan;
        for (const { name: certificate, location } of compared.certificates.missing) {
          const related = [{ note: 'it is declared here', location }];
          const endpoint = compared.defined.endpoints.find((one) => one.certificate !== null && foldName(one.certificate.value) === foldName(certificate));
          if (endpoint === undefined) report({ message: 'absent', at, data: { role, certificate }, related });
          else report({ message: 'endpoint', at, data: { role, certificate, endpoint: endpoint.value }, related: [...related, { note: 'this endpoint uses it', location: endpoint.location }] });
        }
      },
    };
  },
});

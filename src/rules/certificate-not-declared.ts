// Each certificate of a role is declared for it in the .csdef.

import { defineRule, foldName, type DefinedRole, type Related } from '../core/rule.js';

const AZURE =
  "The service definition file does not provide a certificate definition for certificate '{certificate}' for role '{role}'. For more details please refer to : https://aka.ms/cses-cscfg-csdef";

export default defineRule({
  id: 'certificate-not-declared',
  family: 'definition',
  summary: 'Each certificate of a role is declared in the .csdef.',
  why: 'The .csdef says into which store a certificate is put. New-AzCloudService looks each certificate of the .cscfg up there, role by role, and stops at the first that it does not find; only the password certificate of the Remote Desktop plugin is let pass.',
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'error',
  concerns: 'certificate',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'Role "{role}" names the certificate "{certificate}", which the service definition does not declare.',
      help: 'Remove the Certificate here, or declare it for the role in the .csdef, with the store it belongs into, and build the package again.',
      azure: AZURE,
    },
    lone: {
      message: 'Role "{role}" names the certificate "{certificate}", which the service definition does not declare; it declares "{near}", which has no thumbprint here.',
      help: 'If it was renamed there, write "{near}" here. Else remove it, or declare it in the .csdef and build the package again.',
      azure: AZURE,
    },
    blank: {
      message: 'Role "{role}" names the certificate "{certificate}" with a blank before or behind its name; the service definition declares "{near}".',
      help: 'Delete the blank.',
      azure: AZURE,
    },
    near: {
      message: 'Role "{role}" names the certificate "{certificate}", which the service definition does not declare; it declares "{near}", which has no thumbprint here.',
      cause: 'The name is mistyped, or the certificate was renamed on one side.',
      help: 'Write "{near}" here, or rename the certificate in the .csdef and build the package again.',
      azure: AZURE,
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />',
      },
      {
        cscfg: '<Certificate name="ShopTlss" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="ShopTls" storeLocation="LocalMachine" storeName="My" /></Certificates></WebRole>',
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
      role({ name: role, compared }) {
        if (compared === null) return;
        for (const { one, near, lone } of compared.certificates.undeclared) {
          const at = one.attribute.valueSpan;
          const data = { role, certificate: one.name };
          const users = endpointsWith(compared.defined, one.name);
          const other = lone?.plugin === null ? lone : null;
          if (other !== null) report({ message: 'lone', at, data: { ...data, near: other.name }, related: [{ note: 'this one has no thumbprint', location: other.location }, ...users] });
          else if (near === null) report({ message: 'absent', at, data, related: [{ note: 'the role is defined here', location: compared.defined.location }, ...users] });
          else report({ message: foldName(one.name.trim()) === foldName(near.name) ? 'blank' : 'near', at, data: { ...data, near: near.name }, related: [{ note: 'this one has no thumbprint', location: near.location }, ...users] });
        }
      },
    };
  },
});

function endpointsWith({ endpoints }: DefinedRole, certificate: string): Related[] {
  return endpoints.flatMap(({ certificate: used }) => (used !== null && foldName(used.value) === foldName(certificate) ? [{ note: 'this endpoint uses it', location: used.location }] : []));
}

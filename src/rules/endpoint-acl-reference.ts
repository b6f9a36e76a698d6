// An EndpointAcl refers to a role and to an access control of the file.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-acl-reference',
  family: 'network',
  summary: 'An EndpointAcl names a role and an AccessControl of the file.',
  why: 'An EndpointAcl puts the rules of an access control on an endpoint of a role. Where it names one that the file does not have, the endpoint stays open to everybody.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  messages: {
    role: { message: 'The EndpointAcl names the role "{name}", which this file does not have.', help: 'Write the name of a role of the file, or delete the EndpointAcl.' },
    'role-misspelt': { message: 'The EndpointAcl names the role "{name}", which this file does not have; it has "{suggestion}".', help: 'Write role="{suggestion}".' },
    'access-control': {
      message: 'The EndpointAcl names the access control "{name}", which this file does not have.',
      help: 'Write the name of an AccessControl of the file, add one of that name to AccessControls, or delete the EndpointAcl.',
    },
    'access-control-misspelt': {
      message: 'The EndpointAcl names the access control "{name}", which this file does not have; it has "{suggestion}".',
      help: 'Write accessControl="{suggestion}".',
    },
  },
  examples: {
    bad: [{ cscfg: withAcl('role="Wed" endPoint="Https" accessControl="office"') }, { cscfg: withAcl('role="Web" endPoint="Https" accessControl="home"') }],
    good: [{ cscfg: withAcl('role="web" endPoint="Https" accessControl="Office"') }],
  },
  check({ report }) {
    return {
      'network:reference'({ kind, reference, suggestion }) {
        if (kind !== 'acl-role' && kind !== 'acl-access-control') return;
        const message = kind === 'acl-role' ? 'role' : 'access-control';
        const { value: name, valueSpan: at } = reference;
        if (suggestion === null) report({ message, at, data: { name } });
        else report({ message: `${message}-misspelt`, at, data: { name, suggestion } });
      },
    };
  },
});

function withAcl(attributes: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="office"><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /></AccessControl></AccessControls><EndpointAcls><EndpointAcl ${attributes} /></EndpointAcls></NetworkConfiguration>`;
}

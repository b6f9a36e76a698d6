// An EndpointAcl refers to a role and to an access control of the file.

import { defineRule, foldName, isName, meantElement, NameTable, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-acl-reference',
  family: 'network',
  summary: 'An EndpointAcl names a role and an AccessControl of the file.',
  why: 'An EndpointAcl puts the rules of an access control on an endpoint of a role. Where it names one that the file does not have, the endpoint stays open to everybody.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  uses: ['definition'],
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
  check({ report, evidence }) {
    const roles = new NameTable();
    const accessControls = new NameTable();
    const references: { kind: 'role' | 'access-control'; attribute: Attribute }[] = [];
    return {
      Role(role) {
        roles.add(role.attribute('name'));
      },
      'NetworkConfiguration/AccessControls/AccessControl'(accessControl) {
        accessControls.add(accessControl.attribute('name'));
      },
      'NetworkConfiguration/EndpointAcls/EndpointAcl'(acl) {
        const [role, accessControl] = [acl.attribute('role'), acl.attribute('accessControl')];
        // What is no name at all is the business of schema-value-type.
        if (role !== undefined && isName(role.value)) references.push({ kind: 'role', attribute: role });
        if (accessControl !== undefined && isName(accessControl.value)) references.push({ kind: 'access-control', attribute: accessControl });
      },
      'schema:unknown-element'(event) {
        const meant = meantElement(event);
        if (meant === 'Role') roles.addUnknown();
        if (meant === 'AccessControls' || meant === 'AccessControl') accessControls.addUnknown();
      },
      end() {
        // Of a role that only the .csdef has, role-not-configured tells.
        const defined = new Set(evidence.definition?.roles.map(({ name }) => foldName(name)));
        for (const { kind, attribute } of references) {
          if (kind === 'role' && defined.has(foldName(attribute.value))) continue;
          const miss = (kind === 'role' ? roles : accessControls).miss(attribute);
          if (miss === null) continue;
          const { value: name, valueSpan: at } = attribute;
          const { suggestion } = miss;
          if (suggestion === null) report({ message: kind, at, data: { name } });
          else report({ message: `${kind}-misspelt`, at, data: { name, suggestion } });
        }
      },
    };
  },
});

function withAcl(attributes: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="office"><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /></AccessControl></AccessControls><EndpointAcls><EndpointAcl ${attributes} /></EndpointAcls></NetworkConfiguration>`;
}

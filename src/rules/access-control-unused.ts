// Every access control is put on an endpoint.

import { defineRule, foldName, isName, meantElement, pipelinePlaceholder, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'access-control-unused',
  family: 'network',
  summary: 'Every AccessControl is used by an EndpointAcl.',
  why: 'An AccessControl only lists rules; they apply to the endpoints on which an EndpointAcl puts them. One that is on none protects nothing.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'info',
  target: 'cses',
  messages: {
    unused: {
      message: 'No EndpointAcl uses the access control "{name}": its rules apply to no endpoint.',
      help: 'Add to EndpointAcls: <EndpointAcl role="…" endPoint="…" accessControl="{name}" />, or delete the AccessControl.',
    },
  },
  examples: {
    bad: [{ cscfg: withAcls('') }],
    good: [{ cscfg: withAcls('<EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="Office" /></EndpointAcls>') }],
  },
  check({ report }) {
    const accessControls = new Map<string, Attribute>();
    const used = new Set<string>();
    let isExplained = false;
    return {
      'NetworkConfiguration/AccessControls/AccessControl'(accessControl) {
        const name = accessControl.attribute('name');
        if (name !== undefined && !accessControls.has(foldName(name.value))) accessControls.set(foldName(name.value), name);
      },
      'NetworkConfiguration/EndpointAcls/EndpointAcl'(acl) {
        const name = acl.attribute('accessControl');
        if (name === undefined) isExplained = true;
        else used.add(foldName(name.value));
      },
      'schema:unknown-element'(event) {
        const meant = meantElement(event);
        if (meant === 'EndpointAcls' || meant === 'EndpointAcl') isExplained = true;
      },
      end() {
        // A reference that hits none may be meant for it, and is told by another rule or filled in later.
        if (isExplained || [...used].some((name) => !accessControls.has(name))) return;
        for (const [folded, { value: name, valueSpan: at }] of accessControls) {
          if (!used.has(folded) && isName(name) && pipelinePlaceholder(name) === null) report({ message: 'unused', at, data: { name } });
        }
      },
    };
  },
});

function withAcls(acls: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="office"><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /></AccessControl></AccessControls>${acls}</NetworkConfiguration>`;
}

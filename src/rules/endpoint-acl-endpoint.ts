// An access control is for an input endpoint that its role has.

import { defineRule, foldName, importsUnknown, isSettledName, pluginsOf, suggest, type DefinedRole, type Related, type Span } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-acl-endpoint',
  family: 'network',
  summary: 'An EndpointAcl names an input endpoint of its role.',
  why: 'An access control permits and denies callers of one input endpoint. For an endpoint that does not exist it controls nothing, and the one that was meant stays open.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'warning',
  target: 'cses',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'Role "{role}" has no input endpoint "{endpoint}" in the service definition.',
      help: 'Correct endPoint, or remove the EndpointAcl.',
    },
    near: {
      message: 'Role "{role}" has no input endpoint "{endpoint}" in the service definition, but one called "{near}".',
      cause: 'The name is mistyped, or the endpoint was renamed.',
      help: 'Write "{near}".',
    },
    internal: {
      message: 'The endpoint "{endpoint}" of role "{role}" is an internal one, which nobody outside can call.',
      help: 'Name an input endpoint, or remove the EndpointAcl.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="services" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="Office"><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /></AccessControl></AccessControls><EndpointAcls><EndpointAcl role="Web" endPoint="Htpps" accessControl="Office" /></EndpointAcls></NetworkConfiguration></ServiceConfiguration>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="services" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="Office"><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /></AccessControl></AccessControls><EndpointAcls><EndpointAcl role="Web" endPoint="http" accessControl="Office" /></EndpointAcls></NetworkConfiguration></ServiceConfiguration>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report, evidence }) {
    const roles = new Set<string>();
    const acls: { role: string; endpoint: string; span: Span }[] = [];
    return {
      Role(role) {
        roles.add(foldName(role.attribute('name')?.value ?? ''));
      },
      'NetworkConfiguration/EndpointAcls/EndpointAcl'(acl) {
        const [role, endpoint] = [acl.attribute('role'), acl.attribute('endPoint')];
        if (role === undefined || endpoint === undefined || !isSettledName(endpoint.value)) return;
        acls.push({ role: role.value, endpoint: endpoint.value, span: endpoint.valueSpan });
      },
      end() {
        if (acls.length === 0) return;
        const defined = new Map([...evidence.definition.roles].reverse().map((role) => [foldName(role.name), role]));
        for (const { role, endpoint, span } of acls) {
          const found = defined.get(foldName(role));
          // A role that one of the files lacks is another rule's business.
          if (found === undefined || !roles.has(foldName(role)) || importsUnknown(found) || hasVagueEndpoint(found)) continue;
          const verdict = judge(found, endpoint);
          if (verdict !== null) report({ message: verdict.message, at: span, data: { role, endpoint, near: verdict.near }, related: [verdict.related] });
        }
      },
    };
  },
});

/** Whether an input endpoint lacks its name, has none that may be, or gets it later. */
function hasVagueEndpoint({ endpoints }: DefinedRole): boolean {
  return endpoints.some(({ kind, value }) => kind !== 'InternalEndpoint' && !isSettledName(value));
}

interface Judged {
  readonly message: 'absent' | 'near' | 'internal';
  readonly near: string;
  readonly related: Related;
}

/** What is wrong with the name of an endpoint; null for one from outside that the role has. */
function judge(role: DefinedRole, endpoint: string): Judged | null {
  const isNamed = (name: string) => foldName(name) === foldName(endpoint);
  const inputs = role.endpoints.filter(({ kind }) => kind !== 'InternalEndpoint');
  const brought = pluginsOf(role).flatMap(({ endpoints }) => endpoints.filter(({ kind }) => kind === 'InputEndpoint'));
  if (inputs.some(({ value }) => isNamed(value)) || brought.some(({ name }) => isNamed(name))) return null;
  const internal = role.endpoints.find(({ value }) => isNamed(value));
  if (internal !== undefined) return { message: 'internal', near: '', related: { note: 'it is defined here', location: internal.location } };
  const near = inputs.find(({ value }) => value === suggest(endpoint, inputs.map((one) => one.value)));
  if (near !== undefined) return { message: 'near', near: near.value, related: { note: 'this endpoint is near', location: near.location } };
  return { message: 'absent', near: '', related: { note: 'the role is defined here', location: role.location } };
}

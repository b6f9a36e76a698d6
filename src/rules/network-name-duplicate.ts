// What others refer to in the network stands there once, and an endpoint has one access control.

import { defineRule, foldName, isName, isSettledName, pipelinePlaceholder, type AnyElement, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'network-name-duplicate',
  family: 'network',
  summary: 'Access controls, load balancers and virtual IPs have names of their own; each endpoint has one EndpointAcl, and each role one NetworkSecurityGroupRef.',
  why: 'An EndpointAcl refers to an AccessControl by its name, the .csdef to a LoadBalancer, a ReservedIP to a VirtualIP, whatever the letter case; of two equal ones nobody can tell which is meant, nor which of two access controls of one endpoint, or two security groups of one role, holds. The schema notices none of it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'warning',
  target: 'cses',
  messages: {
    name: {
      message: 'Two {kind} are called "{name}", and what refers to that name cannot tell which is meant.',
      help: 'Delete one of them, or give it a name of its own.',
    },
    acl: {
      message: 'Two EndpointAcl elements are for the endpoint "{endpoint}" of role "{role}", and which of them holds cannot be told.',
      help: 'Delete one, or write the endpoint that it was meant for. Where both are meant, put their rules into one AccessControl.',
    },
    'security-group': {
      message: 'Two NetworkSecurityGroupRef elements are for role "{role}", and which of them holds cannot be told.',
      help: 'Delete one, or write the role that it was meant for.',
    },
  },
  examples: {
    bad: [
      { cscfg: withNetwork(`${accessControls('office', 'Office')}<EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="office" /></EndpointAcls>`) },
      {
        cscfg: withNetwork(
          `${accessControls('office', 'partner')}<EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="office" /><EndpointAcl role="Web" endPoint="Https" accessControl="partner" /></EndpointAcls>`,
        ),
      },
      { cscfg: withNetwork(loadBalancers('inside', 'inside')) },
      { cscfg: withNetwork(`<NetworkSecurityGroupRefs>${securityGroup('Web')}${securityGroup('web')}</NetworkSecurityGroupRefs>`) },
    ],
    good: [
      {
        cscfg: withNetwork(
          `${accessControls('office', 'partner')}<EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="office" /><EndpointAcl role="Web" endPoint="Http" accessControl="partner" /></EndpointAcls>${loadBalancers('inside', 'beside')}`,
        ),
      },
    ],
  },
  check({ report }) {
    const [accessControls, loadBalancers, virtualIps] = [new Namesakes(), new Namesakes(), new Namesakes()];
    const acls = new Map<string, AnyElement>();
    const groups = new Map<string, AnyElement>();
    const missed = new Set<string>();
    const tell = (kind: string, namesakes: Namesakes) => {
      for (const [again, first] of namesakes.found) {
        report({ message: 'name', at: again.valueSpan, data: { kind, name: again.value }, related: [{ note: 'called so here first', location: first.valueSpan }] });
      }
    };
    return {
      'NetworkConfiguration/AccessControls/AccessControl'(element) {
        const name = element.attribute('name');
        if (name !== undefined && isName(name.value)) accessControls.add(name);
      },
      'NetworkConfiguration/LoadBalancers/LoadBalancer'(element) {
        const name = element.attribute('name');
        if (name !== undefined && isName(name.value)) loadBalancers.add(name);
      },
      'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP'(element) {
        const name = element.attribute('name');
        if (name !== undefined && name.value.trim() !== '') virtualIps.add(name);
      },
      'NetworkConfiguration/EndpointAcls/EndpointAcl'(acl) {
        const [role, endpoint] = [acl.attribute('role')?.value ?? '', acl.attribute('endPoint')?.value ?? ''];
        if (!isSettledName(role) || !isSettledName(endpoint)) return;
        const key = JSON.stringify([foldName(role), foldName(endpoint)]);
        const first = acls.get(key);
        if (first === undefined) acls.set(key, acl);
        else report({ message: 'acl', at: acl.nameSpan, data: { role, endpoint }, related: [{ note: 'the first one', location: first.nameSpan }] });
      },
      'NetworkConfiguration/NetworkSecurityGroupRefs/NetworkSecurityGroupRef'(group) {
        const role = group.attribute('roleName')?.value ?? '';
        if (!isSettledName(role)) return;
        const first = groups.get(foldName(role));
        if (first === undefined) groups.set(foldName(role), group);
        else report({ message: 'security-group', at: group.nameSpan, data: { role }, related: [{ note: 'the first one', location: first.nameSpan }] });
      },
      'network:reference'({ kind }) {
        missed.add(kind);
      },
      end() {
        // Where one was copied and not renamed, the reference to the name that it should have is told.
        if (!missed.has('acl-access-control')) tell('access controls', accessControls);
        tell('load balancers', loadBalancers);
        if (!missed.has('virtual-ip')) tell('virtual IPs', virtualIps);
      },
    };
  },
});

/** Names of one kind of thing: each that stands before it already, with the first. */
class Namesakes {
  readonly found: [again: Attribute, first: Attribute][] = [];
  private readonly firsts = new Map<string, Attribute>();

  add(name: Attribute): void {
    if (pipelinePlaceholder(name.value) !== null) return;
    const first = this.firsts.get(foldName(name.value));
    if (first === undefined) this.firsts.set(foldName(name.value), name);
    else this.found.push([name, first]);
  }
}

function accessControls(...names: string[]): string {
  const controls = names.map((name) => `<AccessControl name="${name}"><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /></AccessControl>`);
  return `<AccessControls>${controls.join('')}</AccessControls>`;
}

function loadBalancers(...names: string[]): string {
  return `<LoadBalancers>${names.map((name) => `<LoadBalancer name="${name}"><FrontendIPConfiguration type="private" subnet="web" /></LoadBalancer>`).join('')}</LoadBalancers>`;
}

function securityGroup(role: string): string {
  return `<NetworkSecurityGroupRef roleName="${role}"><NetworkSecurityGroup name="web-nsg" /></NetworkSecurityGroupRef>`;
}

function withNetwork(more: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments>${more}</NetworkConfiguration>`;
}

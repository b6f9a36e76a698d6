// A load balancer that an endpoint of the .csdef names is in the .cscfg.

import { defineRule, distinct, foldName, isSettledName, meantElement, pairNames, pipelinePlaceholder, type DefinedRole, type Location, type Span } from '../core/rule.js';

export default defineRule({
  id: 'load-balancer-reference',
  family: 'network',
  summary: 'Each load balancer that an endpoint names is configured.',
  why: 'An internal load balancer is linked by its name: an input endpoint of the .csdef names it, NetworkConfiguration says in which subnet it is.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  target: 'cses',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'The endpoint "{endpoint}" of role "{role}" is on the load balancer "{name}", which is not configured here.',
      help: 'Add a LoadBalancer of that name to NetworkConfiguration, or take loadBalancer off the endpoint in the .csdef and build the package again.',
    },
    near: {
      message: 'The load balancer "{own}" is used by no endpoint; "{endpoint}" of role "{role}" is on "{name}", which is not configured here.',
      cause: 'The name is mistyped, or the load balancer was renamed on one side.',
      help: 'Write "{name}" here, or rename it in the .csdef and build the package again.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Http" protocol="http" port="80" loadBalancer="inside" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report, evidence }) {
    const roles = new Set<string>();
    const balancers: { name: string; span: Span }[] = [];
    let isVague = false;
    let place: Span | null = null;
    return {
      ServiceConfiguration(element) {
        place = element.nameSpan;
      },
      Role(role) {
        roles.add(foldName(role.attribute('name')?.value ?? ''));
      },
      NetworkConfiguration(element) {
        place = element.nameSpan;
      },
      'NetworkConfiguration/LoadBalancers'(element) {
        place = element.nameSpan;
      },
      'NetworkConfiguration/LoadBalancers/LoadBalancer'(balancer) {
        const name = balancer.attribute('name');
        // One whose name is missing, refused or filled in later may be the one that is meant; other rules tell of it.
        isVague ||= name === undefined || !isSettledName(name.value);
        if (name !== undefined) balancers.push({ name: name.value, span: name.valueSpan });
      },
      'schema:unknown-element'(event) {
        const meant = meantElement(event);
        isVague ||= meant === 'LoadBalancers' || meant === 'LoadBalancer';
      },
      end() {
        // So may the second of two that have one name.
        if (place === null || isVague || distinct(balancers, ({ name }) => name).length < balancers.length) return;
        const { onlyHere, onlyThere } = pairNames(balancers, namedBy(evidence.definition.roles.filter(({ name }) => roles.has(foldName(name)))));
        for (const { one, near } of onlyHere) {
          if (near !== null) report({ message: 'near', at: one.span, data: { ...dataOf(near), own: one.name }, related: [{ note: 'the endpoint names it here', location: near.location }] });
        }
        for (const named of onlyThere) report({ message: 'absent', at: place, data: dataOf(named), related: [{ note: 'the endpoint names it here', location: named.location }] });
      },
    };
  },
});

interface NamedBalancer {
  readonly name: string;
  readonly role: string;
  readonly endpoint: string;
  readonly location: Location;
}

function namedBy(roles: readonly DefinedRole[]): NamedBalancer[] {
  return roles.flatMap(({ name: role, endpoints }) =>
    endpoints.flatMap(({ value: endpoint, loadBalancer }) =>
      loadBalancer === null || loadBalancer.value === '' || pipelinePlaceholder(loadBalancer.value) !== null ? [] : [{ name: loadBalancer.value, role, endpoint, location: loadBalancer.location }],
    ),
  );
}

function dataOf({ name, role, endpoint }: NamedBalancer): { name: string; role: string; endpoint: string } {
  return { name, role, endpoint };
}

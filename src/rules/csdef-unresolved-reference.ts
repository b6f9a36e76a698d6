// What a service definition refers to by name is there.

import { defineRule, distinctRoles, foldName, hasEndpoint, nameMatcher, suggester, type DefinedRole, type DefinitionFact, type Placed } from '../core/rule.js';

export default defineRule({
  id: 'csdef-unresolved-reference',
  family: 'definition',
  languages: ['csdef'],
  summary: 'Endpoints, probes and roles that are referred to by name are there.',
  why: 'A site is bound to an endpoint of its role, an endpoint to a probe, a network traffic rule to roles and their endpoints, each by name; the schema does not notice a name that nothing has.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'error',
  messages: {
    absent: {
      message: '{owner} refers to the {kind} "{name}", which {scope} does not have.',
      help: 'Write a name that is there, or add the {kind}.',
    },
    near: {
      message: '{owner} refers to the {kind} "{name}", which {scope} does not have; it has "{near}".',
      cause: 'The name is mistyped, or the {kind} was renamed.',
      help: 'Write "{near}".',
    },
  },
  examples: {
    bad: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Sites><Site name="Web"><Bindings><Binding name="Http" endpointName="Http" /></Bindings></Site></Sites><Endpoints><InputEndpoint name="HttpIn" protocol="http" port="80" /></Endpoints></WebRole>',
      },
      { csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" loadBalancerProbe="alive" /></Endpoints></WorkerRole>' },
    ],
    good: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Sites><Site name="Web"><Bindings><Binding name="Http" endpointName="httpin" /></Bindings></Site></Sites><Endpoints><InputEndpoint name="HttpIn" protocol="http" port="80" /></Endpoints></WebRole>',
      },
    ],
  },
  check({ report }) {
    return {
      definition(definition) {
        const roles = distinctRoles(definition);
        const dangling = [...roles.flatMap(danglingBindings), ...danglingProbes(roles, definition.probes), ...danglingTraffic(definition)];
        const groups = new Map<string, [Dangling, ...Dangling[]]>();
        for (const one of dangling) {
          // A name that several refer to is one mistake.
          const key = JSON.stringify([one.kind, foldName(one.scope), foldName(one.reference.value)]);
          const group = groups.get(key);
          if (group === undefined) groups.set(key, [one]);
          else group.push(one);
        }
        for (const [{ owner, kind, reference, scope, candidates }, ...others] of groups.values()) {
          const near = suggester(groups.size, candidates)(reference.value);
          const data = { owner, kind, name: reference.value, scope };
          const related = others.map((other) => ({ note: 'here as well', location: other.reference.location }));
          if (near === null) report({ message: 'absent', at: reference.location, data, related });
          else report({ message: 'near', at: reference.location, data: { ...data, near }, related });
        }
      },
    };
  },
});

/** A name that is referred to and that nothing has. */
interface Dangling {
  /** What refers to it, at the beginning of a sentence. */
  readonly owner: string;
  readonly kind: 'endpoint' | 'probe' | 'role';
  readonly reference: Placed;
  /** Where it should be. */
  readonly scope: string;
  /** What is there. */
  readonly candidates: readonly string[];
}

const DEFINITION = 'the service definition';

function danglingBindings(role: DefinedRole): Dangling[] {
  const find = endpointSearch([role]);
  return role.bindings.flatMap(({ value, site, endpoint }) => find(`The binding "${value}" of site "${site}"`, endpoint));
}

function danglingProbes(roles: readonly DefinedRole[], probes: readonly Placed[]): Dangling[] {
  const isThere = nameMatcher(probes);
  const candidates = namesOf(probes);
  return roles.flatMap(({ endpoints }) =>
    endpoints.flatMap(({ value, loadBalancerProbe: reference }): Dangling[] => {
      if (reference === null || isThere(reference.value)) return [];
      return [{ owner: `The endpoint "${value}"`, kind: 'probe', reference, scope: DEFINITION, candidates }];
    }),
  );
}

function danglingTraffic({ trafficRules, roles }: DefinitionFact): Dangling[] {
  const owner = 'A network traffic rule';
  const placed = roles.map(({ name, location }): Placed => ({ value: name, location }));
  const isThere = nameMatcher(placed);
  const candidates = namesOf(placed);
  const danglingRole = (reference: Placed | null): Dangling[] =>
    reference === null || isThere(reference.value) ? [] : [{ owner, kind: 'role', reference, scope: DEFINITION, candidates }];
  const searches = new Map([...groupByName(roles)].map(([name, alike]) => [name, endpointSearch(alike)]));
  return trafficRules.flatMap(({ destinations, sources }) => [
    ...destinations.flatMap(({ role, endpoint }) => searches.get(foldName(role?.value ?? ''))?.(owner, endpoint) ?? danglingRole(role)),
    ...sources.flatMap(danglingRole),
  ]);
}

/** Of two roles with one name, which is a mistake of its own, either may have the endpoint. */
function groupByName(roles: readonly DefinedRole[]): Map<string, [DefinedRole, ...DefinedRole[]]> {
  const groups = new Map<string, [DefinedRole, ...DefinedRole[]]>();
  for (const role of roles) {
    const group = groups.get(foldName(role.name));
    if (group === undefined) groups.set(foldName(role.name), [role]);
    else group.push(role);
  }
  return groups;
}

/** Looks endpoints up in the roles of one name. */
function endpointSearch(roles: readonly [DefinedRole, ...DefinedRole[]]): (owner: string, reference: Placed | null) => Dangling[] {
  const endpoints = roles.flatMap((role) => role.endpoints);
  const isDeclared = nameMatcher(endpoints);
  const candidates = namesOf(endpoints);
  return (owner, reference) => {
    if (reference === null || isDeclared(reference.value) || roles.some((role) => hasEndpoint(role, reference.value))) return [];
    return [{ owner, kind: 'endpoint', reference, scope: `role "${roles[0].name}"`, candidates }];
  };
}

function namesOf(placed: readonly Placed[]): string[] {
  return placed.map(({ value }) => value);
}

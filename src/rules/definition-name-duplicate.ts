// Each name stands in its scope of the service definition once.

import { defineRule, distinctRoles, foldName, type DefinedRole, type DefinitionFact, type Placed } from '../core/rule.js';

export default defineRule({
  id: 'definition-name-duplicate',
  family: 'definition',
  languages: ['csdef'],
  summary: 'Roles, settings, certificates, local stores, probes and site bindings are there once.',
  why: 'The .cscfg, the role’s code and other elements refer to them by name, whatever its letter case, and of two equal ones nobody can tell which is meant; two sites cannot share one endpoint and one host header. The schema notices none of it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'error',
  messages: {
    name: {
      message: '{scope} has two {kind} called "{name}".',
      help: 'Delete one of them, or give it a name of its own.',
    },
    binding: {
      message: 'Role "{role}" has two site bindings on the endpoint "{endpoint}" for the host header "{host}".',
      help: 'Give each site a hostHeader or an endpoint of its own.',
    },
    'bare-binding': {
      message: 'Role "{role}" has two site bindings on the endpoint "{endpoint}" without a host header.',
      help: 'Give each site a hostHeader or an endpoint of its own.',
    },
  },
  examples: {
    bad: [
      { csdef: '<WebRole name="Shop" vmsize="Standard_A2_v2" /><WorkerRole name="shop" vmsize="Standard_A2_v2" />' },
      { csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Mode" /><Setting name="Mode" /></ConfigurationSettings></WorkerRole>' },
    ],
    good: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Mode" /></ConfigurationSettings></WebRole><WorkerRole name="Worker" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Mode" /></ConfigurationSettings></WorkerRole>',
      },
    ],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const { scope, kind, names } of scopesOf(definition)) {
          for (const [again, first] of repeats(names, ({ value }) => value)) {
            report({ message: 'name', at: again.location, data: { scope, kind, name: again.value }, related: [{ note: 'called so here first', location: first.location }] });
          }
        }
        for (const role of distinctRoles(definition)) {
          for (const [again, first] of repeats(role.bindings, bindingKey)) {
            const data = { role: role.name, endpoint: again.endpoint?.value ?? '' };
            const related = [{ note: 'the other binding', location: first.location }];
            if (again.hostHeader === '') report({ message: 'bare-binding', at: again.location, data, related });
            else report({ message: 'binding', at: again.location, data: { ...data, host: again.hostHeader }, related });
          }
        }
      },
    };
  },
});

/** Names that must differ from one another. */
interface Scope {
  /** At the beginning of a sentence. */
  readonly scope: string;
  readonly kind: string;
  readonly names: readonly Placed[];
}

function scopesOf(definition: DefinitionFact): Scope[] {
  const scope = 'The service definition';
  const roles = definition.roles.map(({ name, location }): Placed => ({ value: name, location }));
  return [
    { scope, kind: 'roles', names: roles },
    { scope, kind: 'probes', names: definition.probes },
    ...distinctRoles(definition).flatMap(({ name, settings, certificates, stores }): Scope[] => [
      { scope: `Role "${name}"`, kind: 'settings', names: settings },
      { scope: `Role "${name}"`, kind: 'certificates', names: certificates },
      { scope: `Role "${name}"`, kind: 'local stores', names: stores },
    ]),
  ];
}

/** Each item whose name stands before it already, and the first of that name. Names compare without case; an empty one is none. */
function repeats<T>(items: readonly T[], nameOf: (item: T) => string): [T, T][] {
  const firsts = new Map<string, T>();
  const found: [T, T][] = [];
  for (const item of items) {
    const name = foldName(nameOf(item));
    const first = firsts.get(name);
    if (name === '') continue;
    if (first === undefined) firsts.set(name, item);
    else found.push([item, first]);
  }
  return found;
}

function bindingKey({ endpoint, hostHeader }: DefinedRole['bindings'][number]): string {
  return endpoint === null || endpoint.value === '' ? '' : JSON.stringify([endpoint.value, hostHeader]);
}

// What an environment variable takes from the role’s own environment is there.

import { PLUGIN_PREFIX, defineRule, distinctRoles, foldName, hasEndpoint, hasSetting, nameMatcher, suggester, type DefinedRole, type Placed } from '../core/rule.js';

export default defineRule({
  id: 'csdef-xpath-reference',
  family: 'definition',
  languages: ['csdef'],
  summary: 'The endpoints, settings and stores that variables take their values from are there.',
  why: 'A RoleInstanceValue picks an endpoint, a setting or a local store of the role by its name. Where the role has none of that name the variable has no value, and the startup task that reads it fails when the instance starts.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-role-config-xpath',
  severity: 'warning',
  messages: {
    absent: {
      message: 'A variable of role "{role}" takes its value from the {kind} "{name}", which the role does not have.',
      help: 'Write a name that is there, or declare the {kind}.',
    },
    near: {
      message: 'A variable of role "{role}" takes its value from the {kind} "{name}", which the role does not have; it has "{near}".',
      cause: 'The name is mistyped, or the {kind} was renamed.',
      help: 'Write "{near}".',
    },
  },
  examples: {
    bad: [{ csdef: roleWith('Endpoints/Endpoint[@name=&quot;HttpIn&quot;]/@port') }],
    good: [{ csdef: roleWith("Endpoints/Endpoint[@name='Orders']/@port") }, { csdef: roleWith('@id') }],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          if (role.xpaths.length === 0) continue;
          for (const kind of KINDS) {
            const names = declared(role, kind);
            const dangling = danglingNames(role, kind, names);
            const near = suggester(dangling.length, names.map(({ value }) => value));
            for (const [{ value: name, location }, ...others] of dangling) {
              const suggestion = near(name);
              const data = { role: role.name, kind: WORDS[kind], name };
              const related = others.map((other) => ({ note: 'here as well', location: other.location }));
              if (suggestion === null) report({ message: 'absent', at: location, data, related });
              else report({ message: 'near', at: location, data: { ...data, near: suggestion }, related });
            }
          }
        }
      },
    };
  },
});

const WORDS = { Endpoint: 'endpoint', ConfigurationSetting: 'setting', LocalResource: 'local store' } as const;

type Kind = keyof typeof WORDS;

const KINDS: readonly Kind[] = ['Endpoint', 'ConfigurationSetting', 'LocalResource'];

const STEP = /\/(Endpoint|ConfigurationSetting|LocalResource)\[\s{0,9}@name\s{0,9}=\s{0,9}(?:'([^']*)'|"([^"]*)")\s{0,9}\]/g;

/** The names that XPaths of a role ask for and the role does not have; each with all its places, since it is one mistake. */
function danglingNames(role: DefinedRole, kind: Kind, names: readonly Placed[]): [Placed, ...Placed[]][] {
  const isDeclared = nameMatcher(names);
  const groups = new Map<string, [Placed, ...Placed[]]>();
  for (const { value: xpath, location } of role.xpaths) {
    for (const value of namesIn(xpath, kind)) {
      if (isDeclared(value) || isBrought(role, kind, value)) continue;
      const group = groups.get(foldName(value));
      if (group === undefined) groups.set(foldName(value), [{ value, location }]);
      else group.push({ value, location });
    }
  }
  return [...groups.values()];
}

/** What an XPath names of the role that runs it; other roles' instances are not looked at. */
function namesIn(xpath: string, wanted: Kind): string[] {
  if (!xpath.includes('/CurrentInstance/')) return [];
  return [...xpath.matchAll(STEP)].flatMap(([, kind, single, double]) => (kind === wanted ? [single ?? double ?? ''] : []));
}

/** Whether a plugin brings it along. */
function isBrought(role: DefinedRole, kind: Kind, name: string): boolean {
  switch (kind) {
    case 'Endpoint':
      return hasEndpoint(role, name);
    case 'ConfigurationSetting':
      return hasSetting(role, name);
    case 'LocalResource':
      // The Diagnostics plugin has this store, Caching some with the prefix.
      return foldName(name) === 'diagnosticstore' || foldName(name).startsWith(foldName(PLUGIN_PREFIX));
  }
}

function declared(role: DefinedRole, kind: Kind): readonly Placed[] {
  switch (kind) {
    case 'Endpoint':
      return role.endpoints;
    case 'ConfigurationSetting':
      return role.settings;
    case 'LocalResource':
      return role.stores;
  }
}

/** A role with an endpoint and a variable that takes its value from there. */
function roleWith(rest: string): string {
  const variable = `<Variable name="PORT"><RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/${rest}" /></Variable>`;
  return `<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Startup><Task commandLine="start.cmd"><Environment>${variable}</Environment></Task></Startup><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" /></Endpoints></WorkerRole>`;
}

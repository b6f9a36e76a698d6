// The environments of a service have the same roles, and the same certificates in them. Speaks where there is no service definition.

import { PLUGIN_PREFIX, defineRule, foldName, once, pairNames, pipelinePlaceholder, type ConfigurationFact, type ConfiguredRole, type Location, type Related } from '../core/rule.js';

export default defineRule({
  id: 'environment-parity',
  family: 'run',
  summary: 'All service configurations of a service have the same roles and certificate names.',
  why: 'They go with one package, which has one set of roles and certificates: what one environment lacks, it lacks by mistake, or the others have too much. A .csdef says which; without it they can be compared with each other.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'warning',
  target: 'cses',
  uses: ['configurations'],
  unless: ['definition'],
  messages: {
    'renamed-role': {
      message: 'The role "{role}" is called "{theirs}" in {other}.',
      help: 'Give it one name. With the service definition beside it (--csdef) cscfglint tells which of the two is right.',
    },
    'renamed-certificate': {
      message: 'The certificate "{certificate}" of role "{role}" is called "{theirs}" in {other}.',
      help: 'Give it one name. With the service definition beside it (--csdef) cscfglint tells which of the two is right.',
    },
    role: {
      message: 'The role "{role}" is missing, which {other} has.',
      help: 'Add the role, or remove it there. With the service definition beside it (--csdef) cscfglint tells which of the two is right.',
    },
    certificate: {
      message: 'Role "{role}" has no certificate "{certificate}", which it has in {other}.',
      help: 'Add the certificate, or remove it there. With the service definition beside it (--csdef) cscfglint tells which of the two is right.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web"><Instances count="2" /></Role>', sibling: '<Role name="Web"><Instances count="2" /></Role><Role name="Worker"><Instances count="2" /></Role>' },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        sibling:
          '<Role name="Web"><Instances count="2" /><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role>',
      },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>', sibling: '<Role name="web"><Instances count="8" /></Role>' }],
  },
  check({ report, path }) {
    return {
      configurations({ own, others }) {
        if (others.every((other) => shapeOf(other.roles) === shapeOf(own.roles))) return;
        const [here, there] = [rolesOf([own]), rolesOf(others)];
        const roles = pairNames([...here.roles.values()], [...there.roles.values()]);
        for (const { one, near } of roles.onlyHere) {
          if (near !== null && isTold(near)) report({ message: 'renamed-role', at: one.location, data: { role: one.name, theirs: near.name, other: near.location.path }, related: related(near) });
        }
        // A role whose name is filled in later may be any of them.
        for (const role of here.isVague ? [] : roles.onlyThere) {
          report({ message: 'role', at: own.root, data: { role: role.name, other: role.location.path }, related: related(role) });
        }
        for (const [role, theirs] of roles.pairs) compareCertificates(role, theirs);
      },
    };

    /** A name that differs is told of once: where the path comes later. */
    function isTold({ location }: NamedThere): boolean {
      return path > location.path;
    }

    function compareCertificates({ name: role, location, certificates, isVague }: RoleThere, theirs: RoleThere): void {
      const { onlyHere, onlyThere } = pairNames([...certificates.values()], [...theirs.certificates.values()]);
      for (const { one, near } of onlyHere) {
        if (near !== null && isTold(near)) report({ message: 'renamed-certificate', at: one.location, data: { role, certificate: one.name, theirs: near.name, other: near.location.path }, related: related(near) });
      }
      for (const one of isVague ? [] : onlyThere) {
        report({ message: 'certificate', at: location, data: { role, certificate: one.name, other: one.location.path }, related: related(one) });
      }
    }
  },
});

/** The names of roles and certificates in one text: where two are equal, there is nothing to tell. */
const shapeOf = once((roles: readonly ConfiguredRole[]): string => {
  let shape = '';
  // No name in XML holds these characters.
  for (const { name, certificates } of roles) {
    shape += `\0${foldName(name)}`;
    for (const { value } of certificates) shape += `\x01${foldName(value)}`;
  }
  return shape;
});

interface NamedThere {
  readonly name: string;
  readonly location: Location;
}

interface RoleThere extends NamedThere {
  readonly certificates: Map<string, NamedThere>;
  /** Whether the name of a certificate is missing or filled in later. */
  isVague: boolean;
}

interface RolesThere {
  readonly roles: ReadonlyMap<string, RoleThere>;
  readonly isVague: boolean;
}

/** The roles and their certificates in some configurations, each name once. Those of plugins are no part of the service. */
function rolesOf(configurations: readonly ConfigurationFact[]): RolesThere {
  const roles = new Map<string, RoleThere>();
  let isVague = false;
  for (const { name, location, certificates } of configurations.flatMap((one) => one.roles)) {
    if (!isSettled(name)) isVague = true;
    if (!isSettled(name) || isPlugins(name)) continue;
    const role = roles.get(foldName(name)) ?? { name, location, certificates: new Map<string, NamedThere>(), isVague: false };
    roles.set(foldName(name), role);
    for (const { value, location: place } of certificates) {
      if (!isSettled(value)) role.isVague = true;
      else if (!isPlugins(value) && !role.certificates.has(foldName(value))) role.certificates.set(foldName(value), { name: value, location: place });
    }
  }
  return { roles, isVague };
}

function isSettled(name: string): boolean {
  return name !== '' && pipelinePlaceholder(name) === null;
}

function isPlugins(name: string): boolean {
  return foldName(name).startsWith(foldName(PLUGIN_PREFIX));
}

function related({ location }: NamedThere): [Related] {
  return [{ note: 'it is here', location }];
}

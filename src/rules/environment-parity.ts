// The environments of a service have the same roles, and the same certificates in them. Speaks where there is no service definition.

import { PLUGIN_PREFIX, defineRule, foldName, once, pipelinePlaceholder, type ConfigurationFact, type ConfiguredRole, type Location } from '../core/rule.js';

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
  check({ report }) {
    return {
      configurations({ own: { roles, root }, others }) {
        if (others.every((other) => shapeOf(other.roles) === shapeOf(roles))) return;
        const known = certificatesByRole(roles);
        for (const { role, certificate, location } of namesOf(others)) {
          const own = known.get(foldName(role));
          const other = location.path;
          const related = [{ note: 'it is here', location }];
          if (own === undefined) {
            if (certificate === null) report({ message: 'role', at: root, data: { role, other }, related });
          } else if (certificate !== null && !own.certificates.has(foldName(certificate))) {
            report({ message: 'certificate', at: own.at, data: { role, certificate, other }, related });
          }
        }
      },
    };
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

interface OwnRole {
  readonly at: Location;
  /** Folded names; of a role that is there twice, those of both. */
  readonly certificates: Set<string>;
}

function certificatesByRole(roles: readonly ConfiguredRole[]): ReadonlyMap<string, OwnRole> {
  const known = new Map<string, OwnRole>();
  for (const { name, location, certificates } of roles) {
    const role = known.get(foldName(name)) ?? { at: location, certificates: new Set() };
    known.set(foldName(name), role);
    for (const { value } of certificates) role.certificates.add(foldName(value));
  }
  return known;
}

interface NamedThere {
  readonly role: string;
  /** Null for the role itself. */
  readonly certificate: string | null;
  readonly location: Location;
}

/** Each role and each certificate of one that other configurations name, once. Those of plugins are no part of the service. */
function namesOf(configurations: readonly ConfigurationFact[]): NamedThere[] {
  const names = new Map<string, NamedThere>();
  const add = (one: NamedThere) => {
    const key = JSON.stringify([foldName(one.role), one.certificate === null ? null : foldName(one.certificate)]);
    if (!names.has(key)) names.set(key, one);
  };
  for (const { name: role, location, certificates } of configurations.flatMap((one) => one.roles)) {
    if (!isCompared(role)) continue;
    add({ role, certificate: null, location });
    for (const { value: certificate, location: place } of certificates) if (isCompared(certificate)) add({ role, certificate, location: place });
  }
  return [...names.values()];
}

function isCompared(name: string): boolean {
  return name !== '' && pipelinePlaceholder(name) === null && !foldName(name).startsWith(foldName(PLUGIN_PREFIX));
}

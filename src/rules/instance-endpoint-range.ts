// The public ports of an instance input endpoint suffice for all instances of its role.

import { configuredRoles, defineRule, distinctRoles, foldName, portNumber, wholeNumber, type ConfiguredRole, type DefinedEndpoint, type Location } from '../core/rule.js';

export default defineRule({
  id: 'instance-endpoint-range',
  family: 'definition',
  languages: ['csdef'],
  summary: 'An instance input endpoint has a public port for each instance of its role.',
  why: 'Each instance takes one public port of the range for itself: with fewer ports than instances, some have none. Silent without a .cscfg, which holds the number of instances.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  uses: ['configurations'],
  messages: {
    short: {
      message: 'The public ports of "{endpoint}" are enough for {ports} of the {count} instances of role "{role}".',
      help: 'Widen the range to at least {count} ports and build the package again, or run fewer instances.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Worker"><Instances count="3" /></Role>',
        csdef:
          '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InstanceInputEndpoint name="Direct" protocol="tcp" localPort="9000"><AllocatePublicPortFrom><FixedPortRange min="10100" max="10101" /></AllocatePublicPortFrom></InstanceInputEndpoint></Endpoints></WorkerRole>',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Worker"><Instances count="3" /></Role>',
        csdef:
          '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InstanceInputEndpoint name="Direct" protocol="tcp" localPort="9000"><AllocatePublicPortFrom><FixedPortRange min="10100" max="10102" /></AllocatePublicPortFrom></InstanceInputEndpoint></Endpoints></WorkerRole>',
      },
    ],
  },
  check({ report, evidence, path }) {
    return {
      definition(definition) {
        const configured = configuredRoles(evidence.configurations?.(path) ?? []);
        for (const role of distinctRoles(definition)) {
          const counts = (configured.get(foldName(role.name)) ?? []).flatMap(countOf);
          for (const endpoint of role.endpoints) {
            const ports = portsOf(endpoint);
            const short = ports === null ? [] : counts.filter(({ count }) => count > ports);
            if (ports === null || short.length === 0) continue;
            const count = short.reduce((most, one) => Math.max(most, one.count), 0);
            const at = endpoint.ranges[0]?.min.location ?? endpoint.location;
            const related = short.map(({ location }) => ({ note: 'that many instances', location }));
            report({ message: 'short', at, data: { role: role.name, endpoint: endpoint.value, ports, count }, related });
          }
        }
      },
    };
  },
});

function countOf({ instances }: ConfiguredRole): { readonly count: number; readonly location: Location }[] {
  const count = instances === null ? null : wholeNumber(instances.value, 0);
  return instances === null || count === null ? [] : [{ count, location: instances.location }];
}

/** How many public ports an endpoint has for the instances; null where that cannot be told, or is told to be wrong already. */
function portsOf({ kind, ranges }: DefinedEndpoint): number | null {
  const [range] = ranges;
  if (kind !== 'InstanceInputEndpoint' || range === undefined || ranges.length > 1) return null;
  const [min, max] = [portNumber(range.min.value), portNumber(range.max.value)];
  return min === null || max === null || min > max ? null : max - min + 1;
}

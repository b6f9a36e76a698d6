// A public port belongs to one endpoint.

import { defineRule, distinctRoles, endpointsOf, foldName, portNumber, type ConfigurationFact, type Related, type ServiceEndpoint } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-port-conflict',
  family: 'definition',
  languages: ['csdef'],
  summary: 'No two public endpoints of a service take the same port.',
  why: 'A load balancer can pass a port on to one endpoint only: input endpoints need ports of their own over all roles, and the ranges of instance input endpoints count. On different load balancers or virtual IPs, and as TCP beside UDP, the same port is fine.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'error',
  uses: ['configurations'],
  messages: {
    port: {
      message: 'The endpoint "{endpoint}" of role "{role}" takes the public port {ports} ({transport}), which "{other}" of role "{otherRole}" takes as well.',
      help: 'Give one of them another port, or another loadBalancer.',
    },
    range: {
      message: 'The public ports of "{endpoint}" of role "{role}" ({ports}, {transport}) overlap with those of "{other}" of role "{otherRole}" ({otherPorts}).',
      help: 'Move one of them to ports that are free.',
      azure: "Error validating the .cscfg file against the .csdef file. The reserved port range '{range}' for endpoint {rangeEndpoint} of role '{rangeRole}' overlaps with an already defined port or range.",
      azureSeen: 'similar',
    },
    plugin: {
      message: 'The public port {ports} ({transport}) is taken by the plugin {module} of role "{pluginRole}" and by the endpoint "{endpoint}" of role "{role}".',
      help: 'Give the endpoint another port, or remove the Import.',
    },
    plugins: {
      message: 'The plugin {module} of role "{role}" takes the public port {ports} ({transport}), as it does in role "{otherRole}".',
      help: 'Import it into one role only; RemoteForwarder there serves the other roles as well.',
    },
  },
  examples: {
    bad: [
      {
        csdef:
          '<WebRole name="Web" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints></WebRole><WebRole name="Admin" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Http" protocol="tcp" port="80" /></Endpoints></WebRole>',
      },
    ],
    good: [
      {
        csdef:
          '<WorkerRole name="Dns" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Tcp" protocol="tcp" port="53" /><InputEndpoint name="Udp" protocol="udp" port="53" /></Endpoints></WorkerRole>',
      },
    ],
  },
  check({ report, evidence, path }) {
    return {
      definition(definition) {
        const takers = distinctRoles(definition).flatMap(endpointsOf).flatMap((endpoint, order) => takerOf(endpoint, order) ?? []);
        const configurations = evidence.configurations?.(path) ?? [];
        const hasVirtualIps = configurations.some(({ virtualIps }) => virtualIps.length > 0);
        const told = new Set<Taker>();
        for (const configuration of configurations.length === 0 ? [null] : configurations) {
          for (const [later, earlier] of conflicts(takers, configuration)) {
            if (told.has(later)) continue;
            told.add(later);
            const related: Related[] = [{ note: earlier.endpoint.plugin === null ? 'taken here' : 'taken by this plugin', location: earlier.endpoint.location }];
            if (configuration !== null && hasVirtualIps) related.push({ note: 'with both on one virtual IP', location: { path: configuration.path, span: null } });
            const at = later.endpoint.location;
            const data = dataOf(later, earlier);
            const [plugin, own] = later.endpoint.plugin === null ? [earlier, later] : [later, earlier];
            const range = isRange(later) ? later : isRange(earlier) ? earlier : null;
            if (range !== null) {
              report({ message: 'range', at, data: { ...data, range: portsOf(range), rangeEndpoint: range.endpoint.name, rangeRole: range.endpoint.role.name }, related });
            } else if (plugin.endpoint.plugin === null) {
              report({ message: 'port', at, data, related });
            } else if (own.endpoint.plugin === null) {
              const { name: endpoint, role } = own.endpoint;
              report({ message: 'plugin', at, data: { ...data, endpoint, role: role.name, module: plugin.endpoint.plugin, pluginRole: plugin.endpoint.role.name }, related });
            } else {
              report({ message: 'plugins', at, data: { ...data, module: plugin.endpoint.plugin }, related });
            }
          }
        }
      },
    };
  },
});

/** An endpoint and the public ports that it takes, both ends included. */
interface Taker {
  readonly endpoint: ServiceEndpoint;
  /** Its place among all endpoints of the service. */
  readonly order: number;
  readonly transport: 'TCP' | 'UDP';
  readonly min: number;
  readonly max: number;
}

function dataOf(later: Taker, earlier: Taker) {
  return {
    role: later.endpoint.role.name,
    endpoint: later.endpoint.name,
    ports: portsOf(later),
    transport: later.transport,
    other: earlier.endpoint.name,
    otherRole: earlier.endpoint.role.name,
    otherPorts: portsOf(earlier),
  };
}

function takerOf(endpoint: ServiceEndpoint, order: number): Taker | null {
  const transport = transportOf(endpoint.protocol);
  const [min, max] = endsOf(endpoint);
  // A load balancer without a name is the business of schema-value-type.
  if (endpoint.loadBalancer === '' || transport === null || min === null || max === null || min > max) return null;
  return { endpoint, order, transport, min, max };
}

function endsOf({ kind, port, ranges: [range] }: ServiceEndpoint): [number | null, number | null] {
  if (kind === 'InputEndpoint' && port !== null) return [portNumber(port), portNumber(port)];
  if (kind === 'InstanceInputEndpoint' && range !== undefined) return [portNumber(range.min.value), portNumber(range.max.value)];
  return [null, null];
}

function transportOf(protocol: string | null): Taker['transport'] | null {
  if (protocol === 'udp') return 'UDP';
  return protocol === 'http' || protocol === 'https' || protocol === 'tcp' ? 'TCP' : null;
}

/** Who takes what another has, each once: the one that stands later in the file comes first. */
function conflicts(takers: readonly Taker[], configuration: ConfigurationFact | null): [Taker, Taker][] {
  const frontends = frontendsOf(configuration);
  const groups = new Map<string, Taker[]>();
  for (const taker of takers) {
    const { endpoint, transport } = taker;
    const key = JSON.stringify([transport, foldName(endpoint.loadBalancer ?? ''), frontends.get(keyOf(endpoint.role.name, endpoint.name)) ?? '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [taker]);
    else group.push(taker);
  }
  return [...groups.values()].flatMap(overlaps);
}

/** One pass over the ports in their order, however many endpoints there are. */
function overlaps(group: readonly Taker[]): [Taker, Taker][] {
  const found: [Taker, Taker][] = [];
  let widest: Taker | null = null;
  for (const taker of [...group].sort((a, b) => a.min - b.min || a.order - b.order)) {
    if (widest !== null && taker.min <= widest.max) found.push(taker.order > widest.order ? [taker, widest] : [widest, taker]);
    if (widest === null || taker.max > widest.max) widest = taker;
  }
  return found;
}

/** The virtual IP of each endpoint that a configuration puts on one. */
function frontendsOf(configuration: ConfigurationFact | null): Map<string, string> {
  const frontends = new Map<string, string>();
  for (const { name, endpoints } of configuration?.virtualIps ?? []) {
    for (const { role, endpoint } of endpoints) frontends.set(keyOf(role, endpoint), foldName(name));
  }
  return frontends;
}

function keyOf(role: string, endpoint: string): string {
  return JSON.stringify([foldName(role), foldName(endpoint)]);
}

function isRange({ min, max }: Taker): boolean {
  return min !== max;
}

function portsOf({ min, max }: Taker): string {
  return min === max ? String(min) : `${min}-${max}`;
}

// Every element of a service definition: its attributes, its children, how many, in which order, of which type.
//
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-file
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-workerrole
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-loadbalancerprobe
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-networktrafficrules

import { MANY, ONCE, OPTIONAL, SOME, any, leaf, optional, required, sequence, type ElementShape } from './grammar-shape.js';

export const CSDEF_NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition';

const PORT_RANGE = leaf({ min: required('port'), max: required('port') });

const ENVIRONMENT = {
  Environment: sequence({ Variable: MANY }, {}),
  'Environment/Variable': sequence({ RoleInstanceValue: OPTIONAL }, { name: required('text-256'), value: optional('text') }),
  'Environment/Variable/RoleInstanceValue': leaf({ xpath: required('text') }),
} as const satisfies Record<string, ElementShape>;

const INPUT_ENDPOINT = leaf({
  name: required('name'),
  protocol: required(['http', 'https', 'tcp', 'udp']),
  port: required('port'),
  certificate: optional('name'),
  localPort: optional('port-or-any'),
  ignoreRoleInstanceStatus: optional('boolean'),
  loadBalancerProbe: optional('name'),
  loadBalancer: optional('name'),
  idleTimeoutInMinutes: optional('positive-int'),
  loadBalancerDistribution: optional(['sourceIP', 'sourceIPProtocol', 'none']),
});

/** What web and worker roles have in common. */
const ROLE = {
  ConfigurationSettings: sequence({ Setting: MANY }, {}),
  'ConfigurationSettings/Setting': leaf({ name: required('name') }),
  Certificates: sequence({ Certificate: MANY }, {}),
  'Certificates/Certificate': leaf({
    name: required('name'),
    storeLocation: required(['CurrentUser', 'LocalMachine']),
    storeName: required('text-256'),
    permissionLevel: optional(['limitedOrElevated', 'elevated']),
  }),
  LocalResources: sequence({ LocalStorage: MANY }, {}),
  'LocalResources/LocalStorage': leaf({ name: required('name'), sizeInMB: optional('positive-int'), cleanOnRoleRecycle: optional('boolean') }),
  LocalStorage: leaf({ name: required('name'), sizeInMB: optional('positive-int'), cleanOnRoleRecycle: optional('boolean') }),
  Imports: sequence({ Import: MANY }, {}),
  'Imports/Import': leaf({ moduleName: required('name') }),
  Endpoints: any({ InputEndpoint: MANY, InternalEndpoint: MANY, InstanceInputEndpoint: MANY }, {}),
  'Endpoints/InputEndpoint': INPUT_ENDPOINT,
  'Endpoints/InternalEndpoint': any(
    { FixedPort: MANY, FixedPortRange: MANY },
    { name: required('name'), protocol: required(['http', 'tcp', 'udp', 'any']), port: optional('port-or-any') },
  ),
  'Endpoints/InternalEndpoint/FixedPort': leaf({ port: required('port') }),
  'Endpoints/InternalEndpoint/FixedPortRange': PORT_RANGE,
  'Endpoints/InstanceInputEndpoint': sequence(
    { AllocatePublicPortFrom: ONCE },
    { name: required('name'), protocol: required(['tcp', 'udp']), localPort: required('port'), idleTimeoutInMinutes: optional('positive-int') },
  ),
  'Endpoints/InstanceInputEndpoint/AllocatePublicPortFrom': sequence({ FixedPortRange: ONCE }, {}),
  'Endpoints/InstanceInputEndpoint/AllocatePublicPortFrom/FixedPortRange': PORT_RANGE,
  Startup: sequence({ Task: MANY }, { priority: optional('int') }),
  'Startup/Task': sequence(
    { Environment: OPTIONAL },
    { commandLine: required('text-256'), executionContext: optional(['limited', 'elevated']), taskType: optional(['simple', 'foreground', 'background']) },
  ),
  ...prefixed('Startup/Task', ENVIRONMENT),
  Runtime: sequence({ Environment: OPTIONAL, EntryPoint: OPTIONAL }, { executionContext: optional(['limited', 'elevated']) }),
  ...prefixed('Runtime', ENVIRONMENT),
  'Runtime/EntryPoint/NetFxEntryPoint': leaf({ assemblyName: required('text-256'), targetFrameworkVersion: optional('text') }),
  Contents: sequence({ Content: MANY }, {}),
  'Contents/Content': sequence({ SourceDirectory: ONCE }, { destination: required('text-256') }),
  'Contents/Content/SourceDirectory': leaf({ path: required('text-256') }),
} as const satisfies Record<string, ElementShape>;

const ROLE_CHILDREN = {
  Imports: OPTIONAL,
  Startup: OPTIONAL,
  LocalResources: OPTIONAL,
  LocalStorage: OPTIONAL,
  ConfigurationSettings: OPTIONAL,
  Endpoints: OPTIONAL,
  Certificates: OPTIONAL,
  Runtime: OPTIONAL,
  Contents: OPTIONAL,
} as const;

const ROLE_ATTRIBUTES = { name: required('name'), vmsize: optional('text'), enableNativeCodeExecution: optional('boolean') } as const;

/** Virtual directories and applications may lie in one another; grammar.ts finds the inner ones here. */
const SITE_CHILDREN = { VirtualDirectory: { ...MANY, rank: 0 }, VirtualApplication: { ...MANY, rank: 0 } } as const;

/** The elements of a service definition by path. */
export const CSDEF = {
  ServiceDefinition: sequence(
    {
      LoadBalancerProbes: OPTIONAL,
      WebRole: { ...MANY, rank: 1 },
      WorkerRole: { ...MANY, rank: 1 },
      NetworkTrafficRules: OPTIONAL,
    },
    {
      name: required('name'),
      schemaVersion: optional('text'),
      topologyChangeDiscovery: optional(['UpgradeDomainWalk', 'Blast']),
      upgradeDomainCount: optional('positive-int'),
    },
  ),

  LoadBalancerProbes: sequence({ LoadBalancerProbe: MANY }, {}),
  'LoadBalancerProbes/LoadBalancerProbe': leaf({
    name: required('text'),
    protocol: required(['http', 'tcp']),
    path: optional('text'),
    port: optional('port'),
    intervalInSeconds: optional({ from: 5 }),
    timeoutInSeconds: optional({ from: 11 }),
  }),

  WebRole: any({ Sites: OPTIONAL, InputEndpoints: OPTIONAL, InternalEndpoint: OPTIONAL, ...ROLE_CHILDREN }, ROLE_ATTRIBUTES),
  ...prefixed('WebRole', ROLE),
  'WebRole/Sites': sequence({ Site: SOME }, {}),
  'WebRole/Sites/Site': sequence({ ...SITE_CHILDREN, Bindings: ONCE }, { name: required('directory-name'), physicalDirectory: optional('text') }),
  'WebRole/Sites/Site/VirtualDirectory': any(SITE_CHILDREN, { name: required('directory-name'), physicalDirectory: optional('text') }),
  'WebRole/Sites/Site/VirtualApplication': any(SITE_CHILDREN, { name: required('directory-name'), physicalDirectory: optional('text') }),
  'WebRole/Sites/Site/Bindings': sequence({ Binding: SOME }, {}),
  'WebRole/Sites/Site/Bindings/Binding': leaf({ name: required('name'), endpointName: required('name'), hostHeader: optional('text') }),
  // Two forms of an older time, still valid.
  'WebRole/InputEndpoints': sequence({ InputEndpoint: { min: 1, max: 2 } }, {}),
  'WebRole/InputEndpoints/InputEndpoint': INPUT_ENDPOINT,
  'WebRole/InternalEndpoint': leaf({ name: required('name'), protocol: required(['http']), port: optional('port-or-any') }),
  'WebRole/Runtime/EntryPoint': sequence({ NetFxEntryPoint: ONCE }, {}),

  WorkerRole: any(ROLE_CHILDREN, ROLE_ATTRIBUTES),
  ...prefixed('WorkerRole', ROLE),
  'WorkerRole/Runtime/EntryPoint': {
    ...sequence({ NetFxEntryPoint: OPTIONAL, ProgramEntryPoint: OPTIONAL }, {}),
    choice: ['NetFxEntryPoint', 'ProgramEntryPoint'],
  },
  'WorkerRole/Runtime/EntryPoint/ProgramEntryPoint': leaf({ commandLine: required('text-256'), setReadyOnProcessStart: required('boolean') }),

  NetworkTrafficRules: sequence({ OnlyAllowTrafficTo: MANY }, {}),
  'NetworkTrafficRules/OnlyAllowTrafficTo': {
    ...sequence({ Destinations: ONCE, AllowAllTraffic: OPTIONAL, WhenSource: OPTIONAL }, {}),
    choice: ['AllowAllTraffic', 'WhenSource'],
  },
  'NetworkTrafficRules/OnlyAllowTrafficTo/Destinations': sequence({ RoleEndpoint: SOME }, {}),
  'NetworkTrafficRules/OnlyAllowTrafficTo/Destinations/RoleEndpoint': leaf({ roleName: required('name'), endpointName: required('name') }),
  'NetworkTrafficRules/OnlyAllowTrafficTo/AllowAllTraffic': leaf({}),
  'NetworkTrafficRules/OnlyAllowTrafficTo/WhenSource': sequence({ FromRole: MANY }, { matches: required(['AnyRule']) }),
  'NetworkTrafficRules/OnlyAllowTrafficTo/WhenSource/FromRole': leaf({ roleName: required('name') }),
} as const satisfies Record<string, ElementShape>;

/** The same table below another path. */
function prefixed<const P extends string, const T extends Record<string, ElementShape>>(prefix: P, table: T): { readonly [K in keyof T & string as `${P}/${K}`]: T[K] } {
  return Object.fromEntries(Object.entries(table).map(([path, shape]) => [`${prefix}/${path}`, shape])) as { readonly [K in keyof T & string as `${P}/${K}`]: T[K] };
}

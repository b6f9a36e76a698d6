// Every element of a service configuration: its attributes, its children, how many, in which order, of which type. Data only.
//
// Microsoft publishes no XSD newer than SDK 2.4; what later articles and samples show is in the table as well.
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration

/** The namespace of a service configuration. */
export const CONFIGURATION_NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration';

/** The simple types of attribute values; an array lists the only values there are. */
export type ValueType =
  | 'text'
  | 'name'
  | 'vm-name'
  | 'int'
  | 'positive-int'
  | 'unsigned-short'
  | 'boolean'
  | 'uri'
  | 'ipv4'
  | 'description'
  | 'thumbprint'
  | readonly string[];

export interface AttributeShape {
  readonly type: ValueType;
  readonly required: boolean;
}

/** How often a child may occur. */
export interface Occurs {
  readonly min: number;
  readonly max: number;
}

export interface ElementShape {
  /** `any`: the children may stand in any order. `sequence`: in the order of the table. */
  readonly order: 'any' | 'sequence';
  readonly children: Readonly<Record<string, Occurs>>;
  readonly attributes: Readonly<Record<string, AttributeShape>>;
}

const ONCE = { min: 1, max: 1 } as const;
const OPTIONAL = { min: 0, max: 1 } as const;
const MANY = { min: 0, max: Infinity } as const;
const SOME = { min: 1, max: Infinity } as const;

function required<const T extends ValueType>(type: T) {
  return { type, required: true } as const;
}

function optional<const T extends ValueType>(type: T) {
  return { type, required: false } as const;
}

function any<const C extends ElementShape['children'], const A extends ElementShape['attributes']>(children: C, attributes: A) {
  return { order: 'any', children, attributes } as const;
}

function sequence<const C extends ElementShape['children'], const A extends ElementShape['attributes']>(children: C, attributes: A) {
  return { order: 'sequence', children, attributes } as const;
}

/** An element without children. */
function leaf<const A extends ElementShape['attributes']>(attributes: A) {
  return { order: 'sequence', children: {}, attributes } as const;
}

/**
 * The grammar by element path. Paths begin below the root, so that they read as people speak of them:
 * `Role/Certificates/Certificate`.
 */
export const GRAMMAR = {
  ServiceConfiguration: sequence(
    { Role: MANY, NetworkConfiguration: OPTIONAL, GuestAgentSettings: OPTIONAL },
    {
      serviceName: required('text'),
      osFamily: optional('text'),
      osVersion: optional('text'),
      schemaVersion: optional('text'),
    },
  ),

  Role: any(
    { Instances: ONCE, ConfigurationSettings: OPTIONAL, Certificates: OPTIONAL, OsImage: OPTIONAL },
    { name: required('text'), vmName: optional('vm-name') },
  ),
  'Role/Instances': leaf({ count: required('int') }),
  'Role/ConfigurationSettings': sequence({ Setting: MANY }, {}),
  'Role/ConfigurationSettings/Setting': leaf({ name: required('text'), value: required('text') }),
  'Role/Certificates': sequence({ Certificate: MANY }, {}),
  'Role/Certificates/Certificate': leaf({
    name: required('text'),
    thumbprint: required('thumbprint'),
    thumbprintAlgorithm: required(['sha1']),
  }),
  'Role/OsImage': leaf({ href: required('uri') }),

  NetworkConfiguration: sequence(
    {
      Dns: OPTIONAL,
      VirtualNetworkSite: OPTIONAL,
      AddressAssignments: OPTIONAL,
      AccessControls: OPTIONAL,
      EndpointAcls: OPTIONAL,
      LoadBalancers: OPTIONAL,
      NetworkSecurityGroupRefs: OPTIONAL,
    },
    {},
  ),
  'NetworkConfiguration/Dns': sequence({ DnsServers: OPTIONAL }, {}),
  'NetworkConfiguration/Dns/DnsServers': sequence({ DnsServer: SOME }, {}),
  'NetworkConfiguration/Dns/DnsServers/DnsServer': leaf({ name: required('text'), IPAddress: required('ipv4') }),
  'NetworkConfiguration/VirtualNetworkSite': leaf({ name: required('text') }),
  'NetworkConfiguration/AddressAssignments': sequence({ VirtualIPs: OPTIONAL, InstanceAddress: MANY, ReservedIPs: OPTIONAL }, {}),
  'NetworkConfiguration/AddressAssignments/VirtualIPs': sequence({ VirtualIP: SOME }, {}),
  'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP': sequence(
    { Endpoints: OPTIONAL },
    { name: required('text'), ipVersion: optional('text') },
  ),
  'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP/Endpoints': sequence({ Endpoint: MANY }, {}),
  'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP/Endpoints/Endpoint': leaf({
    role: required('text'),
    name: required('text'),
  }),
  'NetworkConfiguration/AddressAssignments/InstanceAddress': sequence(
    { Subnets: OPTIONAL, PublicIPs: OPTIONAL },
    { roleName: required('text') },
  ),
  'NetworkConfiguration/AddressAssignments/InstanceAddress/Subnets': sequence({ Subnet: MANY }, {}),
  'NetworkConfiguration/AddressAssignments/InstanceAddress/Subnets/Subnet': leaf({ name: required('text') }),
  'NetworkConfiguration/AddressAssignments/InstanceAddress/PublicIPs': sequence({ PublicIP: OPTIONAL }, {}),
  'NetworkConfiguration/AddressAssignments/InstanceAddress/PublicIPs/PublicIP': leaf({
    name: required('text'),
    idleTimeoutInMinutes: optional('positive-int'),
    domainNameLabel: optional('text'),
  }),
  'NetworkConfiguration/AddressAssignments/ReservedIPs': sequence({ ReservedIP: ONCE }, {}),
  'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP': leaf({
    name: required('name'),
    virtualIpName: optional('text'),
  }),
  'NetworkConfiguration/AccessControls': sequence({ AccessControl: MANY }, {}),
  'NetworkConfiguration/AccessControls/AccessControl': sequence({ Rule: { min: 1, max: 50 } }, { name: required('name') }),
  'NetworkConfiguration/AccessControls/AccessControl/Rule': leaf({
    order: required('unsigned-short'),
    action: required(['permit', 'deny']),
    remoteSubnet: required('text'),
    description: optional('description'),
  }),
  'NetworkConfiguration/EndpointAcls': sequence({ EndpointAcl: MANY }, {}),
  'NetworkConfiguration/EndpointAcls/EndpointAcl': leaf({
    role: required('name'),
    endPoint: required('name'),
    accessControl: required('name'),
  }),
  'NetworkConfiguration/LoadBalancers': sequence({ LoadBalancer: SOME }, {}),
  'NetworkConfiguration/LoadBalancers/LoadBalancer': sequence({ FrontendIPConfiguration: ONCE }, { name: required('name') }),
  'NetworkConfiguration/LoadBalancers/LoadBalancer/FrontendIPConfiguration': leaf({
    type: required(['private']),
    subnet: optional('name'),
    staticVirtualNetworkIPAddress: optional('ipv4'),
  }),
  'NetworkConfiguration/NetworkSecurityGroupRefs': sequence({ NetworkSecurityGroupRef: MANY }, {}),
  'NetworkConfiguration/NetworkSecurityGroupRefs/NetworkSecurityGroupRef': sequence(
    { NetworkSecurityGroup: ONCE },
    { roleName: required('text') },
  ),
  'NetworkConfiguration/NetworkSecurityGroupRefs/NetworkSecurityGroupRef/NetworkSecurityGroup': leaf({ name: required('text') }),

  GuestAgentSettings: leaf({
    cleanupFirewallOnRoleRestart: optional('boolean'),
    allowRoleProcessLocalDumps: optional('boolean'),
  }),
} as const satisfies Record<string, ElementShape>;

/** The path of an element, as the grammar has it. */
export type ElementPath = keyof typeof GRAMMAR;

/** The names of an element's attributes. */
export type AttributeName<P extends ElementPath> = P extends ElementPath ? keyof (typeof GRAMMAR)[P]['attributes'] & string : never;

/** The paths that are roots of a document. */
export type RootPath = 'ServiceConfiguration';

/** The path of a child: those of the root carry no prefix. */
export function childPath(parent: string, child: string): string {
  return parent in ROOT_NAMESPACE ? child : `${parent}/${child}`;
}

/** The root element of each language, and the namespace its elements stand in. */
export const ROOT_NAMESPACE = { ServiceConfiguration: CONFIGURATION_NAMESPACE } as const satisfies Record<RootPath, string>;

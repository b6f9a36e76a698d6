// Every element of a service configuration: its attributes, its children, how many, in which order, of which type.
//
// Microsoft publishes no XSD newer than SDK 2.4; what later articles and samples show is in the table as well.
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration

import { MANY, ONCE, OPTIONAL, SOME, any, leaf, optional, required, sequence, type ElementShape } from './grammar-shape.js';

export const CSCFG_NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration';

/** The elements of a service configuration by path. */
export const CSCFG = {
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
    { name: required('text'), vmName: optional('text') },
  ),
  'Role/Instances': leaf({ count: required('text') }),
  'Role/ConfigurationSettings': sequence({ Setting: MANY }, {}),
  'Role/ConfigurationSettings/Setting': leaf({ name: required('text'), value: required('text') }),
  'Role/Certificates': sequence({ Certificate: MANY }, {}),
  'Role/Certificates/Certificate': leaf({
    name: required('text'),
    thumbprint: required('text'),
    thumbprintAlgorithm: required('text'),
  }),
  'Role/OsImage': leaf({ href: required('text') }),

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
    name: required('text'),
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

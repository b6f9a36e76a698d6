// A reserved IP has an endpoint that is reached by it.

import { defineRule, findPlugin, importsUnknown, type DefinedRole, type Span } from '../core/rule.js';

export default defineRule({
  id: 'reserved-ip-without-endpoint',
  family: 'network',
  summary: 'A service with a reserved IP has an input endpoint.',
  why: 'A public address without any endpoint behind it serves nobody, and a migration refuses it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/in-place-migration-common-errors',
  severity: 'warning',
  target: 'cses',
  needs: ['definition'],
  messages: {
    none: {
      message: 'The reserved IP "{name}" is for a service whose definition has no input endpoint.',
      help: 'Remove ReservedIPs here, or add the InputEndpoint to a role of the .csdef and build the package again.',
      azure:
        'The deployment <deployment> in hosted service <service> has reserved IP(s) {name} but no endpoint on the reserved IP. To resolve this issue, add at least one endpoint to the reserved IP.',
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Worker"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Worker"><Subnets><Subnet name="services" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration></ServiceConfiguration>',
        csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" />',
      },
    ],
    good: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Worker"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Worker"><Subnets><Subnet name="services" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration></ServiceConfiguration>',
        csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" /></Endpoints></WorkerRole>',
      },
    ],
  },
  check({ report, evidence }) {
    let isTold = false;
    return {
      'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP'(element) {
        const { definition } = evidence;
        const name = element.attribute('name');
        if (isTold || definition.roles.some(isPublic)) return;
        isTold = true;
        const at: Span = name?.valueSpan ?? element.nameSpan;
        report({ message: 'none', at, data: { name: name?.value ?? '' }, related: [{ note: 'the service definition', location: definition.location }] });
      },
    };
  },
});

/** Whether something of a role may be reached from outside. */
function isPublic(role: DefinedRole): boolean {
  if (importsUnknown(role) || role.endpoints.some(({ kind }) => kind !== 'InternalEndpoint')) return true;
  return role.imports.some(({ value }) => findPlugin(value)?.endpoints.some(({ kind }) => kind === 'InputEndpoint') === true);
}

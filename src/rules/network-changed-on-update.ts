// An update leaves the virtual network and the reserved IP as they are.

import { defineRule, foldName, onlyService, pipelinePlaceholder, readResourceName, type Attribute, type CloudServiceFact, type ConfigurationFact, type Span } from '../core/rule.js';

export default defineRule({
  id: 'network-changed-on-update',
  family: 'os-profile',
  summary: 'The virtual network and the reserved IP are those of the service that runs.',
  why: 'A service stays in its virtual network, and a reserved IP can neither be added, changed nor taken away by an update: that takes deleting the service and deploying it anew.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/faq',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    network: {
      message: 'The service runs in the virtual network "{live}", and this file names "{own}".',
      help: 'An update cannot move it: write "{live}", or delete the service and deploy it anew.',
    },
    address: {
      message: 'The service runs with the reserved IP "{live}", and this file names "{own}".',
      help: 'An update cannot change it: write "{live}", or delete the service and deploy it anew.',
    },
    added: {
      message: 'The service runs without a reserved IP, and this file names "{own}".',
      help: 'An update cannot add one: remove ReservedIPs, or delete the service and deploy it anew.',
    },
    removed: {
      message: 'The service runs with the reserved IP "{live}", and this file has none.',
      help: 'An update cannot take it away: add <ReservedIPs><ReservedIP name="{live}" /></ReservedIPs> to AddressAssignments, or delete the service and deploy it anew.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "westeurope", "properties": {"configuration": "<ServiceConfiguration serviceName=\\"Shop\\" osFamily=\\"7\\" xmlns=\\"http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration\\"><Role name=\\"Web\\"><Instances count=\\"2\\" /></Role><NetworkConfiguration><VirtualNetworkSite name=\\"old-vnet\\" /></NetworkConfiguration></ServiceConfiguration>", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "westeurope", "properties": {"configuration": "<ServiceConfiguration serviceName=\\"Shop\\" osFamily=\\"7\\" xmlns=\\"http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration\\"><Role name=\\"Web\\"><Instances count=\\"2\\" /></Role><NetworkConfiguration><VirtualNetworkSite name=\\"shop-vnet\\" /></NetworkConfiguration></ServiceConfiguration>", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "westeurope", "properties": {"configuration": "<ServiceConfiguration serviceName=\\"Shop\\" osFamily=\\"7\\" xmlns=\\"http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration\\"><Role name=\\"Web\\"><Instances count=\\"2\\" /></Role><NetworkConfiguration><VirtualNetworkSite name=\\"Group shop shop-vnet\\" /><AddressAssignments><ReservedIPs><ReservedIP name=\\"SHOP-ip\\" /></ReservedIPs></AddressAssignments></NetworkConfiguration></ServiceConfiguration>", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    let network: Attribute | undefined;
    let reserved: Attribute | undefined;
    let hasReserved = false;
    let holder: Span | null = null;

    const compare = ({ virtualNetwork, reservedIp }: ConfigurationFact, location: CloudServiceFact['at']) => {
      const related = [{ note: 'the configuration that runs', location }];
      if (network !== undefined && virtualNetwork !== null && areOther(network.value, virtualNetwork.value, 'virtualNetworks')) {
        report({ message: 'network', at: network.valueSpan, data: { live: virtualNetwork.value, own: network.value }, related });
      }
      if (reserved !== undefined && reservedIp !== null && areOther(reserved.value, reservedIp.value, 'publicIPAddresses')) {
        report({ message: 'address', at: reserved.valueSpan, data: { live: reservedIp.value, own: reserved.value }, related });
      }
      if (reserved !== undefined && reservedIp === null) report({ message: 'added', at: reserved.valueSpan, data: { own: reserved.value }, related });
      if (!hasReserved && reservedIp !== null && holder !== null) report({ message: 'removed', at: holder, data: { live: reservedIp.value }, related });
    };

    return {
      NetworkConfiguration(element) {
        holder = element.nameSpan;
      },
      'NetworkConfiguration/VirtualNetworkSite'(site) {
        network = site.attribute('name');
      },
      'NetworkConfiguration/AddressAssignments'(element) {
        holder = element.nameSpan;
      },
      'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP'(element) {
        hasReserved = true;
        reserved = element.attribute('name');
      },
      'ServiceConfiguration:exit'() {
        for (const { live, configuration } of onlyService(evidence.osProfile.services)) {
          if (live && configuration !== null && configuration.fact !== null) compare(configuration.fact, configuration.location);
        }
      },
    };
  },
});

/** Whether two values name different resources for certain: one that leaves the group out may be of the same group. */
function areOther(one: string, other: string, type: 'virtualNetworks' | 'publicIPAddresses'): boolean {
  if (pipelinePlaceholder(one) !== null) return false;
  const [own, live] = [readResourceName(one, type), readResourceName(other, type)];
  if (!('group' in own) || !('group' in live)) return false;
  if (foldName(own.name) !== foldName(live.name)) return true;
  return own.group !== null && live.group !== null && foldName(own.group) !== foldName(live.group);
}

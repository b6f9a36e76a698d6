// The public IP address of the frontend is the reserved one.

import { defineRule, foldName, frontendsOf, isKnown, lastSegment, onlyService, pipelinePlaceholder, readResourceName, type Attribute, type CloudServiceFact } from '../core/rule.js';

export default defineRule({
  id: 'arm-public-ip-mismatch',
  family: 'os-profile',
  summary: 'The public IP address that the frontend has is the one that ReservedIP names, and static.',
  why: 'A service keeps its address by a ReservedIP in the .cscfg, and the frontend in the template has to point at that same address, which has to be static.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-template',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    name: {
      message: 'The frontend has the public IP address "{address}", and the .cscfg reserves "{reserved}".',
      help: 'Name the same address in both.',
    },
    dynamic: {
      message: 'The template makes the public IP address "{reserved}" Dynamic, and the .cscfg reserves it.',
      help: 'Write "publicIPAllocationMethod": "Static", or take ReservedIPs out of the .cscfg.',
      azure: "The Public IP provided in the CSCFG: '{reserved}' uses a dynamic allocation and a static allocation is needed.",
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/other-ip"}}}]}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/publicIPAddresses", "name": "shop-ip", "location": "westeurope", "properties": {"publicIPAllocationMethod": "Dynamic"}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "[resourceId(\'Microsoft.Network/publicIPAddresses\', \'shop-ip\')]"}}}]}}]}}}]}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="Group shop SHOP-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/publicIPAddresses", "name": "shop-ip", "location": "westeurope", "properties": {"publicIPAllocationMethod": "Static"}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "[resourceId(\'Microsoft.Network/publicIPAddresses\', \'shop-ip\')]"}}}]}}]}}}]}',
      },
    ],
  },
  check({ report, evidence }) {
    const tell = (service: CloudServiceFact, name: Attribute, reserved: string) => {
      const related = [{ note: 'the reserved IP of the .cscfg', location: name.valueSpan }];
      const dynamic = service.siblings.publicIps.find((one) => isNamed(one.name.value, reserved) && one.allocation !== null && isNamed(one.allocation.value, 'Dynamic'));
      if (dynamic !== undefined) report({ message: 'dynamic', at: dynamic.allocation?.location ?? dynamic.name.location, data: { reserved }, related });
      const addresses = frontendsOf(service).flatMap(({ publicIp }) => publicIp ?? []);
      const names = addresses.map(({ value }) => lastSegment(value));
      const [first] = addresses;
      const [address = null] = names;
      // One of several that is not known may be the one.
      if (first === undefined || address === null || names.some((one) => one === null || pipelinePlaceholder(one) !== null || foldName(one) === foldName(reserved))) return;
      report({ message: 'name', at: first.location, data: { address, reserved }, related });
    };
    return {
      'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP'(element) {
        const name = element.attribute('name');
        const reading = name === undefined || pipelinePlaceholder(name.value) !== null ? null : readResourceName(name.value, 'publicIPAddresses');
        if (name === undefined || reading === null || !(reading.form === 'name' || reading.form === 'group' || reading.form === 'id')) return;
        for (const service of onlyService(evidence.osProfile.services)) tell(service, name, reading.name);
      },
    };
  },
});

function isNamed(value: CloudServiceFact['name'], name: string): boolean {
  return value !== null && isKnown(value) && foldName(value) === foldName(name);
}

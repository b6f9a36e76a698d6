// A static public IP address is reserved in the .cscfg.

import { defineRule, foldName, frontendsOf, isKnown, lastSegment, onlyService, type CloudServiceFact, type PublicIpAddress } from '../core/rule.js';

export default defineRule({
  id: 'arm-reserved-ip-missing',
  family: 'os-profile',
  summary: 'Where the template makes the address of the frontend Static, the .cscfg has a ReservedIP for it.',
  why: 'The documentation pairs a static address with a ReservedIP, and a dynamic one with none. A reserved IP can neither be added nor taken away by a later update.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-template',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    missing: {
      message: 'The template makes the public IP address "{address}" Static, and the .cscfg has no ReservedIP.',
      help: 'Add <ReservedIPs><ReservedIP name="{address}" /></ReservedIPs> to AddressAssignments, or make the address Dynamic, before the first deployment.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/publicIPAddresses", "name": "shop-ip", "location": "westeurope", "properties": {"publicIPAllocationMethod": "Static"}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "[resourceId(\'Microsoft.Network/publicIPAddresses\', \'shop-ip\')]"}}}]}}]}}}]}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" /></ReservedIPs></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/publicIPAddresses", "name": "shop-ip", "location": "westeurope", "properties": {"publicIPAllocationMethod": "Static"}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "[resourceId(\'Microsoft.Network/publicIPAddresses\', \'shop-ip\')]"}}}]}}]}}}]}',
      },
    ],
  },
  check({ report, evidence }) {
    let isReserved = false;
    return {
      'NetworkConfiguration/AddressAssignments/ReservedIPs'() {
        isReserved = true;
      },
      'ServiceConfiguration:exit'() {
        if (isReserved) return;
        for (const service of onlyService(evidence.osProfile.services)) {
          const address = staticAddressOf(service);
          if (address === null || !isKnown(address.name.value)) continue;
          report({ message: 'missing', at: address.allocation?.location ?? address.name.location, data: { address: address.name.value } });
        }
      },
    };
  },
});

/** The address of a frontend that the template makes static. */
function staticAddressOf(service: CloudServiceFact): PublicIpAddress | null {
  const names = new Set(frontendsOf(service).flatMap(({ publicIp }) => (publicIp === null ? [] : [foldName(lastSegment(publicIp.value) ?? '')])));
  const isStatic = ({ name, allocation }: PublicIpAddress) =>
    isKnown(name.value) && names.has(foldName(name.value)) && allocation !== null && isKnown(allocation.value) && foldName(allocation.value) === 'static';
  return service.siblings.publicIps.find(isStatic) ?? null;
}

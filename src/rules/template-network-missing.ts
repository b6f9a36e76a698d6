// The network of the template has the subnets that the .cscfg names.

import { defineRule, foldName, isKnown, isWithin, onlyService, pipelinePlaceholder, readResourceName, type Attribute, type Location, type Subnet, type VirtualNetwork } from '../core/rule.js';

export default defineRule({
  id: 'template-network-missing',
  family: 'os-profile',
  summary: 'A virtual network that the template defines has the subnets and holds the addresses that the .cscfg names.',
  why: 'The network is deployed as the template has it. Azure\'s client refuses a subnet that it lacks, and an internal load balancer whose address is outside of its subnet.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-template',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    subnet: {
      message: 'The virtual network "{network}" of the template has no subnet "{subnet}", which the .cscfg names.',
      help: 'Add the subnet to the network, or write the name of one that it has into the .cscfg.',
      azure: "Subnet defined in the CSCFG file: '{subnet}' could not be found in the Virtual Network: '{network}'. Please add the subnet to the virtual network.",
    },
    address: {
      message: 'The subnet "{subnet}" of the template, {prefixes}, does not hold {address}, the address of an internal load balancer in the .cscfg.',
      help: 'Write an address of the subnet into the .cscfg, or change the prefix of the subnet.',
      azure: "The internal load balancer subnet '{subnet}' does not contain the private IP {address}. Update the subnet within the Virtual Network to include the Private IP.",
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "name": "shop-vnet", "location": "westeurope", "properties": {"subnets": [{"name": "web", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}]}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments><LoadBalancers><LoadBalancer name="Inner"><FrontendIPConfiguration type="private" subnet="shop" staticVirtualNetworkIPAddress="10.0.1.4" /></LoadBalancer></LoadBalancers></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "name": "shop-vnet", "location": "westeurope", "properties": {"subnets": [{"name": "shop", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}]}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments><LoadBalancers><LoadBalancer name="Inner"><FrontendIPConfiguration type="private" subnet="shop" staticVirtualNetworkIPAddress="10.0.0.4" /></LoadBalancer></LoadBalancers></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "name": "shop-vnet", "location": "westeurope", "properties": {"subnets": [{"name": "shop", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}]}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "name": "other-vnet", "location": "westeurope", "properties": {"subnets": [{"name": "web", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}, {"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}]}',
      },
    ],
  },
  check({ report, evidence, path }) {
    let network: string | null = null;
    const subnets = new Map<string, { readonly name: string; readonly location: Location }>();
    const addresses: { readonly subnet: string; readonly address: string; readonly location: Location }[] = [];
    const remember = (name: Attribute | undefined) => {
      if (name === undefined || name.value === '' || pipelinePlaceholder(name.value) !== null || subnets.has(foldName(name.value))) return;
      subnets.set(foldName(name.value), { name: name.value, location: { path, span: name.valueSpan } });
    };

    const compare = ({ subnets: own }: VirtualNetwork, name: string) => {
      for (const { name: subnet, location } of own.complete ? subnets.values() : []) {
        if (named(own.items, subnet) !== undefined) continue;
        report({ message: 'subnet', at: own.location, data: { network: name, subnet }, related: [{ note: 'the .cscfg names it here', location }] });
      }
      for (const { subnet, address, location } of addresses) {
        const found = named(own.items, subnet);
        // What is not IPv4 is not judged.
        const prefixes = found?.prefixes ?? [];
        if (found === undefined || prefixes.length === 0 || !prefixes.every((prefix) => isWithin(address, prefix) === false)) continue;
        report({ message: 'address', at: found.name.location, data: { subnet, address, prefixes: prefixes.join(', ') }, related: [{ note: 'the address in the .cscfg', location }] });
      }
    };

    return {
      'NetworkConfiguration/VirtualNetworkSite'(site) {
        const value = site.attribute('name')?.value ?? '';
        const reading = pipelinePlaceholder(value) === null ? readResourceName(value, 'virtualNetworks') : null;
        // A network of another resource group is not the template's.
        if (reading?.form === 'name') network = reading.name;
      },
      'NetworkConfiguration/AddressAssignments/InstanceAddress/Subnets/Subnet'(subnet) {
        remember(subnet.attribute('name'));
      },
      'NetworkConfiguration/LoadBalancers/LoadBalancer/FrontendIPConfiguration'(frontend) {
        const [subnet, address] = [frontend.attribute('subnet'), frontend.attribute('staticVirtualNetworkIPAddress')];
        remember(subnet);
        if (subnet !== undefined && address !== undefined) addresses.push({ subnet: subnet.value, address: address.value, location: { path, span: address.valueSpan } });
      },
      'ServiceConfiguration:exit'() {
        for (const vnet of onlyService(evidence.osProfile.services).flatMap(({ siblings }) => siblings.vnets)) {
          if (network !== null && isKnown(vnet.name.value) && foldName(vnet.name.value) === foldName(network)) compare(vnet, vnet.name.value);
        }
      },
    };
  },
});

function named(subnets: readonly Subnet[], name: string): Subnet | undefined {
  return subnets.find((one) => isKnown(one.name.value) && foldName(one.name.value) === foldName(name));
}

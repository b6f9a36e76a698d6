// The frontends of a cloud service can be.

import { defineRule, type Frontend } from '../core/rule.js';

export default defineRule({
  id: 'arm-frontend',
  family: 'os-profile',
  summary: 'networkProfile has at most two configurations, each with one frontend, which is public or internal.',
  why: 'The resource takes a public and an internal load balancer configuration at most, with exactly one frontend each: a public IP address, or a subnet with an address in it.',
  source: 'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/compute/resource-manager/Microsoft.Compute',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    configurations: { message: 'networkProfile has {count} load balancer configurations; there are two at most, a public and an internal one.', help: 'Remove those that are too many.' },
    frontends: { message: 'The load balancer configuration has {count} frontends, and takes exactly one.', help: 'Remove the others, or give the internal one a configuration of its own.' },
    both: { message: 'The frontend has a public IP address and a subnet.', help: 'Give a public frontend publicIPAddress only; an internal one has subnet, and a configuration of its own.' },
    'no-subnet': { message: 'The frontend has a private IP address and no subnet.', help: 'Add the subnet that the address is in.' },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/shop-ip"}, "subnet": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop-vnet/subnets/shop"}}}]}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"privateIPAddress": "10.0.0.4"}}]}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/shop-ip"}}}, {"name": "fe", "properties": {"publicIPAddress": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/shop-ip"}}}]}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/shop-ip"}}}]}}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    const judge = ({ publicIp, subnet, privateIp, location }: Frontend) => {
      if (publicIp !== null && subnet !== null) report({ message: 'both', at: location, data: {} });
      else if (privateIp !== null && subnet === null) report({ message: 'no-subnet', at: privateIp.location, data: {} });
    };
    return {
      run() {
        for (const { networkProfile } of evidence.osProfile.services) {
          const configurations = networkProfile?.items ?? [];
          if (networkProfile !== null && configurations.length > MOST) report({ message: 'configurations', at: networkProfile.location, data: { count: configurations.length } });
          for (const { items, location } of configurations) {
            if (items.length > 1) report({ message: 'frontends', at: location, data: { count: items.length } });
            for (const frontend of items) judge(frontend);
          }
        }
      },
    };
  },
});

/** A public and an internal one. */
const MOST = 2;

// A service that is reached from outside has a public IP address.

import { defineRule, frontendsOf, onlyService } from '../core/rule.js';

export default defineRule({
  id: 'arm-public-ip-missing',
  family: 'os-profile',
  summary: 'Where the .csdef has public input endpoints, networkProfile has a public IP address.',
  why: 'An input endpoint without a load balancer of its own is reached by the public address of the service; without one the deployment fails, or nobody reaches it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-template',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['definition', 'osProfile'],
  messages: {
    missing: {
      message: 'networkProfile has no public IP address, and the input endpoint "{endpoint}" of role "{role}" is a public one.',
      help: 'Add a frontend with publicIPAddress to networkProfile. For an endpoint of an internal load balancer, name that in loadBalancer in the .csdef.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WorkerRole name="Web" vmsize="Standard_D1_v2"><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" /></Endpoints></WorkerRole>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"subnet": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop-vnet/subnets/shop"}, "privateIPAddress": "10.0.0.4"}}]}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WorkerRole name="Web" vmsize="Standard_D1_v2"><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" /></Endpoints></WorkerRole>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "networkProfile": {"loadBalancerConfigurations": [{"name": "lb", "properties": {"frontendIpConfigurations": [{"name": "fe", "properties": {"publicIPAddress": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/shop-ip"}}}]}}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      run() {
        const { definition, osProfile } = evidence;
        const open = definition.roles.flatMap(({ name: role, endpoints }) => endpoints.map((endpoint) => ({ role, endpoint })));
        const first = open.find(({ endpoint: { kind, loadBalancer } }) => kind === 'InputEndpoint' && loadBalancer === null);
        if (first === undefined) return;
        const { role, endpoint } = first;
        for (const service of onlyService(osProfile.services)) {
          const { networkProfile } = service;
          if (networkProfile === null || !networkProfile.complete || networkProfile.items.some(({ complete }) => !complete)) continue;
          if (frontendsOf(service).some(({ publicIp }) => publicIp !== null)) continue;
          report({ message: 'missing', at: networkProfile.location, data: { role, endpoint: endpoint.value }, related: [{ note: 'the endpoint', location: endpoint.location }] });
        }
      },
    };
  },
});

// The static address of an internal load balancer lies in a subnet that is named.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'load-balancer-private-ip',
  family: 'network',
  summary: 'An internal load balancer with a static address names its subnet.',
  why: "The address has to lie in a subnet of the virtual network. Without its name Azure's client takes a subnet of its own choice, in which the address hardly lies.",
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'warning',
  target: 'cses',
  messages: {
    'no-subnet': {
      message: 'The load balancer "{name}" has the static address {address} and names no subnet.',
      help: 'Add subnet="…", the subnet of the virtual network in which the address lies.',
    },
  },
  examples: {
    bad: [{ cscfg: withFrontend('staticVirtualNetworkIPAddress="10.0.0.10"') }],
    good: [{ cscfg: withFrontend('subnet="web" staticVirtualNetworkIPAddress="10.0.0.10"') }, { cscfg: withFrontend('subnet="web"') }],
  },
  check({ report }) {
    return {
      'NetworkConfiguration/LoadBalancers/LoadBalancer/FrontendIPConfiguration'(frontend) {
        const address = frontend.attribute('staticVirtualNetworkIPAddress');
        if (address === undefined || frontend.attribute('subnet') !== undefined) return;
        const name = frontend.parent?.attributes.find((attribute) => attribute.name === 'name')?.value ?? '';
        report({ message: 'no-subnet', at: address.valueSpan, data: { name, address: address.value } });
      },
    };
  },
});

function withFrontend(attributes: string): string {
  return `<NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><LoadBalancers><LoadBalancer name="ilb"><FrontendIPConfiguration type="private" ${attributes} /></LoadBalancer></LoadBalancers></NetworkConfiguration>`;
}

// A deployment lies in a virtual network.

import { defineRule } from '../core/rule.js';

const AZURE = 'The network configuration is missing from the configuration file. Please add the network configuration to the configuration file.';

export default defineRule({
  id: 'vnet-required',
  family: 'network',
  summary: 'The file names the virtual network of the deployment.',
  why: "Cloud Services (extended support) runs only in a virtual network, and takes its name from NetworkConfiguration; Azure's client refuses a file without it. Classic services could do without.",
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  messages: {
    'no-network': {
      message: 'There is no NetworkConfiguration, and Cloud Services (extended support) runs in a virtual network only.',
      help: 'Add it after the last Role: in it <VirtualNetworkSite name="…" />, then AddressAssignments with an InstanceAddress and its Subnet for each role. For a file that is not deployed there, set "target": "emulator" in the config.',
      azure: AZURE,
    },
    'no-site': {
      message: 'NetworkConfiguration has no VirtualNetworkSite, and Cloud Services (extended support) runs in a virtual network only.',
      help: 'Add <VirtualNetworkSite name="…" /> before AddressAssignments, and there an InstanceAddress with its Subnet for each role.',
      azure: AZURE,
    },
    empty: {
      message: 'The name of the virtual network is empty.',
      help: 'Write the name of the virtual network; "Group <resource group> <name>" if it lies in another resource group than the service.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="1" /></Role></ServiceConfiguration>',
      },
      { cscfg: '<NetworkConfiguration><VirtualNetworkSite name="" /></NetworkConfiguration>' },
    ],
    good: [
      {
        cscfg:
          '<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
      },
    ],
  },
  check({ report }) {
    return {
      'network:gap'({ gap, at }) {
        report({ message: gap, at, data: {} });
      },
    };
  },
});

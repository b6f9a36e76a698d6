// A virtual IP refers to roles of the file, and a reserved IP to a virtual IP.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'virtual-ip-reference',
  family: 'network',
  summary: 'The endpoints of a VirtualIP are of roles of the file, and a ReservedIP with virtualIpName names a VirtualIP of it.',
  why: "Microsoft's sample with a virtual IP names in it the role of each endpoint, and in the reserved IP the virtual IP that gets its address. A name that the file does not have leaves the endpoint, or the address, out.",
  source: 'https://github.com/Azure-Samples/cloud-services-extended-support',
  severity: 'warning',
  target: 'cses',
  messages: {
    role: { message: 'An Endpoint of a VirtualIP names the role "{name}", which this file does not have.', help: 'Write the name of a role of the file.' },
    'role-misspelt': { message: 'An Endpoint of a VirtualIP names the role "{name}", which this file does not have; it has "{suggestion}".', help: 'Write role="{suggestion}".' },
    'virtual-ip': {
      message: 'The reserved IP names the virtual IP "{name}", which this file does not have.',
      help: 'Write the name of a VirtualIP of the file, or add one of that name to VirtualIPs.',
    },
    'virtual-ip-misspelt': {
      message: 'The reserved IP names the virtual IP "{name}", which this file does not have; it has "{suggestion}".',
      help: 'Write virtualIpName="{suggestion}".',
    },
  },
  examples: {
    bad: [{ cscfg: withVirtualIp('Wed', 'vip1') }, { cscfg: withVirtualIp('Web', 'front') }],
    good: [{ cscfg: withVirtualIp('Web', 'vip1') }],
  },
  check({ report }) {
    return {
      'network:reference'({ kind, reference, suggestion }) {
        if (kind !== 'virtual-ip-role' && kind !== 'virtual-ip') return;
        const message = kind === 'virtual-ip-role' ? 'role' : 'virtual-ip';
        const { value: name, valueSpan: at } = reference;
        if (suggestion === null) report({ message, at, data: { name } });
        else report({ message: `${message}-misspelt`, at, data: { name, suggestion } });
      },
    };
  },
});

function withVirtualIp(role: string, virtualIpName: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><VirtualIPs><VirtualIP name="vip1" ipVersion="IPv4"><Endpoints><Endpoint role="${role}" name="Https" /></Endpoints></VirtualIP></VirtualIPs><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress><ReservedIPs><ReservedIP name="shop-ip" virtualIpName="${virtualIpName}" /></ReservedIPs></AddressAssignments></NetworkConfiguration>`;
}

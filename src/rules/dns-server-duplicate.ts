// Each DNS server stands in the file once.

import { defineRule, foldName, pipelinePlaceholder, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'dns-server-duplicate',
  family: 'network',
  summary: 'Each DNS server has a name and an address of its own.',
  why: 'Two servers of one name cannot be told apart, and an address given twice is one server less to fall back on than was thought.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'warning',
  target: 'cses',
  messages: {
    name: { message: 'Two DNS servers are called "{value}".', help: 'Delete one, or give it a name of its own.' },
    address: { message: 'Two DNS servers have the address {value}.', help: 'Delete one, or write the address of the other server.' },
  },
  examples: {
    bad: [
      { cscfg: withServers('<DnsServer name="dns1" IPAddress="10.0.0.4" /><DnsServer name="DNS1" IPAddress="10.0.0.5" />') },
      { cscfg: withServers('<DnsServer name="dns1" IPAddress="10.0.0.4" /><DnsServer name="dns2" IPAddress="10.0.0.4" />') },
    ],
    good: [{ cscfg: withServers('<DnsServer name="dns1" IPAddress="10.0.0.4" /><DnsServer name="dns2" IPAddress="10.0.0.5" />') }],
  },
  check({ report }) {
    const names = new Map<string, Attribute>();
    const addresses = new Map<string, Attribute>();
    const tell = (message: 'name' | 'address', { value, valueSpan: at }: Attribute, first: Attribute) => {
      report({ message, at, data: { value }, related: [{ note: 'the first one', location: first.valueSpan }] });
    };
    return {
      'NetworkConfiguration/Dns/DnsServers/DnsServer'(server) {
        const [name, address] = [server.attribute('name'), server.attribute('IPAddress')];
        const namesake = firstOf(names, name);
        const neighbour = firstOf(addresses, address);
        // The same server twice is told once.
        if (name !== undefined && namesake !== null) tell('name', name, namesake);
        else if (address !== undefined && neighbour !== null) tell('address', address, neighbour);
      },
    };
  },
});

/** The first attribute of that value, or null where this is it. */
function firstOf(known: Map<string, Attribute>, attribute: Attribute | undefined): Attribute | null {
  if (attribute === undefined || attribute.value.trim() === '' || pipelinePlaceholder(attribute.value) !== null) return null;
  const folded = foldName(attribute.value);
  const first = known.get(folded);
  if (first === undefined) known.set(folded, attribute);
  return first ?? null;
}

function withServers(servers: string): string {
  return `<NetworkConfiguration><Dns><DnsServers>${servers}</DnsServers></Dns><VirtualNetworkSite name="shop-vnet" /></NetworkConfiguration>`;
}

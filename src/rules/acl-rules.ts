// The rules of an access control have an order, and each a subnet.

import { defineRule, pipelinePlaceholder, type Attribute } from '../core/rule.js';

const NETWORK_EXAMPLE = 'Write an IPv4 address and the length of its prefix, such as 203.0.113.0/24; 0.0.0.0/0 is everybody.';

export default defineRule({
  id: 'acl-rules',
  family: 'network',
  summary: 'Each Rule of an AccessControl has an order of its own and an IPv4 subnet in CIDR notation.',
  why: 'The rule with the lowest order that fits decides who may reach an endpoint; with two of one order it cannot be told which, and a subnet that is none fits nobody.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  target: 'cses',
  messages: {
    order: {
      message: 'Two rules of access control "{accessControl}" have the order {order}.',
      help: 'Give each an order of its own; the lower one is asked first.',
    },
    'no-prefix': { message: 'The remoteSubnet "{remoteSubnet}" has no prefix length.', help: 'Write "{remoteSubnet}/32" for that one address.' },
    prefix: { message: 'The remoteSubnet "{remoteSubnet}" has the prefix length {prefix}; an IPv4 address has 32 bits.', help: 'Write a prefix length from 0 to 32.' },
    ipv6: { message: 'The remoteSubnet "{remoteSubnet}" is an IPv6 address; access controls know IPv4 only.', help: NETWORK_EXAMPLE },
    'no-subnet': { message: 'The remoteSubnet "{remoteSubnet}" is not an IPv4 subnet.', help: NETWORK_EXAMPLE },
    empty: { message: 'A rule of access control "{accessControl}" has an empty remoteSubnet.', help: NETWORK_EXAMPLE },
  },
  examples: {
    bad: [
      { cscfg: withRules('<Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /><Rule order="100" action="deny" remoteSubnet="0.0.0.0/0" />') },
      { cscfg: withRules('<Rule order="100" action="permit" remoteSubnet="203.0.113.7" />') },
      { cscfg: withRules('<Rule order="100" action="permit" remoteSubnet="203.0.113.0/33" />') },
    ],
    good: [
      // Bits beyond the prefix do no harm.
      { cscfg: withRules('<Rule order="100" action="permit" remoteSubnet="203.0.113.7/24" /><Rule order="200" action="deny" remoteSubnet="0.0.0.0/0" />') },
    ],
  },
  check({ report }) {
    let accessControl = '';
    const orders = new Map<number, Attribute>();
    return {
      'NetworkConfiguration/AccessControls/AccessControl'(element) {
        accessControl = element.attribute('name')?.value ?? '';
        orders.clear();
      },
      'NetworkConfiguration/AccessControls/AccessControl/Rule'(rule) {
        const order = rule.attribute('order');
        const number = order === undefined ? null : readOrder(order.value);
        if (order !== undefined && number !== null) {
          const first = orders.get(number);
          if (first === undefined) orders.set(number, order);
          else {
            const related = [{ note: 'the first one', location: first.valueSpan }];
            report({ message: 'order', at: order.valueSpan, data: { accessControl, order: number }, related });
          }
        }
        const subnet = rule.attribute('remoteSubnet');
        if (subnet === undefined || pipelinePlaceholder(subnet.value) !== null) return;
        const { value: remoteSubnet, valueSpan: at } = subnet;
        const problem = subnetProblem(remoteSubnet);
        if (problem === 'prefix') report({ message: 'prefix', at, data: { remoteSubnet, prefix: remoteSubnet.slice(remoteSubnet.indexOf('/') + 1) } });
        else if (problem !== null) report({ message: problem, at, data: { accessControl, remoteSubnet } });
      },
    };
  },
});

/** As a number, since `07` and `7` are one order; null for what schema-value-type speaks of, and for a placeholder. */
function readOrder(value: string): number | null {
  return /^\s*\+?\d{1,10}\s*$/.test(value) ? Number(value) : null;
}

const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|0?\d?\d)(?:\.(?!$)|$)){4}$/;

function subnetProblem(value: string): 'no-prefix' | 'prefix' | 'ipv6' | 'no-subnet' | 'empty' | null {
  if (value.trim() === '') return 'empty';
  const [address = '', prefix, ...more] = value.split('/');
  if (/^[\da-f]*:[\da-f:.]*$/i.test(address)) return 'ipv6';
  if (!ADDRESS.test(address) || more.length > 0) return 'no-subnet';
  if (prefix === undefined) return 'no-prefix';
  if (!/^\d{1,9}$/.test(prefix)) return 'no-subnet';
  return Number(prefix) <= 32 ? null : 'prefix';
}

function withRules(rules: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="office">${rules}</AccessControl></AccessControls><EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="office" /></EndpointAcls></NetworkConfiguration>`;
}

// The idle timeout of a public IP is one that the load balancer has.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'public-ip-idle-timeout',
  family: 'network',
  summary: 'The idle timeout of a PublicIP is 4 to 30 minutes.',
  why: "Azure's load balancer takes 4 to 30 minutes, 4 by default. The schema lets any number through.",
  source: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-idle-timeout',
  severity: 'warning',
  target: 'cses',
  messages: {
    short: { message: 'The idle timeout of {minutes} minutes is shorter than the load balancer has.', help: 'Write 4 to 30 minutes, or leave idleTimeoutInMinutes out for 4.' },
    long: { message: 'The idle timeout of {minutes} minutes is longer than the load balancer has.', help: 'Write 4 to 30 minutes; keep longer connections alive with TCP keep-alive.' },
  },
  examples: {
    bad: [{ cscfg: withTimeout('3') }, { cscfg: withTimeout('60') }],
    good: [{ cscfg: withTimeout('4') }, { cscfg: withTimeout('30') }],
  },
  check({ report }) {
    return {
      'NetworkConfiguration/AddressAssignments/InstanceAddress/PublicIPs/PublicIP'(publicIp) {
        const timeout = publicIp.attribute('idleTimeoutInMinutes');
        // What is no number of at least 1 is the business of schema-value-type.
        if (timeout === undefined || !/^\s*\+?\d{1,10}\s*$/.test(timeout.value)) return;
        const minutes = Number(timeout.value);
        if (minutes < 1 || minutes > MAX_INT) return;
        if (minutes < 4) report({ message: 'short', at: timeout.valueSpan, data: { minutes } });
        if (minutes > 30) report({ message: 'long', at: timeout.valueSpan, data: { minutes } });
      },
    };
  },
});

const MAX_INT = 2_147_483_647;

function withTimeout(minutes: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets><PublicIPs><PublicIP name="pip" idleTimeoutInMinutes="${minutes}" /></PublicIPs></InstanceAddress></AddressAssignments></NetworkConfiguration>`;
}

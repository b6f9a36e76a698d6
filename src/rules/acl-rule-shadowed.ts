// Each rule of an access control decides about somebody.

import { defineRule, isPartOf, wholeNumber, type Span } from '../core/rule.js';

export default defineRule({
  id: 'acl-rule-shadowed',
  family: 'network',
  summary: 'No Rule of an AccessControl stands behind one that takes all of its addresses and does the opposite.',
  why: 'The rule with the lowest order that fits decides. One whose addresses are all in a rule before it is never asked: a permit behind "deny everybody" lets nobody in, a deny behind "permit everybody" keeps nobody out.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'warning',
  target: 'cses',
  messages: {
    shadowed: {
      message: 'The rule {order} of access control "{accessControl}", {action} {subnet}, never decides: rule {before}, {opposite} {all}, takes all of its addresses.',
      help: 'The lower order is asked first: give this rule a lower one than {before}, or delete it.',
    },
  },
  examples: {
    bad: [
      { cscfg: withRules('<Rule order="50" action="deny" remoteSubnet="0.0.0.0/0" /><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" />') },
      { cscfg: withRules('<Rule order="200" action="deny" remoteSubnet="203.0.113.7/32" /><Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" />') },
    ],
    good: [
      { cscfg: withRules('<Rule order="100" action="permit" remoteSubnet="203.0.113.0/24" /><Rule order="200" action="deny" remoteSubnet="0.0.0.0/0" />') },
      { cscfg: withRules('<Rule order="100" action="permit" remoteSubnet="0.0.0.0/0" /><Rule order="200" action="permit" remoteSubnet="203.0.113.0/24" />') },
    ],
  },
  check({ report }) {
    let rules: AccessRule[] = [];
    return {
      'NetworkConfiguration/AccessControls/AccessControl'() {
        rules = [];
      },
      'NetworkConfiguration/AccessControls/AccessControl/Rule'(rule) {
        const [order, action, subnet] = [rule.attribute('order'), rule.attribute('action')?.value ?? '', rule.attribute('remoteSubnet')?.value ?? ''];
        const number = order === undefined ? null : wholeNumber(order.value, 0);
        if (order !== undefined && number !== null && rules.length < MAX_RULES) rules.push({ order: number, action, subnet, span: order.valueSpan });
      },
      'NetworkConfiguration/AccessControls/AccessControl:exit'(element) {
        const accessControl = element.attribute('name')?.value ?? '';
        // Of two with one order another rule tells.
        const orders = rules.map((rule) => rule.order);
        const settled = rules.filter(({ order }) => orders.indexOf(order) === orders.lastIndexOf(order));
        for (const { order, action, subnet, span } of settled) {
          const before = settled.find((other) => other.order < order && isOpposite(other.action, action) && isPartOf(subnet, other.subnet) === true);
          if (before === undefined) continue;
          const data = { accessControl, order, action, subnet, before: before.order, opposite: before.action, all: before.subnet };
          report({ message: 'shadowed', at: span, data, related: [{ note: 'this rule is asked first', location: before.span }] });
        }
      },
    };
  },
});

interface AccessRule {
  readonly order: number;
  readonly action: string;
  readonly subnet: string;
  /** Where its order stands. */
  readonly span: Span;
}

/** Each is held against all before it: of more, only the first are looked at. */
const MAX_RULES = 1_000;

function isOpposite(one: string, other: string): boolean {
  return (one === 'permit' && other === 'deny') || (one === 'deny' && other === 'permit');
}

function withRules(rules: string): string {
  return `<Role name="Web"><Instances count="1" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments><AccessControls><AccessControl name="office">${rules}</AccessControl></AccessControls><EndpointAcls><EndpointAcl role="Web" endPoint="Https" accessControl="office" /></EndpointAcls></NetworkConfiguration>`;
}

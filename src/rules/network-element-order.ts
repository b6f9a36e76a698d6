// The parts of the network configuration stand in the order of the schema.

import { defineRule, moveElements } from '../core/rule.js';

export default defineRule({
  id: 'network-element-order',
  family: 'network',
  summary: 'The children of NetworkConfiguration stand in the order of the schema.',
  why: "The schema has one order, and Visual Studio refuses another. Microsoft's own page prints AccessControls and EndpointAcls first, so this is no error.",
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'warning',
  fixable: 'safe',
  messages: {
    order: {
      message: "{name} must stand before {after} in NetworkConfiguration, by the schema; Microsoft's own page prints them otherwise.",
      help: 'Visual Studio refuses this order. Move it; the order is: {order}.',
    },
  },
  examples: {
    bad: [{ cscfg: document('<EndpointAcls /><VirtualNetworkSite name="shop-vnet" />') }],
    good: [{ cscfg: document('<VirtualNetworkSite name="shop-vnet" /><EndpointAcls />') }],
  },
  check({ report, text }) {
    return {
      'schema:order'({ element, parent, after, order, moves }) {
        if (parent.path !== 'NetworkConfiguration') return;
        report({
          message: 'order',
          at: element.nameSpan,
          data: { name: element.name, after: after.name, order: order.join(', ') },
          related: [{ note: `${after.name} is here`, location: after.nameSpan }],
          fix: { title: 'Put the elements in order', edits: moveElements(text, moves) },
        });
      },
    };
  },
});

function document(network: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><NetworkConfiguration>${network}</NetworkConfiguration></ServiceConfiguration>`;
}

// A virtual network that is given by its resource ID cannot be deployed by every tool.

import { defineRule, pipelinePlaceholder, readResourceName } from '../core/rule.js';

export default defineRule({
  id: 'vnet-resource-id',
  family: 'network',
  summary: 'The virtual network is given in a form that every tool reads.',
  why: 'The resource ID of a virtual network is right for templates and the portal. New-AzCloudService takes it for a plain name and asks for a network that does not exist, and Visual Studio cannot publish it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'info',
  target: 'cses',
  messages: {
    id: {
      message: 'The virtual network "{name}" is given by its resource ID: templates and the portal read it, New-AzCloudService with a .cscfg and Visual Studio do not.',
      help: 'Nothing is to do if you deploy with a template or in the portal. For the others write "Group {group} {name}".',
      azure: "The Resource 'Microsoft.Network/virtualNetworks/subscriptions' under resource group '' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<NetworkConfiguration><VirtualNetworkSite name="/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop-net/providers/Microsoft.Network/virtualNetworks/shop-vnet" /></NetworkConfiguration>',
      },
    ],
    good: [{ cscfg: '<NetworkConfiguration><VirtualNetworkSite name="Group shop-net shop-vnet" /></NetworkConfiguration>' }],
  },
  check({ report }) {
    return {
      'NetworkConfiguration/VirtualNetworkSite'(site) {
        const attribute = site.attribute('name');
        if (attribute === undefined || pipelinePlaceholder(attribute.value) !== null) return;
        const reading = readResourceName(attribute.value, 'virtualNetworks');
        if (reading.form !== 'id') return;
        report({ message: 'id', at: attribute.valueSpan, data: { name: reading.name, group: reading.group ?? '' } });
      },
    };
  },
});

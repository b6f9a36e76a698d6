// The name of the virtual network has one of the forms that Azure reads.

import { defineRule, pipelinePlaceholder, readResourceName } from '../core/rule.js';

/** The braces are Azure's own, no slots, and so is the spelling. */
const AZURE = 'VirtualNetworkSite name should be formated either "{Name}" or "Group {ResourceGroupName} {Name}".' as string;
const HELP = 'Write the name alone for a network in the resource group of the service, "Group <resource group> <name>" or the resource ID for another. Names hold no blanks.';

export default defineRule({
  id: 'vnet-name-format',
  family: 'network',
  summary: 'The virtual network is given as a name, as "Group <resource group> <name>" or as a resource ID.',
  why: "Azure's client splits the value at white space and refuses all but one word, or three of which the first is Group; the documentation adds the whole resource ID. Anything else finds no network.",
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'error',
  target: 'cses',
  messages: {
    'outer-blank': { message: 'The name of the virtual network has a blank before or after it, which Azure counts as a word.', help: 'Delete the blank.', azure: AZURE },
    words: { message: 'The name of the virtual network, "{value}", has {words} words.', help: HELP, azure: AZURE },
    'not-group': { message: 'The name of the virtual network, "{value}", has three words, and the first is not Group.', help: HELP, azure: AZURE },
    'cut-id': {
      message: '"{value}" is not the whole resource ID of a virtual network.',
      help: 'Write /subscriptions/<id>/resourceGroups/<resource group>/providers/Microsoft.Network/virtualNetworks/<name>, or "Group <resource group> <name>".',
    },
    'no-name': {
      message: 'No virtual network can be called "{part}".',
      help: 'Such a name has 2 to 64 letters, digits, "_", "." and "-", begins with a letter or digit, and ends with a letter, digit or "_".',
    },
    'no-group-name': {
      message: 'No resource group can be called "{part}".',
      help: 'Such a name has 1 to 90 letters, digits, "_", "(", ")", "." and "-", and does not end with a dot.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<NetworkConfiguration><VirtualNetworkSite name="shop vnet" /></NetworkConfiguration>' },
      { cscfg: '<NetworkConfiguration><VirtualNetworkSite name="Gruppe shop-net shop-vnet" /></NetworkConfiguration>' },
      { cscfg: '<NetworkConfiguration><VirtualNetworkSite name="shop-net/shop-vnet" /></NetworkConfiguration>' },
    ],
    good: [
      { cscfg: '<NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /></NetworkConfiguration>' },
      { cscfg: '<NetworkConfiguration><VirtualNetworkSite name="Group shop-net shop-vnet" /></NetworkConfiguration>' },
    ],
  },
  check({ report }) {
    return {
      'NetworkConfiguration/VirtualNetworkSite'(site) {
        const name = site.attribute('name');
        if (name === undefined || pipelinePlaceholder(name.value) !== null) return;
        const { value, valueSpan: at } = name;
        const reading = readResourceName(value, 'virtualNetworks');
        if (reading.form === 'words') report({ message: 'words', at, data: { value, words: reading.words } });
        else if (reading.form === 'no-name' || reading.form === 'no-group-name') report({ message: reading.form, at, data: { value, part: reading.part } });
        else if (reading.form === 'outer-blank' || reading.form === 'not-group' || reading.form === 'cut-id') report({ message: reading.form, at, data: { value } });
      },
    };
  },
});

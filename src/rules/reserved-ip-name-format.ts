// The name of a reserved IP has one of the forms that Azure reads.

import { defineRule, pipelinePlaceholder, readResourceName } from '../core/rule.js';

/** The braces are Azure's own, no slots, and so is the spelling. */
const AZURE = 'ReservedIP name should be formated either "{Name}" or "Group {ResourceGroupName} {Name}".' as string;
const HELP = 'Write the name of the public IP address alone if it lies in the resource group of the service, else "Group <resource group> <name>". Names hold no blanks.';

export default defineRule({
  id: 'reserved-ip-name-format',
  family: 'network',
  summary: 'A reserved IP is given as a name or as "Group <resource group> <name>".',
  why: "Azure's client splits the value at white space and refuses all but one word, or three of which the first is Group.",
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'error',
  target: 'cses',
  messages: {
    empty: {
      message: 'The name of the reserved IP is empty.',
      help: 'Write the name of the public IP address, or delete ReservedIPs.',
      azure:
        'The deployment <deployment> in hosted service <service> has reserved IP(s) but no reserved IP name. To resolve this issue, update reserved IP name or contact the Microsoft Azure service desk.',
      azureSeen: 'similar',
    },
    'outer-blank': { message: 'The name of the reserved IP has a blank before or after it, which Azure counts as a word.', help: 'Delete the blank.', azure: AZURE },
    words: { message: 'The name of the reserved IP, "{value}", has {words} words.', help: HELP, azure: AZURE },
    'not-group': { message: 'The name of the reserved IP, "{value}", has three words, and the first is not Group.', help: HELP, azure: AZURE },
    'no-name': {
      message: 'No public IP address can be called "{part}".',
      help: 'Such a name has 1 to 80 letters, digits, "_", "." and "-", begins with a letter or digit, and ends with a letter, digit or "_".',
    },
    'no-group-name': {
      message: 'No resource group can be called "{part}".',
      help: 'Such a name has 1 to 90 letters, digits, "_", "(", ")", "." and "-", and does not end with a dot.',
    },
  },
  examples: {
    bad: [{ cscfg: inNetwork('<ReservedIP name="shop ip" />') }, { cscfg: inNetwork('<ReservedIP name="" />') }],
    good: [{ cscfg: inNetwork('<ReservedIP name="shop-ip" />') }, { cscfg: inNetwork('<ReservedIP name="GROUP shop-net shop-ip" />') }],
  },
  check({ report }) {
    return {
      'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP'(reserved) {
        const name = reserved.attribute('name');
        if (name === undefined || pipelinePlaceholder(name.value) !== null) return;
        const { value, valueSpan: at } = name;
        const reading = readResourceName(value, 'publicIPAddresses');
        // What the service makes of a resource ID no source tells.
        if (reading.form === 'words') report({ message: 'words', at, data: { value, words: reading.words } });
        else if (reading.form === 'no-name' || reading.form === 'no-group-name') report({ message: reading.form, at, data: { value, part: reading.part } });
        else if (reading.form === 'empty' || reading.form === 'outer-blank' || reading.form === 'not-group') report({ message: reading.form, at, data: { value } });
      },
    };
  },
});

function inNetwork(reserved: string): string {
  return `<NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><ReservedIPs>${reserved}</ReservedIPs></AddressAssignments></NetworkConfiguration>`;
}

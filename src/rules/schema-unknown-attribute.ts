// Every attribute is one that the schema has where it stands.

import { defineRule, describe, type Edit, type UnknownAttribute } from '../core/rule.js';

export default defineRule({
  id: 'schema-unknown-attribute',
  family: 'schema',
  summary: 'Every attribute is known where it stands.',
  why: 'The schema has no room for other attributes, so a misspelt one is refused, or what it says is not heard. A newer SDK may bring a new one, hence no error.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  messages: {
    miscased: {
      message: '{owner} has an attribute {name}, which must be written {known}.',
      help: 'Names keep their letter case here: write {known}.',
    },
    endpoint: {
      message: 'EndpointAcl has an attribute endpoint, which must be written endPoint.',
      cause: "Microsoft's own page about the network configuration prints it endpoint; the schema knows only endPoint.",
      help: 'Write endPoint.',
    },
    suggestion: {
      message: '{owner} has an attribute {name}, which the schema does not have there; did you mean {known}?',
      help: 'Write {known}, or delete the attribute.',
    },
    'setting-value': {
      message: '{owner} has a value; a service definition only declares which settings there are.',
      help: 'Give the value in the .cscfg, and delete it here.',
    },
    'of-setting': {
      message: '{owner} has an attribute other than name and value, which the schema does not have there.',
      help: 'It may be what a lost quote left of a value: look for the quote, or delete it.',
    },
    unknown: {
      message: '{owner} has an attribute {name}, which the schema does not have there.',
      help: 'Look for a lost letter, or delete the attribute. If a newer SDK brought it, set this rule to off.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web" vmname="web"><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web" vmNam="web"><Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web" size="Small"><Instances count="1" /></Role>' },
    ],
    good: [{ cscfg: '<Role name="Web" vmName="web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'schema:unknown-attribute'(unknown) {
        const { element, attribute, miscased, suggestion, isTold } = unknown;
        const { name, nameSpan: at } = attribute;
        const data = { owner: describe(element), name };
        const isEndpoint = isPrintedEndpoint(unknown);
        if (isTold && !isEndpoint) return;
        if (miscased !== null) {
          const edits: [Edit] = [{ ...at, text: miscased }];
          report({ message: isEndpoint ? 'endpoint' : 'miscased', at, data: { ...data, known: miscased }, fix: { title: `Write ${miscased}`, edits } });
        } else if (suggestion !== null) report({ message: 'suggestion', at, data: { ...data, known: suggestion } });
        else if (name === 'value' && isDeclaredSetting(unknown)) report({ message: 'setting-value', at, data });
        // It may be a part of the value: it is not named.
        else if (element.path.endsWith('/Setting')) report({ message: 'of-setting', at, data: { owner: data.owner } });
        // The VirtualIPs are known from one sample only.
        else if (!element.path.startsWith(VIRTUAL_IPS)) report({ message: 'unknown', at, data });
      },
    };
  },
});

const VIRTUAL_IPS = 'NetworkConfiguration/AddressAssignments/VirtualIPs';

/** The spelling of Microsoft's page; schema-missing-required leaves it to this rule. */
function isPrintedEndpoint({ element, attribute, miscased }: UnknownAttribute): boolean {
  return element.path === 'NetworkConfiguration/EndpointAcls/EndpointAcl' && attribute.name === 'endpoint' && miscased === 'endPoint';
}

function isDeclaredSetting({ element: { path } }: UnknownAttribute): boolean {
  return path === 'WebRole/ConfigurationSettings/Setting' || path === 'WorkerRole/ConfigurationSettings/Setting';
}

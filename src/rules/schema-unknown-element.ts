// Every element is one that the schema has where it stands.

import { defineRule, describe, type Edit, type UnknownElement } from '../core/rule.js';

export default defineRule({
  id: 'schema-unknown-element',
  family: 'schema',
  summary: 'Every element is known where it stands.',
  why: 'The schema has no room for other elements, so a misspelt or misplaced one is refused, or what it says is not heard. A newer SDK may bring a new one, hence no error.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  fixable: 'safe',
  // Of what is inside nobody knows whether it is right: a certificate, say, that nothing is compared with.
  unknown: ['miscased', 'suggestion', 'misplaced', 'foreign'],
  messages: {
    miscased: {
      message: '{owner} has an element {name}, which must be written {known}.',
      help: 'Names keep their letter case here: write {known}. What is inside was not checked.',
    },
    suggestion: {
      message: '{owner} has an element {name}, which the schema does not have there; did you mean {known}?',
      help: 'Write {known}, or delete the element. What is inside was not checked.',
    },
    misplaced: {
      message: '{owner} has an element {name}, which does not belong there but into {places}.',
      help: 'Move it into {places}. What is inside was not checked.',
    },
    'virtual-machine-role': {
      message: 'Cloud Services (extended support) has no VirtualMachineRole.',
      cause: 'The VM role was a beta of the classic service.',
      help: 'Make it a WebRole or a WorkerRole, or move it to a virtual machine.',
    },
    foreign: {
      message: '{owner} has an element {name} in another namespace than the file.',
      help: 'Delete its prefix, or its own xmlns. What is inside was not checked.',
    },
    'in-settings': {
      message: '{owner} has an element that the schema does not have there.',
      help: 'It may be a part of a value: look for it and delete it. What is inside was not checked.',
    },
    unknown: {
      message: '{owner} has an element {name}, which the schema does not have there.',
      help: 'Look for a lost letter, or delete the element. If a newer SDK brought it, set this rule to off. What is inside was not checked.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web"><Instances count="1" /><certificates /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="1" /><ConfigurationSetting /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="1" /><Setting name="Mode" value="live" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="1" /><Tags /></Role>' },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /><Certificates /><ConfigurationSettings /></Role>' }],
  },
  check({ report }) {
    return {
      'schema:unknown-element'(unknown) {
        const { name, nameSpans, parent, miscased, suggestion } = unknown;
        const at = nameSpans[0];
        const data = { owner: describe(parent), name };
        if (miscased !== null) {
          const [first, ...others] = nameSpans;
          const edits: [Edit, ...Edit[]] = [{ ...first, text: miscased }, ...others.map((span) => ({ ...span, text: miscased }))];
          report({ message: 'miscased', at, data: { ...data, known: miscased }, fix: { title: `Write ${miscased}`, edits } });
          return;
        }
        const places = placesOf(unknown);
        // A word there may be a part of a value: it is named only where it is one of the schema.
        const isUnsafe = suggestion === null && places === '' && /Settings(?:\/Setting)?$/.test(parent.path);
        if (isUnsafe) report({ message: 'in-settings', at, data: { owner: data.owner } });
        else if (unknown.isForeign) report({ message: 'foreign', at, data });
        else if (places !== '') report({ message: 'misplaced', at, data: { ...data, places } });
        else if (suggestion !== null) report({ message: 'suggestion', at, data: { ...data, known: suggestion } });
        else if (parent.path === 'ServiceDefinition' && name === 'VirtualMachineRole') report({ message: 'virtual-machine-role', at, data });
        // The VirtualIPs are known from one sample only.
        else if (!parent.path.startsWith(VIRTUAL_IPS)) report({ message: 'unknown', at, data });
      },
    };
  },
});

const VIRTUAL_IPS = 'NetworkConfiguration/AddressAssignments/VirtualIPs';

/** How many places are named. */
const MAX_PLACES = 2;

/** Where an element of that name may lie: inside the element that it stands in, or else anywhere. */
function placesOf({ belongs, parent }: UnknownElement): string {
  const near = belongs.filter((place) => place.startsWith(`${parent.path}/`));
  return (near.length > 0 ? near : belongs).slice(0, MAX_PLACES).join(' or ');
}

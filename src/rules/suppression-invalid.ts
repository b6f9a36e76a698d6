// A comment that was meant to be a suppression is one.

import { defineRule } from '../core/rule.js';

const HELP = 'Write <!-- cscfglint-disable-next-line RULE, RULE until=2026-12-31: reason -->; "disable-file", or "disable" and later "enable", silence more. The date may be left out.';

export default defineRule({
  id: 'suppression-invalid',
  family: 'run',
  summary: 'Each suppression comment can be read.',
  why: 'A suppression with a mistake in it silences nothing, and whoever wrote it thinks that it does.',
  source: 'https://github.com/cscfglint/cscfglint#suppressions',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  messages: {
    'no-rules': { message: '"{word}" names no rule, so that it silences nothing.', help: HELP },
    'no-reason': { message: '"{word}" gives no reason, so that it silences nothing.', help: HELP },
    'unknown-verb': { message: 'There is no "{word}", so that this silences nothing.', help: HELP },
    'misspelt-form': {
      message: '"{word}" begins no suppression, so that this silences nothing.',
      help: `A suppression begins with "cscfglint-" in lower case, and its next word follows at once. ${HELP}`,
    },
    'no-date': { message: '"{word}" is no day of the calendar like 2026-12-31, so that this silences nothing.', help: HELP },
    'unknown-option': { message: '"{word}" is no rule and no "until=", so that this silences nothing.', help: HELP },
    'nothing-to-enable': { message: 'There is nothing to enable here.', help: 'Remove it, or write the "cscfglint-disable RULE: reason" that it ends.' },
    'too-many': { message: 'Of suppression comments only the first {word} in a file are heeded; this one is not.', help: 'Silence a rule for the whole file with "disable-file", or in the config.' },
    'no-such-rule': { message: 'There is no rule "{word}".', help: '"cscfglint rules" lists them.' },
    'misspelt-rule': { message: 'There is no rule "{word}".', help: 'Did you mean {suggestion}?' },
  },
  examples: {
    bad: [
      {
        cscfg: '<!-- cscfglint-disable-file role-duplicate --><ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration></ServiceConfiguration>',
      },
    ],
    good: [
      {
        cscfg: '<!-- cscfglint-disable-file role-duplicate: for a while --><ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /></Role><Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration></ServiceConfiguration>',
      },
    ],
  },
  check({ report }) {
    return {
      'suppression:misshapen'({ problem, word, suggestion, at }) {
        if (problem === 'no-such-rule' && suggestion !== null) report({ message: 'misspelt-rule', at, data: { word, suggestion } });
        else report({ message: problem, at, data: { word } });
      },
    };
  },
});

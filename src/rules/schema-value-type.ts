// Every value is of its simple type.

import { defineRule, describe } from '../core/rule.js';

export default defineRule({
  id: 'schema-value-type',
  family: 'schema',
  summary: 'Numbers, booleans, addresses, names and listed values have their form.',
  why: 'The schema gives the value a form and refuses others. Thumbprints, instance counts and what else has a rule of its own are not its business.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    empty: { message: 'The {attribute} of {owner} is empty; it must be {expected}.', help: 'Write a value of that form.' },
    suggestion: { message: 'The {attribute} of {owner} is "{value}"; did you mean "{known}"?', help: 'It must be {expected}, in this letter case.' },
    value: { message: 'The {attribute} of {owner} is "{value}"; it must be {expected}.', help: 'Correct the value.' },
    unprinted: { message: 'The {attribute} of {owner} must be {expected}.', help: 'Correct the value.' },
  },
  examples: {
    bad: [{ cscfg: document('yes') }, { cscfg: document('True') }, { cscfg: document('') }],
    good: [{ cscfg: document('true') }, { cscfg: document(' 1 ') }, { cscfg: document('__Cleanup__') }],
  },
  check({ report }) {
    return {
      'schema:value'({ element, attribute, problem: { expected, suggestion } }) {
        const { name, value, valueSpan: at } = attribute;
        const data = { attribute: name, owner: describe(element), expected };
        // An empty value has nothing to underline, so its quotes are.
        if (value === '') report({ message: 'empty', at: { start: at.start - 1, end: at.end + 1 }, data });
        else if (suggestion !== null) report({ message: 'suggestion', at, data: { ...data, value, known: suggestion } });
        // A command line may hold a password.
        else if (value.length > MAX_PRINTED || name === 'commandLine') report({ message: 'unprinted', at, data });
        else report({ message: 'value', at, data: { ...data, value } });
      },
    };
  },
});

/** A longer value is shown in the frame only. */
const MAX_PRINTED = 60;

function document(cleanup: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><GuestAgentSettings cleanupFirewallOnRoleRestart="${cleanup}" /></ServiceConfiguration>`;
}

// Each setting that the .csdef declares for a role has a value in the .cscfg.

import { defineRule, type Related } from '../core/rule.js';

export default defineRule({
  id: 'setting-value-missing',
  family: 'definition',
  summary: 'Each declared setting of a role has a value.',
  why: 'The .csdef declares a setting without a value, which is for the .cscfg to give. A role that asks for one without a value fails when it runs.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'Role "{role}" has no value for the setting "{setting}", which the service definition declares.',
      help: 'Add <Setting name="{setting}" value="…" /> to the role, or remove the setting from the .csdef and build the package again.',
    },
    all: {
      message: 'Role "{role}" has no value for any of the {count} settings that the service definition declares.',
      help: 'Add a Setting for each of them: {settings}.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Queue" /></ConfigurationSettings></WebRole>',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Queue" /><Setting name="Topic" /></ConfigurationSettings></WebRole>',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Queue" value="" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Queue" /></ConfigurationSettings></WebRole>',
      },
    ],
  },
  check({ report }) {
    return {
      role({ element, name: role, compared }) {
        if (compared === null) return;
        const at = element.attribute('name')?.valueSpan ?? element.nameSpan;
        const { missing, pairs, undeclared } = compared.settings;
        const related = missing.map(({ location }): Related => ({ note: 'it is declared here', location }));
        const isNoneGiven = missing.length > 1 && !pairs.some(([, { plugin }]) => plugin === null) && undeclared.length === 0;
        if (isNoneGiven) {
          report({ message: 'all', at, data: { role, count: missing.length, settings: missing.map(({ name }) => `"${name}"`).join(', ') }, related: related.slice(0, 1) });
          return;
        }
        missing.forEach(({ name: setting }, index) => report({ message: 'absent', at, data: { role, setting }, related: related.slice(index, index + 1) }));
      },
    };
  },
});

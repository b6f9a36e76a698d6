// Each setting of a role is declared for it in the .csdef.

import { defineRule } from '../core/rule.js';

const AZURE =
  "Error validating the .cscfg file against the .csdef file. Severity:Error, message:Setting '{setting}' for role '{role}' specified in the service configuration file is not declared in the service definition file.";

export default defineRule({
  id: 'setting-not-declared',
  family: 'definition',
  summary: 'Each setting of a role is declared in the .csdef.',
  why: 'The .csdef declares which settings a role has, the .cscfg gives them values; one that is only here is refused when the two files are held against each other. What plugins bring along counts as declared.',
  source: 'https://github.com/Azure/azure-sdk-for-node/issues/841',
  severity: 'error',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'Role "{role}" has the setting "{setting}", which the service definition does not declare.',
      help: 'Remove the Setting here, or declare it for the role in the .csdef and build the package again.',
      azure: AZURE,
      azureSeen: 'similar',
    },
    near: {
      message: 'Role "{role}" has the setting "{setting}", which the service definition does not declare; it declares "{near}", which has no value here.',
      cause: 'The name is mistyped, or the setting was renamed on one side.',
      help: 'Write "{near}" here, or rename the setting in the .csdef and build the package again.',
      azure: AZURE,
      azureSeen: 'similar',
    },
    'near-plugin': {
      message: 'Role "{role}" has the setting "{setting}", which the plugin {module} does not know; "{near}" has no value here.',
      cause: 'The name is mistyped.',
      help: 'Write "{near}".',
      azure: AZURE,
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Queue" value="orders" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="QueueNmae" value="orders" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="QueueName" /></ConfigurationSettings></WebRole>',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Queue" value="orders" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Queue" /></ConfigurationSettings></WebRole>',
      },
    ],
  },
  check({ report }) {
    return {
      role({ name: role, compared }) {
        if (compared === null) return;
        for (const { one, near } of compared.settings.undeclared) {
          const at = one.attribute.valueSpan;
          const data = { role, setting: one.name };
          if (near === null) {
            report({ message: 'absent', at, data, related: [{ note: 'the role is defined here', location: compared.defined.location }] });
          } else if (near.plugin === null) {
            report({ message: 'near', at, data: { ...data, near: near.name }, related: [{ note: 'this one has no value', location: near.location }] });
          } else {
            const named = { ...data, near: near.name, module: near.plugin.module };
            report({ message: 'near-plugin', at, data: named, related: [{ note: 'the plugin is imported here', location: near.location }] });
          }
        }
      },
    };
  },
});

// A plugin that the .csdef imports has its settings and its certificate in the .cscfg.

import { defineRule, importsOf, lacksForwarder } from '../core/rule.js';

export default defineRule({
  id: 'plugin-half-removed',
  family: 'definition',
  summary: 'A plugin is there as a whole, or not at all.',
  why: 'An Import brings settings along, and for Remote Desktop a certificate; without their values in the .cscfg the plugin does not work. Cloud Services (extended support) asks to remove plugins from both files.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'warning',
  target: 'cses',
  languages: ['cscfg', 'csdef'],
  needs: ['definition'],
  messages: {
    all: {
      message: 'The service definition imports the plugin {module} for role "{role}", and nothing of it is here.',
      cause: 'The plugin was removed from here, and not from the .csdef.',
      help: 'Remove the Import from the .csdef and build the package again. To keep the plugin, add {missing}.',
    },
    some: {
      message: 'Role "{role}" has only a part of what the plugin {module} needs: {missing} is missing.',
      help: 'Remove the rest here and the Import from the .csdef, and build the package again. To keep the plugin, add what is missing.',
    },
    forwarder: {
      message: 'Role "{role}" imports the plugin RemoteAccess, and no role imports RemoteForwarder.',
      cause: 'RemoteForwarder owns the public port 3389; without it nobody can connect.',
      help: 'Remove RemoteAccess from every role, with its settings and its certificate, and build the package again. To keep the plugin, import RemoteForwarder into one role.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Imports><Import moduleName="Diagnostics" /></Imports></WebRole>',
      },
      { csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Imports><Import moduleName="RemoteAccess" /></Imports></WebRole>' },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      role({ element, name: role, compared }) {
        for (const { plugin, importedAt, settings, certificates, lacksAll } of compared?.halfRemoved ?? []) {
          // Without RemoteForwarder its Import is of no use, which is told there.
          if (lacksAll && plugin.module === 'RemoteAccess' && lacksForwarder(evidence.definition)) continue;
          report({
            message: lacksAll ? 'all' : 'some',
            at: element.attribute('name')?.valueSpan ?? element.nameSpan,
            data: { role, module: plugin.module, missing: [...settings, ...certificates].join(', ') },
            related: [{ note: 'it is imported here', location: importedAt }],
          });
        }
      },
      definition(definition) {
        const [first, ...others] = importsOf(definition, ['RemoteAccess']);
        if (first === undefined || !lacksForwarder(definition)) return;
        const role = definition.roles.find(({ imports }) => imports.includes(first))?.name ?? '';
        report({ message: 'forwarder', at: first.location, data: { role }, related: others.map(({ location }) => ({ note: 'imported here, too', location })) });
      },
    };
  },
});

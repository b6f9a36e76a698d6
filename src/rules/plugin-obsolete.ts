// No plugin is used whose service has ended.

import { defineRule, foldName, importsOf } from '../core/rule.js';

const MODULES = ['Connect', 'Caching', 'WebDeploy'];

const HELP = 'Remove its Import from the .csdef and its settings from each .cscfg, and build the package again.';

export default defineRule({
  id: 'plugin-obsolete',
  family: 'definition',
  summary: 'No plugin is used that serves nothing any more.',
  why: 'Azure Connect and In-Role Cache have ended, and Web Deploy to a role was for trying things out only. Their plugins are still in old files.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'info',
  target: 'cses',
  languages: ['cscfg', 'csdef'],
  uses: ['definition'],
  messages: {
    imported: { message: 'The plugin {module} is imported, which is obsolete.', help: HELP },
    configured: { message: 'Role "{role}" configures the plugin {module}, which is obsolete.', help: HELP },
  },
  examples: {
    bad: [
      { csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Imports><Import moduleName="WebDeploy" /></Imports></WebRole>' },
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Microsoft.WindowsAzure.Plugins.Connect.Refresh" value="5" /></ConfigurationSettings></Role>',
      },
    ],
    good: [{ csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />' }],
  },
  check({ report, evidence: { definition } }) {
    const told = new Set<string>();
    return {
      role({ name: role, plugins }) {
        // With a service definition it is the Import that tells, once for all .cscfg.
        if (definition !== undefined) return;
        for (const { module, settings: [first] } of plugins) {
          const known = MODULES.find((one) => foldName(one) === foldName(module));
          if (known === undefined || first === undefined || told.has(known)) continue;
          told.add(known);
          report({ message: 'configured', at: first.attribute.valueSpan, data: { role, module: known } });
        }
      },
      definition(own) {
        for (const module of MODULES) {
          const [first, ...others] = importsOf(own, [module]);
          if (first === undefined) continue;
          report({ message: 'imported', at: first.location, data: { module }, related: others.map(({ location }) => ({ note: 'imported here, too', location })) });
        }
      },
    };
  },
});

// Diagnostics come by their extension, not by the plugin.

import { defineRule, foldName, importsOf } from '../core/rule.js';

const MODULE = 'Diagnostics';
const SETTING = 'Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString';

const HELP =
  'Remove {setting} from each .cscfg and the .csdef, and the Import if there is one, and build the package again. For diagnostics add the extension to the cloud service.';

export default defineRule({
  id: 'plugin-diagnostics',
  family: 'definition',
  summary: 'The Diagnostics plugin is not used.',
  why: 'Cloud Services (extended support) asks to remove the plugin’s connection string from the .csdef and the .cscfg, since diagnostics are an extension there. Microsoft’s own samples still carry it, so it does no harm.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'info',
  target: 'cses',
  languages: ['cscfg', 'csdef'],
  uses: ['definition', 'configurations'],
  messages: {
    configured: { message: 'Role "{role}" has the connection string of the Diagnostics plugin, which Cloud Services (extended support) replaces by an extension.', help: HELP },
    imported: { message: 'The Diagnostics plugin is imported, which Cloud Services (extended support) replaces by an extension.', help: HELP },
    declared: { message: 'The connection string of the Diagnostics plugin is declared, which Cloud Services (extended support) replaces by an extension.', help: HELP },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString" value="" /></ConfigurationSettings></Role>',
      },
      { csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Imports><Import moduleName="Diagnostics" /></Imports></WebRole>' },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>' }],
  },
  check({ report, evidence, path }) {
    let isTold = false;
    return {
      role({ name: role, plugins, compared }) {
        if (isTold || (compared === null && evidence.definition !== undefined)) return;
        const setting = plugins.flatMap(({ settings }) => settings).find(({ name }) => foldName(name) === foldName(SETTING));
        if (setting === undefined || compared?.leftovers.some(({ module }) => foldName(module) === foldName(MODULE)) === true) return;
        isTold = true;
        const declared = compared?.settings.pairs.find(([entry]) => entry === setting)?.[1];
        const related = declared === undefined ? [] : [{ note: declared.plugin === null ? 'it is declared here' : 'it comes with this Import', location: declared.location }];
        report({ message: 'configured', at: setting.attribute.valueSpan, data: { role, setting: SETTING }, related });
      },
      definition(own) {
        if ((evidence.configurations?.(path) ?? []).length > 0) return;
        const [imported] = importsOf(own, [MODULE]);
        const declared = own.roles.flatMap(({ settings }) => settings).find(({ value }) => foldName(value) === foldName(SETTING));
        const first = imported ?? declared;
        if (first !== undefined) report({ message: imported === undefined ? 'declared' : 'imported', at: first.location, data: { setting: SETTING } });
      },
    };
  },
});

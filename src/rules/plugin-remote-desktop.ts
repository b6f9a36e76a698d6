// Remote Desktop comes by its extension, not by the plugin.

import { defineRule, foldName, importsOf, lacksForwarder, remoteDesktopExtension, type PluginEntries, type RoleEntry } from '../core/rule.js';

const MODULES = ['RemoteAccess', 'RemoteForwarder'];

const HELP =
  'Remove the Imports of RemoteAccess and RemoteForwarder from the .csdef, their settings and the certificate from each .cscfg, and build the package again. For Remote Desktop add the RDP extension to the cloud service.';

export default defineRule({
  id: 'plugin-remote-desktop',
  family: 'definition',
  summary: 'The Remote Desktop plugin is not used.',
  why: 'Cloud Services (extended support) asks to remove the plugin from the .csdef and the .cscfg, its certificate with it; Remote Desktop is an extension there, which cannot be added beside the plugin.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'warning',
  target: 'cses',
  languages: ['cscfg', 'csdef'],
  uses: ['definition', 'configurations', 'osProfile'],
  messages: {
    configured: { message: 'Role "{role}" configures the plugin {module}, which is to be removed for Cloud Services (extended support).', help: HELP },
    imported: { message: 'The plugin {module} is imported, which is to be removed for Cloud Services (extended support).', help: HELP },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled" value="true" /></ConfigurationSettings></Role>',
      },
      { csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><Imports><Import moduleName="RemoteForwarder" /></Imports></WebRole>' },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>' }],
  },
  check({ report, evidence, path }) {
    const { definition } = evidence;
    let isTold = false;
    return {
      role(entry) {
        // Of what is half removed another rule speaks.
        if (isTold || (definition !== undefined && lacksForwarder(definition))) return;
        // Of the plugin beside the extension another rule speaks.
        const isAccess = entry.plugins.some(({ module }) => foldName(module) === 'remoteaccess');
        if (isAccess && remoteDesktopExtension(evidence.osProfile?.services ?? [], entry.name) !== null) return;
        const used = entry.plugins.find((plugin) => isUsed(plugin, entry, definition !== undefined));
        const first = used?.settings[0] ?? used?.certificates[0];
        if (used === undefined || first === undefined) return;
        isTold = true;
        const imported = entry.compared?.defined.imports.find(({ value }) => foldName(value) === foldName(used.module));
        const related = imported === undefined ? [] : [{ note: 'it is imported here', location: imported.location }];
        report({ message: 'configured', at: first.attribute.valueSpan, data: { role: entry.name, module: used.module }, related });
      },
      definition(own) {
        const [first, ...others] = importsOf(own, MODULES);
        if (first === undefined || lacksForwarder(own) || (evidence.configurations?.(path) ?? []).length > 0) return;
        const related = others.map(({ location }) => ({ note: 'imported here, too', location }));
        report({ message: 'imported', at: first.location, data: { module: first.value }, related });
      },
    };
  },
});

function isUsed({ module }: PluginEntries, { compared }: RoleEntry, isDefined: boolean): boolean {
  const isThis = (other: string) => foldName(other) === foldName(module);
  if (!MODULES.some(isThis)) return false;
  if (compared === null) return !isDefined;
  return !compared.leftovers.some((one) => isThis(one.module)) && !compared.halfRemoved.some(({ plugin }) => isThis(plugin.module));
}

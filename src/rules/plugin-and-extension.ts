// A role has the Remote Desktop plugin or the extension, not both.

import { defineRule, foldName, remoteDesktopExtension } from '../core/rule.js';

export default defineRule({
  id: 'plugin-and-extension',
  family: 'definition',
  summary: 'No role has the Remote Desktop plugin and the extension at once.',
  why: 'The page about migration says that the two are not supported together; the extension has taken the place of the plugin.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/in-place-migration-technical-details',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    both: {
      message: 'Role "{role}" has the plugin {module}, and the template the RDP extension for it.',
      help: 'Keep the extension: remove the settings and the password certificate of the plugin from the .cscfg, and its imports from the .csdef.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Microsoft.WindowsAzure.Plugins.RemoteAccess.Enabled" value="true" /><Setting name="Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled" value="true" /></ConfigurationSettings></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "typeHandlerVersion": "1.2.1", "rolesAppliedTo": ["Web"]}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "typeHandlerVersion": "1.2.1", "rolesAppliedTo": ["Web"]}}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      role({ name, plugins }) {
        const plugin = plugins.find(({ module }) => foldName(module) === 'remoteaccess');
        const first = plugin?.settings[0] ?? plugin?.certificates[0];
        const extension = remoteDesktopExtension(evidence.osProfile.services, name);
        if (plugin === undefined || first === undefined || extension === null) return;
        const related = [{ note: 'the extension', location: extension.location }];
        report({ message: 'both', at: first.attribute.valueSpan, data: { role: name, module: plugin.module }, related });
      },
    };
  },
});

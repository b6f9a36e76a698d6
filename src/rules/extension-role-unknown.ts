// Extensions are for roles that there are.

import { defineRule, foldName, isKnown, onlyService, pipelinePlaceholder, showKnown, suggest, type Location } from '../core/rule.js';

export default defineRule({
  id: 'extension-role-unknown',
  family: 'os-profile',
  summary: 'Every role in rolesAppliedTo is a role of the .cscfg.',
  why: 'An extension for a role that does not exist is installed nowhere, or refused.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/extensions',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    unknown: {
      message: 'The extension "{extension}" is for role "{role}", and the .cscfg has none of that name.',
      help: 'Write the name of a role, or "*" for all.',
      azure: 'The role name {role} in the extension configuration is invalid.',
      azureSeen: 'similar',
    },
    near: {
      message: 'The extension "{extension}" is for role "{role}", and the .cscfg has none of that name.',
      help: 'Write "{suggestion}".',
      azure: 'The role name {role} in the extension configuration is invalid.',
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "typeHandlerVersion": "1.2.1", "rolesAppliedTo": ["Worker"]}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "typeHandlerVersion": "1.2.1", "rolesAppliedTo": ["WEB"]}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "typeHandlerVersion": "1.2.1", "rolesAppliedTo": ["*"]}}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    const roles: string[] = [];
    const judge = (extension: string, role: string, at: Location) => {
      if (role === '*' || pipelinePlaceholder(role) !== null || roles.some((one) => foldName(one) === foldName(role))) return;
      const suggestion = suggest(role, roles);
      if (suggestion === null) report({ message: 'unknown', at, data: { extension, role } });
      else report({ message: 'near', at, data: { extension, role, suggestion } });
    };
    return {
      Role(element) {
        roles.push(element.attribute('name')?.value ?? '');
      },
      'ServiceConfiguration:exit'() {
        if (roles.some((role) => pipelinePlaceholder(role) !== null)) return;
        for (const { extensionProfile } of onlyService(evidence.osProfile.services)) {
          for (const { name, rolesAppliedTo } of extensionProfile?.items ?? []) {
            const extension = name === null ? '' : showKnown(name.value);
            for (const { value, location } of rolesAppliedTo ?? []) if (isKnown(value)) judge(extension, value, location);
          }
        }
      },
    };
  },
});

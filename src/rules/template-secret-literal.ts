// No password stands in a template as it is.

import { defineRule, showKnown } from '../core/rule.js';

export default defineRule({
  id: 'template-secret-literal',
  family: 'os-profile',
  summary: 'Protected settings of an extension hold no password in the template.',
  why: 'A template lies in a repository and in the history of deployments, where everybody reads it. The value belongs into a securestring parameter, or into a Key Vault that protectedSettingsFromKeyVault names.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/enable-rdp',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    literal: {
      message: 'The protected settings of the extension "{extension}" hold a password or a key as it is.',
      help: 'Change the password, and take the new one from a securestring parameter, or from a Key Vault with protectedSettingsFromKeyVault.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "protectedSettings": "<PrivateConfig><Password>not-a-real-one</Password></PrivateConfig>"}}]}}}]}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "extensionProfile": {"extensions": [{"name": "RDP", "properties": {"publisher": "Microsoft.Windows.Azure.Extensions", "type": "RDP", "protectedSettings": "[concat(\'<PrivateConfig><Password>\', parameters(\'password\'), \'</Password></PrivateConfig>\')]"}}]}}}]}',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      run() {
        for (const { extensionProfile } of evidence.osProfile.services) {
          for (const { name, hasLiteralSecret, location } of extensionProfile?.items ?? []) {
            if (hasLiteralSecret) report({ message: 'literal', at: location, data: { extension: name === null ? '' : showKnown(name.value) } });
          }
        }
      },
    };
  },
});

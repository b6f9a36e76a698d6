// A template asks for a released version of the interface.

import { defineRule, isKnown } from '../core/rule.js';

export default defineRule({
  id: 'arm-api-version',
  family: 'os-profile',
  summary: 'The apiVersion of the cloud service is no preview.',
  why: 'A preview version is switched off some day, and is there only where its feature was registered.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/in-place-migration-common-errors',
  severity: 'info',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    preview: {
      message: 'The cloud service is deployed with the preview version {version} of the interface.',
      help: 'Write a released one, such as 2022-09-04.',
      azure: 'The resource type could not be found in the namespace `Microsoft.Compute` for api version \'{version}\'.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/cloudServices", "apiVersion": "2020-10-01-preview", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}]}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}]}',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      run() {
        for (const { apiVersion } of evidence.osProfile.services) {
          if (apiVersion === null || !isKnown(apiVersion.value) || !/-preview$/i.test(apiVersion.value)) continue;
          report({ message: 'preview', at: apiVersion.location, data: { version: apiVersion.value } });
        }
      },
    };
  },
});

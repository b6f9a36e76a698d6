// A deployment names its package and one configuration.

import { defineRule, isDescribedInFull, type CloudServiceFact, type Location } from '../core/rule.js';

export default defineRule({
  id: 'arm-configuration-conflict',
  family: 'os-profile',
  summary: 'A template has packageUrl, and either configuration or configurationUrl.',
  why: 'A deployment takes the configuration as it is or by its URL; where both are there nothing says which counts. Every example of Azure has a package and a configuration.',
  source: 'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/compute/resource-manager/Microsoft.Compute',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    both: { message: 'The service has configuration and configurationUrl; they may contradict one another.', help: 'Keep one of the two.' },
    'no-configuration': { message: 'The service has neither configuration nor configurationUrl.', help: 'Add one of them.' },
    'no-package': { message: 'The service has no packageUrl.', help: 'Add it: the URL of the .cspkg, which Azure never gives back.' },
    neither: { message: 'The service has no packageUrl, and neither configuration nor configurationUrl.', help: 'Add both: what Azure gives back holds no URLs, and cannot be deployed as it is.' },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "configuration": "[parameters(\'configuration\')]"}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg"}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg"}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      run() {
        for (const service of evidence.osProfile.services) {
          const found = conflictOf(service);
          if (found !== null) report({ message: found.message, at: found.at, data: {} });
        }
      },
    };
  },
});

function conflictOf(service: CloudServiceFact): { message: 'both' | 'no-configuration' | 'no-package' | 'neither'; at: Location } | null {
  const { at, packageUrl, configuration, configurationUrl } = service;
  if (configuration !== null && configurationUrl !== null) return { message: 'both', at: configuration.location };
  if (!isDescribedInFull(service)) return null;
  const hasNone = configuration === null && configurationUrl === null;
  if (packageUrl === null) return { message: hasNone ? 'neither' : 'no-package', at };
  return hasNone ? { message: 'no-configuration', at } : null;
}

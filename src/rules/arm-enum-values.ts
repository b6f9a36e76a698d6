// Values of enumerations are those that Azure knows.

import { defineRule, foldName, isKnown, pipelinePlaceholder, suggest, type PlacedKnown } from '../core/rule.js';

export default defineRule({
  id: 'arm-enum-values',
  family: 'os-profile',
  summary: 'upgradeMode, slotType and the tier of a SKU are values that Azure knows.',
  why: 'The interface takes any text there; what Azure makes of one that it does not know is not documented.',
  source: 'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/compute/resource-manager/Microsoft.Compute',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    unknown: { message: '{property} is "{value}", and Azure knows {known}.', help: 'Write one of these.' },
    near: { message: '{property} is "{value}", and Azure knows {known}.', help: 'Write "{suggestion}".' },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "upgradeMode": "Automatic"}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standrad", "capacity": 2}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "upgradeMode": "Auto", "networkProfile": {"slotType": "staging"}}}',
      },
    ],
  },
  check({ report, evidence }) {
    const judge = (property: keyof typeof VALUES, placed: PlacedKnown | null) => {
      if (placed === null || !isKnown(placed.value) || pipelinePlaceholder(placed.value) !== null) return;
      const { value, location } = placed;
      const values = VALUES[property];
      if (values.some((one) => foldName(one) === foldName(value))) return;
      const suggestion = suggest(value, values);
      const data = { property, value, known: values.join(', ') };
      if (suggestion === null) report({ message: 'unknown', at: location, data });
      else report({ message: 'near', at: location, data: { ...data, suggestion } });
    };
    return {
      run() {
        for (const { upgradeMode, slotType, roleProfile } of evidence.osProfile.services) {
          judge('upgradeMode', upgradeMode);
          judge('slotType', slotType);
          for (const { tier } of roleProfile?.items ?? []) judge('sku.tier', tier);
        }
      },
    };
  },
});

/** https://learn.microsoft.com/rest/api/compute/cloud-services/create-or-update */
const VALUES = { upgradeMode: ['Auto', 'Manual', 'Simultaneous'], slotType: ['Production', 'Staging'], 'sku.tier': ['Standard', 'Basic'] } as const;

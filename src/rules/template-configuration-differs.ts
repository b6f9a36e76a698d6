// The configuration inside a template is that of the .cscfg.

import { defineRule, foldName, onlyService, pipelinePlaceholder, wholeNumber, type ConfigurationFact, type ConfiguredRole } from '../core/rule.js';

export default defineRule({
  id: 'template-configuration-differs',
  family: 'os-profile',
  summary: 'A configuration that stands in a template has the thumbprints and the instance counts of the .cscfg.',
  why: 'The next run of the template deploys the configuration that stands in it, and what was changed in the .cscfg alone is rolled back.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/cloud-services/extended/availability/update-or-change-certificate-used',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    differs: {
      message: 'The configuration in the template is not that of the .cscfg: {what}.',
      help: 'Put the text of the .cscfg into the template, or have it as a parameter that the pipeline fills in from the file.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "configuration": "<ServiceConfiguration serviceName=\\"Shop\\" osFamily=\\"7\\" xmlns=\\"http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration\\"><Role name=\\"Web\\"><Instances count=\\"3\\" /></Role><NetworkConfiguration><VirtualNetworkSite name=\\"shop-vnet\\" /></NetworkConfiguration></ServiceConfiguration>"}}]}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role><NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments><InstanceAddress roleName="Web"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress></AddressAssignments></NetworkConfiguration>',
        osProfile: '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/cloudServices", "apiVersion": "2022-09-04", "name": "shop", "location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}, "configuration": "<ServiceConfiguration serviceName=\\"Shop\\" osFamily=\\"7\\" xmlns=\\"http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration\\"><Role name=\\"Web\\"><Instances count=\\"2\\" /></Role><NetworkConfiguration><VirtualNetworkSite name=\\"shop-vnet\\" /></NetworkConfiguration></ServiceConfiguration>"}}]}',
      },
    ],
  },
  check({ report, evidence }) {
    const roles: Own[] = [];
    return {
      Role(element) {
        roles.push({ name: element.attribute('name')?.value ?? '', count: null, thumbprints: new Map() });
      },
      'Role/Instances'(instances) {
        const role = roles.at(-1);
        if (role !== undefined) role.count ??= wholeNumber(instances.attribute('count')?.value ?? '', 0);
      },
      certificate({ certificate, comparable }) {
        if (comparable !== null) roles.at(-1)?.thumbprints.set(foldName(certificate), comparable);
      },
      'ServiceConfiguration:exit'() {
        for (const { live, configuration } of onlyService(evidence.osProfile.services)) {
          const fact = configuration?.fact ?? null;
          const differences = live || configuration === null || fact === null ? [] : differencesOf(roles, fact);
          if (configuration === null || differences.length === 0) continue;
          const more = differences.length - MAX_SHOWN;
          const what = differences.slice(0, MAX_SHOWN).join('; ') + (more > 0 ? `; and ${more} more` : '');
          report({ message: 'differs', at: configuration.location, data: { what } });
        }
      },
    };
  },
});

/** How many differences are told. */
const MAX_SHOWN = 3;

/** A role of the .cscfg. */
interface Own {
  readonly name: string;
  count: number | null;
  /** Well-formed ones, by the folded name of the certificate. */
  readonly thumbprints: Map<string, string>;
}

function differencesOf(roles: readonly Own[], { roles: others }: ConfigurationFact): string[] {
  const byName = new Map(others.map((role): [string, ConfiguredRole] => [foldName(role.name), role]));
  return roles.flatMap((role) => {
    const other = byName.get(foldName(role.name));
    return other === undefined ? [] : [...countOf(role, other), ...thumbprintsOf(role, other)];
  });
}

function countOf({ name, count }: Own, { instances }: ConfiguredRole): string[] {
  const other = wholeNumber(instances?.value ?? '', 0);
  return count === null || other === null || other === count ? [] : [`role "${name}" has ${other} instances there and ${count} here`];
}

function thumbprintsOf({ name, thumbprints }: Own, { certificates }: ConfiguredRole): string[] {
  return certificates.flatMap(({ value, thumbprint }) => {
    const own = thumbprints.get(foldName(value));
    const other = thumbprint?.value ?? '';
    if (own === undefined || pipelinePlaceholder(other) !== null || !/^[0-9a-f]{40}$/i.test(other) || other.toUpperCase() === own) return [];
    return [`"${value}" of role "${name}" has the thumbprint ${other.toUpperCase()} there and ${own} here`];
  });
}

// The vault, the virtual network and the public IP address are in the region of the cloud service.

import { defineRule, foldName, foldRegion, isKnown, pipelinePlaceholder, readResourceId, type CloudServiceFact, type Known, type VaultFact } from '../core/rule.js';

export default defineRule({
  id: 'vault-location-mismatch',
  family: 'os-profile',
  summary: 'The Key Vault, and what the template deploys for the network, are in the region of the cloud service.',
  why: "Azure's client looks for the vault in the region of the service, and refuses a virtual network or a public IP address of another region.",
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/faq',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  uses: ['vaults'],
  messages: {
    vault: {
      message: 'Vault {name} is in {region}, and the cloud service in {own}.',
      help: 'Import the certificates into a vault of the same region and subscription, and list that one in osProfile.',
      azure: "No KeyVault named '{name}' was found in {own}",
    },
    network: {
      message: 'The virtual network "{name}" is in {region}, and the cloud service in {own}.',
      help: 'Give both the same location.',
      azure:
        'The location for the cloud service ({own}) and virtual network ({region}) are different. The location of the cloud service needs to match the location of the virtual network. Change the location of the cloud service to match the virtual network or change the resource group of the cloud service to try to resolve this issue.',
    },
    address: {
      message: 'The public IP address "{name}" is in {region}, and the cloud service in {own}.',
      help: 'Give both the same location.',
      azure:
        'The location for the Cloud Service ({own}) and the Public IP Address ({region}) are different. The location of the Cloud Service needs to match the location of the Public IP Address. Change the location of the Cloud Service to match the Public IP Address or change the resource group of the Cloud Service to try to resolve the issue.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="1" /></Role>',
        vault:
          '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv", "type": "Microsoft.KeyVault/vaults", "name": "shop-kv", "location": "northeurope", "properties": {"enabledForDeployment": true, "vaultUri": "https://shop-kv.vault.azure.net/"}}',
        osProfile:
          '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "West Europe", "properties": {"osProfile": {"secrets": [{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="1" /></Role>',
        vault:
          '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv", "type": "Microsoft.KeyVault/vaults", "name": "shop-kv", "location": "westeurope", "properties": {"enabledForDeployment": true, "vaultUri": "https://shop-kv.vault.azure.net/"}}',
        osProfile:
          '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "West Europe", "properties": {"osProfile": {"secrets": [{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    const vaults = evidence.vaults ?? [];
    return {
      run() {
        for (const service of evidence.osProfile.services) {
          const own = regionOf(service.location);
          if (own === null) continue;
          const related = [{ note: 'the cloud service', location: service.at }];
          for (const { name, location, origin } of vaultsOf(service, vaults)) {
            const region = regionOf(location);
            if (region !== null && differ(region, own)) report({ message: 'vault', at: origin, data: { name, region, own }, related });
          }
          // Of several in a template it is the one with the name that the .cscfg gives, which need not be there at all.
          const { vnets, publicIps } = service.siblings;
          for (const [message, [only, ...others]] of [['network', vnets], ['address', publicIps]] as const) {
            const region = regionOf(only?.region?.value ?? null);
            if (only === undefined || others.length > 0 || region === null || !isKnown(only.name.value) || !differ(region, own)) continue;
            report({ message, at: only.region?.location ?? only.name.location, data: { name: only.name.value, region, own }, related });
          }
        }
      },
    };
  },
});

/** The vaults that a service takes certificates from, as far as they were given. */
function vaultsOf({ secrets }: CloudServiceFact, vaults: readonly VaultFact[]): readonly VaultFact[] {
  const names = new Set(secrets.flatMap(({ vaultId }) => (vaultId !== null && isKnown(vaultId) ? [foldName(readResourceId(vaultId)?.name ?? '')] : [])));
  return vaults.filter(({ name }) => names.has(foldName(name)));
}

/** Null for what is not known, and for what a pipeline fills in. */
function regionOf(location: Known | null): string | null {
  return location !== null && isKnown(location) && location.trim() !== '' && pipelinePlaceholder(location) === null ? location : null;
}

function differ(region: string, other: string): boolean {
  return foldRegion(region) !== foldRegion(other);
}

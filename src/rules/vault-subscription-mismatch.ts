// The vaults of osProfile are in the subscription of the cloud service.

import { defineRule, foldName, isKnown, readResourceId } from '../core/rule.js';

export default defineRule({
  id: 'vault-subscription-mismatch',
  family: 'os-profile',
  summary: 'The Key Vault is in the subscription of the cloud service.',
  why: 'The documentation demands that vault and service share their subscription; only the Key Vault extension reaches into another one. One support article says otherwise.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/faq',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    mismatch: {
      message: 'Vault {vault} is in subscription {subscription}, and the cloud service in {own}.',
      help: 'Import the certificates into a vault of the same subscription and region, and list that one in osProfile.',
      azure: 'The SubscriptionId:"{own}" of the request must match the SubscriptionId "{subscription}" contained in the Key Vault Id',
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="1" /></Role>',
        osProfile:
          '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "westeurope", "properties": {"osProfile": {"secrets": [{"sourceVault": {"id": "/subscriptions/11111111-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="1" /></Role>',
        osProfile:
          '{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/cloudServices/shop", "name": "shop", "location": "westeurope", "properties": {"osProfile": {"secrets": [{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]}}}',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      run() {
        for (const { id, at, secrets } of evidence.osProfile.services) {
          const own = subscriptionOf(id ?? '');
          if (own === null) continue;
          for (const { vaultId, certificateUrls, location } of secrets) {
            const subscription = vaultId === null || !isKnown(vaultId) ? null : subscriptionOf(vaultId);
            // The Key Vault extension fetches by itself what it was started with.
            const isForExtension = certificateUrls.length > 0 && certificateUrls.every(({ bootstrap }) => bootstrap);
            if (vaultId === null || !isKnown(vaultId) || subscription === null || isForExtension || foldName(subscription) === foldName(own)) continue;
            const vault = readResourceId(vaultId)?.name ?? vaultId;
            report({ message: 'mismatch', at: location, data: { vault, subscription, own }, related: [{ note: 'the cloud service', location: at }] });
          }
        }
      },
    };
  },
});

/** Null for a placeholder: only an id itself tells. */
function subscriptionOf(id: string): string | null {
  const subscription = readResourceId(id)?.subscription ?? null;
  return subscription !== null && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscription) ? subscription : null;
}

// The vaults that certificates are fetched from are enabled for deployment.

import { defineRule, foldName, isKnown, readResourceId } from '../core/rule.js';

export default defineRule({
  id: 'vault-not-enabled-for-deployment',
  family: 'os-profile',
  summary: 'The Key Vault lets Azure fetch certificates for deployments.',
  why: 'The switch "Azure Virtual Machines for deployment", enabledForDeployment, lets the platform fetch secrets of the vault. Without it no deployment gets a certificate, whatever else is right.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  // Most exports of certificates do not describe their vault, and nobody is asked for more.
  anyOf: ['vaults', 'vault'],
  uses: ['osProfile', 'vaults', 'vault'],
  messages: {
    disabled: {
      message: 'Vault {vault} is not enabled for deployment.',
      help: 'Turn on "Azure Virtual Machines for deployment" under Access configuration, or run "az keyvault update --name {vault} --enabled-for-deployment true", and describe the vault again.',
      azure:
        "The Key vault is not enabled for deployment. The Key Vault must have 'Azure Virtual Machines for deployment' access enabled. Please run the following cmdlets to enable access: Set-AzKeyVaultAccessPolicy -VaultName {vault} -ResourceGroupName {group} -EnabledForDeployment",
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv", "type": "Microsoft.KeyVault/vaults", "name": "shop-kv", "location": "westeurope", "properties": {"enabledForDeployment": false, "vaultUri": "https://shop-kv.vault.azure.net/"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv", "type": "Microsoft.KeyVault/vaults", "name": "shop-kv", "location": "westeurope", "properties": {"enabledForDeployment": true, "vaultUri": "https://shop-kv.vault.azure.net/"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
      },
    ],
  },
  check({ report, evidence }) {
    const groups = evidence.osProfile?.services.flatMap(({ secrets }) => secrets) ?? null;
    let hasCertificates = false;
    return {
      certificate({ comparable }) {
        hasCertificates ||= comparable !== null;
      },
      'ServiceConfiguration:exit'() {
        for (const { id, name, enabledForDeployment, origin } of evidence.vaults ?? []) {
          const users = groups?.filter(({ vaultId }) => vaultId !== null && isKnown(vaultId) && foldName(readResourceId(vaultId)?.name ?? '') === foldName(name)) ?? null;
          // Without an osProfile the certificates are looked for in the vault that is given.
          const isUsed = users === null ? hasCertificates : users.length > 0;
          if (enabledForDeployment !== false || !isUsed) continue;
          const group = readResourceId(id ?? '')?.group ?? '<resource group>';
          report({ message: 'disabled', at: origin, data: { vault: name, group }, related: (users ?? []).map(({ location }) => ({ note: 'osProfile takes certificates from it', location })) });
        }
      },
    };
  },
});

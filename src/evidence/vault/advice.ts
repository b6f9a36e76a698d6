// The commands that give a usable export, with the names that are known filled in.

import type { VaultShape } from '../../core/types.js';

/** The command of the Azure CLI that exports every version of a certificate: a sentence. */
export function exportAgain(vault: string, name: string): string {
  return `Export again: "${azVersions(vault, name)}".`;
}

/** How to get the thumbprints that an export of that shape lacks. */
export function exportWithThumbprints(shape: VaultShape | null, vault: string, name: string): string {
  switch (shape) {
    case 'powershell-certificate':
    case 'powershell-certificates':
      return `Get-AzKeyVaultCertificate lists certificates without thumbprints; ask for each version by itself: "${powershellVersions(vault)}".`;
    case 'powershell-secret':
      return `Get-AzKeyVaultSecret keeps the certificate in a SecureString, which ConvertTo-Json leaves out. Export the certificate: "${powershellVersions(vault, name)}"; or, for one that is a plain secret, "az keyvault secret show --vault-name ${word(vault, 'VAULT')} --name ${word(name, 'NAME')} -o json".`;
    case 'az-secret':
    case 'rest-secret':
      return `A list of secrets has no certificates in it. Export the certificate: "${azVersions(vault, name)}"; or, for one that is a plain secret, "az keyvault secret show --vault-name ${word(vault, 'VAULT')} --name ${word(name, 'NAME')} -o json".`;
    case 'terraform-show':
    case 'terraform-plan':
    case 'terraform-state':
      return 'Terraform knows the thumbprint of a certificate once it has been made: "terraform apply", then "terraform show -json > state.json".';
    default:
      return `Export its versions: "${azVersions(vault, name)}".`;
  }
}

/** The command that brings back a deleted certificate. */
export function recover(vault: string, name: string): string {
  return `az keyvault certificate recover --vault-name ${word(vault, 'VAULT')} --name ${word(name, 'NAME')}`;
}

/** The command of the Azure CLI for somebody who has not exported anything usable yet. */
export const EXPORT_WITH_AZ = `Export with "${azVersions('', '')}", once for each certificate, or with "az keyvault certificate list --vault-name VAULT -o json" for the current versions of all.`;

function azVersions(vault: string, name: string): string {
  return `az keyvault certificate list-versions --vault-name ${word(vault, 'VAULT')} --name ${word(name, 'NAME')} -o json`;
}

/** `name`: of one certificate; without it of all. */
function powershellVersions(vault: string, name?: string): string {
  const get = `Get-AzKeyVaultCertificate -VaultName ${word(vault, 'VAULT')}`;
  return [
    ...(name === undefined ? [get, `% { ${get} -Name $_.Name -IncludeVersions }`] : [`${get} -Name ${word(name, 'NAME')} -IncludeVersions`]),
    `% { ${get} -Name $_.Name -Version $_.Version }`,
    'Select-Object Name, Version, Thumbprint, SecretId, Id, Enabled, Created, NotBefore, Expires',
    'ConvertTo-Json -Depth 3',
  ].join(' | ');
}

/** A name for a command line: one that is none in Key Vault could be anything, and is not put into a command. */
function word(name: string, otherwise: string): string {
  return /^[0-9A-Za-z][0-9A-Za-z-]{0,126}$/.test(name) ? name : otherwise;
}

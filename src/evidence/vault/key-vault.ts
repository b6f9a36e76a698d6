// The vault itself: az keyvault show, Get-AzKeyVault, REST, the resource in a template, Terraform's resource.

import type { VaultFact } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { firstOf, reading, type Reading } from './record.js';

/**
 * Reads a vault as Azure Resource Manager describes it (REST, az, a template) or as Az.KeyVault prints it.
 *
 * https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults
 */
export function readKeyVault(element: JsonValue): Reading | null {
  const vault = resourceManagerVault(element) ?? powershellVault(element);
  return vault === null ? null : reading('key-vault', { vaults: [vault] });
}

/** The vaults that a template declares under names that are no expressions; null where it declares none. */
export function readTemplateVaults(template: JsonValue): Reading | null {
  const resources = template.get('resources');
  const list = resources?.isObject === true ? Array.from(resources.properties(), ([, resource]) => resource) : (resources?.items ?? []);
  const vaults = list.flatMap((resource) => resourceManagerVault(resource) ?? []);
  return vaults.length === 0 ? null : reading('key-vault', { vaults });
}

/** `azurerm_key_vault`. */
export function terraformVault(values: JsonValue): Reading | null {
  const vault = vaultFact(values, {
    id: values.get('id'),
    name: values.get('name'),
    enabledForDeployment: values.get('enabled_for_deployment')?.boolean ?? null,
  });
  return vault === null ? null : reading('key-vault', { vaults: [vault] });
}

function resourceManagerVault(element: JsonValue): VaultFact | null {
  const properties = element.get('properties');
  if (element.get('type')?.string?.toLowerCase() !== 'microsoft.keyvault/vaults' && properties?.get('vaultUri') === undefined) return null;
  return vaultFact(element, {
    id: element.get('id'),
    name: element.get('name'),
    enabledForDeployment: switchOf(properties?.get('enabledForDeployment'), firstOf(properties, 'tenantId', 'sku', 'vaultUri') !== undefined),
  });
}

/** A list of vaults (`Get-AzKeyVault` without a name) has neither the URI nor the switch. */
function powershellVault(element: JsonValue): VaultFact | null {
  const id = element.get('resourceId');
  if (!/\/Microsoft\.KeyVault\/vaults\/[^/]+$/i.test(id?.string ?? '')) return null;
  return vaultFact(element, {
    id,
    name: element.get('vaultName'),
    enabledForDeployment: switchOf(element.get('enabledForDeployment'), firstOf(element, 'vaultUri') !== undefined),
  });
}

/**
 * The switch; where the vault is described in full and does not name it, it was never set, which means off.
 *
 * https://github.com/Azure/azure-powershell/blob/main/src/KeyVault/KeyVault/Models/PSKeyVault.cs
 */
function switchOf(value: JsonValue | undefined, inFull: boolean): boolean | null {
  if (value === undefined || value.isNull) return inFull ? false : null;
  return value.boolean;
}

function vaultFact(
  element: JsonValue,
  { id, name, enabledForDeployment }: { id: JsonValue | undefined; name: JsonValue | undefined; enabledForDeployment: boolean | null },
): VaultFact | null {
  const known = literal(name);
  if (name === undefined || known === null) return null;
  return { id: literal(id), name: known, location: literal(element.get('location')), enabledForDeployment, origin: name.location };
}

/** A string that is no expression of a template. */
function literal(value: JsonValue | undefined): string | null {
  const text = value?.string ?? '';
  return text === '' || /^\[(?!\[)/.test(text) ? null : text;
}

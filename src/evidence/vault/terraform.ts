// Certificates and vaults in Terraform's JSON: "terraform show -json" of a state or of a plan, and a state file, version 4.

import type { Problem, VaultShape } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { certificateIn, describe, firstOf, lifetimeOf, refusal, statement, textOf, together, type Policy, type Reading, type VaultTools } from './record.js';
import { terraformVault } from './key-vault.js';

type TerraformShape = Extract<VaultShape, `terraform-${string}`>;

/** A resource or data source, whichever file it stands in. Its values may hold a .pfx and its password: they are read by name only. */
interface Resource {
  readonly type: string;
  readonly values: JsonValue;
}

/**
 * Reads `azurerm_key_vault_certificate` (resource and data source) and `azurerm_key_vault`, in child modules too.
 *
 * https://developer.hashicorp.com/terraform/internals/json-format
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/key_vault_certificate
 */
export function readTerraform(element: JsonValue, tools: VaultTools): Reading | null {
  const shape = shapeOf(element);
  if (shape === null) return null;
  const found = resources(shape, element);
  const readings = found.flatMap(({ type, values }) => {
    if (type === 'azurerm_key_vault_certificate') return certificate(shape, values, tools) ?? [];
    return type === 'azurerm_key_vault' ? (terraformVault(values) ?? []) : [];
  });
  if (readings.length > 0) return together(shape, readings);
  const azapi = found.some(({ type, values }) => type === 'azapi_resource' && /^Microsoft\.Compute\/cloudServices@/i.test(values.get('type')?.string ?? ''));
  return refusal(
    'wrong-resource',
    (element.get('terraform_version') ?? element).location,
    'The Terraform file holds no azurerm_key_vault_certificate.',
    azapi
      ? 'It holds a cloud service: give it with --os-profile.'
      : 'Add the certificate as a data source, or export it with "az keyvault certificate list-versions --vault-name VAULT --name NAME -o json".',
  );
}

function shapeOf(file: JsonValue): TerraformShape | null {
  if (file.get('lineage') !== undefined && file.get('resources')?.isArray === true) return 'terraform-state';
  if (file.get('format_version') === undefined) return null;
  if (file.get('planned_values') !== undefined) return 'terraform-plan';
  return file.get('values') === undefined && file.get('terraform_version') === undefined ? null : 'terraform-show';
}

function resources(shape: TerraformShape, file: JsonValue): Resource[] {
  switch (shape) {
    case 'terraform-state':
      return (file.get('resources')?.items ?? []).flatMap((resource) =>
        (resource.get('instances')?.items ?? []).flatMap((instance) => resourceOf(resource, instance.get('attributes'))),
      );
    case 'terraform-show':
      return inModule(file.at('values', 'root_module'));
    case 'terraform-plan':
      // The plan's own values are those of managed resources; what a data source found stands in the state before it.
      return [...inModule(file.at('planned_values', 'root_module')), ...inModule(file.at('prior_state', 'values', 'root_module'), 'data')];
  }
}

function inModule(module: JsonValue | undefined, mode?: 'data'): Resource[] {
  const own = (module?.get('resources')?.items ?? [])
    .filter((resource) => mode === undefined || resource.get('mode')?.string === mode)
    .flatMap((resource) => resourceOf(resource, resource.get('values')));
  return [...own, ...(module?.get('child_modules')?.items ?? []).flatMap((child) => inModule(child, mode))];
}

function resourceOf(resource: JsonValue, values: JsonValue | undefined): Resource[] {
  const type = textOf(resource.get('type'));
  return type === null || values === undefined ? [] : [{ type, values }];
}

function certificate(shape: TerraformShape, values: JsonValue, tools: VaultTools): Reading | null {
  const id = firstOf(values, 'id');
  const name = values.get('name');
  const place = id ?? name ?? values;
  const read = describe(shape, values, {
    id,
    secretId: firstOf(values, 'secret_id'),
    name,
    vault: vaultOf(values.get('key_vault_id')),
    version: values.get('version'),
    certificate: certificateIn(values.get('certificate_data_base64'), place, tools) ?? certificateIn(values.get('certificate_data'), place, tools),
    thumbprints: [statement(values.get('thumbprint'))],
    lifetime: lifetimeOf(values.get('certificate_attribute')?.items[0]),
    policy: policyOf(values.get('certificate_policy')?.items[0]),
  });
  if (read === null || shape !== 'terraform-plan' || firstOf(values, 'thumbprint') !== undefined) return read;
  return { ...read, complete: false, problems: [...read.problems, notYetMade(name?.string ?? '', place)] };
}

/** The name of the vault in its resource id. */
function vaultOf(id: JsonValue | undefined): string | null {
  return /\/vaults\/([^/]+)$/i.exec(textOf(id) ?? '')?.[1] ?? null;
}

function policyOf(policy: JsonValue | undefined): Policy {
  const key = policy?.get('key_properties')?.items[0];
  return {
    exportable: key?.get('exportable')?.boolean ?? null,
    contentType: textOf(policy?.get('secret_properties')?.items[0]?.get('content_type')),
    keyType: textOf(key?.get('key_type')),
  };
}

/** In a plan, a value that is not there is "known after apply". */
function notYetMade(name: string, at: JsonValue): Problem {
  return {
    code: 'no-thumbprints',
    message: `Terraform makes the certificate "${name}" only when the plan is applied, so its thumbprint is not known yet.`,
    help: 'Apply the plan, then export the state: "terraform show -json > state.json".',
    location: at.location,
  };
}

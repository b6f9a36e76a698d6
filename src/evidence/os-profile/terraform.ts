// A cloud service in Terraform's state: azurerm has no resource for it, azapi has one for everything.

import type { Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { beginningOf, EXPORT_SERVICE, firstOf, isCloudServiceType, problemAt, type Found, type FoundService } from './found.js';
import { UNPACKED } from './nested-json.js';
import { isSet, property, view } from './resolved.js';

/**
 * Reads `azapi_resource` from a state file of version 4 or from "terraform show -json" of a state; null for what is not
 * Terraform's.
 *
 * The body is an object, an object with its type beside it, or in older versions of the provider JSON in a string.
 *
 * https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readTerraform(file: JsonValue): Found | null {
  const isState = file.get('lineage') !== undefined && file.get('resources') !== undefined;
  if (!isState && file.get('format_version') === undefined) return null;
  if (file.get('planned_values') !== undefined) return plan(file);
  const resources = isState ? stateResources(file) : moduleResources(file.at('values', 'root_module'));
  const services = resources.flatMap(service);
  return services.length > 0 ? services : withoutService(file, resources);
}

function stateResources(file: JsonValue): readonly JsonValue[] {
  const instances = file.get('resources')?.items.flatMap((resource) => resource.get('instances')?.items ?? []) ?? [];
  return instances.flatMap((instance) => firstOf(instance, 'attributes') ?? []);
}

function moduleResources(module: JsonValue | undefined): readonly JsonValue[] {
  const own = module?.get('resources')?.items.flatMap((resource) => firstOf(resource, 'values') ?? []) ?? [];
  return [...own, ...(module?.get('child_modules')?.items ?? []).flatMap(moduleResources)];
}

/** The attribute `type` is the resource's type in Azure, with its API version. */
function service(attributes: JsonValue): readonly FoundService[] {
  if (!isCloudServiceType(attributes.get('type')?.string ?? '')) return [];
  const json = firstOf(attributes, 'body');
  const body = json === undefined ? undefined : view(json, UNPACKED);
  const properties = property(property(body, 'value') ?? body, 'properties');
  return isSet(properties) ? [{ shape: 'azapi-state', live: false, resource: view(attributes, UNPACKED), properties }] : [];
}

function plan(file: JsonValue): Problem {
  return problemAt(
    beginningOf((file.get('planned_values') ?? file).location),
    'wrong-resource',
    'The file is a plan of Terraform, which leaves out what is known only after it is applied.',
    `Apply it, then export the state: "terraform show -json > state.json". ${EXPORT_SERVICE}`,
  );
}

function withoutService(file: JsonValue, resources: readonly JsonValue[]): Problem {
  const certificate = resources.some((attributes) => attributes.get('certificate_policy') !== undefined);
  const template = resources.some((attributes) => attributes.get('template_content') !== undefined);
  return problemAt(
    beginningOf(file.location),
    'wrong-resource',
    "The state of Terraform holds no azapi_resource of the type Microsoft.Compute/cloudServices with its body.",
    certificate
      ? `It holds certificates of a Key Vault: give it with --vault. ${EXPORT_SERVICE}`
      : template
        ? `It deploys templates: give the template and its parameters with --os-profile. ${EXPORT_SERVICE}`
        : EXPORT_SERVICE,
  );
}

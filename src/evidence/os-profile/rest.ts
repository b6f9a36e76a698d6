// A cloud service as Azure's REST interface has it: an answer to GET, the body of a PUT, and what the Azure CLI prints.

import type { OsProfileShape, Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { EXPORT_SERVICE, beginningOf, firstOf, isCloudServiceType, problemAt, type Found } from './found.js';
import { LITERAL, view } from './resolved.js';

/**
 * Reads one resource, or gives null for what is no cloud service.
 *
 * `properties` may also stand flat beside the id, as in the tests of the CLI's extension.
 *
 * https://learn.microsoft.com/rest/api/compute/cloud-services/get
 */
export function readRest(value: JsonValue): Found | null {
  if (!isCloudService(value)) return null;
  const properties = propertiesOf(value);
  if (properties === null) return withoutProperties(value);
  return [
    { shape: shapeOf(value), live: isLive(value, properties), resource: view(value, LITERAL), properties: view(properties, LITERAL) },
  ];
}

/** Whether a value is a cloud service, by its type, else by its id, else, in the body of a PUT, by what it describes. */
export function isCloudService(value: JsonValue): boolean {
  const type = resourceType(value);
  if (type !== null) return isCloudServiceType(type);
  const body = firstOf(value, 'properties') ?? value;
  const loadBalancers = firstOf(body, 'networkProfile')?.get('loadBalancerConfigurations');
  const telling = [firstOf(body, 'roleProfile'), loadBalancers, firstOf(body, 'osProfile')?.get('secrets'), firstOf(body, 'osProfile')?.get('secret')];
  return !isVirtualMachine(body) && telling.some((part) => part !== undefined);
}

/** The type that a resource states, or that its id holds; null where it has neither. */
export function resourceType(value: JsonValue): string | null {
  const type = firstOf(value, 'type', 'resourceType')?.string ?? null;
  if (type !== null) return type;
  const id = firstOf(value, 'id', 'resourceId')?.string ?? '';
  return /\/providers\/([^/]+\/[^/]+)\/[^/]+$/i.exec(id)?.[1] ?? null;
}

/** An osProfile of virtual machines and of scale sets holds secrets as well, and much that a cloud service has not. */
export function isVirtualMachine(body: JsonValue): boolean {
  const machine = firstOf(body, 'virtualMachineProfile', 'hardwareProfile', 'storageProfile');
  const osProfile = firstOf(body, 'osProfile') ?? body;
  return machine !== undefined || firstOf(osProfile, 'computerName', 'computerNamePrefix', 'adminUsername') !== undefined;
}

/** The properties of a cloud service, or null where the producer left them out: lists of resources do. */
export function propertiesOf(value: JsonValue): JsonValue | null {
  const properties = firstOf(value, 'properties');
  if (properties !== undefined) return properties;
  return firstOf(value, 'osProfile', 'roleProfile', 'networkProfile', 'configuration') === undefined ? null : value;
}

/** Whether Azure wrote it: a body that is to be sent has no id, no state and no unique id. */
export function isLive(value: JsonValue, properties: JsonValue): boolean {
  return (firstOf(value, 'id', 'resourceId') ?? firstOf(properties, 'provisioningState', 'uniqueId')) !== undefined;
}

function shapeOf(value: JsonValue): OsProfileShape {
  if (value.get('resourceGroup') === undefined) return value.get('properties') === undefined ? 'az-cloud-service' : 'rest-cloud-service';
  return value.get('kind') !== undefined && value.get('plan') !== undefined ? 'az-resource' : 'az-cloud-service';
}

/** A cloud service in a list that names resources without describing them. */
export function withoutProperties(value: JsonValue): Problem {
  const location = firstOf(value, 'name', 'id', 'resourceId')?.location ?? beginningOf(value.location);
  return problemAt(
    location,
    'unsupported-projection',
    'The export names the cloud service without its properties, as lists of resources do.',
    `With Get-AzResource add -ExpandProperties and "| ConvertTo-Json -Depth 100". ${EXPORT_SERVICE}`,
  );
}

// Reads what a cloud service says beside its certificates, in the names of REST and of PowerShell.

import { isKnown } from '../../core/known.js';
import type { Extension, Frontend, KnownList, LoadBalancerConfiguration, PlacedKnown, ProfiledRole, ServiceModel } from '../../core/types.js';
import { beginningOf, type FoundService } from './found.js';
import { inlineConfiguration } from './inline-configuration.js';
import { isSet, property, textOf, type Resolved } from './resolved.js';
import { readSiblings } from './siblings.js';
import { first, listOf, placed, placeOf } from './values.js';

/** Everything that the resource says beside `osProfile`. */
export function readServiceModel({ resource, properties, siblings = [], literalSecrets }: FoundService): ServiceModel {
  const name = property(resource, 'name');
  const network = property(properties, 'networkProfile');
  const configuration = first(properties, 'configuration');
  return {
    at: isSet(name) ? placeOf(name) : beginningOf((resource ?? properties).location),
    apiVersion: placed(property(resource, 'apiVersion')),
    upgradeMode: placed(property(properties, 'upgradeMode')),
    slotType: placed(property(network, 'slotType')),
    allowModelOverride: switchOf(property(properties, 'allowModelOverride')),
    packageUrl: placed(property(properties, 'packageUrl')),
    configurationUrl: placed(property(properties, 'configurationUrl')),
    configuration: configuration === undefined ? null : inlineConfiguration(configuration),
    roleProfile: listIn(property(properties, 'roleProfile'), ['roles', 'role'], role),
    networkProfile: listIn(network, ['loadBalancerConfigurations', 'loadBalancerConfiguration'], loadBalancer),
    extensionProfile: listIn(property(properties, 'extensionProfile'), ['extensions', 'extension'], (entry) => extension(entry, literalSecrets ?? NO_PLACES)),
    siblings: readSiblings(siblings),
  };
}

const NO_PLACES: ReadonlySet<string> = new Set();

function listIn<T>(of: Resolved | undefined, keys: readonly string[], read: (item: Resolved) => T | null): KnownList<T> | null {
  return listOf(first(of, ...keys), read);
}

function role(entry: Resolved): ProfiledRole {
  const sku = property(entry, 'sku');
  return {
    name: placed(property(entry, 'name')),
    size: placed(property(sku, 'name') ?? property(entry, 'skuName')),
    tier: placed(property(sku, 'tier') ?? property(entry, 'skuTier')),
    capacity: placed(property(sku, 'capacity') ?? property(entry, 'skuCapacity')),
    location: beginningOf(entry.location),
  };
}

function loadBalancer(entry: Resolved): LoadBalancerConfiguration | null {
  const body = first(entry, 'properties') ?? entry;
  const frontends = listIn(body, ['frontendIpConfigurations', 'frontendIpConfiguration'], frontend);
  return frontends ?? { items: [], complete: false, location: beginningOf(entry.location) };
}

function frontend(entry: Resolved): Frontend {
  const body = first(entry, 'properties') ?? entry;
  return {
    publicIp: idOf(body, 'publicIPAddress'),
    subnet: idOf(body, 'subnet'),
    privateIp: placed(property(body, 'privateIPAddress')),
    location: beginningOf(entry.location),
  };
}

/** `{ "id": … }`, or the id with the name of the property before it. What is not known is unknown, not absent. */
function idOf(body: Resolved, key: string): PlacedKnown | null {
  const reference = first(body, key);
  return reference === undefined ? placed(first(body, `${key}Id`)) : placed(first(reference, 'id'));
}

function extension(entry: Resolved, literalSecrets: ReadonlySet<string>): Extension {
  const body = first(entry, 'properties') ?? entry;
  const name = property(entry, 'name');
  const roles = first(body, 'rolesAppliedTo');
  return {
    name: placed(name),
    publisher: placed(property(body, 'publisher')),
    type: placed(property(body, 'type')),
    rolesAppliedTo: roles === undefined ? null : rolesOf(roles),
    hasLiteralSecret: literalSecrets.has(entry.location.pointer ?? ''),
    location: isSet(name) ? placeOf(name) : beginningOf(entry.location),
  };
}

function rolesOf(value: Resolved): readonly PlacedKnown[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => placed(item) ?? []);
}

/** A boolean in the schema, and false where it is not set. */
function switchOf(value: Resolved | undefined): boolean | 'unknown' {
  if (!isSet(value)) return false;
  if (value.kind === 'scalar') return value.value === true;
  const text = textOf(value);
  const word = text !== null && isKnown(text) ? text.toLowerCase() : '';
  return word === 'true' || (word === 'false' ? false : 'unknown');
}

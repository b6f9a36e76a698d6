// The network resources that a template deploys beside the cloud service.

import { isKnown } from '../../core/known.js';
import { foldName } from '../../core/names.js';
import type { KnownList, PublicIpAddress, Siblings, Subnet, VirtualNetwork } from '../../core/types.js';
import { beginningOf } from './found.js';
import { isSet, knownTextOf, property, type Resolved } from './resolved.js';
import { first, listOf, placed } from './values.js';

/** Types of the resources that {@link readSiblings} knows. */
const NETWORK = 'microsoft.network/virtualnetworks';
const SUBNET = 'microsoft.network/virtualnetworks/subnets';
const PUBLIC_IP = 'microsoft.network/publicipaddresses';

/** Whether a resource of a type is of use here. */
export function isSiblingType(type: string): boolean {
  return [NETWORK, SUBNET, PUBLIC_IP].includes(type.toLowerCase());
}

/** The virtual networks and the public IP addresses among some resources. */
export function readSiblings(resources: readonly Resolved[]): Siblings {
  const ofType = (type: string) => resources.filter((resource) => knownTextOf(property(resource, 'type'))?.toLowerCase() === type);
  const apart = ofType(SUBNET);
  return {
    vnets: ofType(NETWORK).flatMap((resource) => virtualNetwork(resource, apart) ?? []),
    publicIps: ofType(PUBLIC_IP).flatMap((resource) => publicIp(resource) ?? []),
  };
}

/** A subnet may be a resource of its own, inside of the network or beside it. */
function virtualNetwork(resource: Resolved, apart: readonly Resolved[]): VirtualNetwork | null {
  const name = placed(property(resource, 'name'));
  if (name === null) return null;
  const own = listOf(first(property(resource, 'properties'), 'subnets'), subnet) ?? { items: [], complete: true, location: beginningOf(resource.location) };
  const inside = listOf(first(resource, 'resources'), (child) => child);
  const others = [...apart.filter((child) => mayBelongTo(child, name.value)), ...(inside?.items ?? [])].map((child) => subnet(child));
  const items = [...own.items, ...others.filter((other) => other !== null)];
  const complete = own.complete && inside?.complete !== false && others.every((other) => other !== null);
  const subnets: KnownList<Subnet> = { items, complete, location: own.location };
  return { name, region: placed(property(resource, 'location')), subnets };
}

/** Whether a subnet by itself is one of a network: `<network>/<subnet>`. Where a name is not known it may be. */
function mayBelongTo(child: Resolved, network: VirtualNetwork['name']['value']): boolean {
  const name = knownTextOf(property(child, 'name'));
  return name === null || !isKnown(network) || foldName(name).startsWith(`${foldName(network)}/`);
}

/** Null where its name is not known: it may then be any. */
function subnet(entry: Resolved): Subnet | null {
  const name = placed(property(entry, 'name'));
  if (name === null || !isKnown(name.value)) return null;
  const body = first(entry, 'properties');
  const prefixes = first(body, 'addressPrefixes') ?? first(body, 'addressPrefix');
  return { name: { ...name, value: name.value.slice(name.value.lastIndexOf('/') + 1) }, prefixes: isSet(prefixes) ? texts(prefixes) : null };
}

/** The strings of a list, or one by itself; null where one is not known. */
function texts(value: Resolved): readonly string[] | null {
  const items = value.kind === 'list' ? value.items : [value];
  const known = items.map((item) => knownTextOf(item)).filter((text) => text !== null);
  return known.length === items.length && !(value.kind === 'list' && value.rest !== null) ? known : null;
}

function publicIp(resource: Resolved): PublicIpAddress | null {
  const name = placed(property(resource, 'name'));
  if (name === null) return null;
  const allocation = property(property(resource, 'properties'), 'publicIPAllocationMethod');
  return { name, region: placed(property(resource, 'location')), allocation: placed(allocation) };
}

// Texts and a moment that tests share.

import type { Example } from '../../src/core/rule.js';

export const NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration';

/** The moment at which tests judge dates. */
export const NOW = new Date('2027-01-01T00:00:00Z');

/** A whole file around an element that stands for one. */
export function wrap(snippet: string): string {
  if (snippet.startsWith('<Certificate ')) return wrap(`<Role name="Web"><Instances count="1" /><Certificates>${snippet}</Certificates></Role>`);
  if (!/^<(?:Role|NetworkConfiguration)\b/.test(snippet)) return snippet;
  const network = snippet.includes('<NetworkConfiguration>') ? '' : networkFor(snippet);
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="${NAMESPACE}">${snippet}${network}</ServiceConfiguration>`;
}

/** The network that a deployment of some roles needs. */
export function networkFor(roles: string): string {
  const names = new Map(Array.from(roles.matchAll(/<Role\s[^>]*?\bname="([^"]*)"/g), ([, name = '']): [string, string] => [name.toLowerCase(), name]).filter(([name]) => name !== ''));
  const addresses = [...names.values()].map((name) => `<InstanceAddress roleName="${name}"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress>`);
  return `<NetworkConfiguration><VirtualNetworkSite name="shop-vnet" /><AddressAssignments>${addresses.join('')}</AddressAssignments></NetworkConfiguration>`;
}

export const DEFINITION_NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition';

/** A whole service definition around roles that stand for one. */
export function wrapDefinition(snippet: string): string {
  if (!/^<(?:Web|Worker)Role/.test(snippet)) return snippet;
  return `<ServiceDefinition name="Shop" schemaVersion="2015-04.2.6" xmlns="${DEFINITION_NAMESPACE}">${snippet}</ServiceDefinition>`;
}

/** The bytes of an example's service configuration; null where it is about a service definition alone. */
export function bytesOf({ cscfg, encoding }: Example): Uint8Array | null {
  return cscfg === undefined ? null : Buffer.from(wrap(cscfg), encoding ?? 'utf8');
}

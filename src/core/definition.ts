// What rules ask of a service definition: which roles it has, and which endpoints they have in the end.

import { foldName } from './names.js';
import { pipelinePlaceholder } from './placeholder.js';
import { importOf, pluginsOf } from './plugins.js';
import type { ConfigurationFact, ConfiguredRole, DefinedRole, DefinitionFact, EndpointKind, Placed, PortRange } from './service-facts.js';
import type { Location } from './types.js';
import { isName } from './value-type.js';

/** An endpoint of a role, declared or opened by a plugin. */
export interface ServiceEndpoint {
  readonly role: DefinedRole;
  readonly name: string;
  readonly kind: EndpointKind;
  /** Its name; of a plugin's, the Import. */
  readonly location: Location;
  /** As written; null where it has none. */
  readonly protocol: string | null;
  readonly port: string | null;
  /** As written; null for the public load balancer. */
  readonly loadBalancer: string | null;
  readonly ranges: readonly PortRange[];
  /** The plugin that opens it; null for one of the role's own. */
  readonly plugin: string | null;
}

/**
 * The roles that can be told apart by their names. One without a name is a mistake that is told already, and so is the second
 * of two equal ones: what is in it is not judged.
 */
export function distinctRoles({ roles }: DefinitionFact): DefinedRole[] {
  return distinct(roles, ({ name }) => name);
}

/** The items that have a name, and of several with one name the first. Names compare without case. */
export function distinct<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const names = new Map<string, T>();
  for (const item of items) {
    const name = foldName(nameOf(item));
    if (name !== '' && !names.has(name)) names.set(name, item);
  }
  return [...names.values()];
}

/** The endpoints of a role that can be told apart, its own before those of its plugins. */
export function endpointsOf(role: DefinedRole): ServiceEndpoint[] {
  const own = role.endpoints.map(
    ({ value: name, kind, location, protocol, port, loadBalancer, ranges }): ServiceEndpoint => ({
      role,
      name,
      kind,
      location,
      protocol: protocol?.value ?? null,
      port: port?.value ?? null,
      loadBalancer: loadBalancer?.value ?? null,
      ranges,
      plugin: null,
    }),
  );
  return distinct([...own, ...pluginEndpointsOf(role)], ({ name }) => name);
}

/** The endpoints that the plugins of a role open. */
export function pluginEndpointsOf(role: DefinedRole): ServiceEndpoint[] {
  return pluginsOf(role).flatMap((plugin) => {
    const location = importOf(role, plugin);
    return plugin.endpoints.map(({ name, kind, protocol, port }) => {
      return { role, name, kind, location, protocol, port: port === null ? null : String(port), loadBalancer: null, ranges: [], plugin: plugin.module };
    });
  });
}

/** The https endpoints of a role that name a certificate whose name is known. */
export function httpsEndpointsOf({ endpoints }: DefinedRole): { readonly endpoint: Placed; readonly certificate: Placed }[] {
  return endpoints.flatMap((endpoint) => {
    const { kind, protocol, certificate } = endpoint;
    if (kind !== 'InputEndpoint' || protocol?.value !== 'https' || certificate === null || isUnknownName(certificate.value)) return [];
    return [{ endpoint, certificate }];
  });
}

/**
 * Tells whether a name is one of those, or may be: one that is missing is told already, so is one that two have, which may
 * have been meant for either, and a placeholder may become any name.
 */
export function nameMatcher(others: readonly Placed[]): (name: string) => boolean {
  const names = new Set(others.map(({ value }) => foldName(value)));
  const isOpen = names.size < others.length || others.some(({ value }) => isUnknownName(value));
  return (name) => isOpen || names.has(foldName(name)) || isUnknownName(name);
}

/**
 * Whether a name can be held against others: a placeholder may become any name, and of one that is empty or has not the form
 * of a name another rule tells.
 */
export function isSettledName(name: string): boolean {
  return isName(name) && pipelinePlaceholder(name) === null;
}

/** Whether each role of a service definition has a name of its own that is settled: one of a .cscfg is defined or is not. */
export function hasClearRoles({ roles }: DefinitionFact): boolean {
  const settled = roles.filter(({ name }) => isSettledName(name));
  return new Set(settled.map(({ name }) => foldName(name))).size === roles.length;
}

/** Whether a name would be a settled one without the blanks around it, which nobody sees. No service definition can have it. */
export function hasOuterBlank(name: string): boolean {
  const inner = name.trim();
  return inner !== name && isSettledName(inner);
}

/** The roles of service configurations by their folded names; of two equal ones in a file the first. */
export function configuredRoles(configurations: readonly ConfigurationFact[]): Map<string, ConfiguredRole[]> {
  const found = new Map<string, ConfiguredRole[]>();
  for (const role of configurations.flatMap(({ roles }) => distinct(roles, ({ name }) => name))) {
    const alike = found.get(foldName(role.name));
    if (alike === undefined) found.set(foldName(role.name), [role]);
    else alike.push(role);
  }
  return found;
}

function isUnknownName(name: string): boolean {
  return name.trim() === '' || pipelinePlaceholder(name) !== null;
}

// The plugins that a role of a service definition can import, and what each puts into the role.
//
// https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite

import { foldName } from './names.js';
import type { DefinedRole, DefinitionFact, EndpointKind, Placed } from './service-facts.js';
import type { Location } from './types.js';

/** How the names of all that plugins bring along begin. */
export const PLUGIN_PREFIX = 'Microsoft.WindowsAzure.Plugins.';

const FOLDED_PREFIX = foldName(PLUGIN_PREFIX);

/** An endpoint that a plugin opens. */
export interface PluginEndpoint {
  readonly name: string;
  readonly kind: EndpointKind;
  readonly protocol: 'tcp';
  /** The public port; null for an internal endpoint. */
  readonly port: number | null;
}

/** A module that a role can import. Names are written out with their prefix. */
export interface Plugin {
  readonly module: string;
  readonly settings: readonly string[];
  readonly certificates: readonly string[];
  readonly endpoints: readonly PluginEndpoint[];
  /** Whether other versions of it bring other settings along, so that one more or less means nothing. */
  readonly varies: boolean;
}

const PASSWORD_CERTIFICATE = foldName(`${PLUGIN_PREFIX}RemoteAccess.PasswordEncryption`);

/**
 * Whether it is the certificate with which the Remote Desktop plugin encrypts its password: Azure's client compares that
 * with nothing.
 *
 * https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1
 */
export function isPasswordCertificate(name: string): boolean {
  return name.length === PASSWORD_CERTIFICATE.length && foldName(name) === PASSWORD_CERTIFICATE;
}

const PLUGINS: readonly Plugin[] = [
  plugin('RemoteAccess', {
    settings: ['Enabled', 'AccountUsername', 'AccountEncryptedPassword', 'AccountExpiration'],
    certificates: ['PasswordEncryption'],
    endpoints: [{ name: 'Rdp', kind: 'InternalEndpoint', port: null }],
  }),
  plugin('RemoteForwarder', { settings: ['Enabled'], endpoints: [{ name: 'RdpInput', kind: 'InputEndpoint', port: 3389 }] }),
  plugin('Diagnostics', { settings: ['ConnectionString'] }),
  plugin('Caching', {
    settings: ['CacheSizePercentage', 'ConfigStoreConnectionString', 'NamedCaches', 'DiagnosticLevel', 'Loglevel', 'ClientDiagnosticLevel'],
    endpoints: ['cacheArbitrationPort', 'cacheClusterPort', 'cacheReplicationPort', 'cacheServicePortInternal', 'cacheSocketPort'].map((name) => ({ name, kind: 'InternalEndpoint', port: null })),
    varies: true,
  }),
  plugin('Connect', {
    settings: ['ActivationToken', 'Administrators', 'DomainAccountName', 'DomainControllerFQDN', 'DomainFQDN', 'DomainOU', 'DomainPassword', 'DomainSiteName', 'EnableDomainJoin', 'Refresh', 'Upgrade', 'WaitForConnectivity', 'Diagnostics'],
    varies: true,
  }),
  plugin('WebDeploy', { endpoints: [{ name: 'InputEndpoint', kind: 'InputEndpoint', port: 8172 }] }),
];

interface Brings {
  readonly settings?: readonly string[];
  readonly certificates?: readonly string[];
  readonly endpoints?: readonly Pick<PluginEndpoint, 'name' | 'kind' | 'port'>[];
  readonly varies?: boolean;
}

function plugin(module: string, { settings = [], certificates = [], endpoints = [], varies = false }: Brings): Plugin {
  const full = (name: string) => `${PLUGIN_PREFIX}${module}.${name}`;
  return {
    module,
    settings: settings.map(full),
    certificates: certificates.map(full),
    endpoints: endpoints.map((endpoint) => ({ ...endpoint, name: full(endpoint.name), protocol: 'tcp' })),
    varies,
  };
}

/** What Visual Studio adds when it publishes, without any import. */
const PUBLISHED = ['CloudToolsDiagnosticAgentVersion', 'Profiling.ProfilingConnectionString', 'IntelliTrace.IntelliTraceConnectionString'].map(foldName);

/** The module of that name, in any letter case; undefined for one that is not known. */
export function findPlugin(module: string): Plugin | undefined {
  return PLUGINS.find((one) => foldName(one.module) === foldName(module));
}

/** The module that a setting or certificate belongs to by its name, known or not; null for a name of the service's own. */
export function moduleOf(name: string): string | null {
  // Of nearly all names the first letter tells.
  if ((name.charCodeAt(0) | 0x20) !== 0x6d || name.length < PLUGIN_PREFIX.length || foldName(name.slice(0, PLUGIN_PREFIX.length)) !== FOLDED_PREFIX) return null;
  return name.slice(PLUGIN_PREFIX.length).split('.')[0] ?? '';
}

/** The known modules that a role imports, each once. */
export function pluginsOf(role: DefinedRole): Plugin[] {
  return [...new Set(role.imports.flatMap(({ value }) => findPlugin(value) ?? []))];
}

/** Where a role imports a plugin first; the role itself where it does not. */
export function importOf(role: DefinedRole, { module }: Plugin): Location {
  return role.imports.find(({ value }) => foldName(value) === foldName(module))?.location ?? role.location;
}

/** Every Import of some modules in a service definition, in the order of the file. */
export function importsOf({ roles }: DefinitionFact, modules: readonly string[]): Placed[] {
  const folded = modules.map(foldName);
  return roles.flatMap(({ imports }) => imports.filter(({ value }) => folded.includes(foldName(value))));
}

/** Whether RemoteAccess is imported and nobody forwards to it: RemoteForwarder owns the public port. */
export function lacksForwarder(definition: DefinitionFact): boolean {
  return importsOf(definition, ['RemoteAccess']).length > 0 && importsOf(definition, ['RemoteForwarder']).length === 0;
}

/** Whether nobody knows all that a role has, since it imports a module that is not known. */
export function importsUnknown({ imports }: DefinedRole): boolean {
  return imports.some(({ value }) => findPlugin(value) === undefined);
}

/** Whether a role has a setting of that name: declared, brought along by a plugin, or added when it is published. */
export function hasSetting(role: DefinedRole, name: string): boolean {
  return namesOf(role).settings.has(foldName(name)) || isPublished(name) || isBroughtByUnknown(role, name);
}

/** Whether a role has a certificate of that name: declared, or brought along by a plugin. */
export function hasCertificate(role: DefinedRole, name: string): boolean {
  return namesOf(role).certificates.has(foldName(name)) || isBroughtByUnknown(role, name);
}

/** Whether a role has an endpoint of that name: declared, or opened by a plugin. */
export function hasEndpoint(role: DefinedRole, name: string): boolean {
  return namesOf(role).endpoints.has(foldName(name)) || isBroughtByUnknown(role, name);
}

/** Whether a setting is one that Visual Studio adds when it publishes. */
export function isPublished(name: string): boolean {
  return PUBLISHED.includes(foldName(name));
}

/** All that a role has, with what its plugins bring along; folded. */
interface RoleNames {
  readonly settings: ReadonlySet<string>;
  readonly certificates: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
}

/** Rules ask for one name after the other, and a role may have very many. */
const NAMES = new WeakMap<DefinedRole, RoleNames>();

function namesOf(role: DefinedRole): RoleNames {
  let names = NAMES.get(role);
  if (names === undefined) {
    const plugins = pluginsOf(role);
    const folded = (declared: readonly Placed[], brought: readonly string[]) => new Set([...declared.map(({ value }) => value), ...brought].map(foldName));
    names = {
      settings: folded(role.settings, plugins.flatMap(({ settings }) => settings)),
      certificates: folded(role.certificates, plugins.flatMap(({ certificates }) => certificates)),
      endpoints: folded(role.endpoints, plugins.flatMap(({ endpoints }) => endpoints.map(({ name }) => name))),
    };
    NAMES.set(role, names);
  }
  return names;
}

/**
 * Whether a name may come with something that nobody knows the names of: RemoteDebugger, which comes without any import; an
 * imported module of which versions differ; one that is not known here, whose name is a part of all that it brings along.
 */
export function isBroughtByUnknown(role: DefinedRole, name: string): boolean {
  const module = moduleOf(name);
  if (module !== null && foldName(module) === 'remotedebugger') return true;
  if (role.imports.length === 0) return false;
  const dotted = `.${foldName(name)}.`;
  return role.imports.some(({ value }) => {
    const known = findPlugin(value);
    if (known !== undefined) return known.varies && module !== null && foldName(module) === foldName(known.module);
    return value !== '' && dotted.includes(`.${foldName(value)}.`);
  });
}

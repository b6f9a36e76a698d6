// What a role of a .cscfg names, held against what the .csdef declares for it and what its plugins bring along.

import { hasOuterBlank, isSettledName } from './definition.js';
import { foldName } from './names.js';
import { pairNames, type Pairing } from './pairing.js';
import { pipelinePlaceholder } from './placeholder.js';
import { importOf, isBroughtByUnknown, isPublished, moduleOf, pluginsOf, type Plugin } from './plugins.js';
import type { Attribute, Element } from './rule.js';
import type { DefinedRole, Placed } from './service-facts.js';
import type { Location } from './types.js';
import { isName } from './value-type.js';

/** A Setting or a Certificate of a role that has a name. */
export interface NamedEntry {
  readonly name: string;
  /** Its name as it stands in the text. */
  readonly attribute: Attribute;
  readonly element: Element;
}

/** A setting or certificate that a role of the .csdef has. */
export interface DeclaredName {
  readonly name: string;
  /** Where it is declared, or the Import that brings it along. */
  readonly location: Location;
  /** The plugin that brings it along; null for one that the role declares itself. */
  readonly plugin: Plugin | null;
}

/**
 * How the settings, or the certificates, of a role relate. A name with a pipeline placeholder is on no side, and nothing on
 * the other side is said to be alone: it may be what the placeholder turns into.
 */
export interface NamesCompared {
  /** Equal but for case. */
  readonly pairs: readonly (readonly [NamedEntry, DeclaredName])[];
  /** Of the service's own; `near` is a declared one without an entry that was probably meant, `lone` the only one without an entry. */
  readonly undeclared: Pairing<NamedEntry, DeclaredName>['onlyHere'];
  /** Declared by the role itself, and without an entry. */
  readonly missing: readonly DeclaredName[];
}

/** What a role of the .cscfg has of one plugin, by its names. */
export interface PluginEntries {
  /** As written there. */
  readonly module: string;
  readonly settings: readonly NamedEntry[];
  readonly certificates: readonly NamedEntry[];
}

/** An imported plugin of which a role of the .cscfg lacks something. */
export interface HalfRemoved {
  readonly plugin: Plugin;
  readonly importedAt: Location;
  /** What is missing, in full. */
  readonly settings: readonly string[];
  readonly certificates: readonly string[];
  /** Whether nothing of it is there. */
  readonly lacksAll: boolean;
}

/** A role that both files have. */
export interface RoleComparison {
  readonly defined: DefinedRole;
  readonly settings: NamesCompared;
  readonly certificates: NamesCompared;
  /** What is there of plugins that the role neither imports nor declares the names of. */
  readonly leftovers: readonly PluginEntries[];
  readonly halfRemoved: readonly HalfRemoved[];
}

/** A Role of the .cscfg, when it is closed. */
export interface RoleEntry {
  readonly element: Element<'Role'>;
  /** Empty where it has none. */
  readonly name: string;
  /** The names in it that belong to plugins. */
  readonly plugins: readonly PluginEntries[];
  /** Null without a service definition, for a role that it does not have, and for the second of one name. */
  readonly compared: RoleComparison | null;
}

/** What a role has of one kind. */
export interface Entries {
  readonly named: readonly NamedEntry[];
  /** Whether there may be more, in something that lacks its name or is misspelt, of which another rule tells. */
  readonly hasMore: boolean;
}

/** Compares a role with its definition. */
export function compareRole(settings: Entries, certificates: Entries, defined: DefinedRole): RoleComparison {
  const plugins = pluginsOf(defined);
  const broughtAlong = (names: (plugin: Plugin) => readonly string[]) => plugins.flatMap((plugin) => names(plugin).map((name): DeclaredName => ({ name, location: importOf(defined, plugin), plugin })));
  const ofSettings = compareNames(settings, [...defined.settings.map(own), ...broughtAlong((plugin) => plugin.settings)], defined);
  // What the name's own format rule refuses is its business alone, but for blanks that nobody sees.
  const wellNamed = certificates.named.filter(({ name }) => isName(name) || hasOuterBlank(name));
  const ofCertificates = compareNames({ named: wellNamed, hasMore: certificates.hasMore || wellNamed.length < certificates.named.length }, [...defined.certificates.map(own), ...broughtAlong((plugin) => plugin.certificates)], defined);
  return {
    defined,
    settings: ofSettings,
    certificates: ofCertificates,
    leftovers: byPlugin(ofSettings.leftovers, ofCertificates.leftovers),
    halfRemoved: plugins.flatMap((plugin) => halfRemoved(plugin, defined, ofSettings.notBrought, ofCertificates.notBrought)),
  };
}

function own({ value: name, location }: Placed): DeclaredName {
  return { name, location, plugin: null };
}

interface NamesOfRole extends NamesCompared {
  readonly leftovers: readonly NamedEntry[];
  /** What plugins bring along and has no entry. */
  readonly notBrought: readonly DeclaredName[];
}

/** Nearly all names have their counterpart: only what is left is looked at closer. */
function compareNames(entries: Entries, declared: readonly DeclaredName[], role: DefinedRole): NamesOfRole {
  const there = new Map<string, DeclaredName>();
  let hasVague = false;
  for (const one of declared) {
    if (isSettledName(one.name)) setFirst(there, foldName(one.name), one);
    else hasVague = true;
  }
  const here = new Map<string, NamedEntry>();
  for (const entry of entries.named) setFirst(here, foldName(entry.name), entry);

  const pairs: (readonly [NamedEntry, DeclaredName])[] = [];
  const leftovers: NamedEntry[] = [];
  const alone: NamedEntry[] = [];
  for (const [name, entry] of here) {
    const other = there.get(name);
    if (other !== undefined) pairs.push([entry, other]);
    else if (isLeftover(role, entry.name)) leftovers.push(entry);
    else if (pipelinePlaceholder(entry.name) === null && !isPublished(entry.name) && !isBroughtByUnknown(role, entry.name)) alone.push(entry);
  }
  const unmatched = there.size === pairs.length ? [] : [...there].flatMap(([name, one]) => (here.has(name) ? [] : [one]));
  // What cannot be compared on one side may be any of those that are alone on the other.
  const isOpen = entries.hasMore || entries.named.some(({ name }) => pipelinePlaceholder(name) !== null);
  const { onlyHere, onlyThere } = pairNames(alone, unmatched, isOpen);
  const missing = isOpen ? [] : onlyThere;
  return {
    pairs,
    undeclared: hasVague ? [] : onlyHere,
    missing: missing.filter(({ plugin }) => plugin === null),
    leftovers,
    notBrought: missing.filter(({ plugin }) => plugin !== null),
  };
}

function setFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

/** Whether a name that is not declared belongs to a plugin that the role does not import. */
function isLeftover(role: DefinedRole, name: string): boolean {
  const module = moduleOf(name);
  if (module === null || pipelinePlaceholder(name) !== null || isBroughtByUnknown(role, name)) return false;
  return !role.imports.some(({ value }) => foldName(value) === foldName(module));
}

/** Groups names by the plugin they belong to; others are left out. */
export function byPlugin(settings: readonly NamedEntry[], certificates: readonly NamedEntry[]): PluginEntries[] {
  const groups = new Map<string, { readonly module: string; readonly settings: NamedEntry[]; readonly certificates: NamedEntry[] }>();
  const add = (kind: 'settings' | 'certificates') => (entry: NamedEntry) => {
    const module = moduleOf(entry.name);
    if (module === null) return;
    const group = groups.get(foldName(module)) ?? { module, settings: [], certificates: [] };
    groups.set(foldName(module), group);
    group[kind].push(entry);
  };
  settings.forEach(add('settings'));
  certificates.forEach(add('certificates'));
  return [...groups.values()];
}

function halfRemoved(plugin: Plugin, role: DefinedRole, settings: readonly DeclaredName[], certificates: readonly DeclaredName[]): HalfRemoved[] {
  if (plugin.varies) return [];
  const namesOf = (missing: readonly DeclaredName[]) => missing.filter((one) => one.plugin === plugin).map(({ name }) => name);
  const lacks = { settings: namesOf(settings), certificates: namesOf(certificates) };
  const count = lacks.settings.length + lacks.certificates.length;
  if (count === 0) return [];
  return [{ plugin, importedAt: importOf(role, plugin), ...lacks, lacksAll: count === plugin.settings.length + plugin.certificates.length }];
}

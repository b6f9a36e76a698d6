// What rules ask of the cloud services in the sources: which of them a configuration can be held against, and what they have.

import { isKnown, showKnown } from './known.js';
import { foldName } from './names.js';
import type { CloudServiceFact, Extension, Frontend } from './types.js';

/**
 * The services, where they may all be one: a template and what it deployed. Of several it is not known which one a
 * configuration belongs to, and none is given.
 */
export function onlyService(services: readonly CloudServiceFact[]): readonly CloudServiceFact[] {
  const names = new Set(services.flatMap(({ name }) => (name === null || typeof name !== 'string' ? [] : [foldName(showKnown(name))])));
  const perFile = new Map<string, number>();
  for (const { at, roleProfile } of services) if (roleProfile !== null) perFile.set(at.path, (perFile.get(at.path) ?? 0) + 1);
  return names.size > 1 || [...perFile.values()].some((count) => count > 1) ? [] : services;
}

/** All frontends of a service. */
export function frontendsOf({ networkProfile }: CloudServiceFact): readonly Frontend[] {
  return networkProfile?.items.flatMap(({ items }) => items) ?? [];
}

/**
 * Whether a source describes a deployment in full, a template or the body of a PUT: what it leaves out is then not
 * deployed. One that shows its osProfile only is an excerpt.
 */
export function isDescribedInFull({ live, shape, roleProfile }: CloudServiceFact): boolean {
  return !live && roleProfile !== null && (shape === 'arm-template' || shape === 'rest-cloud-service');
}

/** The extension for remote desktop that a role has; https://learn.microsoft.com/azure/cloud-services-extended-support/enable-rdp */
export function remoteDesktopExtension(services: readonly CloudServiceFact[], role: string): Extension | null {
  const extensions = onlyService(services).flatMap(({ extensionProfile }) => extensionProfile?.items ?? []);
  return extensions.find((extension) => isRemoteDesktop(extension) && appliesTo(extension, role)) ?? null;
}

function isRemoteDesktop({ type }: Extension): boolean {
  return type !== null && isKnown(type.value) && foldName(type.value) === 'rdp';
}

function appliesTo({ rolesAppliedTo }: Extension, role: string): boolean {
  return rolesAppliedTo === null || rolesAppliedTo.some(({ value }) => isKnown(value) && (value === '*' || foldName(value) === foldName(role)));
}

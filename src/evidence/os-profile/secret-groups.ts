// Secret groups without the cloud service around them: an osProfile, its list of secrets, or what the cmdlets that make them print.

import type { OsProfileShape, Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { beginningOf, EXPORT_SERVICE, firstOf, problemAt, type Found, type FoundService } from './found.js';
import { UNPACKED } from './nested-json.js';
import { objectOf, view, type Resolved } from './resolved.js';
import { isVirtualMachine, resourceType } from './rest.js';

/**
 * Reads an osProfile, a list of secret groups, or one group; null for anything else.
 *
 * An empty list is one: whoever hands it in as an osProfile source says that there are no certificates.
 *
 * https://learn.microsoft.com/powershell/module/az.cloudservice/new-azcloudservicevaultsecretgroupobject
 */
export function readSecretGroups(value: JsonValue): Found | null {
  const secrets = secretsIn(value);
  if (secrets === null) return null;
  const machine = (isGroup(secrets) ? [secrets] : secrets.items).find(isOfVirtualMachine);
  if (machine !== undefined) return ofVirtualMachine(machine);
  return [groupsAlone(shapeOf(value, secrets), view(secrets, UNPACKED))];
}

/** A service of which nothing is known but its secret groups. */
export function groupsAlone(shape: OsProfileShape, secrets: Resolved): FoundService {
  const osProfile = objectOf([['secrets', secrets]], secrets.location);
  return { shape, live: false, resource: null, properties: objectOf([['osProfile', osProfile]], secrets.location) };
}

/** Whether a value is one group, in the spelling of REST or of PowerShell. */
export function isGroup(value: JsonValue): boolean {
  return firstOf(value, 'vaultCertificates', 'vaultCertificate') !== undefined;
}

function secretsIn(value: JsonValue): JsonValue | null {
  if (isGroup(value)) return value;
  if (value.isArray) return value.items.length === 0 || value.items.some((item) => isGroup(item) || isNameOfGroup(item)) ? value : null;
  const secrets = value.get('secrets') ?? value.get('secret');
  const other = secrets?.get('value') !== undefined || resourceType(value) !== null || isVirtualMachine(value);
  return secrets === undefined || other ? null : secrets;
}

/** What an older module leaves of a group below the depth of ConvertTo-Json. */
function isNameOfGroup(value: JsonValue): boolean {
  return /^Microsoft\.Azure\.[\w.]+\.CloudServiceVaultSecretGroup$/.test(value.string ?? '');
}

function shapeOf(value: JsonValue, secrets: JsonValue): OsProfileShape {
  const group = secrets.items.find(isGroup) ?? secrets;
  const singular = value.get('secret') !== undefined || group.get('vaultCertificate') !== undefined || secrets.items.some(isNameOfGroup);
  return singular ? 'powershell-secret-groups' : 'secret-groups';
}

/** A certificate of a cloud service has no store: its role's definition names it. */
function isOfVirtualMachine(group: JsonValue): boolean {
  return firstOf(group, 'vaultCertificates', 'vaultCertificate')?.items.some((entry) => entry.get('certificateStore') !== undefined) === true;
}

function ofVirtualMachine(group: JsonValue): Problem {
  return problemAt(
    beginningOf(group.location),
    'wrong-resource',
    'The secrets are those of a virtual machine or a scale set: a cloud service has no certificateStore.',
    EXPORT_SERVICE,
  );
}

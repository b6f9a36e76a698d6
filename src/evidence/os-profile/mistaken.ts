// Files that are something else: what they are, and where they belong.

import { parseVaultIdentifier } from '../../core/secret-url.js';
import type { SourceFile } from '../../core/source.js';
import type { Location, Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { beginningOf, EXPORT_SERVICE, firstOf, problemAt } from './found.js';
import { isVirtualMachine, resourceType } from './rest.js';

/** A message of a service is shown to this length. */
const MAX_MESSAGE = 300;

/** What a text is that is no JSON and is handed in by mistake; null for any other text. */
export function mistakenText({ path, text }: SourceFile): Problem | null {
  const start = text.length - text.trimStart().length;
  const head = text.slice(start, start + 2000);
  const location: Location = { path, span: { start, end: Math.min(start + 1, text.length) } };
  const mistaken = (what: string, help: string): Problem =>
    problemAt(location, 'wrong-resource', `The file is a ${what}, not a source of an osProfile.`, `${help} ${EXPORT_SERVICE}`);

  if (!head.startsWith('<')) return null;
  if (/<(?:[\w.-]+:)?ServiceConfiguration\b/.test(head)) return mistaken('service configuration', 'Give it as a path, without --os-profile.');
  if (/<(?:[\w.-]+:)?ServiceDefinition\b/.test(head)) return mistaken('service definition', 'Give it with --csdef.');
  return null;
}

/** Why a JSON value that no reader knows is no source of an osProfile. */
export function mistakenJson(value: JsonValue): Problem {
  return serviceError(value) ?? keyVault(value) ?? protectedSettings(value) ?? otherResource(value) ?? unrecognised(value);
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/common-deployment-errors */
function serviceError(value: JsonValue): Problem | null {
  const code = value.at('error', 'code');
  const message = value.at('error', 'message')?.string ?? '';
  if (typeof code?.string !== 'string') return null;
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return problemAt(
    code.location,
    'service-error',
    `The file holds an error of Azure in place of a cloud service: ${code.string}: ${shown}`,
    `Check the names and the account that is signed in. ${EXPORT_SERVICE}`,
  );
}

/** Certificates and secrets of a vault, as any tool exports them, and the vault itself. */
function keyVault(value: JsonValue): Problem | null {
  const id = firstOf(value, 'id', 'kid', 'sid', 'secretId', 'secret_id');
  const thumbprint = firstOf(value, 'x5t', 'x509Thumbprint', 'x509ThumbprintHex', 'thumbprint', 'vaultName');
  const vault = /^microsoft\.keyvault\//i.test(resourceType(value) ?? '');
  if (!vault && thumbprint === undefined && parseVaultIdentifier(id?.string ?? '') === null) return null;
  return problemAt(
    beginningOf(value.location),
    'wrong-resource',
    'The file is an export of a Key Vault, not a source of an osProfile.',
    `Give it with --vault. ${EXPORT_SERVICE}`,
  );
}

/** They name a secret of a vault as well: https://learn.microsoft.com/azure/cloud-services-extended-support/extensions */
function protectedSettings(value: JsonValue): Problem | null {
  const settings = value.get('protectedSettingsFromKeyVault') ?? value.at('properties', 'protectedSettingsFromKeyVault');
  if (settings === undefined && (value.get('sourceVault') === undefined || value.get('secretUrl') === undefined)) return null;
  return problemAt(
    beginningOf(value.location),
    'wrong-resource',
    'This is protectedSettingsFromKeyVault of an extension: its secret is no certificate of the service, and osProfile does not list it.',
    EXPORT_SERVICE,
  );
}

function otherResource(value: JsonValue): Problem | null {
  const type = resourceType(value);
  const machine = isVirtualMachine(firstOf(value, 'properties') ?? value);
  if (type === null && !machine) return null;
  const what = type === null ? 'a virtual machine or a scale set' : /^[\w.]{1,60}\/[\w./]{1,100}$/.test(type) ? `a resource of the type ${type}` : 'another resource';
  return problemAt(
    beginningOf((firstOf(value, 'type', 'resourceType') ?? value).location),
    'wrong-resource',
    `This is ${what}, not a cloud service (Microsoft.Compute/cloudServices)${machine ? ': its osProfile is another one' : ''}.`,
    EXPORT_SERVICE,
  );
}

function unrecognised(value: JsonValue): Problem {
  const urls = [value, ...value.items].some((item) => parseVaultIdentifier(item.string ?? firstOf(item, 'certificateUrl')?.string ?? '') !== null);
  return problemAt(
    beginningOf(value.location),
    'unsupported-projection',
    urls ? 'The file holds URLs without the secret groups around them.' : 'Nothing in the file is recognised as a cloud service, an osProfile or a template.',
    `Export without --query and without Select-Object. ${EXPORT_SERVICE}`,
  );
}

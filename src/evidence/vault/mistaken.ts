// Files and elements that are something else: what they are, and where they belong.

import type { SourceFile } from '../../core/source.js';
import type { Location, Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { EXPORT_WITH_AZ } from './advice.js';
import { beginningOf, cutByDepth, firstOf, identifier, isCutByDepth, reading, refusal, textOf, type Reading } from './record.js';
import { readTemplateVaults } from './key-vault.js';

/** The beginning of a backup of a Key Vault object, and the same in base64. */
const BACKUP = '&AzureKeyVaultKeyBackupV1';
const BACKUP_BASE64 = 'JkF6dXJlS2V5VmF1bHR';

/** A message of a service is shown to this length. */
const MAX_MESSAGE = 300;

/** What a text is that is no JSON and is mistaken for an export now and then; null for any other text. */
export function mistakenText({ path, text }: SourceFile): Problem | null {
  const head = text.slice(0, 2000).trimStart();
  const start = text.length - text.trimStart().length;
  const location: Location = { path, span: { start, end: Math.min(start + 1, text.length) } };
  const mistaken = (message: string, help: string): Problem => ({ code: 'wrong-resource', message, help, location });

  if (head.startsWith(BACKUP)) return backup(location);
  if (head.startsWith('-----BEGIN')) return mistaken('The file is PEM, not an export of a vault.', 'Give it with --pfx, which takes certificates too.');
  if (/^MI[A-Za-z0-9+/\r\n]{200,}/.test(head)) return bareSecret(location);
  if (!head.startsWith('<')) return null;
  if (/<(?:\w+:)?ServiceConfiguration\b/.test(head)) return mistaken('The file is a service configuration, not an export of a vault.', `Give it as a path, without --vault. ${EXPORT_WITH_AZ}`);
  if (/<(?:\w+:)?ServiceDefinition\b/.test(head)) return mistaken('The file is a service definition, not an export of a vault.', 'Give it with --csdef.');
  return null;
}

/** Refuses an element that is known and is no certificate, or gives null. */
export function readMistaken(element: JsonValue): Reading | null {
  return serviceError(element) ?? text(element) ?? template(element) ?? cloudService(element) ?? resource(element) ?? key(element);
}

/** https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificates/get-certificates#keyvaulterror */
function serviceError(element: JsonValue): Reading | null {
  const error = element.get('error');
  const code = textOf(error?.get('code'));
  const message = textOf(error?.get('message'));
  if (error === undefined || code === null || message === null) return null;
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  const refused = refusal(
    'service-error',
    (error.get('code') ?? error).location,
    `The file holds an error of the service in place of an export: ${code}: ${shown}`,
    `Sign in with an account that may list the certificates of the vault. ${EXPORT_WITH_AZ}`,
  );
  return { ...refused, complete: false };
}

/** Backups, a secret's value by itself, and objects that ConvertTo-Json cut. */
function text(element: JsonValue): Reading | null {
  const value = element.string ?? element.get('value')?.string ?? '';
  if (value.startsWith(BACKUP_BASE64)) return reading(null, { problems: [backup(beginningOf(element))] });
  if (element.string === null) return null;
  if (isCutByDepth(element)) return reading(null, { complete: false, problems: [cutByDepth(element.location)] });
  return /^MI[A-Za-z0-9+/\r\n]{200}/.test(value) ? reading(null, { problems: [bareSecret(beginningOf(element))] }) : null;
}

function template(element: JsonValue): Reading | null {
  const schema = element.get('$schema');
  if (!/\/(?:\w*deploymentTemplate|deploymentParameters)\.json/i.test(schema?.string ?? '')) return null;
  const vaults = readTemplateVaults(element);
  if (vaults !== null) return vaults;
  return refusal(
    'wrong-resource',
    (schema ?? element).location,
    'The file is a template or its parameters, and declares no vault under a name that can be read.',
    `A template that deploys the cloud service, and its parameters, belong to --os-profile. ${EXPORT_WITH_AZ}`,
  );
}

function cloudService(element: JsonValue): Reading | null {
  const type = element.get('type')?.string ?? null;
  const named = type?.toLowerCase() === 'microsoft.compute/cloudservices';
  const shaped = firstOf(element, 'osProfile', 'vaultCertificates', 'vaultCertificate') ?? element.at('properties', 'osProfile');
  if (!named && (shaped === undefined || isResourceType(type))) return null;
  return refusal(
    'wrong-resource',
    beginningOf(element),
    'This is a cloud service or its osProfile, not an export of a vault.',
    `Give the file with --os-profile. ${EXPORT_WITH_AZ}`,
  );
}

/** Any other resource of Azure Resource Manager. */
function resource(element: JsonValue): Reading | null {
  const type = element.get('type');
  const text = type?.string ?? null;
  if (type === undefined || !isResourceType(text)) return null;
  return refusal('wrong-resource', type.location, `This is a resource of the type ${text}, not an export of a vault.`, EXPORT_WITH_AZ);
}

function isResourceType(text: string | null): text is string {
  return text !== null && /^Microsoft\.[\w.]{1,60}\/[\w./]{1,100}$/i.test(text);
}

function key(element: JsonValue): Reading | null {
  const id = element.get('id') ?? element.get('kid') ?? element.at('key', 'kid');
  if (id === undefined || identifier(id)?.collection !== 'keys') return null;
  return refusal('wrong-resource', id.location, 'This is a key of a vault; the thumbprint belongs to its certificate.', EXPORT_WITH_AZ);
}

function backup(location: Location): Problem {
  return {
    code: 'backup-blob',
    message: 'The file is a backup of a Key Vault object: it is encrypted and can only be restored into a vault.',
    help: EXPORT_WITH_AZ,
    location,
  };
}

function bareSecret(location: Location): Problem {
  return {
    code: 'wrong-resource',
    message: 'The file is the value of a secret or a certificate in base64, without the name and version it has in the vault.',
    help: `Give it with --pfx, or export with the names: ${EXPORT_WITH_AZ}`,
    location,
  };
}

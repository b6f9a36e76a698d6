// Finds passwords and keys that stand in the protected settings of a template as they are. What they are is never kept.

import { pipelinePlaceholder } from '../../core/placeholder.js';
import type { JsonValue } from '../json.js';
import { templateString } from './arm-expression.js';

/** Names under which extensions keep secrets: the password of RDP, the key of a storage account. */
const SECRET_NAME = /password|secret|accountkey|storageaccountkey|sastoken|privatekey/i;

/** XML of an extension, with something in an element or an attribute of such a name. */
const SECRET_IN_XML = /<(?:\w+:)?\w*(?:password|secret|sastoken)\w*>\s*[^<\s]|\b(?:key|sasToken|password)\s*=\s*["'][^"']/i;

/** Protected settings are a few levels deep. */
const MAX_DEPTH = 8;

/**
 * JSON paths of the extensions of a cloud service whose protected settings hold a secret as a literal.
 *
 * https://learn.microsoft.com/azure/cloud-services-extended-support/enable-rdp
 */
export function literalSecretsIn(resource: JsonValue): ReadonlySet<string> {
  const extensions = resource.at('properties', 'extensionProfile', 'extensions')?.items ?? [];
  return new Set(extensions.filter(hasLiteralSecret).map(({ pointer }) => pointer));
}

function hasLiteralSecret(extension: JsonValue): boolean {
  const settings = extension.at('properties', 'protectedSettings');
  return settings !== undefined && holdsSecret('', settings, 0);
}

function holdsSecret(name: string, value: JsonValue, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (value.string !== null) return isLiteral(value.string) && (SECRET_NAME.test(name) ? value.string.trim() !== '' : SECRET_IN_XML.test(value.string));
  for (const item of value.items) if (holdsSecret(name, item, depth + 1)) return true;
  for (const [key, inner] of value.properties()) if (holdsSecret(key, inner, depth + 1)) return true;
  return false;
}

/** Neither an expression, nor a name that a pipeline fills in. */
function isLiteral(text: string): boolean {
  return 'literal' in templateString(text) && pipelinePlaceholder(text) === null;
}

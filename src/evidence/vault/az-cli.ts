// Certificates as the Azure CLI prints them: az keyvault certificate show, list, list-versions, list-deleted.

import type { JsonValue } from '../json.js';
import { certificateIn, describe, identifier, isDeleted, isListedPending, lifetimeOf, statement, textOf, type Policy, type Reading, type VaultTools } from './record.js';

/**
 * Reads what `show` prints or an item of a list. Items of a list have neither `cer` nor `sid`; a null thumbprint is that of
 * a pending certificate. Times are ISO 8601 with a zone.
 *
 * https://github.com/Azure/azure-cli/blob/dev/src/azure-cli/azure/cli/command_modules/keyvault/_transformers.py
 */
export function readAzCli(element: JsonValue, tools: VaultTools): Reading | null {
  const id = element.get('id');
  const hexadecimal = element.get('x509ThumbprintHex');
  const base64 = element.get('x509Thumbprint');
  const attributes = element.get('attributes');
  if (id === undefined || identifier(id)?.collection !== 'certificates') return null;
  if (hexadecimal === undefined && base64 === undefined && textOf(attributes?.get('created')) === null) return null;

  const certificate = certificateIn(element.get('cer'), id, tools);
  const thumbprints = [statement(hexadecimal), statement(base64)];
  const lifetime = lifetimeOf(attributes);
  return describe('az-certificate', element, {
    id,
    secretId: element.get('sid'),
    certificate,
    thumbprints,
    lifetime,
    policy: policyOf(element.get('policy')),
    deleted: isDeleted(element),
    pending: isListedPending({ certificate, thumbprints, lifetime }),
    isListItem: certificate === null,
  });
}

/** The contentType beside the policy is always null. */
function policyOf(policy: JsonValue | undefined): Policy {
  return {
    exportable: policy?.at('keyProperties', 'exportable')?.boolean ?? null,
    contentType: textOf(policy?.at('secretProperties', 'contentType')),
    keyType: textOf(policy?.at('keyProperties', 'keyType')),
  };
}

// Certificates as Key Vault's REST interface gives them: one, a list of current ones, a list of versions.

import type { JsonValue } from '../json.js';
import { certificateIn, cut, describe, identifier, isCutByDepth, isDeleted, isListedPending, lifetimeOf, statement, textOf, type Policy, type Reading, type VaultTools } from './record.js';

/**
 * Reads a certificate or an item of a list. Items of a list have no `cer`, and no version unless versions are listed.
 * Times are unix seconds.
 *
 * https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate/get-certificate
 */
export function readRest(element: JsonValue, tools: VaultTools): Reading | null {
  const id = element.get('id');
  const attributes = element.get('attributes');
  const x5t = element.get('x5t');
  if (id === undefined || identifier(id)?.collection !== 'certificates' || (x5t ?? attributes) === undefined) return null;

  const certificate = certificateIn(element.get('cer'), id, tools);
  const thumbprints = [statement(x5t)];
  const lifetime = lifetimeOf(attributes);
  const read = describe('rest-certificate', element, {
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
  // PowerShell's Invoke-RestMethod, written with the default depth.
  return read !== null && isCutByDepth(attributes) ? cut(read, id) : read;
}

function policyOf(policy: JsonValue | undefined): Policy {
  return {
    exportable: policy?.at('key_props', 'exportable')?.boolean ?? null,
    contentType: textOf(policy?.at('secret_props', 'contentType')),
    keyType: textOf(policy?.at('key_props', 'kty')),
  };
}

// The operation that makes a certificate: what "create" prints in place of the certificate itself.

import type { JsonValue } from '../json.js';
import { describe, identifier, lifetimeOf, type Reading } from './record.js';

/**
 * Reads an operation of REST, az or PowerShell: its certificate is pending until the status is `completed`, and even then
 * the operation does not hold the thumbprint.
 *
 * https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-operation/get-certificate-operation
 */
export function readOperation(element: JsonValue): Reading | null {
  const id = element.get('id');
  const status = element.get('status');
  if (status === undefined || identifier(id)?.collection !== 'certificates' || !/\/pending\/?$/i.test(id?.string ?? '')) return null;
  return describe(producerOf(element), element, {
    id,
    lifetime: lifetimeOf(undefined),
    pending: status.string?.toLowerCase() !== 'completed',
  });
}

function producerOf(element: JsonValue): 'rest-certificate' | 'az-certificate' | 'powershell-certificate' {
  if (element.get('vaultName') !== undefined) return 'powershell-certificate';
  return element.get('statusDetails') === undefined ? 'rest-certificate' : 'az-certificate';
}

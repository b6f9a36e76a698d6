// Certificates as Az.KeyVault prints them through ConvertTo-Json: Get-AzKeyVaultCertificate, one, a list, and its versions.

import type { StatedThumbprint } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { certificateIn, cut, describe, firstOf, identifier, isCutByDepth, isDeleted, lifetimeOf, statement, textOf, type Reading, type VaultTools } from './record.js';

/**
 * Reads one certificate (`Certificate`, `SecretId`, `Thumbprint`) or an item of a list, which has none of these. With
 * -IncludeVersions the current version is whole and the others are items. `HasPrivateKey` in the dump is always false:
 * the vault gave the certificate only.
 *
 * https://github.com/Azure/azure-powershell/blob/main/src/KeyVault/KeyVault/Models/PSKeyVaultCertificate.cs
 */
export function readPowerShell(element: JsonValue, tools: VaultTools): Reading | null {
  const id = element.get('id');
  const secretId = element.get('secretId');
  const thumbprint = element.get('thumbprint');
  const isItem = element.get('vaultName') !== undefined && identifier(id)?.collection === 'certificates';
  const isWhole = thumbprint !== undefined && identifier(secretId)?.collection === 'secrets';
  if (!isItem && !isWhole) return null;

  const dump = element.get('certificate');
  const thumbprints = [statement(thumbprint), statement(dump?.get('thumbprint')), fromText(dump)];
  const certificate = certificateIn(dump?.get('rawData'), id ?? secretId ?? element, tools);
  const read = describe('powershell-certificate', element, {
    id: firstOf(element, 'id'),
    secretId: firstOf(element, 'secretId'),
    name: element.get('name'),
    vault: textOf(element.get('vaultName')),
    version: element.get('version'),
    certificate,
    thumbprints,
    lifetime: lifetimeOf(element),
    deleted: isDeleted(element),
    isListItem: !isWhole,
  });
  const isLost = isCutByDepth(dump) && read?.records[0]?.thumbprint === null;
  return read !== null && isLost ? cut(read, id ?? element) : read;
}

/** The thumbprint in the text that a certificate becomes where -Depth cuts it: a heading, and the digits on the next line. */
function fromText(dump: JsonValue | undefined): StatedThumbprint | null {
  const digits = /\[Thumbprint\]\s{1,10}([0-9A-F]{40})\b/i.exec(dump?.string ?? '')?.[1];
  return dump === undefined || digits === undefined ? null : { digits: digits.toUpperCase(), location: dump.location };
}

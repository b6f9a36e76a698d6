// A cloud service as PowerShell prints it: Get-AzCloudService, Get-AzResource and Invoke-AzRestMethod, piped to ConvertTo-Json.

import type { OsProfileShape } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { firstOf, type Found } from './found.js';
import { nestedJson, UNPACKED } from './nested-json.js';
import { view } from './resolved.js';
import { isCloudService, isLive, propertiesOf, withoutProperties } from './rest.js';

/**
 * Reads one resource, or gives null for what is no cloud service or was not written by PowerShell.
 *
 * Get-AzCloudService writes `properties` flat and its lists in the singular: `OSProfile.Secret`. Below the depth of
 * ConvertTo-Json, version 3 of Az.CloudService leaves JSON in strings, which is read; older ones leave names of types.
 *
 * https://github.com/Azure/azure-powershell/tree/main/src/CloudService
 */
export function readPowerShell(value: JsonValue): Found | null {
  const shape = shapeOf(value);
  if (shape === null || !isCloudService(value)) return null;
  const properties = propertiesOf(value);
  if (properties === null) return withoutProperties(value);
  return [{ shape, live: isLive(value, properties), resource: view(value, UNPACKED), properties: view(properties, UNPACKED) }];
}

function shapeOf(value: JsonValue): OsProfileShape | null {
  if (firstOf(value, 'resourceId', 'resourceType') !== undefined) return 'powershell-resource';
  if (value.get('properties') !== undefined) return null;
  const osProfile = firstOf(value, 'osProfile');
  const marks = [value.get('resourceGroupName'), osProfile?.get('secret'), value.at('roleProfile', 'role')];
  return osProfile?.isObject === false || marks.some((mark) => mark !== undefined) ? 'powershell-cloud-service' : null;
}

/** The answers that Invoke-AzRestMethod keeps in a string; null for what is no answer of it. */
export function restContent(value: JsonValue): readonly JsonValue[] | null {
  const content = value.get('content');
  if (content === undefined || value.get('statusCode') === undefined) return null;
  return nestedJson(content);
}

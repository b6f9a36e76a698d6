// The signed URLs of package and configuration can be read.

import { defineRule, holdsPlaceholder, isKnown } from '../core/rule.js';

export default defineRule({
  id: 'package-url',
  family: 'os-profile',
  summary: 'A signed URL of a package or a configuration is whole, not expired, and lets Azure read.',
  why: 'Azure fetches the package and the configuration by these URLs while it deploys; with a signature that has expired, or that lost its ?, the deployment ends there.',
  source: 'https://github.com/Azure/azure-powershell/issues/23803',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['osProfile'],
  messages: {
    'no-question-mark': { message: '{property} has the signature joined to the path without a "?".', help: 'Write "?" between the name of the file and the signature.' },
    expired: { message: 'The signature in {property} expired on {expiry}.', help: 'Make a new one ("az storage blob generate-sas"), with a time that the deployment ends before.', azure: '(PackageUriForbidden) Error:AuthenticationFailed' },
    'no-read': { message: 'The signature in {property} gives no permission to read ("sp={permissions}").', help: 'Make a new one with "r" among its permissions.', azure: '(PackageUriForbidden) Error:AuthenticationFailed' },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkgsv=2022-11-02&sr=b&sp=r&se=2027-06-01T00:00:00Z&sig=EXAMPLE", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg?sv=2022-11-02&sr=b&sp=r&se=2026-06-01T00:00:00Z&sig=EXAMPLE", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg?sv=2022-11-02&sr=b&sp=cw&se=2027-06-01T00:00:00Z&sig=EXAMPLE", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg?sv=2022-11-02&sr=b&sp=r&se=2027-06-01T00%3A00%3A00Z&sig=EXAMPLE", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        osProfile: '{"location": "westeurope", "properties": {"packageUrl": "https://shop.blob.core.windows.net/x/shop.cspkg", "configurationUrl": "https://shop.blob.core.windows.net/x/shop.cscfg", "roleProfile": {"roles": [{"name": "Web", "sku": {"name": "Standard_D1_v2", "tier": "Standard", "capacity": 2}}]}}}',
      },
    ],
  },
  check({ report, evidence, now }) {
    return {
      run() {
        for (const service of evidence.osProfile.services) {
          for (const property of ['packageUrl', 'configurationUrl'] as const) {
            const placed = service[property];
            if (placed === null || !isKnown(placed.value) || holdsPlaceholder(placed.value)) continue;
            const found = problemOf(placed.value, now);
            // No part of the URL is in the data: what follows "sig=" grants access.
            if (found !== null) report({ message: found.message, at: placed.location, data: { property, expiry: found.expiry, permissions: found.permissions } });
          }
        }
      },
    };
  },
});

interface Found {
  readonly message: 'no-question-mark' | 'expired' | 'no-read';
  /** UTC, as written. */
  readonly expiry: string;
  /** The letters of `sp`. */
  readonly permissions: string;
}

/** https://learn.microsoft.com/rest/api/storageservices/create-service-sas */
function problemOf(url: string, now: Date): Found | null {
  if (!url.includes('sig=')) return null;
  const expiry = valueOf(url, 'se');
  const permissions = valueOf(url, 'sp');
  const told = { expiry, permissions };
  if (!url.includes('?')) return { message: 'no-question-mark', ...told };
  // A time without a zone is UTC.
  const end = Date.parse(/T[^Z+]*$/.test(expiry) ? `${expiry}Z` : expiry);
  if (!Number.isNaN(end) && end < now.getTime()) return { message: 'expired', ...told };
  return permissions !== '' && !permissions.includes('r') ? { message: 'no-read', ...told } : null;
}

/** The value of a field with a plain form; empty for anything else. */
function valueOf(url: string, name: string): string {
  const found = new RegExp(`[?&]${name}=([\\w%:.+-]{1,60})(?=&|$)`).exec(url)?.[1] ?? '';
  const text = found.replace(/%3A/gi, ':').replace(/%2B/gi, '+');
  return (name === 'se' ? /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/ : /^[a-z]+$/i).test(text) ? text : '';
}

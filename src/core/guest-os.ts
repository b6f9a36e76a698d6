// What osFamily and osVersion say about the guest OS.

import { pipelinePlaceholder } from './placeholder.js';
import type { Attribute, Element } from './rule.js';

/** A release of a guest OS, as `osVersion` names it. */
export interface GuestOsVersion {
  /** The family, as `osFamily` has it. */
  readonly family: string;
  /** The month in which it was released, counted from the year 0, so that two can be subtracted. */
  readonly month: number;
  /** The same for a person: `2026-03`. */
  readonly released: string;
}

/** Re-releases have two digits; two old ones in Microsoft's table have one. */
const VERSION = /^WA-GUEST-OS-([1-9])\.(?:0|[1-9]\d{0,3})_(20\d\d)(0[1-9]|1[0-2])-\d{1,2}$/;

/**
 * Reads `WA-GUEST-OS-<family>.<release>_<YYYYMM>-<nn>`; null for anything else, `*` included.
 *
 * https://learn.microsoft.com/azure/cloud-services-extended-support/cloud-services-guestos-update-matrix
 */
export function parseGuestOsVersion(value: string): GuestOsVersion | null {
  const found = VERSION.exec(value.trim());
  if (found === null) return null;
  const [, family = '', year = '', month = ''] = found;
  return { family, month: Number(year) * 12 + Number(month) - 1, released: `${year}-${month}` };
}

/** The family of a service's guest OS, and the attribute that says so. */
export interface GuestOsFamily {
  readonly family: string;
  readonly attribute: Attribute;
}

/** What `osFamily` says, or without it the family in `osVersion`; null where neither says anything that is known by now. */
export function guestOsFamily(root: Element<'ServiceConfiguration'>): GuestOsFamily | null {
  const own = root.attribute('osFamily');
  if (own !== undefined) return pipelinePlaceholder(own.value) === null ? { family: own.value.trim(), attribute: own } : null;
  const attribute = root.attribute('osVersion');
  const version = attribute === undefined ? null : parseGuestOsVersion(attribute.value);
  return attribute === undefined || version === null ? null : { family: version.family, attribute };
}

/** The families of which new deployments are refused, with when that began. */
export const RETIRED_FAMILIES: ReadonlyMap<string, { readonly windows: string; readonly since: string }> = new Map([
  ['1', { windows: 'Windows Server 2008', since: '2 September 2014' }],
  ['2', { windows: 'Windows Server 2008 R2', since: 'December 2024' }],
  ['3', { windows: 'Windows Server 2012', since: 'March 2025' }],
  ['4', { windows: 'Windows Server 2012 R2', since: 'March 2025' }],
]);

/** The families that can be deployed. */
export const LIVE_FAMILIES: ReadonlySet<string> = new Set(['5', '6', '7']);

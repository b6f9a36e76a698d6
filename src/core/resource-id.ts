// Resource IDs of Azure Resource Manager: /subscriptions/<id>/resourceGroups/<group>/providers/<provider>/<type>/<name>.

import { isKnown } from './known.js';
import type { Known } from './types.js';

/** The parts of a resource ID, as written. */
export interface ResourceId {
  /** Null where the ID does not begin with one. */
  readonly subscription: string | null;
  readonly group: string | null;
  /** The last segment. */
  readonly name: string;
}

/** Splits a resource ID; null for what holds no `/` or ends with one. */
export function readResourceId(id: string): ResourceId | null {
  const name = /\/([^/\s]+)\s*$/.exec(id)?.[1];
  if (name === undefined) return null;
  const [, subscription = null, group = null] = /^\s*\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\//i.exec(id) ?? [];
  return { subscription, group, name };
}

/** The last segment of an id, also where the beginning is not known; null where the last segment may be another. */
export function lastSegment(id: Known): string | null {
  const end = isKnown(id) ? id : id.parts.at(-1);
  return typeof end === 'string' ? (readResourceId(end)?.name ?? null) : null;
}

/** The name of a region under which its spellings meet: `West Europe` is `westeurope`. */
export function foldRegion(region: string): string {
  return region.replace(/\s+/g, '').toLowerCase();
}

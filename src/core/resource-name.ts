// How a service configuration names a resource of Azure: by name, by "Group <resource group> <name>", or by resource ID.

import { foldName } from './names.js';

/** The types of resource that a service configuration names. */
export type ResourceType = 'virtualNetworks' | 'publicIPAddresses';

/** What a value is that names a resource: one of three forms, or what keeps it from being one. */
export type ResourceName =
  | { readonly form: 'name' | 'group' | 'id'; readonly name: string; readonly group: string | null }
  | { readonly form: 'empty' }
  /** Words and a blank before or after them, which Azure's client counts as one more word. */
  | { readonly form: 'outer-blank' }
  /** Two words, or more than three. */
  | { readonly form: 'words'; readonly words: number }
  /** Three words, of which the first is not "Group". */
  | { readonly form: 'not-group'; readonly first: string }
  /** A `/`, and no whole resource ID of that type. */
  | { readonly form: 'cut-id' }
  /** A part of it is no name that such a resource, or a resource group, can have. */
  | { readonly form: 'no-name' | 'no-group-name'; readonly part: string };

/** A network resource: letters, digits, `_ . -`; a letter or digit first, a letter, digit or `_` last. */
const NETWORK_NAME = /^[A-Za-z0-9](?:[\w.-]*\w)?$/;

/** Lengths of names. https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const LENGTHS: Readonly<Record<ResourceType, readonly [least: number, most: number]>> = { virtualNetworks: [2, 64], publicIPAddresses: [1, 80] };

/** A resource group: letters of any script, digits, `_ ( ) - .`, and no dot last. */
const GROUP_NAME = /^[\p{L}\p{Nd}_().-]{0,89}[\p{L}\p{Nd}_()-]$/u;

const ID = /^\/subscriptions\/[^/\s]+\/resourceGroups\/([^/\s]+)\/providers\/Microsoft\.Network\/([A-Za-z]+)\/([^/\s]+)$/i;

/**
 * Reads the name of a resource as Azure's client does: it splits at white space, and wants one word, or three of which the
 * first is "Group". The documentation adds the resource ID.
 *
 * https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1
 * https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite
 */
export function readResourceName(value: string, type: ResourceType): ResourceName {
  const inner = value.trim();
  if (inner === '') return { form: 'empty' };
  if (inner.includes('/')) return readId(value, type);
  if (inner !== value) return { form: 'outer-blank' };
  const words = value.split(/\s+/);
  const [first = '', second = '', third = ''] = words;
  if (words.length === 1) return named('name', first, null, type);
  if (words.length !== 3) return { form: 'words', words: words.length };
  if (foldName(first) !== 'group') return { form: 'not-group', first };
  return named('group', third, second, type);
}

function readId(value: string, type: ResourceType): ResourceName {
  const [, group = '', wrote = '', name = ''] = ID.exec(value) ?? [];
  return foldName(wrote) === foldName(type) ? named('id', name, group, type) : { form: 'cut-id' };
}

function named(form: 'name' | 'group' | 'id', name: string, group: string | null, type: ResourceType): ResourceName {
  const [least, most] = LENGTHS[type];
  if (group !== null && !GROUP_NAME.test(group)) return { form: 'no-group-name', part: group };
  if (name.length < least || name.length > most || !NETWORK_NAME.test(name)) return { form: 'no-name', part: name };
  return { form, name, group };
}

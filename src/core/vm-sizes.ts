// Sizes of role instances: the names of an older time, and those of Cloud Services (extended support).
//
// https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite
// https://learn.microsoft.com/azure/cloud-services-extended-support/available-sizes

import { foldName } from './names.js';

/** What has taken the place of a size. */
export interface Successor {
  readonly size: string;
  /** Its temporary disk, on which LocalStorage lies, in GiB. */
  readonly diskGiB: number;
}

const A1: Successor = { size: 'Standard_A1_v2', diskGiB: 10 };
const A2: Successor = { size: 'Standard_A2_v2', diskGiB: 20 };
const A4: Successor = { size: 'Standard_A4_v2', diskGiB: 40 };
const A8: Successor = { size: 'Standard_A8_v2', diskGiB: 80 };

/** The size of a role that names none. */
export const DEFAULT_SIZE = 'Small';

/** Names compare without case. A0 to A4 are other names of the first five. */
const LEGACY = new Map<string, Successor | null>([
  ['ExtraSmall', A1],
  ['Small', A1],
  ['Medium', A2],
  ['Large', A4],
  ['ExtraLarge', A8],
  ['A0', A1],
  ['A1', A1],
  ['A2', A2],
  ['A3', A4],
  ['A4', A8],
  ['A5', { size: 'Standard_A2m_v2', diskGiB: 20 }],
  ['A6', { size: 'Standard_A4m_v2', diskGiB: 40 }],
  ['A7', { size: 'Standard_A8m_v2', diskGiB: 80 }],
  ['A8', null],
  ['A9', null],
  ['A10', null],
  ['A11', null],
  ['MSODSG5', null],
]);

const LEGACY_FOLDED: ReadonlyMap<string, Successor | null> = new Map([...LEGACY].map(([name, successor]) => [foldName(name), successor]));

/** The families that are offered, by number of cores where that tells the sizes apart. */
const OFFERED: readonly string[] = [
  ...numbered('Standard_A#_v2', '1', '2', '4', '8', '2m', '4m', '8m'),
  ...numbered('Standard_D#', 1, 2, 3, 4, 11, 12, 13, 14),
  ...numbered('Standard_D#_v2', 1, 2, 3, 4, 5, 11, 12, 13, 14, 15),
  ...numbered('Standard_D#_v3', 2, 4, 8, 16, 32, 48, 64),
  ...numbered('Standard_D#a_v4', 2, 4, 8, 16, 32, 48, 64, 96),
  ...numbered('Standard_E#_v3', 2, 4, 8, 16, 20, 32, 48, 64),
  ...numbered('Standard_E#a_v4', 2, 4, 8, 16, 20, 32, 48, 64, 96),
  ...numbered('Standard_G#', 1, 2, 3, 4, 5),
  ...numbered('Standard_H#', '8', '16', '8m', '16m', '16r', '16mr'),
];

const OFFERED_FOLDED: ReadonlySet<string> = new Set(OFFERED.map(foldName));

function numbered(name: string, ...numbers: readonly (number | string)[]): string[] {
  return numbers.map((number) => name.replace('#', String(number)));
}

/** What has taken the place of a size with a name of an older time: null for nothing; undefined for a name that is none. */
export function successorOf(size: string): Successor | null | undefined {
  return LEGACY_FOLDED.get(foldName(size));
}

/** The sizes that Cloud Services (extended support) offers somewhere; which ones, depends on the region. */
export function offeredSizes(): readonly string[] {
  return OFFERED;
}

/** Whether a size is offered somewhere. */
export function isOfferedSize(size: string): boolean {
  return OFFERED_FOLDED.has(foldName(size));
}

// A baseline: the findings that a repository had when it adopted the tool, by rule and name, so that moved lines change nothing.

import { foldName } from './names.js';
import type { Finding, Location } from './types.js';

/** Findings of one rule about one thing in one file. */
export interface BaselineEntry {
  readonly rule: string;
  /** The file, relative to the baseline's folder, `/`-separated. */
  readonly path: string;
  /** The role; empty where the finding is about none. */
  readonly role: string;
  /** The certificate, setting, endpoint or the like; empty where the finding is about none. */
  readonly name: string;
  readonly count: number;
}

/** An entry, and where it stands. */
export interface PlacedBaselineEntry extends BaselineEntry {
  readonly location: Location;
}

/** What the data of findings calls the thing they are about, the most telling first. */
const NAMES = ['certificate', 'setting', 'endpoint', 'accessControl', 'name', 'attribute', 'element'];

/** Rules about suppressions and baselines: a baseline that silenced them would hide its own decay. */
const NEVER = new Set(['baseline-stale', 'suppression-unused', 'suppression-expired', 'suppression-invalid']);

/** The entry that a finding belongs to; null for one that no baseline silences. */
export function entryOf({ ruleId, data, location }: Pick<Finding, 'ruleId' | 'data'> & { readonly location: { readonly path: string } }): BaselineEntry | null {
  if (NEVER.has(ruleId)) return null;
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : '');
  return { rule: ruleId, path: location.path, role: text('role'), name: NAMES.map(text).find((name) => name !== '') ?? '', count: 1 };
}

/** The entries of findings, sorted, those of one key counted together. */
export function baselineOf(findings: readonly Parameters<typeof entryOf>[0][]): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const entry = entryOf(finding);
    if (entry === null) continue;
    const key = keyOf(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, entry]) => entry);
}

/** Names compare without case, as everywhere. */
function keyOf({ path, rule, role, name }: BaselineEntry): string {
  return JSON.stringify([path, rule, foldName(role), foldName(name)]);
}

/** Matches findings with a baseline; each entry silences as many as it counts. */
export class BaselineMatcher {
  readonly #left = new Map<string, number>();
  readonly #entries: readonly PlacedBaselineEntry[];

  constructor(entries: readonly PlacedBaselineEntry[]) {
    this.#entries = entries;
    for (const entry of entries) this.#left.set(keyOf(entry), (this.#left.get(keyOf(entry)) ?? 0) + entry.count);
  }

  /** Whether the baseline has a finding; it then has one less. */
  takes(finding: Parameters<typeof entryOf>[0]): boolean {
    const entry = entryOf(finding);
    if (entry === null) return false;
    const left = this.#left.get(keyOf(entry)) ?? 0;
    if (left === 0) return false;
    this.#left.set(keyOf(entry), left - 1);
    return true;
  }

  /** Entries of the given files that count more findings than there were, and how many there were. */
  stale(isLinted: (path: string) => boolean): { readonly entry: PlacedBaselineEntry; readonly found: number }[] {
    return this.#entries.flatMap((entry) => {
      const left = this.#left.get(keyOf(entry)) ?? 0;
      return left > 0 && isLinted(entry.path) ? [{ entry, found: Math.max(entry.count - left, 0) }] : [];
    });
  }
}

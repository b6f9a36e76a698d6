// Whether two sources of one cloud service list the same certificates: they add up, and what one lacks the other hides.

import { isKnown } from '../../core/known.js';
import { foldName } from '../../core/names.js';
import { secretUrlKey } from '../../core/secret-url.js';
import type { CertificateUrl, CloudServiceFact, Problem } from '../../core/types.js';
import { problemAt } from './found.js';

export interface Disagreement {
  /** The service that lists something else than one of its name in another file before it. */
  readonly at: CloudServiceFact;
  readonly problem: Problem;
}

/**
 * The first service that differs from one in another file; it is told once, like all that is not clear about the choice. Only
 * lists that are known whole are compared: what an expression hides may be the same.
 */
export function disagreement(services: Iterable<CloudServiceFact>): Disagreement | null {
  const byName = new Map<string, Map<string, Listed>>();
  for (const service of services) {
    const { name, origin } = service;
    if (name === null || !isKnown(name)) continue;
    const files = byName.get(foldName(name)) ?? new Map<string, Listed>();
    byName.set(foldName(name), files);
    addTo(files, origin.path, name, service);
  }
  for (const files of byName.values()) {
    const known = [...files.values()].filter(({ isKnownWhole }) => isKnownWhole).slice(0, MAX_COMPARED);
    for (const [index, other] of known.entries()) {
      const first = known.slice(0, index).find((one) => mayBeSame(one, other));
      const problem = first === undefined ? null : differenceOf(first, other);
      if (problem !== null) return { at: other.service, problem };
    }
  }
  return null;
}

/** So many files are compared. */
const MAX_COMPARED = 100;

/** What one file lists for services of one name. */
interface Listed {
  readonly service: CloudServiceFact;
  readonly path: string;
  readonly name: string;
  readonly ids: Set<string>;
  readonly urls: Map<string, CertificateUrl>;
  /** False where a part of the list is not known. */
  isKnownWhole: boolean;
}

function addTo(files: Map<string, Listed>, path: string, name: string, service: CloudServiceFact): void {
  const listed: Listed = files.get(path) ?? { service, path, name, ids: new Set(), urls: new Map(), isKnownWhole: true };
  files.set(path, listed);
  if (service.id !== null) listed.ids.add(service.id.toLowerCase());
  listed.isKnownWhole &&= service.complete;
  for (const url of service.secrets.flatMap(({ certificateUrls }) => certificateUrls)) {
    if (isKnown(url.url)) listed.urls.set(secretUrlKey(url.url) ?? url.url, url);
    else listed.isKnownWhole = false;
  }
}

/** Services of one name in two resource groups are two; a template does not know its own. */
function mayBeSame(one: Listed, other: Listed): boolean {
  return one.ids.size === 0 || other.ids.size === 0 || [...one.ids].some((id) => other.ids.has(id));
}

function differenceOf(one: Listed, other: Listed): Problem | null {
  const [lost, added] = [missingIn(one, other), missingIn(other, one)];
  const [example] = added.length > 0 ? added : lost;
  if (example === undefined) return null;
  const only = [lost.length > 0 ? `${lost.length} in ${one.path} only` : '', added.length > 0 ? `${added.length} in ${other.path} only` : ''].filter((part) => part !== '');
  return problemAt(
    example.location,
    'sources-differ',
    `${one.path} and ${other.path} list different certificates for the cloud service "${one.name}": ${only.join(', ')}. A certificate counts as listed where any of them lists it.`,
    'Give only the source that the next deployment uses; what runs today may differ from it.',
  );
}

/** What `one` lists and `other` does not. */
function missingIn(one: Listed, other: Listed): CertificateUrl[] {
  return [...one.urls].flatMap(([key, url]) => (other.urls.has(key) ? [] : [url]));
}

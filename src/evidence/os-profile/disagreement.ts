// Whether two sources of one cloud service list the same certificates: they add up, and what one lacks the other hides.

import { isKnown } from '../../core/known.js';
import { foldName } from '../../core/names.js';
import { secretUrlKey } from '../../core/secret-url.js';
import type { CertificateUrl, CloudServiceFact, Problem } from '../../core/types.js';
import { problemAt } from './found.js';

export interface Disagreement {
  /** The service that lists something else than another of its name before it. */
  readonly at: CloudServiceFact;
  readonly problem: Problem;
}

/**
 * The first service of each name that differs from one in another file. Only lists that are known whole are compared: what an
 * expression hides may be the same.
 */
export function disagreements(services: Iterable<CloudServiceFact>): Disagreement[] {
  const firsts = new Map<string, Listed>();
  const found = new Map<string, Disagreement>();
  for (const service of services) {
    const listed = listedBy(service);
    if (listed === null) continue;
    const first = firsts.get(listed.name);
    if (first === undefined) firsts.set(listed.name, listed);
    else if (!found.has(listed.name) && first.service.origin.path !== service.origin.path) {
      const problem = differenceOf(first, listed);
      if (problem !== null) found.set(listed.name, { at: service, problem });
    }
  }
  return [...found.values()];
}

/** A service, and the certificates that it lists. */
interface Listed {
  readonly service: CloudServiceFact;
  readonly name: string;
  readonly shownName: string;
  readonly urls: ReadonlyMap<string, CertificateUrl>;
}

function listedBy(service: CloudServiceFact): Listed | null {
  const { name, complete, secrets } = service;
  if (name === null || !isKnown(name) || !complete) return null;
  const urls = new Map<string, CertificateUrl>();
  for (const url of secrets.flatMap(({ certificateUrls }) => certificateUrls)) {
    if (!isKnown(url.url)) return null;
    urls.set(secretUrlKey(url.url) ?? url.url, url);
  }
  return { service, name: foldName(name), shownName: name, urls };
}

function differenceOf(one: Listed, other: Listed): Problem | null {
  const [lost, added] = [missingIn(one, other), missingIn(other, one)];
  const [example] = added.length > 0 ? added : lost;
  if (example === undefined) return null;
  const [here, there] = [one.service.origin.path, other.service.origin.path];
  const only = [lost.length > 0 ? `${lost.length} in ${here} only` : '', added.length > 0 ? `${added.length} in ${there} only` : ''].filter((part) => part !== '');
  return problemAt(
    example.location,
    'sources-differ',
    `${here} and ${there} list different certificates for the cloud service "${one.shownName}": ${only.join(', ')}. A certificate counts as listed where any of them lists it.`,
    'Give only the source that the next deployment uses; what runs today may differ from it.',
  );
}

/** What `one` lists and `other` does not. */
function missingIn(one: Listed, other: Listed): CertificateUrl[] {
  return [...one.urls].flatMap(([key, url]) => (other.urls.has(key) ? [] : [url]));
}

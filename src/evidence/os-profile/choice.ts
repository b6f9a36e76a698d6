// Which cloud services of the sources are meant.

import { isKnown, mayBe, showKnown } from '../../core/known.js';
import { foldName } from '../../core/names.js';
import type { CloudServiceFact, Problem } from '../../core/types.js';
import { problemAt } from './found.js';

/** Names that a message lists; a subscription may hold hundreds. */
const MAX_NAMES = 10;

export interface Choice {
  readonly services: ReadonlySet<CloudServiceFact>;
  /** Why the choice is not clear. */
  readonly problem: Problem | null;
  /** The service with which that is to be told: it is a matter of all files, and told once. */
  readonly at: CloudServiceFact | undefined;
}

/**
 * Chooses services by name, without regard to case. `files` holds those of each file.
 *
 * A service whose name is not known stays: it may be the one. Where no name is given all stay.
 */
export function choose(files: readonly (readonly CloudServiceFact[])[], name: string | null): Choice {
  const all = files.flat();
  const at = all.find((service) => service.name !== null);
  const services = new Set(all.filter((service) => name === null || service.name === null || mayBe(service.name, name)));
  if (at === undefined) return { services, problem: null, at };
  if (name === null) return { services, problem: haveSeveral(files) ? several(all, at) : null, at };
  const isThere = all.some((service) => service.name !== null && services.has(service));
  return { services, problem: isThere ? null : notThere(all, at, name), at };
}

/**
 * Whether there are two services for certain: two names that are known, or two resources of one file. A name that is not
 * known in one file may be the one of another: a template and what it deployed.
 */
function haveSeveral(files: readonly (readonly CloudServiceFact[])[]): boolean {
  const known = files.flat().filter(({ name }) => name !== null && isKnown(name));
  return namesOf(known).length > 1 || files.some((services) => namesOf(services).length > 1);
}

/** Different names in the order of the sources, as they are to be shown. */
function namesOf(services: readonly CloudServiceFact[]): readonly string[] {
  const names = new Map<string, string>();
  for (const { name } of services) {
    const shown = name === null ? null : showKnown(name);
    if (shown !== null && !names.has(foldName(shown))) names.set(foldName(shown), shown);
  }
  return [...names.values()];
}

function several(services: readonly CloudServiceFact[], { origin }: CloudServiceFact): Problem {
  return problemAt(
    origin,
    'several-services',
    `There are several cloud services: ${listed(services)}. A certificate counts as listed where any of them lists it.`,
    'Choose the one that the configuration belongs to: "--cloud-service NAME".',
  );
}

function notThere(services: readonly CloudServiceFact[], { origin }: CloudServiceFact, name: string): Problem {
  return problemAt(
    origin,
    'several-services',
    `There is no cloud service "${name}"; there is ${listed(services)}.`,
    'Give one of these names: "--cloud-service NAME".',
  );
}

function listed(services: readonly CloudServiceFact[]): string {
  const names = namesOf(services);
  const more = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

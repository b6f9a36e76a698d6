// A rule as the command line names it.

import { suggest } from '../core/names.js';
import { RULES } from '../rules/index.js';
import { Failure } from './failure.js';

/** Gives the id back. Throws a {@link Failure} where no rule has it. */
export function knownRule(id: string): string {
  if (RULES.some((rule) => rule.id === id)) return id;
  const near = suggest(id, RULES.map((rule) => rule.id));
  throw new Failure(`There is no rule "${id}".`, near === null ? 'cscfglint rules lists them.' : `Did you mean ${near}?`);
}

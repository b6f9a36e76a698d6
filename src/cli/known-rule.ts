// A rule as the command line names it.

import { suggest } from '../core/names.js';
import { RULES } from '../rules/index.js';
import { Failure } from './failure.js';

/** How many rules are suggested for an unknown one. */
const MAX_SUGGESTIONS = 5;

/** Gives the id back. Throws a {@link Failure} where no rule has it. */
export function knownRule(id: string): string {
  if (RULES.some((rule) => rule.id === id)) return id;
  const near = suggest(id, RULES.map((rule) => rule.id));
  const alike = near === null ? rulesLike(id) : [near];
  throw new Failure(`There is no rule "${id}".`, `${alike.length === 0 ? '' : `Did you mean ${listed(alike)}? `}"cscfglint rules" lists them.`);
}

/** Rules that share words with an id, those that share most first. */
function rulesLike(id: string): string[] {
  const words = id.split('-').filter((word) => word.length > 2);
  return RULES.map((rule) => ({ id: rule.id, shared: rule.id.split('-').filter((word) => words.includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MAX_SUGGESTIONS)
    .map((rule) => rule.id);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

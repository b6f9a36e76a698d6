// What to say of expressions that cannot be resolved offline: one problem for a file, however many there are.

import type { Problem } from '../../core/types.js';
import type { Parameters } from './arm-parameters.js';
import { problemAt } from './found.js';
import type { Unresolved } from './secrets.js';

/** An expression is shown to this length. */
const MAX_SHOWN = 100;

/** One problem for all, or null where there are none. */
export function unresolvedProblem(unresolved: readonly Unresolved[], parameters: Parameters): Problem | null {
  const [first] = unresolved;
  if (first === undefined) return null;
  const more = new Set(unresolved.map(({ expression }) => expression)).size - 1;
  const what = more === 0 ? 'The expression' : 'The expressions';
  return problemAt(
    first.location,
    'unresolved-expression',
    `${what} ${shown(first.expression)}${more === 0 ? '' : ` and ${more} more`} cannot be resolved offline, so not every certificate URL is known.`,
    adviceFor(first.expression, parameters),
  );
}

function shown(expression: string): string {
  const line = expression.replace(/\s+/g, ' ').trim();
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}

function adviceFor(expression: string, parameters: Parameters): string {
  const name = /^parameters\(\s*'([\w-]+)'\s*\)/i.exec(expression)?.[1];
  return name === undefined ? 'A value that only the deployment works out can be checked once it stands there as text, or in a parameters file.' : parameters.advice(name);
}

// Bounds what patterns of paths may cost: they are matched by backtracking, whose time is a power of their wildcards.

/**
 * How many wildcards of a glob may stand beside another one in their segment. Measured with a name of 255 characters: two
 * (`*a*a*b`) take 20 ms, three more than a second, seven longer than anybody waits.
 */
const MAX_CROWDED = 2;

/** How often `**` may stand in a pattern. Measured 100 folders deep: three take 23 ms, four half a second. */
const MAX_GLOBSTARS = 3;

/** How many patterns the braces of one may stand for. */
const MAX_ALTERNATIVES = 50;

/** A longer pattern names no path. In UTF-16 units. */
const MAX_LENGTH = 4096;

/** A glob that can be matched in bounded time, or what is wrong with it. */
export type Glob = { readonly patterns: readonly string[] } | { readonly problem: string };

/**
 * Readies a glob for matching: `*`, `**`, `?`, `[…]` and `{a,b}` mean something; all other characters stand for themselves,
 * parentheses and plus too, with which patterns can be built that take exponential time.
 */
export function readGlob(glob: string): Glob {
  if (glob.length > MAX_LENGTH) return { problem: TOO_LONG };
  const alternatives = expandBraces(glob);
  if (alternatives === null) return { problem: `its braces stand for more than ${MAX_ALTERNATIVES} patterns` };
  if (alternatives.some((pattern) => countGlobstars(pattern) > MAX_GLOBSTARS)) return { problem: TOO_MANY_GLOBSTARS };
  if (alternatives.some((pattern) => countCrowded(pattern) > MAX_CROWDED)) {
    return { problem: `it has too many "*": at most ${MAX_CROWDED + 1} in one name, and ${MAX_CROWDED} of them beside another one` };
  }
  return { patterns: alternatives.map((pattern) => pattern.replace(/(?<!\\)[()+|{}]/g, '\\$&')) };
}

export function globProblem(glob: string): string | null {
  const read = readGlob(glob);
  return 'problem' in read ? read.problem : null;
}

/** What keeps a pattern of a .gitignore from being matched in bounded time; null where nothing does. */
export function ignoreProblem(pattern: string): string | null {
  if (pattern.length > MAX_LENGTH) return TOO_LONG;
  return countGlobstars(pattern) > MAX_GLOBSTARS ? TOO_MANY_GLOBSTARS : null;
}

const TOO_LONG = `it has more than ${MAX_LENGTH} characters`;
const TOO_MANY_GLOBSTARS = `it has "**" more than ${MAX_GLOBSTARS} times`;

/** `a{b,c}` as `ab` and `ac`; null for too many. A brace without a comma stands for itself. */
function expandBraces(glob: string): string[] | null {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [all, inside] = /(?<!\\)\{([^{}]*,[^{}]*)\}/.exec(next) ?? [];
    if (all === undefined || inside === undefined) done.push(next);
    else for (const one of inside.split(',')) open.push(next.replace(all, () => one));
    if (done.length + open.length > MAX_ALTERNATIVES) return null;
  }
  return done;
}

function countGlobstars(pattern: string): number {
  return pattern.match(/\*{2,}/g)?.length ?? 0;
}

/** Wildcards that share their segment with another one: a single one matches in one way only. */
function countCrowded(pattern: string): number {
  return pattern.split('/').reduce((sum, segment) => sum + Math.max(0, (segment.match(/\*+/g)?.length ?? 0) - 1), 0);
}

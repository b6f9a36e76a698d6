// Names: how Azure compares them, and which known one a misspelt one was meant to be.

/**
 * Folds a name for comparison. Roles, settings, certificates, subnets and services compare without case, as Azure's own
 * client does.
 *
 * https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1
 */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** Names longer than this are never compared letter by letter: nobody mistypes them, and the comparison is quadratic. */
const MAX_SUGGESTED_LENGTH = 100;

/**
 * The candidate that `name` most probably was meant to be, or null where none is near.
 *
 * Near is: the same but for case, or at most a third of its letters changed, and never more than two.
 */
export function suggest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > MAX_SUGGESTED_LENGTH) return null;
  const folded = foldName(name);
  const limit = Math.min(2, Math.floor(name.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(folded, foldName(candidate), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** More names than this on one side are not paired: that is no slip of the pen, and the comparison is quadratic. */
const MAX_PAIRED = 100;

/**
 * Pairs names that lack their counterpart on the other side: each of `strangers` with the one of `missing` that it most
 * probably was meant to be. A single one on both sides is such a pair however different they are: one was renamed.
 */
export function pairNames(strangers: readonly string[], missing: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  if (strangers.length > MAX_PAIRED || missing.length > MAX_PAIRED) return pairs;
  const left = new Set(missing);
  for (const stranger of strangers) {
    const near = suggest(stranger, left);
    if (near === null) continue;
    pairs.set(stranger, near);
    left.delete(near);
  }
  const alone = strangers.filter((stranger) => !pairs.has(stranger));
  const [stranger, ...strangersLeft] = alone;
  const [name, ...namesLeft] = left;
  if (stranger !== undefined && name !== undefined && strangersLeft.length === 0 && namesLeft.length === 0) pairs.set(stranger, name);
  return pairs;
}

/** Edit distance with swaps of neighbours (optimal string alignment), or `limit` as soon as it cannot be less. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}

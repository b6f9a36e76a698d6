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

/** More names than this are not searched for near ones: the search is quadratic. */
export const MAX_NEAR = 200;

/** {@link suggest} for several names among the same candidates: only where there are few of both. */
export function suggester(count: number, candidates: readonly string[]): (name: string) => string | null {
  return count <= MAX_NEAR && candidates.length <= MAX_NEAR ? (name) => suggest(name, candidates) : () => null;
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

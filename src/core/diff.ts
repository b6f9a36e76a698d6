// Which lines of a text became which: the shortest way from one to the other, by E. W. Myers.

/** Lines `[fromStart, fromEnd)` of one text that became `[toStart, toEnd)` of the other; all from 0. */
export interface Change {
  readonly fromStart: number;
  readonly fromEnd: number;
  readonly toStart: number;
  readonly toEnd: number;
}

/** The shortest way is looked for up to this many removed and added lines; it takes the square of that in time and memory. */
const MAX_STEPS = 1000;

/**
 * The changes between two lists of lines, in order; between two of them at least one line is the same.
 *
 * http://www.xmailserver.org/diff2.pdf
 */
export function diffLines(from: readonly string[], to: readonly string[]): Change[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let [fromEnd, toEnd] = [from.length, to.length];
  while (fromEnd > start && toEnd > start && from[fromEnd - 1] === to[toEnd - 1]) {
    fromEnd--;
    toEnd--;
  }
  const [a, b] = [from.slice(start, fromEnd), to.slice(start, toEnd)];
  const changes = shortest(a, b) ?? lineByLine(a, b);
  return changes.map((change) => ({
    fromStart: change.fromStart + start,
    fromEnd: change.fromEnd + start,
    toStart: change.toStart + start,
    toEnd: change.toEnd + start,
  }));
}

/** Null where the way is too long. */
function shortest(a: readonly string[], b: readonly string[]): Change[] | null {
  const limit = Math.min(a.length + b.length, MAX_STEPS);
  // How far into `a` one comes on each diagonal (lines removed less lines added) with so many steps; before each step, kept.
  const reach = new Int32Array(2 * limit + 3);
  const origin = limit + 1;
  const trace: Int32Array[] = [];
  for (let steps = 0; steps <= limit; steps++) {
    trace.push(reach.slice(origin - steps - 1, origin + steps + 2));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const [left, right] = [reach[origin + diagonal - 1] ?? 0, reach[origin + diagonal + 1] ?? 0];
      let x = diagonal === -steps || (diagonal !== steps && left < right) ? right : left + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach[origin + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return null;
}

function walkBack(trace: readonly Int32Array[], fromLength: number, toLength: number): Change[] {
  const changes: Change[] = [];
  let [x, y] = [fromLength, toLength];
  for (let steps = trace.length - 1; steps > 0; steps--) {
    const reach = trace[steps];
    const at = (diagonal: number) => reach?.[diagonal + steps + 1] ?? 0;
    const diagonal = x - y;
    const isAdded = diagonal === -steps || (diagonal !== steps && at(diagonal - 1) < at(diagonal + 1));
    const before = isAdded ? diagonal + 1 : diagonal - 1;
    const fromStart = at(before);
    const toStart = fromStart - before;
    prepend(changes, { fromStart, fromEnd: isAdded ? fromStart : fromStart + 1, toStart, toEnd: isAdded ? toStart + 1 : toStart });
    [x, y] = [fromStart, toStart];
  }
  return changes.reverse();
}

/** Puts a change before those found so far (the list is backwards), as one with the next where nothing lies between. */
function prepend(changes: Change[], change: Change): void {
  const next = changes.at(-1);
  if (next?.fromStart === change.fromEnd && next.toStart === change.toEnd) {
    changes[changes.length - 1] = { fromStart: change.fromStart, fromEnd: next.fromEnd, toStart: change.toStart, toEnd: next.toEnd };
  } else {
    changes.push(change);
  }
}

/** Where thousands of lines differ, most were changed in their place; else all of them are one change. */
function lineByLine(a: readonly string[], b: readonly string[]): Change[] {
  if (a.length !== b.length) return [{ fromStart: 0, fromEnd: a.length, toStart: 0, toEnd: b.length }];
  const changes: Change[] = [];
  for (let line = a.length - 1; line >= 0; line--) {
    if (a[line] !== b[line]) prepend(changes, { fromStart: line, fromEnd: line + 1, toStart: line, toEnd: line + 1 });
  }
  return changes.reverse();
}

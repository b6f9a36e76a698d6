// What takes the time of a run (--timing): its phases, and its slowest rules.

import type { Messages, Rule, RuleContext, Visitor } from '../core/rule.js';
import type { Evidence } from '../core/types.js';

interface Spent {
  /** Milliseconds. */
  time: number;
  calls: number;
}

/** How many rules are listed. */
const MAX_LISTED = 10;

export class Timing {
  readonly #rules = new Map<string, Spent>();
  readonly #phases: { readonly name: string; readonly time: number }[] = [];
  #since: number;

  /** `clock` gives milliseconds. Times are counted from now on. */
  constructor(private readonly clock: () => number) {
    this.#since = clock();
  }

  /** Ends a phase; what follows is the next one's. */
  end(name: string): void {
    const now = this.clock();
    this.#phases.push({ name, time: now - this.#since });
    this.#since = now;
  }

  /** The rules as they are, but watched. */
  around(rules: readonly Rule[]): readonly Rule[] {
    return rules.map((rule) => ({
      // Not a copy: in the command, words of a rule are loaded when somebody asks for them.
      __proto__: rule,
      check: (context: RuleContext<Messages, keyof Evidence, keyof Evidence, unknown>) => this.watch(rule.id, () => rule.check(context)),
    })) as unknown as readonly Rule[];
  }

  private watch(id: string, begin: () => Visitor): Visitor {
    const visitor = this.measure(id, begin) as Readonly<Record<string, (argument: unknown) => void>>;
    return Object.fromEntries(Object.entries(visitor).map(([key, handle]) => [key, (argument: unknown) => this.measure(id, () => handle.call(visitor, argument))]));
  }

  private measure<T>(id: string, work: () => T): T {
    const before = this.clock();
    try {
      return work();
    } finally {
      const spent = this.#rules.get(id) ?? { time: 0, calls: 0 };
      this.#rules.set(id, spent);
      spent.time += this.clock() - before;
      spent.calls++;
    }
  }

  /** A table for a person, after the last phase. */
  table(last: string): string {
    this.end(last);
    const slowest = [...this.#rules].sort(([, a], [, b]) => b.time - a.time).slice(0, MAX_LISTED);
    const rows = [...this.#phases.map(({ name, time }) => row(time, name)), ...slowest.map(([id, { time, calls }]) => row(time, `${id} (${calls} calls)`))];
    return `Time in ms, phases first, then the slowest rules (watching them takes time as well):\n${rows.join('\n')}\n`;
  }
}

function row(time: number, what: string): string {
  return `${time.toFixed(1).padStart(9)}  ${what}`;
}

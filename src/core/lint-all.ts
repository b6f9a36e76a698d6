// Lints files that may belong together: what they share is told once, and those of one service are compared once all are read.

import { lintShared, startLint, type LintOptions, type LintResult, type Plan, type StartedLint, type Told } from './lint.js';
import type { Decoded } from './source.js';

/** A file, and the rules that run on it. */
export interface PlannedText extends Pick<LintOptions, 'watch'> {
  readonly file: Decoded;
  readonly plan: Plan;
}

/** So many texts are in memory at once. Of a larger group those that come later are read once more to be compared. */
const MAX_STARTED = 100;

/**
 * Lints files one after the other, and gives each with its result, in their order; returns what there is to say of what they
 * share. `told`: what need not be told of any.
 */
export function* lintAll<F extends PlannedText>(files: Iterable<F>, told?: Told): Generator<readonly [F, LintResult], readonly LintResult[]> {
  const toldByPlan = new Map<Plan, Told>();
  let started: (readonly [F, StartedLint])[] = [];
  let group: string | null = null;
  for (const file of files) {
    const { plan, watch } = file;
    const own = plan.settings.siblings?.groupOf(file.file.source.path) ?? null;
    if (own === null || own !== group || started.length >= MAX_STARTED) {
      yield* finished(started);
      started = [];
    }
    group = own;
    const toldOfPlan = told ?? toldByPlan.get(plan) ?? { run: false, needs: null };
    toldByPlan.set(plan, toldOfPlan);
    started.push([file, startLint(plan, file.file, { told: toldOfPlan, ...(watch === undefined ? {} : { watch }) })]);
  }
  yield* finished(started);
  return told === undefined ? Array.from(toldByPlan, ([plan, shared]) => lintShared(plan, shared)) : [];
}

function* finished<F>(started: readonly (readonly [F, StartedLint])[]): Generator<readonly [F, LintResult]> {
  for (const [file, lint] of started) yield [file, lint.finish()];
}

// Loads the watch over a run's time, which few runs ask for.

import type { Timing } from './timing.js';

/** Times are counted from now on. */
export async function loadTiming(): Promise<Timing> {
  const { Timing: Watch } = await import('./timing.js');
  return new Watch(() => performance.now());
}

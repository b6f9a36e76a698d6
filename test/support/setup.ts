// Settings of all tests, and what they measure with. FUZZ=20 tries each property twenty times as often.

import fc from 'fast-check';

/** Runs of a property, multiplied for long fuzzing. */
export function runs(count: number): number {
  return count * Number(process.env['FUZZ'] ?? 1);
}

fc.configureGlobal({ numRuns: runs(100) });

/** Milliseconds of processor time that work takes: a busy machine does not make it look slow. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

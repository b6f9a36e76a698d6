// Settings of all tests: how often properties are tried. FUZZ=20 tries each twenty times as often.

import fc from 'fast-check';

/** Runs of a property, multiplied for long fuzzing. */
export function runs(count: number): number {
  return count * Number(process.env['FUZZ'] ?? 1);
}

fc.configureGlobal({ numRuns: runs(100) });

// Programs that some tests need beside Node. Where one is absent its tests are skipped, and say so; CI counts that as a failure.

import { spawnSync } from 'node:child_process';

/** Whether nothing may be skipped: REQUIRE_TOOLS=1, as .ci/run sets it. */
export const REQUIRED = (process.env['REQUIRE_TOOLS'] ?? '') !== '';

/** Commands that were tried, and whether they ran. */
const asked = new Map<string, boolean>();

/** Ends a test as skipped where a program cannot be run; throws where nothing may be skipped. `source`: what brings it. */
export function needs(skip: (note: string) => void, program: string, source: string, probe: readonly string[] = ['--version']): void {
  const command = [program, ...probe].join(' ');
  const isThere = asked.get(command) ?? spawnSync(program, probe, { stdio: 'ignore' }).status === 0;
  asked.set(command, isThere);
  if (isThere) return;
  refuse(skip, `${program} is not installed (${source})`);
}

/** Ends a test as skipped that takes too long for every run. */
export function onlyInCi(skip: (note: string) => void): void {
  if (!REQUIRED) skip('takes minutes and the npm registry; REQUIRE_TOOLS=1 runs it');
}

function refuse(skip: (note: string) => void, note: string): void {
  if (REQUIRED) throw new Error(note);
  skip(note);
}

// Runs the command line inside the test's process, with everything it prints caught.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { Interrupted } from '../../src/cli/failure.js';
import type { Host } from '../../src/cli/host.js';
import { main } from '../../src/cli/main.js';
import { NOW } from './texts.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  /** Standard input. */
  readonly input?: string | Uint8Array;
  /** What somebody at the terminal types, one answer after the other; absent: nobody sits there. */
  readonly answers?: readonly string[];
  readonly home?: string;
  /** Takes the bytes of standard output, for a file that is handed on in its own encoding. */
  readonly written?: Uint8Array[];
  readonly colors?: boolean;
}

/** An answer that is none: the person presses Ctrl-C. */
export const CTRL_C = '\u0003';

/** Runs the command with the given arguments. */
export async function run(argv: readonly string[], options: RunOptions): Promise<Ran> {
  const { written = [] } = options;
  let err = '';
  const answers = [...(options.answers ?? [])];
  const host: Host = {
    argv,
    cwd: options.cwd,
    env: options.env ?? {},
    home: options.home ?? '/nobody',
    colors: options.colors ?? false,
    interactive: options.answers !== undefined,
    out: (text) => void written.push(Buffer.from(text)),
    err: (text) => void (err += text),
    readInput: () => (typeof options.input === 'string' ? Buffer.from(options.input) : (options.input ?? new Uint8Array())),
    askPassword: (question) => {
      err += `${question}\n`;
      const answer = answers.shift() ?? '';
      return answer === CTRL_C ? Promise.reject(new Interrupted()) : Promise.resolve(answer);
    },
    now: () => NOW,
  };
  const code = await main(host, '0.0.0');
  return { code, out: Buffer.concat(written).toString(), err };
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) removeFolder(folder);
});

/** Removes a folder that a property made, which makes thousands of them: the command reads the folders above its files. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A temporary folder with the given files; gone after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cscfglint-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

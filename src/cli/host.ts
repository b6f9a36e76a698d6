// What the command line needs of the machine it runs on, so that tests can stand in for it.

import { readFileSync } from 'node:fs';
import { Interrupted } from './failure.js';
import { StandardOutput } from './standard-output.js';

/** The outside, as commands see it. */
export interface Host {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder, whose config is nobody's. */
  readonly home: string;
  /** Whether standard output can show colours. */
  readonly colors: boolean;
  /** Whether somebody sits there who could type a password. */
  readonly interactive: boolean;
  /** Bytes for a file that is handed on in its own encoding. */
  out(text: string | Uint8Array): void;
  err(text: string): void;
  /** Everything on standard input. */
  readInput(): Uint8Array;
  /** Asks without echo; gives what was typed. Rejects with `Interrupted` at Ctrl-C. */
  askPassword(question: string): Promise<string>;
  now(): Date;
}

/** The real machine. */
export function nodeHost(): Host {
  const output = new StandardOutput();
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    home: process.env['HOME'] ?? process.env['USERPROFILE'] ?? '',
    colors: hasColors(process.env, output.isTerminal),
    // Streams take milliseconds to make: those that are seldom needed are made when they are.
    get interactive() {
      return process.stdin.isTTY && process.stderr.isTTY && process.env['CI'] === undefined;
    },
    out: (text) => output.write(text),
    err: (text) => void process.stderr.write(text),
    readInput: () => readFileSync(0),
    askPassword,
    now: () => new Date(),
  };
}

/** https://no-color.org, https://force-color.org */
function hasColors(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** Reads a line from the terminal without showing it. */
async function askPassword(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const onData = (chunk: string) => {
        for (const key of chunk) {
          if (key === '\r' || key === '\n' || key === '\u0004') {
            stdin.off('data', onData);
            resolve(typed);
            return;
          }
          if (key === '\u0003') {
            stdin.off('data', onData);
            reject(new Interrupted());
            return;
          }
          typed = key === '\u007F' || key === '\b' ? typed.slice(0, -1) : typed + key;
        }
      };
      stdin.on('data', onData);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

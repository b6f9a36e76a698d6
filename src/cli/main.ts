// From arguments to an exit code: the commands, and what is said when one fails.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { suggest } from '../core/names.js';
import { visible } from '../formats/visible.js';
import { helpArguments, helpText, parseArguments, type Arguments } from './args.js';
import { loadCommand, type ExitCode } from './command.js';
import { COMMANDS } from './commands.js';
import { Failure, isFailure, isInterrupted } from './failure.js';
import type { Host } from './host.js';

/** What shells give for a program that Ctrl-C ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** Runs the command line. Never throws. */
export async function main(host: Host, version: string): Promise<ExitCode | typeof INTERRUPTED> {
  try {
    const [first, ...rest] = host.argv;
    // What is called so is a path, as ever.
    const args = parseArguments(first === 'help' && !existsSync(resolve(host.cwd, first)) ? helpArguments(rest) : host.argv);
    if (args.help === true) {
      host.out(`${await helpText(args, Number(host.env['COLUMNS']) || 100)}\n`);
      return 0;
    }
    if (args.version === true) {
      host.out(`${version}\n`);
      return 0;
    }
    refuseMisspeltCommand(args, host);
    const command = await loadCommand(args.command);
    return await command(args, host, version);
  } catch (error) {
    if (isInterrupted(error)) return INTERRUPTED;
    host.err(describe(error, host.argv.includes('--debug')));
    return 2;
  }
}

/** The first argument may be a command that was misspelt, where no path is called so. */
function refuseMisspeltCommand({ isNamed, paths: [first] }: Arguments, { cwd }: Host): void {
  if (isNamed || first === undefined || !/^[a-z-]{3,}$/i.test(first) || existsSync(resolve(cwd, first))) return;
  const near = suggest(first, COMMANDS.map(({ name }) => name));
  if (near !== null) throw new Failure(`There is no command "${first}", and nothing here is called so.`, `Did you mean ${near}?`);
}

function describe(error: unknown, debug: boolean): string {
  if (isFailure(error)) {
    const lines = error.message.split('\n').map((line) => `cscfglint: ${visible(line)}`);
    return `${lines.join('\n')}${error.help === null ? '' : `\n${error.help}`}\n`;
  }
  const what = error instanceof Error ? error.message : String(error);
  const stack = debug && error instanceof Error ? `\n${error.stack ?? ''}` : '\nRun it again with --debug for the place.';
  return `cscfglint: this is a bug in cscfglint: ${visible(what)}\nPlease report it: https://github.com/cscfglint/cscfglint/issues${stack}\n`;
}

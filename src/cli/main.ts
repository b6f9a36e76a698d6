// From arguments to an exit code: the commands, and what is said when one fails.

import { visible } from '../formats/visible.js';
import { helpText, parseArguments } from './args.js';
import { lintCommand, type ExitCode } from './commands/lint.js';
import { isFailure, isInterrupted } from './failure.js';
import type { Host } from './host.js';

/** What shells give for a program that Ctrl-C ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** Runs the command line. Never throws. */
export async function main(host: Host, version: string): Promise<ExitCode | typeof INTERRUPTED> {
  try {
    const args = parseArguments(host.argv);
    if (args.help === true) {
      host.out(`${await helpText(Number(host.env['COLUMNS']) || 100)}\n`);
      return 0;
    }
    if (args.version === true) {
      host.out(`${version}\n`);
      return 0;
    }
    return await lintCommand(args, host, version);
  } catch (error) {
    if (isInterrupted(error)) return INTERRUPTED;
    host.err(describe(error, host.argv.includes('--debug')));
    return 2;
  }
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

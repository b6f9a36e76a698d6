// The entry of the command: the real machine, and an end that loses no output.

import { systemError } from './failure.js';
import { nodeHost } from './host.js';
import { main } from './main.js';

/** The version in package.json; the build puts it in. */
declare const VERSION: string;

// `cscfglint … | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  process.stderr.write(`cscfglint: the report cannot be written to standard output: ${systemError(error)}.\n`);
  process.exit(2);
});

void main(nodeHost(), VERSION).then((code) => {
  // Not process.exit: what was written to a pipe may still be on its way.
  process.exitCode = code;
});

// The entry of the command: the real machine, and an end that loses no output.

import { nodeHost } from './host.js';
import { main } from './main.js';

/** The version in package.json; the build puts it in. */
declare const VERSION: string;

void main(nodeHost(), VERSION).then((code) => {
  // Not process.exit: what was written to a pipe may still be on its way.
  process.exitCode = code;
});

// cscfglint list-files: the files that lint would check.

import { jsonText } from '../../formats/json-text.js';
import { visible } from '../../formats/visible.js';
import type { Command } from '../command.js';
import { findFiles, gatherFor, shownName } from '../input.js';
import { readOutputs, writeOutput } from '../output.js';

export const listFilesCommand: Command = async (args, host, version) => {
  const outputs = readOutputs(args.format, ['text', 'json']);
  const found = await findFiles(args, host);
  const { files, failures: unread } = await gatherFor(found, args, host, host.now(), { withoutEvidence: true });
  const failures = [...found.failures, ...unread];
  const paths = files.map(({ file }) => shownName(file, host));
  for (const output of outputs) {
    const text = output.format === 'json' ? jsonText({ version: 1, tool: { name: 'cscfglint', version }, files: paths }) : paths.map((path) => `${visible(path)}\n`).join('');
    writeOutput(output, text, host);
  }
  for (const failure of failures) host.err(`cscfglint: ${visible(failure)}\n`);
  return failures.length > 0 ? 2 : 0;
};

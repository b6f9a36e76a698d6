// cscfglint list-files: the files that lint would check.

import { printJson } from '../../formats/json.js';
import { visible } from '../../formats/visible.js';
import { RULES } from '../../rules/index.js';
import type { Command } from '../command.js';
import { Configs, isIgnored } from '../config-file.js';
import { findFiles, shownName } from '../input.js';
import { readOutputs, writeOutput } from '../output.js';

export const listFilesCommand: Command = async (args, host, version) => {
  const outputs = readOutputs(args.format, ['text', 'json']);
  const { files, folders, failures } = await findFiles(args, host);
  const configs = new Configs(folders, RULES, host.home);
  const paths: string[] = [];
  for (const file of files) {
    const config = await configs.for(file.path, args.config, host.cwd);
    if (args.ignore === false || !isIgnored(config, file.path)) paths.push(shownName(file, host));
  }
  for (const output of outputs) {
    const text = output.format === 'json' ? printJson({ version: 1, tool: { name: 'cscfglint', version }, files: paths }) : paths.map((path) => `${visible(path)}\n`).join('');
    writeOutput(output, text, host);
  }
  for (const failure of failures) host.err(`cscfglint: ${visible(failure)}\n`);
  return failures.length > 0 ? 2 : 0;
};

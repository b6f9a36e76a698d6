// What a command is to those who run it, and where each one is found. All but lint are loaded when they are named.

import type { Arguments } from './args.js';
import type { CommandName } from './commands.js';
import { lintCommand } from './commands/lint.js';
import type { Host } from './host.js';

/** The exit codes: nothing at or above the fail level, findings, the job could not be done. */
export type ExitCode = 0 | 1 | 2;

/** Does what the command line asks. Throws a `Failure` where nothing could be done. */
export type Command = (args: Arguments, host: Host, version: string) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<CommandName, () => Command | Promise<Command>>> = {
  lint: () => lintCommand,
  inspect: async () => (await import('./commands/inspect.js')).inspectCommand,
  certs: async () => (await import('./commands/certs.js')).certsCommand,
  rules: async () => (await import('./commands/rules.js')).rulesCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  'print-config': async () => (await import('./commands/print-config.js')).printConfigCommand,
  'list-files': async () => (await import('./commands/list-files.js')).listFilesCommand,
  init: async () => (await import('./commands/init.js')).initCommand,
  completion: async () => (await import('./commands/completion.js')).completionCommand,
};

/** Loads a command. */
export async function loadCommand(name: CommandName): Promise<Command> {
  return COMMANDS[name]();
}

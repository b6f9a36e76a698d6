// The commands, in one table: what --help, "did you mean", completion and the check of options are made of.

import type { OptionName } from './args.js';

/** What stands behind a command's name. `at least one` and `one` name what is missing where it is. */
export type Operands = 'any' | 'at least one' | 'one' | 'at most one' | 'none';

/** One command. */
export interface CommandSpec {
  readonly name: string;
  /** What may stand behind the name, as help shows it: `FILE…`. */
  readonly usage: string;
  readonly operands: Operands;
  /** What completion offers for them. */
  readonly completes: 'files' | 'rules' | 'shells' | 'nothing';
  /** One line, for the list of commands. */
  readonly summary: string;
  /** A few sentences, for the command's own help. */
  readonly about: string;
  /** The options that mean something to it; `all` for every one. */
  readonly options: readonly OptionName[] | 'all';
  /** What --format may name; null where the formats of reports hold. */
  readonly formats: readonly string[] | null;
  /** Arguments, and what they do. */
  readonly examples: readonly (readonly [args: string, what: string])[];
  /** What the exit codes say. */
  readonly exitCodes: string;
}

/** Options that every command takes. */
const ALWAYS = ['debug', 'help', 'version'] as const satisfies readonly OptionName[];

const PASSWORDS = ['pfx-password-env', 'pfx-password-file', 'pfx-password-stdin'] as const satisfies readonly OptionName[];

/** Options that choose files and their config. */
const FILES = ['config', 'ignore', 'error-on-unmatched-pattern', 'stdin-filename'] as const satisfies readonly OptionName[];

const DONE_OR_NOT = 'Exit codes: 0 done, 2 the job could not be done.';

export const COMMANDS = [
  {
    name: 'lint',
    usage: '[paths…]',
    operands: 'any',
    completes: 'files',
    summary: 'Check service configurations; what is done where no command is named',
    about:
      'Checks service configurations (.cscfg) and definitions (.csdef) of Azure Cloud Services and their certificates, offline.\nPaths are files, directories, globs, or "-" for standard input; none is the current directory. One that is named like a command is written ./rules.',
    options: 'all',
    formats: null,
    examples: [
      ['', 'lint every .cscfg below this directory'],
      ['ServiceConfiguration.Cloud.cscfg --vault vault.json --os-profile template.json --os-profile parameters.json', 'compare with a vault export and a template'],
      ["--pfx 'certs/*.pfx' --pfx-password-env PFX_PASSWORD", 'compare with local certificates'],
      ['-f json=report.json -f text', 'write a report for programs beside the text'],
    ],
    exitCodes: 'Exit codes: 0 nothing at or above the fail level, 1 findings, 2 the job could not be done.',
  },
  {
    name: 'inspect',
    usage: 'FILE…',
    operands: 'at least one',
    completes: 'files',
    summary: 'Show what certificates and secret URLs are in a file',
    about:
      'Shows what is in a .pfx, .cer, .pem, .p7b, an export of Key Vault or a source of osProfile: thumbprints, subjects, validity, keys, secret URLs. What a file is, is told from its content. Nothing is checked, and no secret is shown.\nEach file is read by itself; "-" is standard input.',
    options: ['cloud-service', ...PASSWORDS, 'now', 'format', 'color', 'quiet', 'stdin-filename', ...ALWAYS],
    formats: ['text', 'json'],
    examples: [
      ['certs/web.pfx vault.json', 'a local certificate beside an export'],
      ["'certs/*.pfx' --pfx-password-env PFX_PASSWORD", 'every .pfx of a folder'],
      ['-f json parameters.json', 'for programs'],
    ],
    exitCodes: 'Exit codes: 0 every file was read, 2 one could not be.',
  },
  {
    name: 'certs',
    usage: '[paths…]',
    operands: 'any',
    completes: 'files',
    summary: 'Show for each certificate of each role where it is, and what is next',
    about:
      'Shows every certificate of every role against .cscfg, .csdef, .pfx, vault and osProfile, marks the first broken link, and says the next step.\nPaths, config and evidence are those of lint.',
    options: ['csdef', 'pfx', 'vault', 'os-profile', 'cloud-service', ...PASSWORDS, 'now', 'format', 'color', 'quiet', 'timing', ...FILES, ...ALWAYS],
    formats: ['text', 'json', 'markdown'],
    examples: [
      ["--vault vault.json --os-profile template.json --os-profile parameters.json --pfx 'certs/*.pfx'", 'every service below this directory'],
      ['-f markdown=certificates.md', 'as a table for a pull request'],
    ],
    exitCodes: 'Exit codes: 0 no link is broken, 1 one is, 2 the job could not be done.',
  },
  {
    name: 'rules',
    usage: '',
    operands: 'none',
    completes: 'nothing',
    summary: 'List the rules',
    about: 'Lists the rules with their default levels, what holds when all is well, and whether they can be fixed.',
    options: ['format', 'color', ...ALWAYS],
    formats: ['text', 'json'],
    examples: [['', 'all rules'], ['-f json', 'for programs']],
    exitCodes: DONE_OR_NOT,
  },
  {
    name: 'explain',
    usage: 'RULE',
    operands: 'one',
    completes: 'rules',
    summary: 'Explain a rule: what, why, who says so, examples',
    about: 'Explains a rule: what holds when all is well, who demands it, what it says, what Azure says, a bad and a good example.',
    options: ['color', ...ALWAYS],
    formats: ['text'],
    examples: [['thumbprint-length', 'one rule']],
    exitCodes: DONE_OR_NOT,
  },
  {
    name: 'print-config',
    usage: 'FILE',
    operands: 'one',
    completes: 'files',
    summary: 'Show the config that holds for a file, and where each part comes from',
    about: 'Shows the config that holds for a .cscfg, whether that exists or not, and which file each part of it comes from.',
    options: ['format', 'config', 'ignore', ...ALWAYS],
    formats: ['text', 'json'],
    examples: [['src/ServiceConfiguration.Cloud.cscfg', 'what holds for this file']],
    exitCodes: DONE_OR_NOT,
  },
  {
    name: 'list-files',
    usage: '[paths…]',
    operands: 'any',
    completes: 'files',
    summary: 'List the files that lint would check',
    about: 'Lists the files that lint would check with the same paths and options, one a line.',
    options: ['csdef', 'format', ...FILES, ...ALWAYS],
    formats: ['text', 'json'],
    examples: [['', 'every .cscfg below this directory that nothing ignores']],
    exitCodes: DONE_OR_NOT,
  },
  {
    name: 'init',
    usage: '[folder]',
    operands: 'at most one',
    completes: 'files',
    summary: 'Write a config that names the certificates, exports and templates of a repository',
    about:
      'Looks through a folder, by default this one, and writes a .cscfglintrc there that names what lint can compare thumbprints with: service definition, certificates, exports of Key Vault, sources of osProfile. JSON is told from its content. Comments say what each part is for, and what to do next.\nWhat a .gitignore leaves out is not looked at. A config that is there already stays as it is.',
    options: [...ALWAYS],
    formats: ['text'],
    examples: [
      ['', 'a config for this repository'],
      ['services/shop', 'one for a folder of it'],
    ],
    exitCodes: 'Exit codes: 0 the config was written, 2 it was not: there is one already, or no .cscfg to write it for.',
  },
  {
    name: 'completion',
    usage: '[bash|zsh]',
    operands: 'at most one',
    completes: 'shells',
    summary: 'Print a script that completes arguments',
    about: 'Prints a script that completes commands, options, formats and rules in bash or zsh; without a name, for the shell that $SHELL names.',
    options: [...ALWAYS],
    formats: ['text'],
    examples: [
      ['bash >> ~/.bashrc', 'bash'],
      ["zsh > ~/.zsh/completions/_cscfglint", 'zsh, for a folder of fpath'],
    ],
    exitCodes: DONE_OR_NOT,
  },
] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof COMMANDS)[number]['name'];

/** The command of a name, or undefined. */
export function commandNamed(name: string | undefined): (CommandSpec & { readonly name: CommandName }) | undefined {
  return COMMANDS.find((command) => command.name === name);
}

/** Whether an option means something to a command. */
export function takes({ options }: CommandSpec, option: string): boolean {
  return options === 'all' || options.some((name) => name === option);
}

// The only file that knows yargs: one table of options, parsed by yargs' own parser; yargs itself is loaded for --help.

import parse from 'yargs-parser/browser';
import { suggest } from '../core/names.js';
import { COMMANDS, commandNamed, takes, type CommandName, type CommandSpec } from './commands.js';
import { Failure } from './failure.js';

/** One option of the command line. */
export interface OptionSpec {
  readonly name: string;
  readonly alias?: string;
  /** `flag` takes no value, `value` one, `list` one each time it is given. */
  readonly kind: 'flag' | 'value' | 'list';
  /** Whether `--no-NAME` means something. */
  readonly negatable?: true;
  /** How help names the value. */
  readonly metavar?: string;
  readonly group: 'Evidence:' | 'Output:' | 'Fixes:' | 'Rules:' | 'Files:' | 'Other:';
  readonly describe: string;
}

export const OPTIONS = [
  { name: 'csdef', kind: 'value', metavar: 'FILE', group: 'Evidence:', describe: 'The service definition; one beside the .cscfg is found by itself' },
  { name: 'pfx', kind: 'list', metavar: 'GLOB', group: 'Evidence:', describe: 'Local certificates: .pfx, .p12, .cer, .crt, .pem' },
  { name: 'vault', kind: 'list', metavar: 'FILE', group: 'Evidence:', describe: 'An export of Key Vault certificates: az, PowerShell, REST, terraform show -json' },
  { name: 'os-profile', kind: 'list', metavar: 'FILE', group: 'Evidence:', describe: 'Where osProfile.secrets stands: ARM template, parameters file, JSON of the cloud service' },
  { name: 'cloud-service', kind: 'value', metavar: 'NAME', group: 'Evidence:', describe: 'Which cloud service, where the osProfile sources hold several' },
  { name: 'pfx-password-env', kind: 'list', metavar: 'NAME', group: 'Evidence:', describe: 'An environment variable that holds a password of a .pfx' },
  { name: 'pfx-password-file', kind: 'list', metavar: 'FILE', group: 'Evidence:', describe: 'A file whose first line is a password of a .pfx' },
  { name: 'pfx-password-stdin', kind: 'flag', group: 'Evidence:', describe: 'Read a password of a .pfx from standard input' },
  { name: 'require', kind: 'list', metavar: 'KIND', group: 'Evidence:', describe: 'Evidence that must be there and usable, else exit code 2: csdef, vault, os-profile, pfx' },
  { name: 'strict-inputs', kind: 'flag', group: 'Evidence:', describe: 'The full check or nothing: a skipped error-level rule or an unknown answer counts as an error' },
  { name: 'now', kind: 'value', metavar: 'ISO', group: 'Evidence:', describe: 'The moment at which dates are judged, UTC' },

  { name: 'format', alias: 'f', kind: 'list', metavar: 'NAME[=FILE]', group: 'Output:', describe: 'Report as text, compact, json, sarif, junit, github, azure, gitlab, checkstyle, rdjson or markdown; to a file with =FILE' },
  { name: 'annotations', kind: 'value', metavar: 'WHERE', group: 'Output:', describe: 'Annotations beside the text report: auto (default: where GitHub or Azure Pipelines runs it), github, azure, none' },
  { name: 'color', kind: 'flag', negatable: true, group: 'Output:', describe: 'Colours, whatever standard output is' },
  { name: 'quiet', kind: 'flag', group: 'Output:', describe: 'Findings only, without the summary line' },

  { name: 'fix', kind: 'flag', group: 'Fixes:', describe: 'Write the safe fixes into the files; of "-", print the fixed text' },
  { name: 'fix-unsafe', kind: 'flag', group: 'Fixes:', describe: 'As --fix, and those that change what is deployed, or choose which of two files is right' },
  { name: 'diff', kind: 'flag', group: 'Fixes:', describe: 'Print what --fix (or --fix-unsafe) would change, and write nothing' },

  { name: 'rule', kind: 'list', metavar: 'ID:LEVEL', group: 'Rules:', describe: 'Set a rule to off, info, warning or error' },
  { name: 'only', kind: 'list', metavar: 'ID', group: 'Rules:', describe: 'Run this rule and no others' },
  { name: 'skip', kind: 'list', metavar: 'ID', group: 'Rules:', describe: 'Do not run this rule' },
  { name: 'suppressions', kind: 'flag', negatable: true, group: 'Rules:', describe: 'Heed suppressions in comments and configs (default); --no-suppressions silences nothing' },
  { name: 'baseline', kind: 'value', metavar: 'FILE', group: 'Rules:', describe: 'Silence the findings that this file holds' },
  { name: 'write-baseline', kind: 'flag', group: 'Rules:', describe: 'Write the findings of this run to the file of --baseline' },
  { name: 'prune-baseline', kind: 'flag', group: 'Rules:', describe: 'Take out of the file of --baseline what is not found any more' },
  { name: 'fail-on', kind: 'value', metavar: 'LEVEL', group: 'Rules:', describe: 'What makes the exit code 1: error (default), warning, info (but no remark on the run), never' },
  { name: 'max-warnings', kind: 'value', metavar: 'N', group: 'Rules:', describe: 'More warnings than N make the exit code 1' },

  { name: 'config', alias: 'c', kind: 'value', negatable: true, metavar: 'FILE', group: 'Files:', describe: 'One config for everything; --no-config for none at all' },
  { name: 'ignore', kind: 'flag', negatable: true, group: 'Files:', describe: 'Respect .gitignore and the ignore list of the config (default); --no-ignore lints those files, too' },
  { name: 'error-on-unmatched-pattern', kind: 'flag', negatable: true, group: 'Files:', describe: 'Fail where a path matches no file (default); --no-… lets it pass' },
  { name: 'stdin-filename', kind: 'value', metavar: 'PATH', group: 'Files:', describe: 'What standard input ("-") is called, for its config and its findings' },

  { name: 'timing', kind: 'flag', group: 'Other:', describe: 'Say on standard error what took the time, and which rules' },
  { name: 'debug', kind: 'flag', group: 'Other:', describe: 'Where a bug ends the run, print its stack' },
  { name: 'help', alias: 'h', kind: 'flag', group: 'Other:', describe: 'Show this help' },
  { name: 'version', alias: 'v', kind: 'flag', group: 'Other:', describe: 'Show the version' },
] as const satisfies readonly OptionSpec[];

type Option = (typeof OPTIONS)[number];

export type OptionName = Option['name'];

/** What an option's value looks like once parsed; undefined where it was not given. */
type ValueOf<O extends Option> = O extends { kind: 'list' }
  ? readonly string[]
  : O extends { kind: 'flag' }
    ? boolean | undefined
    : O extends { negatable: true }
      ? string | false | undefined
      : string | undefined;

/** The parsed command line. Options that mean nothing to the command are as if they were not given. */
export type Arguments = { readonly [O in Option as O['name']]: ValueOf<O> } & {
  readonly command: CommandName;
  /** Whether it was named, rather than taken because none was. */
  readonly isNamed: boolean;
  /** What stands behind the command's name. */
  readonly paths: readonly string[];
};

/** Settings of yargs' parser; yargs is given the same ones for --help. */
export const PARSER_CONFIGURATION = {
  // `--rule a:off x.cscfg` must not swallow the file.
  'greedy-arrays': false,
  // `--__proto__.x` is no path into an object.
  'dot-notation': false,
  'camel-case-expansion': false,
  // A file may be called 1234.
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'short-option-groups': false,
  // `-- rules` is a path, `rules` a command.
  'populate--': true,
} as const;

/** Parses the arguments after the program's name. Throws a {@link Failure} for a wrong one. */
export function parseArguments(argv: readonly string[]): Arguments {
  const parsed = parsedFrom(argv);
  const given = Object.keys(parsed);
  refuseUnknown(given);
  const operands = parsed._.map(String);
  const named = commandNamed(operands[0]);
  const command = named ?? DEFAULT_COMMAND;
  const paths = [...(named === undefined ? operands : operands.slice(1)), ...(parsed['--'] ?? []).map(String)];
  refuseForeign(given, command);
  refuseDanglingDash(argv, paths);
  const values = Object.fromEntries(OPTIONS.map((option) => [option.name, valueOf(option, argv, parsed[option.name])]));
  const args = { ...values, command: command.name, isNamed: named !== undefined, paths } as unknown as Arguments;
  if (args.help !== true && args.version !== true) {
    refuseEmpty(command, paths);
    refuseCount(command, paths);
  }
  return args;
}

/** `help certs` as `certs --help`. Throws a {@link Failure} for what is no command. */
export function helpArguments([name, ...more]: readonly string[]): readonly string[] {
  if (name === undefined || name === 'help') return ['--help'];
  if (name.startsWith('-')) return [name, ...more, '--help'];
  if (commandNamed(name) !== undefined) return [name, ...more, '--help'];
  const near = suggest(name, COMMANDS.map((command) => command.name));
  throw new Failure(`There is no command "${name}".`, near === null ? 'cscfglint --help lists the commands, and cscfglint explain RULE explains a rule.' : `Did you mean ${near}?`);
}

/** What is done where no command is named. */
const [DEFAULT_COMMAND] = COMMANDS;

/** Without a single option there is nothing to parse, and the parser takes longer than a file. */
function parsedFrom(argv: readonly string[]): Record<string, unknown> & { readonly _: readonly (string | number)[]; readonly '--'?: readonly (string | number)[] } {
  if (argv.every((arg) => !arg.startsWith('-'))) return { _: argv };
  return parse([...argv], { ...parserOptions(), configuration: PARSER_CONFIGURATION });
}

function parserOptions() {
  const options: readonly OptionSpec[] = OPTIONS;
  return {
    boolean: options.filter(({ kind }) => kind === 'flag').map(({ name }) => name),
    string: options.filter(({ kind }) => kind !== 'flag').map(({ name }) => name),
    array: options.filter(({ kind }) => kind === 'list').map(({ name }) => name),
    alias: Object.fromEntries(options.flatMap(({ name, alias }) => (alias === undefined ? [] : [[name, [alias]]]))) as Record<string, string[]>,
  };
}

function refuseUnknown(given: readonly string[]): void {
  const known = new Set<string>(['_', '--', ...OPTIONS.flatMap((option) => ('alias' in option ? [option.name, option.alias] : [option.name]))]);
  for (const name of given) {
    if (known.has(name)) continue;
    const near = suggest(name, OPTIONS.map((option) => option.name));
    const flag = name.length === 1 ? `-${name}` : `--${name}`;
    throw new Failure(`There is no option ${flag}.`, adviceFor(name, near));
  }
}

function adviceFor(name: string, near: string | null): string {
  if (near !== null) return `Did you mean --${near}?`;
  if (/^(?:pfx-?)?pass(?:word|phrase)?s?$/i.test(name)) {
    return 'A password is never an argument: give it with --pfx-password-env NAME, --pfx-password-file FILE or --pfx-password-stdin.';
  }
  const alike = name.length < 3 ? [] : OPTIONS.map((option): string => option.name).filter((known) => known.includes(name) || name.startsWith(`${known}-`));
  return alike.length === 0 ? 'cscfglint --help lists the options.' : `Did you mean ${alike.map((known) => `--${known}`).join(' or ')}?`;
}

/** Refuses options that mean nothing to the command: who gives one expects something of it. */
function refuseForeign(given: readonly string[], command: CommandSpec): void {
  const options: readonly OptionSpec[] = OPTIONS;
  for (const { name, alias } of options) {
    if (takes(command, name) || !given.some((one) => one === name || one === alias)) continue;
    throw new Failure(`--${name} means nothing to ${command.name}.`, `cscfglint ${command.name} --help lists its options.`);
  }
}

/** A variable of a script that holds nothing would mean the working directory. */
function refuseEmpty({ name, operands }: CommandSpec, paths: readonly string[]): void {
  if (!paths.includes('')) return;
  const advice = operands === 'any' ? 'Write "." for the working directory. ' : '';
  throw new Failure(`An argument of ${name} is empty.`, `${advice}If a variable stands there, it holds nothing.`);
}

function refuseCount({ name, usage, operands, examples }: CommandSpec, paths: readonly string[]): void {
  const [least, most] = OPERAND_COUNTS[operands];
  if (paths.length >= least && paths.length <= most) return;
  const [example = ''] = examples[0] ?? [];
  const what = paths.length < least ? `needs ${usage}` : most === 0 ? 'takes no arguments' : 'takes one argument only';
  throw new Failure(`${name} ${what}.`, `For example: cscfglint ${name} ${example}`.trimEnd());
}

const OPERAND_COUNTS: Readonly<Record<CommandSpec['operands'], readonly [least: number, most: number]>> = {
  any: [0, Infinity],
  'at least one': [1, Infinity],
  one: [1, 1],
  'at most one': [0, 1],
  none: [0, 0],
};

/** How often an option is given. The parser drops one without a value where another has one. */
function timesGiven({ name, alias }: OptionSpec, argv: readonly string[]): number {
  const end = argv.indexOf('--');
  const spellings = alias === undefined ? [`--${name}`] : [`--${name}`, `-${alias}`];
  return argv.slice(0, end === -1 ? undefined : end).filter((one) => spellings.some((flag) => one === flag || one.startsWith(`${flag}=`))).length;
}

/** Whether a flag is given with a value other than true and false, which the parser takes for true. */
function hasValue({ name }: OptionSpec, argv: readonly string[]): boolean {
  return argv.some((one) => one.startsWith(`--${name}=`) && !/=(?:true|false)$/.test(one));
}

function valueOf(option: OptionSpec, argv: readonly string[], value: unknown): unknown {
  const { name, kind, metavar = 'VALUE', negatable } = option;
  if (kind === 'list') {
    const values = value === undefined ? [] : (value as unknown[]);
    if (values.includes(false)) throw new Failure(`There is no option --no-${name}.`);
    if (values.includes('') || values.length !== timesGiven(option, argv)) throw new Failure(`--${name} needs a value: --${name} ${metavar}.`);
    return values;
  }
  if (kind === 'flag' && hasValue(option, argv)) throw new Failure(`--${name} takes no value.`);
  if (value === undefined || (kind === 'flag' && typeof value === 'boolean')) return value;
  if (value === false && negatable === true) return false;
  if (Array.isArray(value)) {
    if (value.includes(false) && value.some((one) => one !== false)) throw new Failure(`--${name} and --no-${name} do not go together.`, 'Leave one of them out.');
    throw new Failure(`--${name} is given twice.`, 'Give it once.');
  }
  if (typeof value !== 'string' || value === '') throw new Failure(`--${name} needs a value: --${name} ${metavar}.`);
  return value;
}

/** `--vault -` reads as an empty value beside a positional "-", which would lint standard input instead. */
function refuseDanglingDash(argv: readonly string[], paths: readonly string[]): void {
  if (!paths.includes('-')) return;
  const index = argv.indexOf('-');
  const before = argv[index - 1]?.replace(/^--?/, '');
  const option = OPTIONS.find((one) => one.kind !== 'flag' && (one.name === before || ('alias' in one && one.alias === before)));
  if (option !== undefined && argv[index - 1]?.startsWith('-')) {
    throw new Failure(`--${option.name} cannot be read from standard input.`, 'Give it a file; "-" as a path is the .cscfg to lint.');
  }
}

/** The text of --help, as yargs lays it out: of one command, or of lint with the list of all. */
export async function helpText({ command: name, isNamed }: Pick<Arguments, 'command' | 'isNamed'>, columns: number): Promise<string> {
  const { default: yargs } = await import('yargs');
  const command: CommandSpec = commandNamed(name) ?? DEFAULT_COMMAND;
  const options: readonly OptionSpec[] = OPTIONS;
  const called = isNamed ? `$0 ${command.name}` : '$0';
  const parser = yargs([])
    .scriptName('cscfglint')
    .locale('en')
    .usage(`${`${called} ${command.usage}`.trimEnd()}\n\n${command.about}`)
    .parserConfiguration(PARSER_CONFIGURATION)
    .help(false)
    .version(false)
    .wrap(Math.min(columns, 110));
  if (!isNamed) for (const { name: other, usage, summary } of COMMANDS) parser.command(`${other} ${usage}`.trimEnd(), summary);
  for (const { name: option, alias, kind, metavar, describe, group } of options) {
    if (!takes(command, option)) continue;
    parser.option(option, {
      ...(alias === undefined ? {} : { alias }),
      type: kind === 'flag' ? 'boolean' : 'string',
      ...(kind === 'list' ? { array: true } : {}),
      ...(metavar === undefined ? {} : { defaultDescription: metavar }),
      describe: option === 'format' && command.formats !== null ? formatsOf(command.formats) : describe,
      group,
    });
  }
  for (const [args, what] of command.examples) parser.example(`${called} ${args}`.trimEnd(), what);
  parser.epilogue(command.exitCodes);
  return namingValues(await parser.getHelp());
}

function formatsOf(formats: readonly string[]): string {
  return `Print as ${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}; to a file with =FILE`;
}

/** yargs prints the type and the default of an option; what a reader wants is how its value is called, and whether it can be repeated. */
function namingValues(help: string): string {
  return help
    .replace(/\[(array|string)\] \[default: (.+?)\](?=\n|$)/g, (all, type: string, value: string) => `[${value}${type === 'array' ? ', repeatable' : ''}]`.padStart(all.length))
    .replace(/ +\[boolean\](?=\n|$)/g, '');
}


// cscfglint completion: a script for bash or zsh, made from the tables of commands and options.

import { basename } from 'node:path';
import { FORMAT_NAMES } from '../../formats/index.js';
import { RULES } from '../../rules/index.js';
import { OPTIONS, type OptionSpec } from '../args.js';
import type { Command } from '../command.js';
import { COMMANDS, takes, type CommandSpec } from '../commands.js';
import { Failure } from '../failure.js';

export const completionCommand: Command = (args, host) => {
  const [named] = args.paths;
  const shell = named ?? basename(host.env['SHELL'] ?? '');
  const script = isShell(shell) ? SCRIPTS[shell]() : null;
  if (script === null) {
    const what = named === undefined ? 'Which shell this is cannot be told.' : `There is no completion for "${named}".`;
    throw new Failure(what, 'There is bash and zsh: cscfglint completion bash.');
  }
  host.out(script);
  return Promise.resolve(0);
};

const SCRIPTS = { bash: bashScript, zsh: zshScript } as const;

function isShell(name: string): name is keyof typeof SCRIPTS {
  return Object.hasOwn(SCRIPTS, name);
}

/** The values of an option: a list of them, files, or anything. */
function valuesOf(command: CommandSpec, { name, metavar = '' }: OptionSpec): readonly string[] | 'files' | 'anything' {
  if (name === 'format') return command.formats ?? FORMAT_NAMES;
  if (name === 'fail-on') return ['error', 'warning', 'info', 'never'];
  // Of ID:LEVEL the id: to bash a colon ends a word.
  if (metavar.startsWith('ID')) return RULES.map(({ id }) => id);
  return ['FILE', 'GLOB', 'PATH'].includes(metavar) ? 'files' : 'anything';
}

function optionsOf(command: CommandSpec): readonly OptionSpec[] {
  const options: readonly OptionSpec[] = OPTIONS;
  return options.filter(({ name }) => takes(command, name));
}

function spellingsOf({ name, alias, negatable }: OptionSpec): string[] {
  return [`--${name}`, ...(negatable === true ? [`--no-${name}`] : []), ...(alias === undefined ? [] : [`-${alias}`])];
}

function operandsOf({ completes }: CommandSpec): readonly string[] {
  if (completes === 'rules') return RULES.map(({ id }) => id);
  return completes === 'shells' ? Object.keys(SCRIPTS) : [];
}

const NAMES = COMMANDS.map(({ name }) => name);

// ---------------------------------------------------------------------------------------------------------------------
// bash: https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
// ---------------------------------------------------------------------------------------------------------------------

function bashScript(): string {
  return [
    '# Completion of cscfglint for bash, made by: cscfglint completion bash',
    '_cscfglint() {',
    "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command='' words='' files=no word",
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    `    case $word in ${NAMES.join('|')}) command=$word; break ;; esac`,
    '  done',
    '  case "${command:-lint} $previous" in',
    ...COMMANDS.flatMap(bashValues),
    '    *)',
    '      case ${command:-lint} in',
    ...COMMANDS.map(bashWords),
    '      esac',
    `      [[ $command == '' ]] && words="$words ${NAMES.join(' ')}"`,
    '      ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  if [[ $files == yes && $current != -* ]]; then COMPREPLY+=($(compgen -f -- "$current")); fi',
    '}',
    'complete -o filenames -F _cscfglint cscfglint',
    '',
  ].join('\n');
}

/** What follows an option that has a value. */
function bashValues(command: CommandSpec): string[] {
  return optionsOf(command)
    .filter(({ kind }) => kind !== 'flag')
    .map((option) => {
      const values = valuesOf(command, option);
      const given = spellingsOf(option).filter((flag) => !flag.startsWith('--no-'));
      const what = values === 'files' ? 'files=yes' : values === 'anything' ? ':' : `words='${values.join(' ')}'`;
      return `    ${given.map((flag) => `'${command.name} ${flag}'`).join('|')}) ${what} ;;`;
    });
}

function bashWords(command: CommandSpec): string {
  const words = [...operandsOf(command), ...optionsOf(command).flatMap(spellingsOf)];
  return `        ${command.name}) words='${words.join(' ')}'${command.completes === 'files' ? '; files=yes' : ''} ;;`;
}

// ---------------------------------------------------------------------------------------------------------------------
// zsh: https://zsh.sourceforge.io/Doc/Release/Completion-System.html
// ---------------------------------------------------------------------------------------------------------------------

function zshScript(): string {
  return [
    '#compdef cscfglint',
    '# Completion of cscfglint for zsh, made by: cscfglint completion zsh',
    '_cscfglint() {',
    "  local command='' index",
    '  local -a commands',
    '  commands=(',
    ...COMMANDS.map(({ name, summary }) => `    ${zshQuoted(`${name}:${summary}`)}`),
    '  )',
    '  for (( index = 2; index < CURRENT; index++ )); do',
    `    case $words[index] in ${NAMES.join('|')}) command=$words[index]; words[index]=(); (( CURRENT-- )); break ;; esac`,
    '  done',
    "  [[ $command == '' && $words[CURRENT] != -* && $words[CURRENT-1] != -* ]] && _describe command commands",
    '  case ${command:-lint} in',
    ...COMMANDS.flatMap((command) => [`    ${command.name})`, `      _arguments ${zshSpecs(command).join(' \\\n        ')}`, '      ;;']),
    '  esac',
    '}',
    // As a file of fpath it is the function itself; sourced it registers one.
    'if [[ $funcstack[1] == _cscfglint ]]; then _cscfglint "$@"; else compdef _cscfglint cscfglint; fi',
    '',
  ].join('\n');
}

function zshSpecs(command: CommandSpec): string[] {
  const options = optionsOf(command).flatMap((option) =>
    spellingsOf(option).map((flag) => {
      const { kind, describe, metavar = 'VALUE' } = option;
      const value = kind === 'flag' || flag.startsWith('--no-') ? '' : `:${metavar}:${zshValues(valuesOf(command, option))}`;
      return zshQuoted(`${kind === 'list' ? '*' : ''}${flag}[${describe.replace(/[[\]:]/g, '\\$&')}]${value}`);
    }),
  );
  const operands = operandsOf(command);
  if (command.completes === 'files') return [...options, "'*:path:_files'"];
  return operands.length === 0 ? options : [...options, zshQuoted(`1:${command.completes}:(${operands.join(' ')})`)];
}

function zshValues(values: readonly string[] | 'files' | 'anything'): string {
  if (values === 'files') return '_files';
  return values === 'anything' ? ' ' : `(${values.join(' ')})`;
}

function zshQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// yargs and its parser understand every flag alike: the one lays out --help, the other parses.

import { describe, expect, it } from 'vitest';
import yargs from 'yargs';
import { OPTIONS, PARSER_CONFIGURATION, parseArguments, type OptionSpec } from '../src/cli/args.js';

/** What yargs itself makes of the same table. */
function byYargs(argv: readonly string[]): Record<string, unknown> {
  const parser = yargs([]).parserConfiguration(PARSER_CONFIGURATION).help(false).version(false).exitProcess(false);
  for (const { name, alias, kind } of OPTIONS as readonly OptionSpec[]) {
    parser.option(name, { type: kind === 'flag' ? 'boolean' : 'string', ...(alias === undefined ? {} : { alias }), ...(kind === 'list' ? { array: true } : {}) });
  }
  return parser.parseSync([...argv]);
}

/** Ways to give an option. */
function spellings({ name, alias, kind, negatable }: OptionSpec): string[][] {
  if (kind === 'flag') return [[`--${name}`], ...(negatable === true ? [[`--no-${name}`]] : []), ...(alias === undefined ? [] : [[`-${alias}`]])];
  const values = ['x', 'a b', '1234', 'a=b', 'ID:off', "'quoted'"];
  const single = values.flatMap((value) => [[`--${name}`, value], [`--${name}=${value}`], ...(alias === undefined ? [] : [[`-${alias}`, value]])]);
  return kind === 'list' ? [...single, [`--${name}`, 'a', `--${name}`, 'b']] : [...single, ...(negatable === true ? [[`--no-${name}`]] : [])];
}

describe.each((OPTIONS as readonly OptionSpec[]).map((option) => [`--${option.name}`, option] as const))('%s', (_, option) => {
  it.each(spellings(option))('%s %s', (...given) => {
    const argv = given.filter((one) => typeof one === 'string');
    // Before the paths and after them: a flag must never swallow a file.
    for (const order of [[...argv, 'file.cscfg', '007'], ['file.cscfg', '007', ...argv]]) {
      const parsed = parseArguments(order);
      const expected = byYargs(order);
      expect(parsed.paths).toEqual(['file.cscfg', '007']);
      expect(expected['_']).toEqual(['file.cscfg', '007']);
      expect(parsed[option.name as keyof typeof parsed]).toEqual(expected[option.name]);
    }
  });
});

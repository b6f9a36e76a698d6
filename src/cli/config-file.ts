// Finds, reads and checks the .cscfglintrc of a file.

import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { configSchema, type Config, type EvidenceConfig, type JsonSchema, type SchemaError } from '../core/config.js';
import { isDay } from '../core/directives.js';
import { suggest } from '../core/names.js';
import type { Rule } from '../core/rule.js';
import { decode, type SourceFile } from '../core/source.js';
import type { PlacedSuppression } from '../core/suppress.js';
import type { JsonValue } from '../evidence/json.js';
import { Failure, systemError } from './failure.js';
import { matchesPatterns, shownPath, slashed } from './files.js';
import { folderOf, type Folders } from './folders.js';
import { globProblem, ignoreProblem } from './patterns.js';

/** Names of a config, one of which may lie in a folder; beside them `cscfglint` in package.json. */
export const CONFIG_NAMES = ['.cscfglintrc', '.cscfglintrc.json', '.cscfglintrc.jsonc'] as const;

/** A config and the folder that its paths are relative to. */
export interface LoadedConfig {
  /** Absolute; null for the absence of a config. */
  readonly path: string | null;
  readonly folder: string;
  readonly config: Config;
  readonly suppressions: readonly PlacedSuppression[];
}

/** Finds configs, each folder looked at once and each file read once. */
export class Configs {
  readonly #byFolder = new Map<string, LoadedConfig | null>();
  readonly #byPath = new Map<string, LoadedConfig | null>();
  /** Texts of configs by the path that is shown, for frames. */
  readonly texts = new Map<string, SourceFile>();

  constructor(
    private readonly folders: Folders,
    private readonly rules: readonly Rule[],
    private readonly home: string,
    private readonly cwd: string,
  ) {}

  /**
   * The config of a file: the one that is given (`-c FILE`), none (false), or the nearest. Throws a {@link Failure} for one
   * with a mistake.
   */
  async for(path: string, given: string | false | undefined): Promise<LoadedConfig> {
    const none: LoadedConfig = { path: null, folder: this.cwd, config: {}, suppressions: [] };
    if (given === false) return none;
    if (given === undefined) return (await this.nearest(dirname(path))) ?? none;
    const loaded = await this.load(resolve(this.cwd, given));
    if (loaded === null) throw new Failure(`${given} holds no config of cscfglint.`, 'In a package.json it stands under the key "cscfglint".');
    return loaded;
  }

  /** What {@link nearest} has found before for a folder, or for the one above it where it holds nothing itself; else undefined. */
  known(folder: string): LoadedConfig | null | undefined {
    const known = this.#byFolder.get(folder);
    if (known !== undefined || folder === this.home || !this.folders.isPlain(folder)) return known;
    const above = this.#byFolder.get(folderOf(folder));
    if (above !== undefined) this.#byFolder.set(folder, above);
    return above;
  }

  /**
   * The nearest config from a folder upwards, as far as the folder that holds .git, and never the home folder's.
   * Throws a {@link Failure} for one with a mistake.
   */
  async nearest(folder: string): Promise<LoadedConfig | null> {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const own = folder === this.home ? null : await this.in(folder);
    const isTop = this.folders.holds(folder, '.git') || dirname(folder) === folder;
    const found = own ?? (isTop ? null : await this.nearest(dirname(folder)));
    this.#byFolder.set(folder, found);
    return found;
  }

  private async in(folder: string): Promise<LoadedConfig | null> {
    const names = CONFIG_NAMES.filter((name) => this.folders.holds(folder, name));
    if (names.length > 1) {
      throw new Failure(`There are two configs in one folder: ${names.map((name) => shownPath(join(folder, name), this.cwd)).join(' and ')}.`, 'Keep one of them.');
    }
    const [name] = names;
    if (name !== undefined) return this.load(join(folder, name));
    return this.folders.holds(folder, 'package.json') ? this.load(join(folder, 'package.json')) : null;
  }

  /** Reads a config. Null for a package.json without one. */
  async load(path: string): Promise<LoadedConfig | null> {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const loaded = await this.read(path);
    this.#byPath.set(path, loaded);
    return loaded;
  }

  private async read(path: string): Promise<LoadedConfig | null> {
    const isPackage = basename(path) === 'package.json';
    const shown = shownPath(path, this.cwd);
    const bytes = readConfig(path, shown);
    if (isPackage && !Buffer.from(bytes).includes('"cscfglint"')) return null;
    const decoded = decode(shown, bytes);
    if (!decoded.ok) throw new Failure(`${shown} is no text.`, 'Save it as UTF-8.');
    const { parseJson } = await import('../evidence/json.js');
    const { documents, problem } = parseJson(decoded.source);
    const [document, second] = documents;
    const at = (offset: number) => {
      const { line, column } = decoded.source.position(offset);
      return `${shown}:${line}:${column}`;
    };
    if (problem !== null && !isPackage) throw new Failure(`${at(problem.location.span?.start ?? 0)}: ${problem.message}`, 'A config is JSON; comments and trailing commas are fine.');
    if (document === undefined || second !== undefined) {
      if (isPackage) return null;
      throw new Failure(`${shown} must hold one JSON object.`);
    }
    const value = isPackage ? document.get('cscfglint') : document;
    if (value === undefined || (isPackage && !value.isObject)) return null;
    const config = plain(value);
    const mistakes = await this.check(config);
    if (mistakes.length > 0) {
      const lines = mistakes.map(({ pointer, message }) => `${at(placeOf(value, pointer).span.start)}: ${message}`);
      throw new Failure(lines.join('\n'), 'Nothing was linted: a config with a mistake is not guessed at.');
    }
    const checked = config as Config;
    this.texts.set(decoded.source.path, decoded.source);
    const suppressions = checked.suppressions?.map((one, index) => ({ ...one, location: placeOf(value, `/suppressions/${index}/rule`).location })) ?? [];
    return { path, folder: dirname(path), config: checked, suppressions };
  }

  private async check(config: unknown): Promise<ConfigMistake[]> {
    const { default: validate } = await import('../core/config-schema.generated.js');
    if (validate(config)) return [...slowPatterns(config as Config), ...wrongDays(config as Config)];
    return describeMistakes(validate.errors ?? [], configSchema(this.rules), config);
  }
}

/** Whether a config leaves a file out. */
export function isIgnored({ folder, config: { ignore } }: LoadedConfig, path: string): boolean {
  return ignore !== undefined && matchesPatterns(ignore, slashed(relative(folder, path)));
}

function readConfig(path: string, shown: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Failure(`${shown} cannot be read: ${systemError(error)}.`);
  }
}

/** The value as plain data. A key `__proto__` stays a key. */
function plain(value: JsonValue): unknown {
  if (value.isArray) return value.items.map(plain);
  if (value.isObject) {
    const entries = Array.from(value.properties(), ([key, child]): [string, unknown] => [key, plain(child)]);
    return Object.fromEntries(entries);
  }
  return value.string ?? value.number ?? value.boolean;
}

/** The value that a JSON pointer (`/rules/xml-doctype`) leads to, or the nearest one above it. */
function placeOf(value: JsonValue, pointer: string): JsonValue {
  let place = value;
  for (const key of stepsOf(pointer)) {
    const next = place.isArray ? place.items[Number(key)] : place.get(key);
    if (next === undefined) break;
    place = next;
  }
  return place;
}

export interface ConfigMistake {
  /** JSON pointer to the place. */
  readonly pointer: string;
  readonly message: string;
}

/** Puts the errors of a validation into words: one per place, the unknown key with what was probably meant. */
export function describeMistakes(errors: readonly SchemaError[], schema: JsonSchema, config: unknown): ConfigMistake[] {
  const mistakes = new Map<string, ConfigMistake>();
  for (const { instancePath, schemaPath, keyword, params, propertyName } of errors) {
    if (keyword === 'additionalProperties' || keyword === 'propertyNames') {
      const key = String(params['additionalProperty'] ?? params['propertyName']);
      mistakes.set(`${instancePath}/${key}`, { pointer: `${instancePath}/${key}`, message: unknownKey(key, instancePath, schema, schemaPath) });
    } else if (keyword !== 'anyOf' && propertyName === undefined && !mistakes.has(instancePath)) {
      mistakes.set(instancePath, { pointer: instancePath, message: wrongValue(instancePath, keyword, params, valueAt(config, instancePath)) });
    }
  }
  return [...mistakes.values()];
}

/** Patterns that cannot be matched in bounded time. */
function slowPatterns({ ignore = [], evidence, overrides = [] }: Config): ConfigMistake[] {
  return [
    ...slowOnes('/ignore', ignore, ignoreProblem),
    ...slowEvidence('', evidence),
    ...overrides.flatMap((override, index) => [
      ...slowOnes(`/overrides/${index}/files`, override.files, ignoreProblem),
      ...slowEvidence(`/overrides/${index}`, override.evidence),
    ]),
  ];
}

/** Days that have the form of one, and that no calendar has. */
function wrongDays({ suppressions = [] }: Config): ConfigMistake[] {
  return suppressions.flatMap(({ until }, index) => (until === undefined || isDay(until) ? [] : [{ pointer: `/suppressions/${index}/until`, message: noDay('until') }]));
}

function noDay(name: string): string {
  return `${name} must be a day of the calendar, such as "2026-12-31"`;
}

function slowEvidence(pointer: string, evidence: EvidenceConfig = {}): ConfigMistake[] {
  const kinds = ['pfx', 'vault', 'osProfile'] as const;
  return kinds.flatMap((kind) => slowOnes(`${pointer}/evidence/${kind}`, evidence[kind] ?? [], globProblem));
}

function slowOnes(pointer: string, patterns: readonly string[], problemOf: (pattern: string) => string | null): ConfigMistake[] {
  return patterns.flatMap((pattern, index) => {
    const problem = problemOf(pattern);
    return problem === null ? [] : [{ pointer: `${pointer}/${index}`, message: `the pattern cannot be matched in reasonable time: ${problem}` }];
  });
}

function unknownKey(key: string, path: string, schema: JsonSchema, schemaPath: string): string {
  const what = path.endsWith('/rules') ? 'rule' : 'key';
  const known = knownKeys(schema, schemaPath);
  const near = suggest(key, known);
  return `there is no ${what} "${key}"${near === null ? '' : `; did you mean "${near}"?`}`;
}

/** The keys that are allowed where an `additionalProperties` or `propertyNames` stands. */
function knownKeys(schema: JsonSchema, schemaPath: string): string[] {
  let place: unknown = schema;
  for (const step of schemaPath.split('/').slice(1, -1)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    place = (place as Record<string, unknown> | undefined)?.[key];
  }
  return Object.keys((place as { properties?: object } | undefined)?.properties ?? {});
}

/** The value that a JSON pointer leads to; undefined for none. */
function valueAt(config: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined), config);
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** How a place of the config is called: `vault`, `suppressions[0]`. */
function nameOf(pointer: string): string {
  const [last, parent] = stepsOf(pointer).reverse();
  if (last === undefined) return 'the config';
  return parent !== undefined && /^\d+$/.test(last) ? `${parent}[${last}]` : last;
}

/** So many allowed values are listed; of more, the one that was probably meant is named. */
const MAX_LISTED = 12;

function oneOf(name: string, allowed: readonly unknown[], value: unknown): string {
  if (allowed.length <= MAX_LISTED) return `${name} must be one of ${allowed.map((one) => JSON.stringify(one)).join(', ')}`;
  if (typeof value !== 'string') return `${name} must be a string`;
  const near = suggest(value, allowed.map(String));
  return `there is no ${name} ${JSON.stringify(value)}${near === null ? '' : `; did you mean ${JSON.stringify(near)}?`}`;
}

function wrongValue(path: string, keyword: string, params: Readonly<Record<string, unknown>>, value: unknown): string {
  const name = nameOf(path);
  if (/\/rules\/[^/]+$/.test(path)) return `the level of ${name} must be "off", "info", "warning" or "error"; with options it is a list, ["warning", { … }]`;
  switch (keyword) {
    case 'enum':
      return oneOf(name, params['allowedValues'] as unknown[], value);
    case 'type':
      return `${name} must be ${TYPES[String(params['type'])] ?? String(params['type'])}`;
    case 'required':
      return `${name} needs "${String(params['missingProperty'])}"`;
    case 'minProperties':
    case 'maxProperties':
      return `${name} must hold either "env" or "file"`;
    case 'pattern':
      return noDay(name);
    default:
      return `${name} has a value that cannot be right (${keyword})`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list, […]',
  object: 'an object, {…}',
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
};

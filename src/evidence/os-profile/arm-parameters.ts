// Values of template parameters: parameters files, and what a deployment says it was given.

import type { OsProfileShape, Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { beginningOf, EXPORT_SERVICE, problemAt, type Found } from './found.js';
import { LITERAL, unknownAt, view, type Resolved } from './resolved.js';
import { groupsAlone, isGroup } from './secret-groups.js';

/** One file of parameters: `{ name: { "value": … } }`. */
export interface ParametersFile {
  readonly shape: Extract<OsProfileShape, 'arm-parameters' | 'az-deployment'>;
  readonly entries: JsonValue;
}

/**
 * The parameters in a parameters file, or in the description of a deployment; null for anything else. The CLI takes
 * parameters without `$schema`, and without `parameters` around them.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
 */
export function parametersIn(value: JsonValue): ParametersFile | null {
  const deployed = value.at('properties', 'parameters');
  // A securestring of a deployment has a type and no value.
  if (areParameters(deployed, ['value', 'type'])) return { shape: 'az-deployment', entries: deployed };
  const entries = value.get('parameters') ?? value;
  const declared = /\/deploymentParameters\.json/i.test(value.get('$schema')?.string ?? '');
  return declared || areParameters(entries, ['value', 'reference']) ? { shape: 'arm-parameters', entries } : null;
}

/** Whether a value is a table of parameters, one at least, each with one of the keys. */
function areParameters(entries: JsonValue | undefined, keys: readonly string[]): entries is JsonValue {
  let any = false;
  for (const [, entry] of entries?.properties() ?? []) {
    if (keys.every((key) => entry.get(key) === undefined)) return false;
    any = true;
  }
  return any;
}

/** The parameters of all files of a set together. */
export class Parameters {
  /** Names, as they were asked for, in which files differ. */
  readonly #conflicts = new Set<string>();

  constructor(private readonly files: readonly ParametersFile[]) {}

  /**
   * The value of a parameter; undefined where no file names it.
   *
   * Two files that give it different values belong to different deployments, and nothing tells which is meant: the value
   * is not known then. Neither is one that the deployment fetches from a Key Vault.
   */
  value(name: string): Resolved | undefined {
    const [first, ...others] = this.files.flatMap(({ entries }) => entries.get(name) ?? []);
    if (first === undefined) return undefined;
    const value = first.get('value');
    const same = others.every((other) => isSame(value, other.get('value')));
    if (!same) this.#conflicts.add(name);
    return same && value !== undefined ? view(value, LITERAL) : unknownAt(`parameters('${name}')`, beginningOf(first.location));
  }

  /** Why a parameter has no value, and what to do: a sentence. */
  advice(name: string): string {
    if (this.#conflicts.has(name)) {
      return `The parameters files set "${name}" to different values: give only the one that is deployed with the template.`;
    }
    if (this.files.some(({ entries }) => entries.get(name) !== undefined)) {
      return `The deployment fetches "${name}" from a Key Vault: write its value into the parameters file that is given here.`;
    }
    return this.files.length === 0
      ? 'Give the parameters file as well: "--os-profile TEMPLATE --os-profile PARAMETERS". A template and its parameters are read together.'
      : `No parameters file that was given sets "${name}": add it, or give the file that does with --os-profile.`;
  }
}

/** Whether two values are the same JSON. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.isArray && b.isArray) {
    return a.items.length === b.items.length && a.items.every((item, index) => isSame(item, b.items[index]));
  }
  if (a.isObject && b.isObject) {
    const keys = Array.from(a.properties(), ([key]) => key);
    return keys.length === [...b.properties()].length && keys.every((key) => isSame(a.get(key), b.get(key)));
  }
  return a.isArray === b.isArray && a.isObject === b.isObject && a.string === b.string && a.number === b.number && a.boolean === b.boolean;
}

/**
 * The secret groups in parameters whose template is not there: Azure's samples keep them in a parameters file as a whole.
 */
export function readParametersAlone({ shape, entries }: ParametersFile): Found {
  const lists: JsonValue[] = [];
  for (const [, entry] of entries.properties()) collectLists(entry.get('value'), lists);
  const [first] = lists;
  if (first === undefined) return withoutGroups(shape, entries);
  const items = lists.flatMap((list) => (list.isArray ? list.items : [list])).map((group) => view(group, LITERAL));
  return [groupsAlone(shape, { kind: 'list', items, rest: null, location: first.location })];
}

/** Lists of groups, and groups outside of any, however deep a parameter's value holds them. */
function collectLists(value: JsonValue | undefined, lists: JsonValue[]): void {
  if (value === undefined) return;
  if (isGroup(value) || value.items.some(isGroup)) {
    lists.push(value);
    return;
  }
  for (const item of value.items) collectLists(item, lists);
  for (const [, inner] of value.properties()) collectLists(inner, lists);
}

function withoutGroups(shape: ParametersFile['shape'], entries: JsonValue): Problem {
  const message = 'No parameter holds secret groups: none has "vaultCertificates" in its value.';
  const help =
    shape === 'az-deployment'
      ? EXPORT_SERVICE
      : 'Give the template as well: "--os-profile TEMPLATE --os-profile PARAMETERS". A template and its parameters are read together.';
  return problemAt(beginningOf(entries.location), 'wrong-resource', message, help);
}

/** Parameters that a template beside them has no use for. */
export function unusedParameters({ entries }: ParametersFile): Problem {
  return problemAt(
    beginningOf(entries.location),
    'wrong-resource',
    'The template that was given with the file declares none of its parameters.',
    'Give the parameters file that is deployed with the template.',
  );
}

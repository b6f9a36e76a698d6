// What template expressions come to. What cannot be known offline is left as a hole, never guessed.

import { isKnown } from '../../core/known.js';
import type { Hole, Known, Location } from '../../core/types.js';
import { SourceFile } from '../../core/source.js';
import { parseJson } from '../json.js';
import { parseExpression, templateString, type Expression } from './arm-expression.js';
import { knownTextOf, LITERAL, objectOf, scalarAt, textAt, unknownAt, view, type Resolved, type ResolvedObject } from './resolved.js';

/** What an expression can refer to. */
export interface Scope {
  readonly meter: Meter;
  /** Null where the template does not declare it, or nobody gives it a value. */
  parameter(name: string): Resolved | null;
  variable(name: string): Resolved | null;
}

/** Nodes of expressions inside of one another, through parameters and variables too: the evaluation recurses. */
const MAX_DEPTH = 200;

/** Nodes that are evaluated, and characters and elements that are made, in one run. */
const MAX_STEPS = 2_000_000;

/** A secret URL has at most some four hundred characters; what becomes much longer is of no interest. */
const MAX_TEXT_LENGTH = 16_384;

/** Bounds what the expressions of one run may cost. Beyond it nothing is known any more. */
export class Meter {
  #steps = 0;
  #depth = 0;

  spend(steps: number): boolean {
    this.#steps += steps;
    return this.#steps <= MAX_STEPS;
  }

  /** Does `work` one level deeper, or gives null where there is no room for it. */
  deeper<T>(work: () => T): T | null {
    if (this.#depth === MAX_DEPTH || !this.spend(1)) return null;
    this.#depth++;
    const result = work();
    this.#depth--;
    return result;
  }
}

/** What a string of a template stands for. `location` is the string's own place. */
export function resolve(text: string, location: Location, scope: Scope): Resolved {
  const string = templateString(text);
  if ('literal' in string) return textAt(string.literal, location);
  const expression = parseExpression(string.expression);
  return expression === null ? unknownAt(string.expression, location) : evaluate(expression, { scope, location });
}

interface Context {
  readonly scope: Scope;
  /** Where the expression stands. */
  readonly location: Location;
}

function evaluate(expression: Expression, context: Context): Resolved {
  return context.scope.meter.deeper(() => valueOf(expression, context)) ?? unknownAt(expression.text, context.location);
}

function valueOf(expression: Expression, context: Context): Resolved | null {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? textAt(expression.value, context.location) : scalarAt(expression.value, context.location);
    case 'access':
      return part(evaluate(expression.of, context), evaluate(expression.key, context), context);
    case 'call': {
      const call = FUNCTIONS.get(expression.name);
      return call === undefined ? null : call(expression.args.map((argument) => evaluate(argument, context)), context);
    }
  }
}

/** An element or a property; null where it is not there, which a deployment would not let pass. */
function part(of: Resolved, key: Resolved, context: Context): Resolved | null {
  if (of.kind === 'list') {
    return of.rest === null && key.kind === 'scalar' && typeof key.value === 'number' ? (of.items[key.value] ?? null) : null;
  }
  return of.kind === 'object' ? withText(key, context, (name) => of.get(name) ?? null) : null;
}

/** A function of the template language. Null where its value cannot be known. */
type TemplateFunction = (args: readonly Resolved[], context: Context) => Resolved | null;

/**
 * The functions whose values can be known offline. Arguments are evaluated first, all of them: that has no effects.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['parameters', ([name], context) => withText(name, context, (text) => context.scope.parameter(text))],
  ['variables', ([name], context) => withText(name, context, (text) => context.scope.variable(text))],
  ['concat', concat],
  ['format', format],
  ['tolower', ([text], context) => changeCase(text, (known) => known.toLowerCase(), context)],
  ['toupper', ([text], context) => changeCase(text, (known) => known.toUpperCase(), context)],
  ['trim', ([text], context) => withText(text, context, (known) => textAt(known.trim(), context.location))],
  ['replace', replace],
  ['resourceid', resourceId],
  ['environment', (_, { location }) => environment(location)],
  ['json', ([text], context) => withText(text, context, (known) => json(known, context.location))],
  ['if', ([condition, then, otherwise]) => choose(truth(condition), then, otherwise)],
  ['equals', ([a, b], context) => scalarOrNull(equal(a, b, context), context)],
  ['empty', ([value], context) => scalarOrNull(isEmpty(value), context)],
  ['not', ([value], context) => scalarOrNull(negation(truth(value)), context)],
  ['and', (args, context) => scalarOrNull(every(args.map(truth)), context)],
  ['or', (args, context) => scalarOrNull(negation(every(args.map(truth).map(negation))), context)],
  ['true', (_, { location }) => scalarAt(true, location)],
  ['false', (_, { location }) => scalarAt(false, location)],
  ['null', (_, { location }) => scalarAt(null, location)],
  ['createarray', (args, { location }) => ({ kind: 'list', items: args, rest: null, location })],
  ['createobject', createObject],
  ['union', union],
  ['first', ([value], context) => end(value, 0, context)],
  ['last', ([value], context) => end(value, -1, context)],
]);

/** A known string that is short enough to work on, else null. */
function shortText(value: Resolved | undefined, { scope }: Context): string | null {
  const text = knownTextOf(value);
  return text !== null && text.length <= MAX_TEXT_LENGTH && scope.meter.spend(text.length) ? text : null;
}

function withText<T>(value: Resolved | undefined, context: Context, work: (text: string) => T): T | null {
  const text = shortText(value, context);
  return text === null ? null : work(text);
}

function scalarOrNull(value: boolean | null, { location }: Context): Resolved | null {
  return value === null ? null : scalarAt(value, location);
}

// Texts

/** The parts of a value inside a longer text; null where it is not certain how Azure would write it. */
function textParts(value: Resolved | undefined): readonly (string | Hole)[] | null {
  switch (value?.kind) {
    case 'text':
      return isKnown(value.value) ? [value.value] : value.value.parts;
    case 'unknown':
      return [value.hole];
    case 'scalar':
      return typeof value.value === 'number' ? [String(value.value)] : null;
    default:
      return null;
  }
}

function joined(parts: readonly (readonly (string | Hole)[] | null)[], { scope, location }: Context): Resolved | null {
  const merged: (string | Hole)[] = [];
  let length = 0;
  for (const part of parts) {
    if (part === null) return null;
    for (const piece of part) {
      const before = merged.at(-1);
      if (typeof piece === 'string' && typeof before === 'string') merged[merged.length - 1] = before + piece;
      else merged.push(piece);
      length += typeof piece === 'string' ? piece.length : 1;
    }
    if (length > MAX_TEXT_LENGTH) return null;
  }
  return scope.meter.spend(length) ? textAt(knownOf(merged), location) : null;
}

/** Neighbouring strings are one already. */
function knownOf(parts: readonly (string | Hole)[]): Known {
  const [only = '', ...more] = parts.filter((part) => part !== '');
  return typeof only === 'string' && more.length === 0 ? only : { parts: [only, ...more] };
}

/** Joins texts or lists. Of unknown values alone not even that is known. */
function concat(args: readonly Resolved[], context: Context): Resolved | null {
  if (args.some(({ kind }) => kind === 'list')) return joinedLists(args, context);
  return args.some(({ kind }) => kind === 'text') ? joined(args.map(textParts), context) : null;
}

/** `format('{0}-{1}', a, b)`. Alignment and number formats are .NET's business: they make the whole unknown. */
function format([pattern, ...args]: readonly Resolved[], context: Context): Resolved | null {
  const text = shortText(pattern, context);
  if (text === null) return null;
  const pieces = text.split(/(\{\{|\}\}|\{\d{1,3}\})/);
  return joined(
    pieces.map((piece, index) => {
      if (index % 2 === 0) return /[{}]/.test(piece) ? null : [piece];
      if (piece === '{{' || piece === '}}') return [piece.charAt(0)];
      return textParts(args[Number(piece.slice(1, -1))]);
    }),
    context,
  );
}

function changeCase(value: Resolved | undefined, change: (text: string) => string, context: Context): Resolved | null {
  if (value?.kind !== 'text') return null;
  return joined([textParts(value)?.map((part) => (typeof part === 'string' ? change(part) : part)) ?? null], context);
}

/** Null where it would matter whether Azure looks at case, which the documentation does not tell. */
function replace([text, from, to]: readonly Resolved[], context: Context): Resolved | null {
  const [whole, old, replacement] = [shortText(text, context), shortText(from, context), shortText(to, context)];
  if (whole === null || replacement === null || old === null || old === '') return null;
  const pieces = whole.split(old);
  if (pieces.length !== whole.toLowerCase().split(old.toLowerCase()).length) return null;
  return joined(
    pieces.map((piece, index) => (index === 0 ? [piece] : [replacement, piece])),
    context,
  );
}

/**
 * `resourceId([subscription], [group], type, name…)`. Where subscription and group are not given they are those of the
 * deployment, which are not known; the rest still is.
 */
function resourceId(args: readonly Resolved[], context: Context): Resolved | null {
  const at = args.findIndex((argument) => shortText(argument, context)?.includes('/') === true);
  const [provider = '', ...types] = knownTextOf(args[at])?.split('/') ?? [];
  const names = args.slice(at + 1);
  if (at < 0 || at > 2 || names.length !== types.length) return null;
  const subscription = at === 2 ? textParts(args[0]) : [{ expression: 'subscription().subscriptionId' }];
  const group = at >= 1 ? textParts(args[at - 1]) : [{ expression: 'resourceGroup().name' }];
  const path = types.flatMap((type, index) => [[`/${type}/`], textParts(names[index])]);
  return joined([['/subscriptions/'], subscription, ['/resourceGroups/'], group, [`/providers/${provider}`], ...path], context);
}

/** The environment of the public cloud: no template tells which cloud it is for. The suffix begins with its dot. */
function environment(location: Location): ResolvedObject {
  const suffixes = objectOf([['keyvaultDns', textAt('.vault.azure.net', location)]], location);
  return objectOf([['suffixes', suffixes]], location);
}

function json(text: string, location: Location): Resolved | null {
  const { documents, problem } = parseJson(new SourceFile(location.path, text), location);
  const [document, second] = documents;
  return document === undefined || second !== undefined || problem !== null ? null : view(document, LITERAL);
}

// Conditions, in three values: true, false, and null for not known

function truth(value: Resolved | undefined): boolean | null {
  return value?.kind === 'scalar' && typeof value.value === 'boolean' ? value.value : null;
}

function negation(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function every(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** Strings are compared with case. Lists and objects are not compared. */
function equal(a: Resolved | undefined, b: Resolved | undefined, context: Context): boolean | null {
  const [left, right] = [plain(a, context), plain(b, context)];
  return left === undefined || right === undefined ? null : left === right;
}

function plain(value: Resolved | undefined, context: Context): string | number | boolean | null | undefined {
  return value?.kind === 'scalar' ? value.value : (shortText(value, context) ?? undefined);
}

function choose(condition: boolean | null, then: Resolved | undefined, otherwise: Resolved | undefined): Resolved | null {
  return condition === null ? null : ((condition ? then : otherwise) ?? null);
}

function isEmpty(value: Resolved | undefined): boolean | null {
  switch (value?.kind) {
    case 'text':
      return isKnown(value.value) ? value.value === '' : value.value.parts.every((part) => typeof part !== 'string') ? null : false;
    case 'list':
      return value.items.length > 0 ? false : value.rest === null ? true : null;
    case 'object':
      return value.keys.length === 0;
    case 'scalar':
      return value.value === null ? true : null;
    default:
      return null;
  }
}

// Lists and objects

/** Lists one after the other; one that is not known leaves its hole in `rest`. */
function joinedLists(args: readonly Resolved[], { scope, location }: Context): Resolved | null {
  const items: Resolved[] = [];
  let rest: Hole | null = null;
  for (const argument of args) {
    if (argument.kind === 'list') {
      if (!scope.meter.spend(argument.items.length)) return null;
      for (const item of argument.items) items.push(item);
      rest ??= argument.rest;
    } else if (argument.kind === 'unknown') {
      rest ??= argument.hole;
    } else return null;
  }
  return { kind: 'list', items, rest, location };
}

/** `createObject(name, value, name, value, …)` */
function createObject(args: readonly Resolved[], context: Context): Resolved | null {
  const entries: [string, Resolved][] = [];
  for (let index = 0; index < args.length; index += 2) {
    const name = shortText(args[index], context);
    const value = args[index + 1];
    if (name === null || value === undefined) return null;
    entries.push([name, value]);
  }
  return objectOf(entries, context.location);
}

/**
 * Lists joined, or objects merged. Azure merges objects inside of objects, too: where two meet the property is left
 * unknown. Equal elements, of which Azure keeps one, are kept both: they say the same.
 */
function union(args: readonly Resolved[], context: Context): Resolved | null {
  if (args.some(({ kind }) => kind === 'list')) return joinedLists(args, context);
  const entries = new Map<string, Resolved>();
  for (const argument of args) {
    if (argument.kind !== 'object' || !context.scope.meter.spend(argument.keys.length)) return null;
    for (const key of argument.keys) {
      const folded = key.toLowerCase();
      const value = argument.get(key);
      if (value === undefined) continue;
      const both = entries.get(folded)?.kind === 'object' && value.kind === 'object';
      entries.set(folded, both ? unknownAt(`union(…).${key}`, context.location) : value);
    }
  }
  return objectOf(entries, context.location);
}

function end(value: Resolved | undefined, index: 0 | -1, context: Context): Resolved | null {
  if (value?.kind === 'list') return value.rest === null ? (value.items.at(index) ?? null) : null;
  return withText(value, context, (text) => textAt(text.at(index) ?? '', context.location));
}

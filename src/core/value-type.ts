// Whether a value is of its simple type.

import type { ValueType } from './grammar.js';
import { suggest } from './names.js';

/** What a value that is not of its type should be. */
export interface ValueProblem {
  /** For a person: `a whole number from 1 to 65535`. */
  readonly expected: string;
  /** The value that was probably meant, where the type lists its values. */
  readonly suggestion: string | null;
}

/** XML Schema's integers may have a sign and leading zeros; blanks around them are trimmed. */
const INTEGER = /^\s*[+-]?\d{1,20}\s*$/;

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|0?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|0?\d?\d)$/;

/** Letter or `_` first; no dot or white space last. */
const NAME = /^[A-Za-z_](?:[^\\/:*?"<>|'^`]*[^\\/:*?"<>|'^`.\s])?$/;
const DIRECTORY_NAME = /^[A-Za-z_](?:[^\\/?;:@&=+$,|"<>'^`]*[^\\/?;:@&=+$,|"<>'^`.\s])?$/;

/** Null for a value that is of the type. */
export function valueProblem(type: ValueType, value: string): ValueProblem | null {
  if (typeof type === 'object') return 'from' in type ? integer(value, type.from, MAX_INT) : oneOf(value, type);
  switch (type) {
    case 'text':
      return null;
    case 'int':
      return integer(value, -MAX_INT - 1, MAX_INT);
    case 'positive-int':
      return integer(value, 1, MAX_INT);
    case 'unsigned-short':
      return integer(value, 0, 65_535);
    case 'port':
      return integer(value, 1, 65_535);
    case 'port-or-any':
      return value.trim() === '*' ? null : problemUnless(integer(value, 1, 65_535) === null, 'a port from 1 to 65535, or *');
    case 'boolean':
      return /^\s*(?:true|false|1|0)\s*$/.test(value) ? null : { expected: 'true or false', suggestion: suggest(value, ['true', 'false']) };
    case 'ipv4':
      return problemUnless(IPV4.test(value), 'an IPv4 address such as 10.0.0.4');
    case 'name':
      return problemUnless(NAME.test(value), NAME_EXPECTED);
    case 'directory-name':
      return problemUnless(DIRECTORY_NAME.test(value), 'a name: a letter or _ first, and none of / \\ ? ; : @ & = + $ , | " < > \' ^ `');
    case 'text-256':
      return problemUnless(value.length >= 1 && value.length <= 256, 'a text of 1 to 256 characters');
    case 'description':
      return problemUnless(value.length <= 256, 'a text of at most 256 characters');
  }
}

const NAME_EXPECTED = 'a name: a letter or _ first, none of / \\ : * ? " < > | \' ^ `, and no dot or blank last';

/** Whether a name has the form that a service definition demands of names. */
export function isName(value: string): boolean {
  return NAME.test(value);
}

const MAX_INT = 2_147_483_647;

/** The number that a value of an integer type stands for: ` 09000 ` is 9000. Null for anything else, or out of range. */
export function wholeNumber(value: string, min: number, max = MAX_INT): number | null {
  return integer(value, min, max) === null ? Number(value) : null;
}

/** The port that a value stands for; null for anything else, also for `*`. */
export function portNumber(value: string): number | null {
  return wholeNumber(value, 1, 65_535);
}

function integer(value: string, min: number, max: number): ValueProblem | null {
  const expected = max === MAX_INT ? (min === -MAX_INT - 1 ? 'a whole number' : `a whole number of at least ${min}`) : `a whole number from ${min} to ${max}`;
  const number = Number(value);
  return problemUnless(INTEGER.test(value) && number >= min && number <= max, expected);
}

function oneOf(value: string, values: readonly string[]): ValueProblem | null {
  if (values.includes(value)) return null;
  const expected = values.length === 1 ? `"${values.join('')}"` : `one of ${values.map((one) => `"${one}"`).join(', ')}`;
  return { expected, suggestion: suggest(value, values) };
}

function problemUnless(isRight: boolean, expected: string): ValueProblem | null {
  return isRight ? null : { expected, suggestion: null };
}

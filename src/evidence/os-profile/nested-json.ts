// JSON inside strings of JSON: PowerShell writes it below its depth and in answers of REST, older providers of Terraform for bodies.

import { SourceFile } from '../../core/source.js';
import { parseJson, type JsonValue } from '../json.js';
import { beginningOf } from './found.js';
import { textAt, view, type Reading } from './resolved.js';

/** The documents in a string, all at the place where the string begins; none where it is anything but JSON. */
export function nestedJson(value: JsonValue): readonly JsonValue[] {
  const text = value.string ?? '';
  if (!/^\s*[[{]/.test(text)) return [];
  const { documents, problem } = parseJson(new SourceFile(value.location.path, text), beginningOf(value.location));
  return problem === null ? documents : [];
}

/** Reads every string that is JSON as what it holds. */
export const UNPACKED: Reading = {
  text(text, value) {
    const [first, ...more] = nestedJson(value).map((document) => view(document, UNPACKED));
    if (first === undefined) return textAt(text, value.location);
    // A list below the depth is written as its elements, one after the other.
    return more.length === 0 ? first : { kind: 'list', items: [first, ...more], rest: null, location: first.location };
  },
  absent: () => undefined,
};

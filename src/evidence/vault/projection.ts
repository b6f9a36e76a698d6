// What "--query" or Select-Object left of a certificate, as long as it still has a thumbprint and a name or URL.

import { parseVaultIdentifier } from '../../core/secret-url.js';
import type { StatedThumbprint } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { describe, identifier, lifetimeOf, statement, type Reading } from './record.js';

/** A projection with more keys than this is something else. */
const MAX_KEYS = 100;

/** What has forty digits and a name beside it in any repository: the "gitHead" of a package.json, the commit of a build. */
const OTHER_HASH = /^(?:git(?!.*thumb)\w*|commit|rev(?:ision)?|tree|head|oid|checksum|integrity|etag)$/i;

/** Reads an object whose keys the user chose: what a value is shows in its form, and only a bare name has to be called one. */
export function readProjection(element: JsonValue): Reading | null {
  const properties = Array.from(element.properties());
  if (properties.length > MAX_KEYS) return null;
  const values = properties.map(([, value]) => value);
  const ofCollection = (collection: string) => values.find((value) => identifier(value)?.collection === collection);
  const valueUnder = (key: RegExp) => properties.find(([name, { string }]) => key.test(name) && string !== null)?.[1];

  const thumbprint = thumbprintAmong(properties);
  if (thumbprint === null) return null;
  return describe('projection', element, {
    id: ofCollection('certificates'),
    secretId: ofCollection('secrets'),
    name: valueUnder(/^(?!.*vault).*name$/i),
    vault: valueUnder(/^vault(?:_?name)?$/i)?.string ?? null,
    version: properties.find(([, { string }]) => string !== null && /^[0-9a-f]{32}$/.test(string))?.[1],
    thumbprints: [thumbprint],
    lifetime: lifetimeOf(element),
  });
}

/** The one thumbprint in the object; where several values could be one, what their keys say decides. */
function thumbprintAmong(properties: readonly (readonly [key: string, value: JsonValue])[]): StatedThumbprint | null {
  const found = properties.flatMap(([key, value]) => {
    // A name of 27 letters can pass for base64.
    const stated = /name/i.test(key) || OTHER_HASH.test(key) || isUrl(value) ? null : statement(value);
    return stated === null ? [] : [{ key, stated }];
  });
  const called = found.filter(({ key }) => /thumb|x5t|sha-?1/i.test(key));
  const candidates = called.length > 0 ? called : found;
  const [first] = candidates;
  return first !== undefined && candidates.every(({ stated }) => stated.digits === first.stated.digits) ? first.stated : null;
}

function isUrl(value: JsonValue): boolean {
  return value.string !== null && parseVaultIdentifier(value.string) !== null;
}

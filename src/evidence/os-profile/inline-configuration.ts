// The service configuration inside a cloud service: XML in a string, or Base64 of it.

import { isKnown } from '../../core/known.js';
import { readConfiguration } from '../../core/lint.js';
import { SourceFile, decode } from '../../core/source.js';
import type { ConfigurationFact, InlineConfiguration } from '../../core/types.js';
import { beginningOf } from './found.js';
import { textOf, type Resolved } from './resolved.js';

/** A service configuration of ten thousand roles has some megabytes; what is longer is left unread. */
const MAX_LENGTH = 16_000_000;

/** Reads the string where it is known. */
export function inlineConfiguration(value: Resolved): InlineConfiguration {
  const text = textOf(value);
  const { path } = value.location;
  return { fact: text === null || !isKnown(text) ? null : configurationIn(text, path), location: beginningOf(value.location) };
}

/**
 * Azure's own sample for swapping addresses describes the parameter as Base64, where the schema has the XML itself:
 * https://github.com/Azure-Samples/cloud-services-extended-support
 */
function configurationIn(text: string, path: string): ConfigurationFact | null {
  if (text.length > MAX_LENGTH) return null;
  const xml = text.replace(/^\uFEFF/, '').trimStart();
  if (xml.startsWith('<')) return readConfiguration({ ok: true, source: new SourceFile(path, xml) });
  const bytes = base64(text);
  return bytes === null ? null : readConfiguration(decode(path, bytes));
}

function base64(text: string): Uint8Array | null {
  const packed = text.replace(/\s+/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
}

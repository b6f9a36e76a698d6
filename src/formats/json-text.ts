// How a value is written as JSON: as a program reads it, and so that a log that shows it does nothing.

import { COMMAND, INVISIBLE } from './visible.js';

/** The value as indented JSON with a line end. What `visible` writes out for a person is escaped in JSON's own way. */
export function jsonText(value: unknown): string {
  return `${harmless(JSON.stringify(value, null, 2))}\n`;
}

/** A string as JSON, for a text that is put together by hand. */
export function jsonString(value: string): string {
  return harmless(JSON.stringify(value));
}

function harmless(json: string): string {
  // Nearly all of it is printable ASCII, and is passed over at once.
  return json.replace(/[^\n\x20-\x7E]+/g, (part) => part.replace(INVISIBLE, escaped)).replace(COMMAND, escaped);
}

function escaped(character: string): string {
  let text = '';
  for (let index = 0; index < character.length; index++) text += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  return text;
}

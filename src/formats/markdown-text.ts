// How text is written into Markdown (GitHub's): as itself, never as mark-up.

import { visible } from './visible.js';

/** Every character that can begin mark-up, a cell, a link, an entity, a formula or a mention. */
const SPECIAL = /[\\`*_{}[\]<>()#+!|~&$@:^]|(?<=\bwww)\./gi;

/** A text on one line, for a cell of a table or a paragraph that begins with a word of ours. */
export function markdownText(text: string): string {
  return visible(text).replace(SPECIAL, '\\$&');
}

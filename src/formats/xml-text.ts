// How text is written into XML 1.0: as an attribute's value, between tags, in a comment.

import { COMMAND, INVISIBLE, visible } from './visible.js';

/** Everything outside https://www.w3.org/TR/xml/#charsets; no escape makes it legal. */
const ILLEGAL = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text for an attribute or for content: a reader gets it back but for characters that XML cannot hold. */
export function xmlText(text: string): string {
  return text
    .replace(ILLEGAL, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replace(INVISIBLE, reference)
    .replace(COMMAND, reference);
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}

/** A text inside a comment, where nothing can be escaped in XML's own way, and `--` is not allowed. */
export function xmlComment(text: string): string {
  return visible(text).replace(ILLEGAL, '').replace(/-(?=-)/g, '\\u{2D}');
}

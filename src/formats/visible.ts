// Makes text from files harmless for a person's screen: what cannot be seen, or moves the cursor, is written out.

/** Control characters, format characters (bidi marks, zero-width), separators other than the space, lone surrogates, private use. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180E\u3164\uFE00-\uFE0F\uFFA0]|(?! )\p{Zs}/gu;

/**
 * The text with every invisible character as `\u{200E}`; a tab becomes a space.
 *
 * Nothing that a file holds can then start an escape sequence, turn the direction of a line, or hide.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => (character === '\t' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`));
}

// Makes text from files harmless for a person's screen and for a log: what cannot be seen, moves the cursor, or starts a command, is written out.

/** Control characters, format characters (bidi marks, zero-width), separators other than the space, lone surrogates, private use. */
export const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u00A0\u034F\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180E\u2000-\u200A\u202F\u205F\u3000\u3164\uFE00-\uFE0F\uFFA0]/gu;

/**
 * What precedes a command: the agent of Azure Pipelines looks for `##vso[` anywhere in a line, the runner of GitHub for `##[`.
 *
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export const COMMAND = /#(?=#(?:vso)?\[)/gi;

/**
 * The text with every invisible character as `\u{200E}`, and `##vso[` as `\u{23}#vso[`; a tab becomes a space.
 *
 * Nothing that a file holds can then start an escape sequence or a command, turn the direction of a line, or hide.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => (character === '\t' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)).replace(COMMAND, '\\u{23}');
}

/** A whole line that begins with text from a file: `::` at its beginning would start a command in a log of GitHub. */
export function visibleLine(text: string): string {
  return visible(text).replace(/^( *):(?=:)/, '$1\\u{3A}');
}

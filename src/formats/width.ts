// How wide text is on a terminal, and how it is cut into lines there.

/** East Asian wide characters and emoji take two columns. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/gu;

/** Columns that a text takes on a terminal; combining marks take none. */
export function width(text: string): number {
  return Array.from(text.replace(/\p{Mn}/gu, '').replace(WIDE, '  ')).length;
}

/** Fills a text up with spaces to a width. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(columns - width(text), 0));
}

/**
 * Breaks a text between its words into lines of at most `columns`. A longer word, such as a URL, stays whole: people copy
 * it. The first line keeps its own indent, the others begin with `indent`; both count.
 */
export function wrap(text: string, columns: number, indent = ''): string {
  const words = text.trimStart().split(' ');
  const lines: string[] = [];
  let line = text.slice(0, text.length - text.trimStart().length) + (words[0] ?? '');
  for (const word of words.slice(1)) {
    if (width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = indent + word;
    } else {
      line = `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

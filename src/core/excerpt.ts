// The piece of a file that a report shows for a place: one line around it, cut to a readable width and masked.

import { MASK, secretRangesOfFile } from './mask.js';
import type { SourceFile } from './source.js';
import type { Location, Span } from './types.js';

/** What stands in the text at a place: the marked part, and what surrounds it on its first line. */
export interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Whether the line goes on beyond what is shown. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** About how many characters of a line are shown around a marked range. */
const WIDTH = 100;

/** A marked range is shown up to this length. */
const MAX_MARKED = 200;

/** Secrets are looked for so far beyond what is shown: a value that is longer is masked from its start as well. */
const BEYOND = 64 * 1024;

/** Shows places of one service configuration. Its secrets are looked for as far as it is shown, which for most is not far. */
export class Excerpts {
  #secrets: readonly Span[] = [];
  /** Up to which offset they are known. */
  #known = -1;

  constructor(private readonly source: SourceFile) {}

  /** The line on which a span begins, with the part of the span that lies on it marked. */
  around(span: Span): Excerpt {
    const { text } = this.source;
    const line = this.source.lineSpan(this.source.position(span.start).line);
    const start = Math.min(span.start, line.end);
    const end = Math.max(Math.min(span.end, line.end, start + MAX_MARKED), start);
    const spare = Math.max(WIDTH - (end - start), 20);
    // Most of what explains a value stands before it: its element and its names.
    const from = Math.max(line.start, start - Math.ceil(spare * 0.7));
    const to = Math.min(line.end, end + spare - (start - from));
    const blank = /^[ \t]*/.exec(text.slice(from, start))?.[0].length ?? 0;
    const isWholeStart = from === line.start;
    return {
      before: this.masked({ start: isWholeStart ? from : from + blank, end: start }, 'before'),
      marked: this.masked({ start, end }, 'marked'),
      after: this.masked({ start: end, end: to }, 'after'),
      cutBefore: !isWholeStart,
      cutAfter: to < line.end,
    };
  }

  /** A piece with its secrets masked; one that reaches over from the marked piece is masked there and nowhere else. */
  private masked(piece: Span, part: 'before' | 'marked' | 'after'): string {
    const secrets = this.secretsUpTo(piece.end);
    const { text } = this.source;
    let shown = '';
    let from = piece.start;
    for (let index = firstEndingAfter(secrets, from); index < secrets.length; index++) {
      const secret = secrets[index];
      if (secret === undefined || secret.start >= piece.end) break;
      const isMarked = (part === 'before' && secret.end > piece.end) || (part === 'after' && secret.start < piece.start);
      shown += text.slice(from, Math.max(secret.start, from)) + (isMarked ? '' : MASK);
      from = Math.min(secret.end, piece.end);
    }
    return shown + text.slice(from, piece.end);
  }

  /** What stands behind a place does not tell whether it is secret; doubling keeps many places in linear time. */
  private secretsUpTo(end: number): readonly Span[] {
    const { text } = this.source;
    if (end > this.#known) {
      this.#known = Math.min(text.length, Math.max(this.#known * 2, end + BEYOND));
      this.#secrets = secretRangesOfFile(text.slice(0, this.#known));
    }
    return this.#secrets;
  }
}

/** Index of the first of the ordered ranges that ends after an offset. */
function firstEndingAfter(ranges: readonly Span[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The token of a JSON file at a place: exports are often one long line, so nothing around it is shown. */
export function tokenExcerpt(source: SourceFile, location: Location & { readonly span: Span }): Excerpt {
  const { start, end } = location.span;
  const token = source.text.slice(start, Math.min(end, start + MAX_MARKED));
  return { before: '', marked: withoutSignature(token), after: '', cutBefore: false, cutAfter: end > start + MAX_MARKED };
}

/** A shared access signature grants access by itself; in a URL that was put together wrongly the ? before it may be missing, and an & be a part of it. */
function withoutSignature(url: string): string {
  return url.replace(/(sig=)[^"\s]*?(?=&\w{1,6}=|["\s]|$)/gi, `$1${MASK}`);
}

// Suppression comments: <!-- cscfglint-disable-next-line RULE until=2026-12-31: reason -->

import { editDistance } from './names.js';
import type { SourceFile } from './source.js';
import type { Span } from './types.js';

/** A comment that silences rules for a part of its file. */
export interface Directive {
  readonly rules: readonly string[];
  /** The last day on which it holds, UTC; null for one without an end. */
  readonly until: string | null;
  /** The comment. */
  readonly span: Span;
  /** A finding that begins in here is silenced. */
  readonly covers: Span;
}

/** A comment that was meant to be one. */
export interface MisshapenDirective {
  readonly problem: 'no-rules' | 'no-reason' | 'unknown-verb' | 'misspelt-form' | 'no-date' | 'unknown-option' | 'nothing-to-enable' | 'too-many';
  /** The word that is wrong. */
  readonly word: string;
  readonly span: Span;
}

export interface Directives {
  readonly directives: readonly Directive[];
  readonly misshapen: readonly MisshapenDirective[];
}

const NONE: Directives = { directives: [], misshapen: [] };

/** The tool's name, what parts it from the next word, and that word; neither goes beyond the comment. */
const COMMENT = /<!--\s*(cscfglint)((?:[\s:=./_]|-(?!->)){0,10})((?:\w|-(?!->)){0,40})/gi;

/** Looks for the name in any place and letter case, which costs less than looking for comments, and is false for nearly every text. */
const NAME = /cscfglint/i;

/** Whether a text may hold suppression comments, well or badly formed. */
export function mentionsDirectives(text: string): boolean {
  return NAME.test(text);
}

/** More comments than this are not heeded: each is held against each finding. */
export const MAX_DIRECTIVES = 1000;

/** Rules and the date stand within so many characters; the reason may be longer. */
const MAX_HEAD = 2000;

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Whether it is a day of the calendar: 2026-12-31, but not 2026-02-30, which engines take for 2 March or for no date at all. */
export function isDay(value: string): boolean {
  if (!DAY.test(value)) return false;
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** Finds the suppression comments of a text. Works on the raw text, in one pass over it. */
export function findDirectives(source: SourceFile): Directives {
  const { text } = source;
  if (!mentionsDirectives(text)) return NONE;
  const directives: Directive[] = [];
  const misshapen: MisshapenDirective[] = [];
  /** By rule: the `disable` that is in force. */
  const open = new Map<string, { span: Span; until: string | null }>();
  const closeRange = (rule: string, end: number) => {
    const range = open.get(rule);
    if (range === undefined) return false;
    directives.push({ rules: [rule], until: range.until, span: range.span, covers: { start: range.span.end, end } });
    return open.delete(rule);
  };
  for (const { verb, misspelt, body, span } of commentsOf(text)) {
    if (directives.length + misshapen.length + open.size >= MAX_DIRECTIVES) {
      misshapen.push({ problem: 'too-many', word: String(MAX_DIRECTIVES), span });
      break;
    }
    if (misspelt !== null) {
      misshapen.push({ problem: 'misspelt-form', word: misspelt, span });
      continue;
    }
    const { rules, until, hasReason } = wordsOf(body);
    if (verb === 'enable') {
      const closed = (rules.length === 0 ? [...open.keys()] : rules).filter((rule) => closeRange(rule, span.start));
      if (closed.length === 0) misshapen.push({ problem: 'nothing-to-enable', word: rules.join(', '), span });
      continue;
    }
    const problem = problemOf(verb, rules, until, hasReason);
    if (problem !== null) {
      misshapen.push({ ...problem, span });
      continue;
    }
    if (verb === 'disable') for (const rule of rules) open.set(rule, open.get(rule) ?? { span, until });
    else directives.push({ rules, until, span, covers: verb === 'disable-file' ? { start: 0, end: text.length + 1 } : nextLine(source, span.end) });
  }
  for (const rule of [...open.keys()]) closeRange(rule, text.length + 1);
  return { directives, misshapen };
}

/** A comment that is a directive, or was meant to be one. */
interface DirectiveComment {
  readonly verb: string;
  /** How it begins, where that is not the form of a directive. */
  readonly misspelt: string | null;
  /** What follows the verb. */
  readonly body: string;
  readonly span: Span;
}

function* commentsOf(text: string): Generator<DirectiveComment> {
  for (const { 0: whole, 1: name = '', 2: separator = '', 3: verb = '', index } of text.matchAll(COMMENT)) {
    const isForm = name === 'cscfglint' && separator === '-';
    // Prose may begin with the name of the tool.
    if (!isForm && !isVerb(verb) && !whole.includes('cscfglint-')) continue;
    const from = index + whole.length;
    const end = text.indexOf('-->', from);
    if (end === -1) return;
    yield { verb, misspelt: isForm ? null : `${name}${separator.replace(/\s+/g, ' ')}${verb}`.trim(), body: text.slice(from, end), span: { start: index, end: end + 3 } };
  }
}

interface Words {
  readonly rules: readonly string[];
  readonly until: string | null;
  readonly hasReason: boolean;
}

/** `RULE, RULE until=2026-12-31: reason` */
function wordsOf(body: string): Words {
  const colon = body.indexOf(':');
  const head = body.slice(0, Math.min(colon === -1 ? body.length : colon, MAX_HEAD));
  const words = head.split(/[\s,]+/).filter((word) => word !== '');
  const until = words.find((word) => word.startsWith('until='))?.slice('until='.length) ?? null;
  return { rules: [...new Set(words.filter((word) => !word.startsWith('until=')))], until, hasReason: colon !== -1 && body.slice(colon + 1).trim() !== '' };
}

const VERBS = ['disable', 'disable-file', 'disable-next-line'];

/** What was meant by a word without its hyphens. */
const MEANT = ['enable', ...VERBS.map((verb) => verb.replaceAll('-', ''))];

/** Words that are near to a verb, and that sentences are made of. */
const PROSE = /^(?:(?:dis|en)able[drs]|unable|tenable)$/;

/** Whether a word is a verb, or would be with other letter case, without a slip of the pen, or parted otherwise. */
function isVerb(word: string): boolean {
  const [first = ''] = word.toLowerCase().split(/[_-]/);
  const plain = word.toLowerCase().replace(/[_-]/g, '');
  return !PROSE.test(first) && [first, plain].some((one) => MEANT.some((verb) => editDistance(one, verb, 2) < 2));
}

function problemOf(verb: string, rules: readonly string[], until: string | null, hasReason: boolean): Omit<MisshapenDirective, 'span'> | null {
  if (!VERBS.includes(verb)) return { problem: 'unknown-verb', word: `cscfglint-${verb}` };
  if (rules.length === 0) return { problem: 'no-rules', word: `cscfglint-${verb}` };
  const option = rules.find((word) => word.includes('='));
  if (option !== undefined) return { problem: 'unknown-option', word: option };
  if (until !== null && !isDay(until)) return { problem: 'no-date', word: until };
  return hasReason ? null : { problem: 'no-reason', word: `cscfglint-${verb}` };
}

/** The line after a comment, and what is left of a tag that begins on it. */
function nextLine(source: SourceFile, after: number): Span {
  const { start, end } = source.lineSpan(source.position(after).line + 1);
  const line = source.text.slice(start, end);
  const isOpen = line.lastIndexOf('<') > line.lastIndexOf('>');
  const close = isOpen ? source.text.indexOf('>', end) : -1;
  return { start, end: close === -1 ? end + 1 : close + 1 };
}

/** Whether a day, taken whole in UTC, has passed. */
export function hasPassed(day: string, now: Date): boolean {
  return now.getTime() >= Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000;
}

// The only file that knows jsonc-parser: JSON text to values that know their place.

import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { SourceFile } from '../core/source.js';
import type { Location, Problem, Span } from '../core/types.js';

/** Deeper nesting is refused: real exports are about fifteen deep, and the parser recurses. */
export const MAX_JSON_DEPTH = 200;

/** A file into which documents were appended in a loop may hold this many. */
export const MAX_JSON_DOCUMENTS = 10_000;

const FEW_PROPERTIES = 16;

/** One value of a JSON document. */
export class JsonValue {
  #byKey: Map<string, JsonValue> | null = null;
  #items: readonly JsonValue[] | null = null;

  constructor(
    private readonly source: SourceFile,
    private readonly node: Node,
    /** Offset in the source of the text that was parsed: a file may hold several documents. */
    private readonly base: number,
    private readonly parent: { readonly value: JsonValue; readonly step: string } | null,
    /** The place of every value, where the text is itself a string of another file. */
    private readonly place: Location | null,
  ) {}

  get isObject(): boolean {
    return this.node.type === 'object';
  }

  get isArray(): boolean {
    return this.node.type === 'array';
  }

  get isNull(): boolean {
    return this.node.type === 'null';
  }

  /** The string, or null where the value is none. */
  get string(): string | null {
    return this.node.type === 'string' ? (this.node.value as string) : null;
  }

  get number(): number | null {
    return this.node.type === 'number' ? (this.node.value as number) : null;
  }

  get boolean(): boolean | null {
    return this.node.type === 'boolean' ? (this.node.value as boolean) : null;
  }

  /** Elements of an array, else none. */
  get items(): readonly JsonValue[] {
    if (!this.isArray) return [];
    this.#items ??= (this.node.children ?? []).map(
      (child, index) => new JsonValue(this.source, child, this.base, { value: this, step: `[${index}]` }, this.place),
    );
    return this.#items;
  }

  /** Properties of an object in the order they were written, keys as written, else none. */
  *properties(): Generator<readonly [key: string, value: JsonValue]> {
    if (!this.isObject) return;
    for (const property of this.node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key !== undefined && value !== undefined) yield [String(key.value), this.valueOf(key, value)];
    }
  }

  private valueOf(key: Node, value: Node): JsonValue {
    return new JsonValue(this.source, value, this.base, { value: this, step: pointerStep(String(key.value)) }, this.place);
  }

  /**
   * The property of that name, without regard to case: Azure's own tools differ in it. Where a key stands twice the last
   * one holds, as in every other reader of JSON.
   */
  get(key: string): JsonValue | undefined {
    if (!this.isObject) return undefined;
    const { children = [] } = this.node;
    if (children.length <= FEW_PROPERTIES) return this.find(key, children);
    if (this.#byKey === null) {
      this.#byKey = new Map();
      for (const [name, value] of this.properties()) this.#byKey.set(name.toLowerCase(), value);
    }
    return this.#byKey.get(key.toLowerCase());
  }

  /** An export holds tens of thousands of small objects, of each of which a few properties are read. */
  private find(wanted: string, properties: readonly Node[]): JsonValue | undefined {
    for (let index = properties.length - 1; index >= 0; index--) {
      const [key, value] = properties[index]?.children ?? [];
      if (key === undefined || value === undefined) continue;
      const name = String(key.value);
      if (name === wanted || (name.length === wanted.length && name.toLowerCase() === wanted.toLowerCase())) return this.valueOf(key, value);
    }
    return undefined;
  }

  /** The value that a chain of property names leads to. */
  at(...keys: readonly string[]): JsonValue | undefined {
    return keys.reduce<JsonValue | undefined>((value, key) => value?.get(key), this);
  }

  /** The place of the value; of a string, without its quotes. */
  get location(): Location {
    return this.place ?? new JsonPlace(this, this.source.path);
  }

  /** As {@link location}, of the whole token. */
  get span(): Span {
    const start = this.base + this.node.offset;
    const end = start + this.node.length;
    return this.node.type === 'string' && this.node.length >= 2 ? { start: start + 1, end: end - 1 } : { start, end };
  }

  /** `$.value[3].id` */
  get pointer(): string {
    return this.parent === null ? '$' : this.parent.value.pointer + this.parent.step;
  }
}

/** The place of a JSON value; its path is put together when it is asked for, which is seldom. */
class JsonPlace implements Location {
  /** Out of reach of whatever prints a place: the document may hold secrets. */
  readonly #value: JsonValue;

  constructor(
    value: JsonValue,
    readonly path: string,
  ) {
    this.#value = value;
  }

  get span(): Span {
    return this.#value.span;
  }

  get pointer(): string {
    return this.#value.pointer;
  }
}

function pointerStep(key: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** What was read: documents with their places, and what kept the rest from being read. */
export interface ParsedJson {
  readonly documents: readonly JsonValue[];
  readonly problem: Problem | null;
}

/**
 * Parses a JSON file as tools write it: comments and trailing commas are let pass, raw line ends inside strings too (ARM
 * templates have them), lines of a log before the first bracket, and several documents one after the other.
 *
 * JSON that some tools put into a string of a file is parsed with that string's `place`: every value then stands there.
 */
export function parseJson(source: SourceFile, place: Location | null = null): ParsedJson {
  const documents: JsonValue[] = [];
  const problem = (code: Problem['code'], offset: number, message: string, help: string): ParsedJson => ({
    documents,
    problem: { code, message, help, location: { path: source.path, span: { start: offset, end: Math.min(offset + 1, source.text.length) } } },
  });

  let start = beginning(source.text);
  if (start === source.text.length) {
    return problem('empty', 0, 'The file is empty.', 'Run the export again and look at what it prints: a command that finds nothing, or fails, writes an empty file.');
  }
  while (start < source.text.length) {
    if (documents.length === MAX_JSON_DOCUMENTS) {
      return problem('over-limit', start, `The file holds more than ${MAX_JSON_DOCUMENTS} JSON documents.`, 'Export the certificates as one array.');
    }
    const scanned = scan(source.text, start);
    if (scanned.tooDeep !== null) {
      return problem('over-limit', scanned.tooDeep, `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.`, 'No export of Azure is: check that this is the right file.');
    }
    const { root, error } = parse(scanned.text);
    if (root === undefined || error !== undefined) {
      // A tool that fails after it has printed a document says so behind it; the document is whole.
      const whole = scanned.length < scanned.text.length ? parse(scanned.text.slice(0, scanned.length)) : null;
      if (whole?.root !== undefined && whole.error === undefined) documents.push(new JsonValue(source, whole.root, start, null, place));
      return notJson(source, start, scanned.unclosed, error, problem);
    }
    documents.push(new JsonValue(source, root, start, null, place));
    start = skipBlank(source.text, start + scanned.text.length);
  }
  return { documents, problem: null };
}

function parse(text: string): { readonly root: Node | undefined; readonly error: ParseError | undefined } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return { root, error: errors[0] };
}

function notJson(
  source: SourceFile,
  start: number,
  unclosed: boolean,
  error: ParseError | undefined,
  problem: (code: Problem['code'], offset: number, message: string, help: string) => ParsedJson,
): ParsedJson {
  if (unclosed) {
    return problem('truncated-json', source.text.length, 'The JSON ends before its last bracket is closed.', 'The file was cut off: run the export again, and let it finish before the file is used.');
  }
  const head = source.text.slice(start, start + 200).trimStart();
  if (head.startsWith('<')) {
    return problem('not-json', start, 'The file is XML or HTML, not JSON.', 'A sign-in page saved by mistake looks like this: sign in and run the export again.');
  }
  if (isBicep(head)) {
    return problem('not-json', start, 'The file is Bicep, which is not JSON.', 'Build it first: "az bicep build --file FILE.bicep" writes the template, "az bicep build-params --file FILE.bicepparam" the parameters.');
  }
  // What it says may quote the arguments that it was called with.
  const said = /^(ERROR|WARNING) ?:/i.exec(head)?.[1];
  if (said !== undefined) {
    return problem('not-json', start, `The file begins with a message of the tool that should have written it (${said.toUpperCase()}).`, 'If that is an error, mend it and run the export again. Write standard output alone into the file, without "2>&1".');
  }
  const offset = start + (error?.offset ?? 0);
  const what = error === undefined ? 'no value' : printParseErrorCode(error.error).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return problem('not-json', offset, `The file is not JSON: ${what}.`, 'Export with JSON output: "-o json" for az, "| ConvertTo-Json -Depth 100" for PowerShell, "-json" for terraform show.');
}

/** Whether a text begins as a Bicep file does. */
export function isBicep(head: string): boolean {
  return /^(?:@description|@secure|param|targetScope|resource|using|metadata|var|module)\b/m.test(head);
}

/** Where the JSON begins: after blanks, and after lines that a tool logged before it (`WARNING: …`). */
function beginning(text: string): number {
  const first = skipBlank(text, 0);
  if (!/^[A-Z]+:/.test(text.slice(first, first + 20))) return first;
  const bracket = /^[ \t]*[[{]/m.exec(text.slice(first, first + 10_000));
  return bracket === null ? first : first + bracket.index;
}

function skipBlank(text: string, from: number): number {
  let index = from;
  while (index < text.length && isBlank(text.charCodeAt(index))) index++;
  return index;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff;
}

interface Scanned {
  /** The text of one document, line ends inside its strings replaced by spaces of the same length. */
  readonly text: string;
  /** Where nesting became too deep, or null. */
  readonly tooDeep: number | null;
  /** Whether the text ends inside a bracket or a string. */
  readonly unclosed: boolean;
  /** How long the document is without what follows its last bracket and is none. */
  readonly length: number;
}

/**
 * Finds the end of the document that begins at `start`, before the parser sees it: the parser recurses, stops at a raw
 * line end in a string, and has no notion of a second document.
 */
function scan(text: string, start: number): Scanned {
  let depth = 0;
  let patched = '';
  let copied = start;
  let index = start;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22 /* " */) {
      for (index++; index < text.length; index++) {
        const inside = text.charCodeAt(index);
        if (inside === 0x22) break;
        if (inside === 0x5c /* \ */) index++;
        else if (inside === 0x0a || inside === 0x0d) {
          patched += `${text.slice(copied, index)} `;
          copied = index + 1;
        }
      }
      if (index >= text.length) return { text: patched + text.slice(copied), tooDeep: null, unclosed: true, length: text.length - start };
    } else if (code === 0x7b /* { */ || code === 0x5b /* [ */) {
      if (++depth > MAX_JSON_DEPTH) return { text: '', tooDeep: index, unclosed: false, length: 0 };
    } else if (code === 0x7d /* } */ || code === 0x5d /* ] */) {
      if (--depth <= 0) {
        index++;
        break;
      }
    } else if (code === 0x2f /* / */) {
      index = skipComment(text, index);
    }
  }
  // What follows the last bracket is a second document only if it looks like one; else it is the parser's to refuse.
  const rest = skipBlank(text, index);
  const next = text.charCodeAt(rest);
  const end = next === 0x7b || next === 0x5b || rest >= text.length ? index : text.length;
  return { text: patched + text.slice(copied, end), tooDeep: null, unclosed: depth > 0, length: index - start };
}

/** The index of the last character of a comment that begins at `index`; `index` itself where none does. */
function skipComment(text: string, index: number): number {
  const next = text.charCodeAt(index + 1);
  if (next === 0x2f) {
    const end = text.indexOf('\n', index);
    return end === -1 ? text.length : end;
  }
  if (next === 0x2a) {
    const end = text.indexOf('*/', index + 2);
    return end === -1 ? text.length : end + 1;
  }
  return index;
}


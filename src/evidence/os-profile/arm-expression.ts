// The grammar of template expressions: from a string of an ARM template to a tree.

/** Azure Resource Manager refuses longer expressions: https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
export const MAX_EXPRESSION_LENGTH = 24_576;

/** Levels of an expression. Real ones have about ten. */
export const MAX_EXPRESSION_HEIGHT = 50;

/** A node of an expression. `text` is the node as written; `height` counts the levels below and with it. */
export type Expression = Literal | Call | Access;

interface Node {
  readonly text: string;
  readonly height: number;
}

export interface Literal extends Node {
  readonly kind: 'literal';
  readonly value: string | number;
}

/** `concat('a', 'b')`. Names are folded: they have no case. A function of a template's own is `namespace.name`. */
export interface Call extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}

/** `subscription().id` and `parameters('roles')[0]` alike. */
export interface Access extends Node {
  readonly kind: 'access';
  readonly of: Expression;
  readonly key: Expression;
}

/** What a string of a template is: an expression, given without its brackets, or a literal, given without its escape. */
export type TemplateString = { readonly expression: string } | { readonly literal: string };

/**
 * Tells an expression from a literal: `[…]` is an expression, `[[…]` the escape for a literal that begins with a bracket.
 * A string that begins with a bracket and does not end with one is a literal as it stands.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters
 */
export function templateString(text: string): TemplateString {
  if (!text.startsWith('[') || !text.endsWith(']')) return { literal: text };
  return text.startsWith('[[') ? { literal: text.slice(1) } : { expression: text.slice(1, -1) };
}

/** Parses an expression without its brackets. Null where it is none, is too long, or is nested too deep. */
export function parseExpression(text: string): Expression | null {
  if (text.length > MAX_EXPRESSION_LENGTH) return null;
  const tokens = tokenize(text);
  return tokens === null ? null : new Parser(text, tokens).parse();
}

interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'mark' | 'end';
  /** The token as written; of a string, its value. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A name, a number, a string in single quotes (two of them stand for one), or a mark. */
const TOKEN = /([A-Za-z_]\w*)|(-?\d+(?:\.\d+)?)|'((?:[^']|'')*)'(?!')|([()[\].,?])/y;

const BLANK = /\s*/y;

function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let index = skipBlank(text, 0);
  while (index < text.length) {
    TOKEN.lastIndex = index;
    const found = TOKEN.exec(text);
    if (found === null) return null;
    const [, name, number, string, mark] = found;
    const end = TOKEN.lastIndex;
    if (name !== undefined) tokens.push({ kind: 'name', value: name, start: index, end });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, start: index, end });
    else if (string !== undefined) tokens.push({ kind: 'string', value: string.replaceAll("''", "'"), start: index, end });
    else tokens.push({ kind: 'mark', value: mark ?? '', start: index, end });
    index = skipBlank(text, end);
  }
  return tokens;
}

function skipBlank(text: string, from: number): number {
  BLANK.lastIndex = from;
  BLANK.test(text);
  return BLANK.lastIndex;
}

const END: Token = { kind: 'end', value: '', start: 0, end: 0 };

function access(of: Expression, key: Expression, text: string): Access {
  return { kind: 'access', of, key, text, height: 1 + Math.max(of.height, key.height) };
}

/** Recursive descent. Every method gives null on what is no expression; a parser that met null is not asked again. */
class Parser {
  #next = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  parse(): Expression | null {
    const expression = this.expression(MAX_EXPRESSION_HEIGHT);
    return this.token.kind === 'end' ? expression : null;
  }

  /** A value with what is taken of it: `f(x).a[0]`. `room` is the height that is left. */
  private expression(room: number): Expression | null {
    if (room === 0) return null;
    const { start } = this.token;
    let expression = this.operand(room);
    while (expression !== null) {
      const key = this.key(room - 1);
      if (key === undefined) return expression;
      expression = key === null ? null : access(expression, key, this.textFrom(start));
      if (expression !== null && expression.height > room) return null;
    }
    return null;
  }

  private operand(room: number): Expression | null {
    const token = this.token;
    this.#next++;
    switch (token.kind) {
      case 'string':
        return { kind: 'literal', value: token.value, text: this.textFrom(token.start), height: 1 };
      case 'number':
        return { kind: 'literal', value: Number(token.value), text: this.textFrom(token.start), height: 1 };
      case 'name':
        return this.call(token, room);
      default:
        return null;
    }
  }

  private call(first: Token, room: number): Call | null {
    let name = first.value;
    if (this.skip('.')) {
      if (this.token.kind !== 'name') return null;
      name += `.${this.token.value}`;
      this.#next++;
    }
    if (!this.skip('(')) return null;
    const args: Expression[] = [];
    if (!this.skip(')')) {
      do {
        const argument = this.expression(room - 1);
        if (argument === null) return null;
        args.push(argument);
      } while (this.skip(','));
      if (!this.skip(')')) return null;
    }
    const height = args.reduce((highest, { height }) => Math.max(highest, height), 0) + 1;
    return { kind: 'call', name: name.toLowerCase(), args, text: this.textFrom(first.start), height };
  }

  /** `.name`, `[index]`, and both with `?`, which asks for the same value; undefined where neither follows. */
  private key(room: number): Expression | null | undefined {
    if (this.skip('.')) {
      this.skip('?');
      const { kind, value } = this.token;
      if (kind !== 'name') return null;
      this.#next++;
      return { kind: 'literal', value, text: value, height: 1 };
    }
    if (!this.skip('[')) return undefined;
    this.skip('?');
    const key = this.expression(room);
    return this.skip(']') ? key : null;
  }

  private get token(): Token {
    return this.tokens[this.#next] ?? END;
  }

  private skip(mark: string): boolean {
    const { kind, value } = this.token;
    if (kind !== 'mark' || value !== mark) return false;
    this.#next++;
    return true;
  }

  /** What was read from `start` up to the last token. */
  private textFrom(start: number): string {
    return this.text.slice(start, this.tokens[this.#next - 1]?.end ?? start);
  }
}

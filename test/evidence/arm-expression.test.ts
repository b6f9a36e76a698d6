// Template expressions: the grammar, the functions that can be worked out offline, and what stays unknown.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showKnown } from '../../src/core/known.js';
import { SourceFile } from '../../src/core/source.js';
import { parseJson } from '../../src/evidence/json.js';
import { Meter, resolve, type Scope } from '../../src/evidence/os-profile/arm-evaluation.js';
import { MAX_EXPRESSION_HEIGHT, MAX_EXPRESSION_LENGTH, parseExpression, templateString } from '../../src/evidence/os-profile/arm-expression.js';
import { LITERAL, view, type Resolved } from '../../src/evidence/os-profile/resolved.js';
import { runs } from '../support/setup.js';

const HERE = { path: 'template.json', span: { start: 0, end: 1 } };

/** A scope whose parameters are the given values, and whose variables are expressions. */
function scopeOf(parameters: Record<string, unknown>, variables: Record<string, string> = {}): Scope {
  const values = new Map(Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]));
  const scope: Scope = {
    meter: new Meter(),
    parameter(name) {
      const value = values.get(name.toLowerCase());
      if (value === undefined) return null;
      const [document] = parseJson(new SourceFile('parameters.json', JSON.stringify([value]))).documents;
      return view(document!.items[0]!, LITERAL);
    },
    variable(name) {
      const value = variables[name];
      return value === undefined ? null : resolve(value, HERE, scope);
    },
  };
  return scope;
}

const PARAMETERS = {
  vault: 'contoso-kv',
  empty: '',
  none: [],
  urls: ['https://a', 'https://b'],
  nested: { Certificate: { url: 'https://c' } },
  blank: '  x ',
};

function resolved(text: string): Resolved {
  return resolve(text, HERE, scopeOf(PARAMETERS, { prefix: "[concat('https://', parameters('vault'))]" }));
}

/** The value for a person: an unknown part as its expression in brackets. */
function shown(value: Resolved): unknown {
  switch (value.kind) {
    case 'text':
      return showKnown(value.value);
    case 'unknown':
      return `[${value.hole.expression}]`;
    case 'scalar':
      return value.value;
    case 'list':
      return [...value.items.map(shown), ...(value.rest === null ? [] : [`…[${value.rest.expression}]`])];
    case 'object':
      return Object.fromEntries(value.keys.map((key) => [key, shown(value.get(key)!)]));
  }
}

describe('templateString', () => {
  it.each([
    ["[parameters('x')]", { expression: "parameters('x')" }],
    ['[[literal]', { literal: '[literal]' }],
    ['[test] value', { literal: '[test] value' }],
    ['[[not closed', { literal: '[[not closed' }],
    ['plain', { literal: 'plain' }],
    ['', { literal: '' }],
  ])('%s', (text, expected) => expect(templateString(text)).toEqual(expected));
});

describe('parseExpression', () => {
  it.each(["concat('a', 'b')", " concat ( 'it''s' , -1 , 2.5 ) ", "f().a.b[0]['c']", "f().?a[?'b']", 'contoso.name(1)', 'f()'])('takes %s', (text) =>
    expect(parseExpression(text)).not.toBeNull());

  it.each(['', 'name', "'open", "f('a'", 'f(1,)', 'f(,1)', 'f() g()', 'f().', 'f()[', 'f()[0', "f()['a',]", '(1)', 'f(1) +', 'f(;)', 'a.b.c()', 'f().1'])(
    'refuses %s',
    (text) => expect(parseExpression(text)).toBeNull(),
  );

  it('keeps the text of each node', () => {
    const access = parseExpression("f( a('x').b , 2 )");
    expect(access).toMatchObject({ kind: 'call', name: 'f', args: [{ text: "a('x').b", kind: 'access' }, { text: '2' }] });
  });

  it('bounds length and height', () => {
    const nested = (levels: number) => `${'f('.repeat(levels)}${')'.repeat(levels)}`;
    expect(parseExpression(nested(MAX_EXPRESSION_HEIGHT))).not.toBeNull();
    expect(parseExpression(nested(MAX_EXPRESSION_HEIGHT + 1))).toBeNull();
    expect(parseExpression(`f()${'.a'.repeat(MAX_EXPRESSION_HEIGHT)}`)).toBeNull();
    expect(parseExpression(`${nested(25)}${'.a'.repeat(MAX_EXPRESSION_HEIGHT - 25)}`)).not.toBeNull();
    expect(parseExpression(`${nested(25)}${'.a'.repeat(MAX_EXPRESSION_HEIGHT - 24)}`)).toBeNull();
    expect(parseExpression(`f()${'[0'.repeat(10_000)}`)).toBeNull();
    expect(parseExpression(`'${'a'.repeat(MAX_EXPRESSION_LENGTH - 2)}'`)).not.toBeNull();
    expect(parseExpression(`'${'a'.repeat(MAX_EXPRESSION_LENGTH - 1)}'`)).toBeNull();
  });
});

describe('what is known', () => {
  it.each<[string, unknown]>([
    ["[parameters('vault')]", 'contoso-kv'],
    ["[PARAMETERS('VAULT')]", 'contoso-kv'],
    ["[variables('prefix')]", 'https://contoso-kv'],
    ["[concat('https://', parameters('vault'), 1)]", 'https://contoso-kv1'],
    ["[concat(parameters('urls'), createArray('c'))]", ['https://a', 'https://b', 'c']],
    ["[format('{1}-{0}-{{}}-{0}', 'a', 2)]", '2-a-{}-a'],
    ["[toUpper(toLower('AbC'))]", 'ABC'],
    ["[trim(parameters('blank'))]", 'x'],
    ["[replace('a-b-c', '-', '/')]", 'a/b/c'],
    ["[replace('aBaB', 'B', '-')]", 'a-a-'],
    ["[parameters('urls')[1]]", 'https://b'],
    ["[parameters('nested').certificate['URL']]", 'https://c'],
    ["[if(equals(parameters('vault'), 'contoso-kv'), 'yes', 'no')]", 'yes'],
    ["[if(equals(parameters('vault'), 'CONTOSO-KV'), 'yes', 'no')]", 'no'],
    ["[if(not(empty(parameters('none'))), 'yes', 'no')]", 'no'],
    ["[and(true(), equals(1, 1), empty(''))]", true],
    ["[and(true(), false(), parameters('unset'))]", false],
    ["[or(false(), true(), parameters('unset'))]", true],
    ["[or(false(), empty('x'))]", false],
    ["[empty(null())]", true],
    ["[empty(parameters('urls'))]", false],
    ["[empty(parameters('nested'))]", false],
    ["[empty(createObject())]", true],
    ["[first(parameters('urls'))]", 'https://a'],
    ["[last('abc')]", 'c'],
    ["[union(createArray('a'), parameters('urls'))]", ['a', 'https://a', 'https://b']],
    ["[union(createObject('a', 1, 'b', 2), createObject('B', 3))]", { a: 1, b: 3 }],
    ["[union(createObject('a', 1), createObject('a', createObject('c', 2)))]", { a: { c: 2 } }],
    ["[union(createObject('a', createObject('c', 2)), createObject('a', 1))]", { a: 1 }],
    ["[json('[]')]", []],
    ["[json('null')]", null],
    ['[environment().suffixes.keyvaultDns]', '.vault.azure.net'],
    ["[resourceId('sub', 'group', 'Microsoft.KeyVault/vaults', 'kv')]", '/subscriptions/sub/resourceGroups/group/providers/Microsoft.KeyVault/vaults/kv'],
    ["[resourceId('a', 'b', 'Microsoft.KeyVault/vaults/secrets', 'kv', 's')]", '/subscriptions/a/resourceGroups/b/providers/Microsoft.KeyVault/vaults/kv/secrets/s'],
    ["['a literal']", 'a literal'],
  ])('%s', (text, expected) => expect(shown(resolved(text))).toEqual(expected));

  it('is a plain string where no part of it is unknown', () => {
    expect(resolved("[concat('a', '', 'b')]")).toMatchObject({ kind: 'text', value: 'ab' });
    expect(resolved("[concat('', '')]")).toMatchObject({ kind: 'text', value: '' });
    expect(resolved("[concat('a', 'b', parameters('unset'))]")).toMatchObject({ value: { parts: ['ab', { expression: "parameters('unset')" }] } });
  });

  it('has the place of the literal, or of the expression that computes it', () => {
    expect(resolved("[parameters('vault')]").location.path).toBe('parameters.json');
    expect(resolved("[if(true(), parameters('vault'), 'x')]").location.path).toBe('parameters.json');
    expect(resolved("[concat(parameters('vault'), '')]").location).toBe(HERE);
  });
});

describe('what is not known stays a hole', () => {
  it.each<[string, unknown]>([
    ["[parameters('unset')]", "[parameters('unset')]"],
    ["[variables('unset')]", "[variables('unset')]"],
    ["[reference(resourceId('a/b', 'c'), '2019-09-01').secretUriWithVersion]", "[reference(resourceId('a/b', 'c'), '2019-09-01').secretUriWithVersion]"],
    ["[concat('https://', parameters('unset'), '/x')]", "https://[parameters('unset')]/x"],
    ["[concat(parameters('unset'), parameters('other'))]", "[concat(parameters('unset'), parameters('other'))]"],
    ["[concat(parameters('urls'), parameters('unset'))]", ['https://a', 'https://b', "…[parameters('unset')]"]],
    ["[concat(parameters('urls'), 'text')]", "[concat(parameters('urls'), 'text')]"],
    ["[concat('x', true())]", "[concat('x', true())]"],
    ["[toLower(concat('A', parameters('unset')))]", "a[parameters('unset')]"],
    ["[format('{0}/{1}', uniqueString('x'), 'y')]", "[uniqueString('x')]/y"],
    ["[format('{0:N2}', 1)]", "[format('{0:N2}', 1)]"],
    ["[format('{0} {2}', 1)]", "[format('{0} {2}', 1)]"],
    ["[replace('aA', 'a', 'b')]", "[replace('aA', 'a', 'b')]"],
    ["[replace(concat('a', parameters('unset')), 'a', 'b')]", "[replace(concat('a', parameters('unset')), 'a', 'b')]"],
    ["[replace('ab', '', 'x')]", "[replace('ab', '', 'x')]"],
    ["[if('true', 'a', 'b')]", "[if('true', 'a', 'b')]"],
    ["[if(parameters('unset'), 'a', 'b')]", "[if(parameters('unset'), 'a', 'b')]"],
    ["[equals(parameters('unset'), parameters('unset'))]", "[equals(parameters('unset'), parameters('unset'))]"],
    ["[equals('a', parameters('unset'))]", "[equals('a', parameters('unset'))]"],
    ["[empty(concat('', parameters('unset')))]", "[empty(concat('', parameters('unset')))]"],
    ["[equals(createArray(), createArray())]", '[equals(createArray(), createArray())]'],
    ["[empty(concat('a', parameters('unset')))]", false],
    ["[empty(concat(parameters('none'), parameters('unset')))]", "[empty(concat(parameters('none'), parameters('unset')))]"],
    ["[and(true(), parameters('unset'))]", "[and(true(), parameters('unset'))]"],
    ["[first(concat(parameters('urls'), parameters('unset')))]", "[first(concat(parameters('urls'), parameters('unset')))]"],
    ["[concat(parameters('urls'), parameters('unset'))[0]]", "[concat(parameters('urls'), parameters('unset'))[0]]"],
    ["[parameters('urls')[2]]", "[parameters('urls')[2]]"],
    ["[parameters('urls')[null()]]", "[parameters('urls')[null()]]"],
    ["[parameters('urls')['0']]", "[parameters('urls')['0']]"],
    ["[parameters('nested').absent]", "[parameters('nested').absent]"],
    ["[union(createObject('a', createObject('b', 1)), createObject('A', createObject('c', 2)))]", { a: '[union(…).a]' }],
    ["[union(createArray('a'), parameters('unset'))]", ['a', "…[parameters('unset')]"]],
    ["[union(createObject('a', 1), parameters('unset'))]", "[union(createObject('a', 1), parameters('unset'))]"],
    ["[json('{')]", "[json('{')]"],
    ["[json('')]", "[json('')]"],
    ["[json('[] []')]", "[json('[] []')]"],
    ["[resourceId()]", '[resourceId()]'],
    ["[resourceId('kv')]", "[resourceId('kv')]"],
    ["[resourceId('a', 'b', 'c', 'd/e', 'f')]", "[resourceId('a', 'b', 'c', 'd/e', 'f')]"],
    ['[environment().suffixes.storage]', '[environment().suffixes.storage]'],
    ["[resourceId('Microsoft.KeyVault/vaults', 'kv')]", '/subscriptions/[subscription().subscriptionId]/resourceGroups/[resourceGroup().name]/providers/Microsoft.KeyVault/vaults/kv'],
    ["[resourceId('Microsoft.KeyVault/vaults', 'kv', 'too many')]", "[resourceId('Microsoft.KeyVault/vaults', 'kv', 'too many')]"],
    ['[copyIndex()]', '[copyIndex()]'],
    ['[secretUrl]', '[secretUrl]'],
    ['[constructor()]', '[constructor()]'],
    ['[__proto__()]', '[__proto__()]'],
    ["[concat('a', ]", "[concat('a', ]"],
  ])('%s', (text, expected) => expect(shown(resolved(text))).toEqual(expected));
});

describe('bounds', () => {
  it('stops at a circle of variables, and at one that grows', () => {
    const circle = scopeOf({}, { a: "[variables('b')]", b: "[variables('a')]", grows: "[concat('x', variables('grows'), variables('grows'))]" });
    expect(resolve("[variables('a')]", HERE, circle).kind).toBe('unknown');
    expect(() => resolve("[variables('grows')]", HERE, circle)).not.toThrow();
  });

  it('does not build what doubles with every variable', () => {
    const variables: Record<string, string> = { v0: '0123456789' };
    for (let level = 1; level <= 60; level++) variables[`v${level}`] = `[concat(variables('v${level - 1}'), variables('v${level - 1}'))]`;
    expect(resolve("[variables('v60')]", HERE, scopeOf({}, variables)).kind).toBe('unknown');
  });

  it('never throws, whatever the expression', () => {
    const piece = fc.constantFrom(
      ...["'", "''", '(', ')', '[', ']', '.', ',', '?', ' ', '\n', '{', '}', '{0}', '{0:x}', '-1', '0', '9', '1e9', 'a', 'É', '"', '/', '__proto__'],
      ...['concat(', 'format(', 'parameters(', "'urls'", "'nested'", "'unset'", "'Microsoft.KeyVault/vaults'", 'if(', 'union(', 'createObject('],
      ...['createArray(', 'first(', 'last(', 'json(', 'replace(', 'resourceId(', 'environment()', 'empty(', 'equals(', 'toLower(', '.suffixes', '[0]'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        shown(resolved(`[${pieces.join('')}]`));
      }),
      { numRuns: runs(300) },
    );
  });

  it('never throws, whatever the well-formed expression', () => {
    const { call } = fc.letrec<{ call: string; value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom("'a'", "''", '0', '-1', "'{0}{1}'", "'urls'", "parameters('urls')", "parameters('nested')", "parameters('unset')", "'a/b'", 'null()'),
        tie('call'),
      ),
      call: fc
        .tuple(
          fc.constantFrom('concat', 'format', 'toLower', 'replace', 'resourceId', 'if', 'equals', 'empty', 'and', 'union', 'first', 'last', 'createArray', 'createObject', 'json', 'trim', 'variables', 'parameters', 'unknown'),
          fc.array(tie('value'), { maxLength: 4 }),
          fc.constantFrom('', '', '.a', '[0]', "['url']"),
        )
        .map(([name, args, key]) => `${name}(${args.join(', ')})${key}`),
    }));
    fc.assert(fc.property(call, (text) => void shown(resolved(`[${text}]`))), { numRuns: runs(300) });
  });
});

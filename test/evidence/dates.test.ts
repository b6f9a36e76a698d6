// Moments in every spelling of exports.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/core/source.js';
import { readDate } from '../../src/evidence/dates.js';
import { parseJson } from '../../src/evidence/json.js';

function dateOf(value: unknown): string | null {
  const [document] = parseJson(new SourceFile('x', JSON.stringify({ date: value }))).documents;
  return readDate(document?.get('date'))?.toISOString() ?? null;
}

describe('readDate', () => {
  it.each([
    [1_634_278_152, '2021-10-15T06:09:12.000Z'],
    ['2021-10-15T06:09:12+00:00', '2021-10-15T06:09:12.000Z'],
    ['2021-10-15T08:09:12+02:00', '2021-10-15T06:09:12.000Z'],
    ['2021-10-15T06:09:12Z', '2021-10-15T06:09:12.000Z'],
    ['2021-10-15T06:09:12', '2021-10-15T06:09:12.000Z'],
    ['2021-10-15T06:09:12.1234567Z', '2021-10-15T06:09:12.123Z'],
    ['2021-10-15', '2021-10-15T00:00:00.000Z'],
    ['/Date(1634278152000)/', '2021-10-15T06:09:12.000Z'],
    ['/Date(1634278152000+0200)/', '2021-10-15T06:09:12.000Z'],
    [{ value: '/Date(1634278152000)/', DisplayHint: 2, DateTime: 'Friday' }, '2021-10-15T06:09:12.000Z'],
    ['0001-01-01T00:00:00', null],
    ['2021-02-30', null],
    ['2021-10-15T25:00:00Z', null],
    ['15/10/2021 06:09:12', null],
    [1e300, null],
    ['/Date(999999999999999999)/', null],
    [null, null],
    [true, null],
    [{}, null],
  ])('%j is %j', (value, expected) => {
    expect(dateOf(value)).toBe(expected);
  });

  it('reads back what JavaScript writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(dateOf(date.toISOString())).toBe(date.toISOString());
        expect(dateOf(`/Date(${date.getTime()})/`)).toBe(date.toISOString());
      }),
    );
  });
});

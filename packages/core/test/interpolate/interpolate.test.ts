import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findReferences, interpolate, interpolateDeep } from '../../src/interpolate/index.ts';

const values: Readonly<Record<string, string>> = {
  HOME: '/home/ann',
  DAY: 'monday',
  EMPTY: '',
  TRAP: '${DAY}$&',
};
const lookup = (name: string): string | undefined => values[name];

describe('interpolate', () => {
  test.each([
    ['${HOME}/data/${DAY}.csv', '/home/ann/data/monday.csv'],
    ['a${EMPTY}b', 'ab'],
    ['${TRAP}', '${DAY}$&'],
    ['$HOME $${DAY} ${DAY', '$HOME $monday ${DAY'],
    ['no references', 'no references'],
  ])('%s becomes %s', (text, expected) => {
    expect(interpolate(text, lookup)).toEqual({ text: expected, undefinedReferences: [] });
  });

  test('undefined names are left and told with their places', () => {
    expect(interpolate('${DAY}-${NIGHT}-${NIGHT}', lookup)).toEqual({
      text: 'monday-${NIGHT}-${NIGHT}',
      undefinedReferences: [
        { name: 'NIGHT', start: 7, end: 15 },
        { name: 'NIGHT', start: 16, end: 24 },
      ],
    });
  });

  test('the text between references is kept, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ' ') }), (text) => {
        expect(interpolate(text, () => undefined).text).toBe(text);
        const references = findReferences(text);
        const expected = text.replace(/\$\{A+\}/g, 'value');
        expect(interpolate(text, () => 'value').text).toBe(expected);
        expect(references.map(({ name, start, end }) => text.slice(start, end) === `\${${name}}`)).toEqual(
          references.map(() => true),
        );
      }),
    );
  });
});

describe('interpolateDeep', () => {
  test('strings at any depth, keys and other values untouched', () => {
    const params = { path: '${HOME}/x', '${DAY}': 1, list: ['${DAY}', null, true, { deep: ['${NIGHT}'] }] };
    expect(interpolateDeep(params, lookup)).toEqual({
      value: { path: '/home/ann/x', '${DAY}': 1, list: ['monday', null, true, { deep: ['${NIGHT}'] }] },
      undefinedReferences: [{ name: 'NIGHT', start: 0, end: 8, path: ['list', 3, 'deep', 0] }],
    });
    expect(params.path).toBe('${HOME}/x');
  });

  test('what has no reference is the same object', () => {
    const plain = { a: [1, 'x'], b: { c: 'y' } };
    expect(interpolateDeep(plain, lookup).value).toBe(plain);
    const mixed = { plain, path: '${DAY}' };
    expect(interpolateDeep(mixed, lookup).value.plain).toBe(plain);
  });

  test('an own __proto__ stays an own key', () => {
    const params = JSON.parse('{"__proto__": {"a": "${DAY}"}}') as Record<string, unknown>;
    expect(JSON.stringify(interpolateDeep(params, lookup).value)).toBe('{"__proto__":{"a":"monday"}}');
  });
});

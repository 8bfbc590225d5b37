import { describe, expect, test } from '@jest/globals';
import { builtInChecks, type CheckParameterType, parameterProblems } from '../../../src/config/index.ts';

function isUsable(type: CheckParameterType, value: unknown): boolean {
  return (
    parameterProblems({ name: 'c', parameters: [{ name: 'p', type, description: '' }] }, { p: value })
      .length === 0
  );
}

describe('values that a parameter takes', () => {
  const cases: [CheckParameterType, unknown[], unknown[]][] = [
    ['string', ['', 'x'], [1, null, ['x']]],
    ['number', [0, -1.5, '3'], ['', 'x', Number.NaN, true]],
    ['boolean', [true, false, 'true'], ['yes', 1]],
    ['duration', [0, '15m', '90'], [-1, 'soon', null]],
    ['size', [0, '500MB', '2GiB'], [-1, 'big', {}]],
    ['port', [1, '65535'], [0, 65_536, 1.5, 'http']],
    ['pattern', ['^a.*$', ''], ['(', 3]],
    ['url', ['http://localhost:8080/x', 'HTTPS://a'], ['localhost:80', 'ftp://a', 'http://']],
    ['names', ['A', ['A', 'B']], ['', [], ['A', 1]]],
    ['statuses', [200, '404', [200, 204]], [99, 600, [], 'ok']],
    ['texts', [{}, { a: 'b' }], [{ a: 1 }, [], 'a']],
  ];
  test.each(cases)('%s', (type, usable, unusable) => {
    expect(usable.filter((value) => !isUsable(type, value))).toEqual([]);
    expect(unusable.filter((value) => isUsable(type, value))).toEqual([]);
  });

  test('a text with a reference may become anything a text can be', () => {
    expect(isUsable('port', '${PORT}')).toBe(true);
    expect(isUsable('texts', '${HEADERS}')).toBe(false);
  });
});

test('an inherited name is neither given nor known', () => {
  expect(parameterProblems({ name: 'c', parameters: [] }, { toString: 1 })).toEqual([
    {
      kind: 'unknown',
      parameter: 'toString',
      message: 'c has no parameter "toString"',
      hint: 'it takes none',
    },
  ]);
  const needsIt = { name: 'c', parameters: [{ name: 'toString', type: 'string', description: '' }] } as const;
  expect(parameterProblems(needsIt, {}).map(({ kind }) => kind)).toEqual(['missing']);
});

test.each(builtInChecks.map((check) => [check.name, check] as const))(
  'the example of %s is right',
  (_, check) => {
    expect(parameterProblems(check, check.example)).toEqual([]);
    expect(check.summary).toMatch(/^[A-Z].*\.$/);
  },
);

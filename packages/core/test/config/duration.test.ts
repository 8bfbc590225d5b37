import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/config/index.ts';

describe('parseDuration', () => {
  test.each([
    [90, 90_000],
    [0.052991, 52.991],
    [0, 0],
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h30m', 9_000_000],
    ['1d', 86_400_000],
    ['1w 2d ', 777_600_000],
    ['1.5h', 5_400_000],
    ['200ms', 200],
    ['1m200ms', 60_200],
    [315_360_000, 315_360_000_000],
  ])('%p is %p ms', (value, milliseconds) => {
    expect(parseDuration(value)).toBe(milliseconds);
  });

  test.each([
    ['', 'm', '5', '5 minutes', '30m2h', '1h1h', '-5s', '5S', '1e3s', ' 5m', '.5s', 'NaN'],
    [-1, Number.NaN, Number.POSITIVE_INFINITY, 315_360_001, 1e300],
    [null, undefined, true, [], {}, ['5s']],
    [`${'9'.repeat(99)}w`, `${' '.repeat(200)}5s`],
  ])('refuses %p and its like', (...values) => {
    expect(values.map((value) => parseDuration(value))).toEqual(values.map(() => undefined));
  });

  test('reads back what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 315_360_000_000 }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });

  test('adds its parts up', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(300), (hours, minutes, seconds) => {
        expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toBe(
          (hours * 3600 + minutes * 60 + seconds) * 1000,
        );
      }),
    );
  });

  test('takes any text, and quickly', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9wdhms. ]{0,200}$/), (text) => {
        const milliseconds = parseDuration(text);
        expect(milliseconds === undefined || milliseconds >= 0).toBe(true);
      }),
    );
  });
});

test.each([
  [0, '0s'],
  [90_000, '1m30s'],
  [9_000_000, '2h30m'],
  [1_209_600_000, '14d'],
  [1_001, '1s1ms'],
])('%p ms is written %p', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

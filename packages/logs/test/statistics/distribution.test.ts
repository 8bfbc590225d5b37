import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { distribution } from '../../src/index.ts';

describe('a distribution', () => {
  test('tells quantiles by nearest rank', () => {
    const ten = distribution();
    for (let value = 1; value <= 10; value++) ten.add(value);
    expect(ten.summary()).toEqual({
      count: 10,
      min: 1,
      mean: 5.5,
      p50: 5,
      p90: 9,
      p95: 10,
      p99: 10,
      max: 10,
    });
    expect(distribution().summary()).toBeUndefined();
    expect(distribution().quantile(0.5)).toBeNaN();
  });

  test('of many values is within a hundredth', () => {
    const sizes = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 5, maxLength: 60 }), (drawn) => {
        const values = Array.from(
          { length: 5000 },
          (_, index) => drawn[index % drawn.length]! * (1 + index / 5000),
        );
        const all = distribution();
        for (const value of values) all.add(value);
        values.sort((a, b) => a - b);
        for (const q of [0.01, 0.5, 0.9, 0.99, 1]) {
          const truth = values[Math.max(1, Math.ceil(q * values.length)) - 1]!;
          expect(Math.abs(all.quantile(q) - truth)).toBeLessThanOrEqual(0.0101 * truth + 1e-9);
        }
        expect([all.min, all.max]).toEqual([values[0], values.at(-1)]);
      }),
      { numRuns: 30 },
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { changePoints, median, medianDifference } from '../../src/index.ts';

/** Durations as they are: about 10 s, skewed, now and then an outlier ten times as long. */
function series(random: () => number, length: number, outlierShare = 0.05): number[] {
  return Array.from({ length }, () => {
    const usual = 10_000 * Math.exp(0.1 * normal(random));
    return random() < outlierShare ? 10 * usual : usual;
  });
}

/** Box and Muller (1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A linear congruential generator (Lehmer 1951): the tests tell the same on each machine. */
function lehmer(seed: number): () => number {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe('change points', () => {
  test('are found where the level changes, in spite of outliers', () => {
    const random = lehmer(1);
    const values = [...series(random, 25), ...series(random, 20).map((value) => value * 1.5)];
    const [change, ...others] = changePoints(values);
    expect(others).toEqual([]);
    expect(Math.abs(change!.index - 25)).toBeLessThanOrEqual(1);
    expect(change!.after / change!.before).toBeCloseTo(1.5, 0);
    expect(change!.shift).toBeGreaterThan(3500);
    expect(change!.shift).toBeLessThan(6500);
  });

  test('are found in the last few values', () => {
    const random = lehmer(2);
    const values = [...series(random, 30, 0), ...series(random, 4, 0).map((value) => value * 2)];
    expect(changePoints(values).map(({ index }) => index)).toEqual([30]);
  });

  test('up and down again are two', () => {
    const random = lehmer(3);
    const slow = series(random, 20).map((value) => value * 2);
    const found = changePoints([...series(random, 20), ...slow, ...series(random, 20)]);
    expect(found.map(({ index }) => Math.round(index / 20))).toEqual([1, 2]);
    expect(found[0]!.shift).toBeGreaterThan(0);
    expect(found[1]!.shift).toBeLessThan(0);
  });

  test('are found in ones and noughts: a job that begins to fail', () => {
    const failed = [...Array(20).fill(0), 1, 1, 0, 1, 1, 1, 1];
    expect(changePoints(failed).map(({ index }) => index)).toEqual([20]);
  });

  test('are seldom seen where there are none', () => {
    const random = lehmer(4);
    const alarms = Array.from({ length: 300 }, () => changePoints(series(random, 40), { permutations: 399 }));
    expect(alarms.filter((found) => found.length > 0).length).toBeLessThanOrEqual(9);
  });

  test('need some values, and differences between them', () => {
    expect(changePoints([])).toEqual([]);
    expect(changePoints([1, 1, 9, 9])).toEqual([]);
    expect(changePoints(Array(50).fill(7))).toEqual([]);
  });

  test('do not depend on the unit, and are the same at each call', () => {
    const values = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 });
    fc.assert(
      fc.property(values, (drawn) => {
        const stepped = [...drawn, ...drawn.map((value) => value + 60)];
        const indices = (list: readonly number[]) => changePoints(list).map(({ index }) => index);
        expect(indices(stepped.map((value) => value * 1000))).toEqual(indices(stepped));
        if (drawn.length >= 8) expect(indices(stepped)).toContain(drawn.length);
      }),
      { numRuns: 40 },
    );
  });
});

test('medians', () => {
  expect(median([])).toBeNaN();
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(medianDifference([1, 2, 3], [11, 12, 1000])).toBe(10);
  expect(
    medianDifference(
      Array.from({ length: 2000 }, (_, i) => i),
      [5000],
    ),
  ).toBeCloseTo(4000, -2);
});

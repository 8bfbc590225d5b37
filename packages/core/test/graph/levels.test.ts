import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, levels } from '../../src/graph/index.ts';
import { allPaths } from './naive.ts';
import { acyclicJobs, chain } from './random.ts';

describe('levels', () => {
  test('is the most edges on any path from a source', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 10 }), (jobs) => {
        const dag = Dag.from(jobs);
        const expected = jobs.map((_, job) => Math.max(...allPaths(dag).map((path) => path.indexOf(job))));
        const { levelOf, sizes } = levels(dag);
        expect([...levelOf]).toEqual(expected);
        const depth = Math.max(0, ...expected.map((level) => level + 1));
        expect([...sizes]).toEqual(
          Array.from({ length: depth }, (_, level) => expected.filter((other) => other === level).length),
        );
      }),
    );
  });

  test('counts 100,000 levels of a chain', () => {
    const { levelOf, sizes } = levels(Dag.from(chain(100_000)));
    expect(levelOf.every((level, job) => level === job)).toBe(true);
    expect([sizes.length, sizes.every((size) => size === 1)]).toEqual([100_000, true]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, maximumAntichain } from '../../src/graph/index.ts';
import { sparseJobs } from './large.ts';
import { antichains, closure, matchingSize } from './naive.ts';
import { acyclicJobs, chain } from './random.ts';

describe('maximumAntichain', () => {
  test('is as large as any, and the earliest of the largest', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 11 }), (jobs) => {
        const dag = Dag.from(jobs);
        const all = antichains(dag);
        const width = Math.max(...all.map((set) => set.length));
        const largest = all.filter((set) => set.length === width);
        const reaches = closure(dag);
        const isEarlier = (set: number[], other: number[]) =>
          set.every((job) => other.some((later) => later === job || reaches[later]![job]));
        const earliest = largest.filter((set) => largest.every((other) => isEarlier(set, other)));
        expect([[...maximumAntichain(dag)]]).toEqual(earliest);
      }),
      { numRuns: 500 },
    );
  });

  test('is as large as a matching in the closure says, on graphs too large to try all sets', () => {
    for (const dependenciesEach of [0.5, 1, 2, 4]) {
      const dag = Dag.from(sparseJobs({ jobs: 300, dependenciesEach, span: 100 }));
      const antichain = [...maximumAntichain(dag)];
      const reaches = closure(dag);
      expect(antichain.filter((job) => antichain.some((other) => reaches[job]![other]))).toEqual([]);
      expect(antichain.length).toBe(dag.jobCount - matchingSize(reaches));
    }
  });

  test('is one job of a chain, and all jobs of none', () => {
    expect(maximumAntichain(Dag.from(chain(20_000)))).toEqual(Int32Array.of(0));
    expect(maximumAntichain(Dag.from([]))).toEqual(new Int32Array(0));
  });
});

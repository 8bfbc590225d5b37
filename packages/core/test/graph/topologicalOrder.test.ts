import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JobGraph, topologicalOrder } from '../../src/graph/index.ts';
import { closure, rowsToArrays } from './naive.ts';
import { acyclicJobs, anyJobs, chain } from './random.ts';

describe('topologicalOrder', () => {
  test('takes the first job of the file among those that could come next', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 40 }), (jobs) => {
        const graph = JobGraph.from(jobs);
        const dependencies = rowsToArrays(graph.dependencies);
        const expected: number[] = [];
        while (expected.length < jobs.length) {
          const next = dependencies.findIndex(
            (row, job) => !expected.includes(job) && row.every((dependency) => expected.includes(dependency)),
          );
          expected.push(next);
        }
        expect(topologicalOrder(graph)).toEqual({ ok: true, order: Int32Array.from(expected) });
      }),
    );
  });

  test('names the jobs that are on a cycle or wait for one', () => {
    fc.assert(
      fc.property(anyJobs({ jobsMax: 12 }), (jobs) => {
        const graph = JobGraph.from(jobs);
        const reaches = closure(graph);
        const isOnCycle = reaches.map((row, job) => row[job]!);
        const blocked = reaches.flatMap((row, job) => {
          return isOnCycle[job] || row.some((reached, other) => reached && isOnCycle[other]) ? [job] : [];
        });
        const result = topologicalOrder(graph);
        expect(result.ok ? [] : [...result.blocked]).toEqual(blocked);
      }),
    );
  });

  test('orders 100,000 jobs written last first', () => {
    const result = topologicalOrder(JobGraph.from(chain(100_000).reverse()));
    expect(result.ok && result.order.every((job, place) => job === 99_999 - place)).toBe(true);
  });

  test('orders no jobs', () => {
    expect(topologicalOrder(JobGraph.from([]))).toEqual({ ok: true, order: new Int32Array(0) });
  });
});

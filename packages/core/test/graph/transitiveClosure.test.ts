import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ancestorCounts,
  closureBlocks,
  Dag,
  descendantCounts,
  transitiveClosure,
} from '../../src/graph/index.ts';
import { sparseJobs } from './large.ts';
import { closure } from './naive.ts';
import { acyclicJobs } from './random.ts';

function closureInBlocks(dag: Dag): boolean[][] {
  const reaches = dag.ids.map(() => dag.ids.map(() => false));
  for (const block of closureBlocks(dag)) {
    block.columns.forEach((ancestor, column) => {
      for (let job = 0; job < dag.jobCount; job++) reaches[job]![ancestor] = block.dependsOn(job, column);
    });
  }
  return reaches;
}

describe('transitive closure', () => {
  test('says who depends on whom, whole or in blocks, and how many', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 40 }), (jobs) => {
        const dag = Dag.from(jobs);
        const expected = closure(dag);
        const { dependsOn } = transitiveClosure(dag);
        expect(jobs.map((_, job) => jobs.map((_, other) => dependsOn(job, other)))).toEqual(expected);
        expect(closureInBlocks(dag)).toEqual(expected);
        expect([...ancestorCounts(dag)]).toEqual(expected.map((row) => row.filter(Boolean).length));
        expect([...descendantCounts(dag)]).toEqual(
          expected.map((_, job) => expected.filter((row) => row[job]).length),
        );
      }),
    );
  });

  test('is the same in several blocks as in one piece', () => {
    const dag = Dag.from(sparseJobs({ jobs: 2_500, dependenciesEach: 2, span: 300 }));
    const { dependsOn } = transitiveClosure(dag);
    const jobs = Array.from({ length: dag.jobCount }, (_, job) => job);
    const inBlocks = closureInBlocks(dag);
    const differing = jobs.filter((job) =>
      jobs.some((other) => inBlocks[job]![other] !== dependsOn(job, other)),
    );
    expect(differing).toEqual([]);
    expect([...ancestorCounts(dag)]).toEqual(inBlocks.map((row) => row.filter(Boolean).length));
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Components,
  JobGraph,
  stronglyConnectedComponents,
  weaklyConnectedComponents,
} from '../../src/graph/index.ts';
import { closure, closureOf, rowsToArrays } from './naive.ts';
import { anyJobs, chain } from './random.ts';

/** Components as they are numbered: by the earliest member, members in file order. */
function grouped(jobCount: number, areTogether: (a: number, b: number) => boolean): number[][] {
  const groups: number[][] = [];
  for (let job = 0; job < jobCount; job++) {
    const group = groups.find(([first]) => areTogether(first!, job));
    if (group) group.push(job);
    else groups.push([job]);
  }
  return groups;
}

function expectGroups(components: Components, groups: number[][]): void {
  expect(rowsToArrays(components.members)).toEqual(groups);
  expect(components.count).toBe(groups.length);
  expect([...components.componentOf]).toEqual(
    [...components.componentOf].map((_, job) => groups.findIndex((group) => group.includes(job))),
  );
}

describe('stronglyConnectedComponents', () => {
  test('puts jobs together that depend on each other', () => {
    fc.assert(
      fc.property(anyJobs({ jobsMax: 14 }), (jobs) => {
        const graph = JobGraph.from(jobs);
        const reaches = closure(graph);
        const groups = grouped(jobs.length, (a, b) => reaches[a]![b]! && reaches[b]![a]!);
        expectGroups(stronglyConnectedComponents(graph), groups);
      }),
    );
  });

  test('takes a cycle of 100,000 jobs', () => {
    const jobs = chain(100_000);
    jobs[0] = { id: 'job0', dependencies: ['job99999'] };
    expect(stronglyConnectedComponents(JobGraph.from(jobs)).count).toBe(1);
    expect(stronglyConnectedComponents(JobGraph.from(chain(100_000))).count).toBe(100_000);
  });
});

describe('weaklyConnectedComponents', () => {
  test('puts jobs together that hang together', () => {
    fc.assert(
      fc.property(anyJobs({ jobsMax: 14 }), (jobs) => {
        const graph = JobGraph.from(jobs);
        const both = rowsToArrays(graph.dependencies).map((row, job) => [
          ...row,
          ...rowsToArrays(graph.dependents)[job]!,
        ]);
        const reaches = closureOf(both);
        expectGroups(
          weaklyConnectedComponents(graph),
          grouped(jobs.length, (a, b) => reaches[a]![b]!),
        );
      }),
    );
  });

  test('takes 100,000 jobs in a chain', () => {
    expect(weaklyConnectedComponents(JobGraph.from(chain(100_000).reverse())).count).toBe(1);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JobGraph, shortestCycles, stronglyConnectedComponents } from '../../src/graph/index.ts';
import { distances, rowsToArrays } from './naive.ts';
import { anyJobs, chain, jobsFromEdges } from './random.ts';

const cyclesOf = (jobCount: number, edges: [number, number][]) =>
  shortestCycles(JobGraph.from(jobsFromEdges(jobCount, edges))).map((cycle) => [...cycle]);

/** Every job depends on the one before it, and the first on the last. */
function ringDown(jobCount: number): [number, number][] {
  return Array.from({ length: jobCount }, (_, job) => [job, (job + jobCount - 1) % jobCount]);
}

describe('shortestCycles', () => {
  test('begins with the earliest job, each depending on the next', () => {
    expect(
      cyclesOf(4, [
        [3, 1],
        [1, 2],
        [2, 3],
        [0, 1],
      ]),
    ).toEqual([[1, 2, 3]]);
  });

  test('takes the shorter of two cycles in one component, and one of each component', () => {
    const long = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ] as [number, number][];
    expect(cyclesOf(7, [...long, [2, 0], [4, 5], [5, 4], [6, 6]])).toEqual([[0, 1, 2], [4, 5], [6]]);
  });

  test('takes a job that depends on itself for a cycle of one, in whatever component', () => {
    expect(
      cyclesOf(3, [
        [0, 1],
        [1, 0],
        [1, 1],
        [2, 2],
      ]),
    ).toEqual([[1], [2]]);
  });

  test('does not walk from one component into another of which some was left', () => {
    const pairs: [number, number][] = [
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
      [1, 2],
      [3, 0],
    ];
    const triangle: [number, number][] = [
      [4, 5],
      [5, 6],
      [6, 4],
      [4, 2],
    ];
    expect(cyclesOf(7, [...pairs, ...triangle])).toEqual([
      [0, 1],
      [4, 5, 6],
    ]);
  });

  test('finds a cycle that is shorter by one than the first it meets', () => {
    expect(cyclesOf(10, [...ringDown(10), [0, 8]])).toEqual([[0, 8, 7, 6, 5, 4, 3, 2, 1]]);
    expect(cyclesOf(10, [...ringDown(10), [1, 9]])).toEqual([[1, 9, 8, 7, 6, 5, 4, 3, 2]]);
  });

  test('keeps the shortest when longer ones come after it', () => {
    expect(cyclesOf(10, [...ringDown(10), [7, 9], [3, 6]])).toEqual([[7, 9, 8]]);
  });

  test('finds a real cycle of the least length in every cyclic component', () => {
    fc.assert(
      fc.property(anyJobs({ jobsMax: 14 }), (jobs) => {
        const graph = JobGraph.from(jobs);
        const distance = distances(graph);
        const rows = rowsToArrays(graph.dependencies);
        const cycles = shortestCycles(graph).map((cycle) => [...cycle]);
        for (const cycle of cycles) {
          cycle.forEach((job, step) => {
            expect(rows[job]).toContain(cycle[(step + 1) % cycle.length]);
          });
          expect(cycle[0]).toBe(Math.min(...cycle));
        }
        const girths = rowsToArrays(stronglyConnectedComponents(graph).members)
          .map((members) => Math.min(...members.map((job) => distance[job]![job]!)))
          .filter(Number.isFinite);
        expect(cycles.map((cycle) => cycle.length)).toEqual(girths);
      }),
      { numRuns: 500 },
    );
  });

  test('finds cycles far apart in one large component', () => {
    // 0 … 999 in a ring of 1,000, with a short cut at 500 that makes a ring of 20.
    const ring = Array.from({ length: 1000 }, (_, job) => [job, (job + 1) % 1000] as [number, number]);
    expect(cyclesOf(1000, [...ring, [519, 500]])).toEqual([
      Array.from({ length: 20 }, (_, step) => 500 + step),
    ]);
  });

  test('takes a cycle of 100,000 jobs', () => {
    const jobs = chain(100_000);
    jobs[0] = { id: 'job0', dependencies: ['job99999'] };
    expect(shortestCycles(JobGraph.from(jobs)).map((cycle) => cycle.length)).toEqual([100_000]);
  });

  test('finds none in a graph without', () => {
    expect(shortestCycles(JobGraph.from(chain(100)))).toEqual([]);
  });
});

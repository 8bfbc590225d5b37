import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, dominators } from '../../src/graph/index.ts';
import { rowsToArrays } from './naive.ts';
import { acyclicJobs, chain } from './random.ts';

/** The jobs that can be reached from a source without passing `avoided`. */
function reachableWithout(dag: Dag, avoided: number): Set<number> {
  const rows = rowsToArrays(dag.dependencies);
  const reached = new Set<number>();
  for (const job of dag.order) {
    const row = rows[job]!;
    if (job !== avoided && (row.length === 0 || row.some((dependency) => reached.has(dependency))))
      reached.add(job);
  }
  return reached;
}

describe('dominators', () => {
  test('are the jobs without which another cannot be reached', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 16 }), (jobs) => {
        const dag = Dag.from(jobs);
        const dominated = jobs.map((_, avoided) => {
          const reached = reachableWithout(dag, avoided);
          return jobs.flatMap((_, job) => (job === avoided || reached.has(job) ? [] : [job]));
        });
        // Dominators of one job dominate each other in turn: the nearest is dominated by all the rest.
        const immediate = jobs.map((_, job) => {
          const above = jobs.flatMap((_, other) => (dominated[other]!.includes(job) ? [other] : []));
          return (
            above.find((other) =>
              above.every((third) => third === other || dominated[third]!.includes(other)),
            ) ?? -1
          );
        });
        expect(dominators(dag)).toEqual({
          immediateDominator: Int32Array.from(immediate),
          dominatedCount: Int32Array.from(dominated, (list) => list.length),
        });
      }),
      { numRuns: 300 },
    );
  });

  test('in a chain is the job before', () => {
    const { immediateDominator, dominatedCount } = dominators(Dag.from(chain(100_000)));
    expect(immediateDominator.every((dominator, job) => dominator === job - 1)).toBe(true);
    expect(dominatedCount.every((count, job) => count === 99_999 - job)).toBe(true);
  });

  test('finds ancestors that two long branches have in common', () => {
    // start ← a0 ← a1 … and start ← b0 ← b1 …, and a join after every pair of steps.
    const jobs = [{ id: 'start', dependencies: [] as string[] }];
    for (let step = 0; step < 20_000; step++) {
      for (const side of ['a', 'b']) {
        jobs.push({ id: `${side}${step}`, dependencies: [step === 0 ? 'start' : `${side}${step - 1}`] });
      }
      jobs.push({ id: `join${step}`, dependencies: [`a${step}`, `b${step}`] });
    }
    const dag = Dag.from(jobs);
    const { immediateDominator } = dominators(dag);
    const joins = jobs.flatMap(({ id }, job) => (id.startsWith('join') ? [job] : []));
    expect(joins.filter((job) => immediateDominator[job] !== 0)).toEqual([]);
  });
});

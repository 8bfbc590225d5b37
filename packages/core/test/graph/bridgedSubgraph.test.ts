import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bridgedSubgraph, Dag } from '../../src/graph/index.ts';
import { closure, closureOf, rowsToArrays } from './naive.ts';
import { acyclicJobs, chain, jobsFromEdges } from './random.ts';

const jobsAndChoice = acyclicJobs({ jobsMax: 12 }).chain((jobs) =>
  fc.tuple(fc.constant(jobs), fc.shuffledSubarray(jobs.map((_, job) => job))),
);

describe('bridgedSubgraph', () => {
  test('bridges removed jobs, but not where another dependency says it already', () => {
    //  0 ← 1 ← 2 ← 4   1 and 3 go: 2 is bridged to 0; 4 needs no bridge to 0, because 2 has it.
    //  └── 3 ──────┘
    const dag = Dag.from(
      jobsFromEdges(5, [
        [1, 0],
        [2, 1],
        [4, 2],
        [3, 0],
        [4, 3],
      ]),
    );
    const result = bridgedSubgraph(dag, [4, 2, 0]);
    expect(result.dag).toEqual(
      Dag.from([
        { id: 'job0', dependencies: [] },
        { id: 'job2', dependencies: ['job0'] },
        { id: 'job4', dependencies: ['job2'] },
      ]),
    );
    expect(result.originalJob).toEqual(Int32Array.of(0, 2, 4));
    expect(rowsToArrays(result.bridges)).toEqual([[], [0], []]);
  });

  test('keeps who depends on whom, all direct dependencies, and adds none that is needless', () => {
    fc.assert(
      fc.property(jobsAndChoice, ([jobs, choice]) => {
        const dag = Dag.from(jobs);
        const whole = closure(dag);
        const original = [...choice].sort((a, b) => a - b);
        const result = bridgedSubgraph(dag, choice);
        const dependencies = rowsToArrays(result.dag.dependencies);
        const bridges = rowsToArrays(result.bridges);

        const expected = original.map((job) => original.map((other) => whole[job]![other]!));
        expect(closureOf(dependencies)).toEqual(expected);
        const direct = original.map((job) => {
          return rowsToArrays(dag.dependencies)
            [job]!.map((other) => original.indexOf(other))
            .filter((other) => other >= 0);
        });
        expect(dependencies.map((row, job) => row.filter((other) => !bridges[job]!.includes(other)))).toEqual(
          direct,
        );
        bridges.forEach((row, job) => {
          for (const bridge of row) {
            const without = dependencies.map((all, other) =>
              other === job ? all.filter((d) => d !== bridge) : all,
            );
            expect(closureOf(without)[job]![bridge]).toBe(false);
          }
        });
        const named = original.map((job, number) => ({
          id: jobs[job]!.id,
          dependencies: dependencies[number]!.map((other) => jobs[original[other]!]!.id),
        }));
        expect(result.dag).toEqual(Dag.from(named));
      }),
      { numRuns: 300 },
    );
  });

  test('spans a removed chain of 100,000 jobs', () => {
    const { dag, bridges } = bridgedSubgraph(Dag.from(chain(100_000)), [0, 99_999]);
    expect(rowsToArrays(dag.dependencies)).toEqual([[], [0]]);
    expect(bridges).toEqual(dag.dependencies);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, transitiveReduction } from '../../src/graph/index.ts';
import { sparseJobs } from './large.ts';
import { closureOf, rowsToArrays } from './naive.ts';
import { acyclicJobs, chain } from './random.ts';

describe('transitiveReduction', () => {
  test('keeps reachability, and loses it with any edge more removed', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 12 }), (jobs) => {
        const dag = Dag.from(jobs);
        const kept = rowsToArrays(transitiveReduction(dag).dag.dependencies);
        expect(closureOf(kept)).toEqual(closureOf(rowsToArrays(dag.dependencies)));
        kept.forEach((row, job) => {
          for (const dependency of row) {
            const fewer = kept.map((other, number) =>
              number === job ? other.filter((d) => d !== dependency) : other,
            );
            expect(closureOf(fewer)[job]![dependency]).toBe(false);
          }
        });
      }),
    );
  });

  test('parts the edges into kept and redundant, and gives a whole DAG', () => {
    fc.assert(
      fc.property(acyclicJobs({ jobsMax: 12 }), (jobs) => {
        const dag = Dag.from(jobs);
        const { dag: reduced, redundant } = transitiveReduction(dag);
        const left = rowsToArrays(redundant);
        const together = rowsToArrays(reduced.dependencies).map((row, job) => {
          return [...row, ...left[job]!].sort((a, b) => a - b);
        });
        expect(together).toEqual(rowsToArrays(dag.dependencies));
        const keptJobs = jobs.map(({ id }, job) => ({
          id,
          dependencies: rowsToArrays(reduced.dependencies)[job]!.map((dependency) => `job${dependency}`),
        }));
        expect(reduced).toEqual(Dag.from(keptJobs));
      }),
    );
  });

  test('decides over many blocks of columns as a search for each edge does', () => {
    const dag = Dag.from(sparseJobs({ jobs: 6_000, dependenciesEach: 3, span: 4_000 }));
    const { redundant } = transitiveReduction(dag);
    const rows = rowsToArrays(dag.dependencies);
    // In topological order a bit for each ancestor: redundant is what another dependency's ancestors hold.
    const ancestorsOf: bigint[] = [];
    for (const job of dag.order)
      ancestorsOf[job] = rows[job]!.reduce((all, d) => all | ancestorsOf[d]! | (1n << BigInt(d)), 0n);
    const expected = rows.map((row) => {
      const implied = row.reduce((all, dependency) => all | ancestorsOf[dependency]!, 0n);
      return row.filter((dependency) => (implied >> BigInt(dependency)) & 1n);
    });
    expect(rowsToArrays(redundant)).toEqual(expected);
    expect(redundant.values.length).toBeGreaterThan(1_000);
  });

  test('leaves a chain of 100,000 jobs as it is', () => {
    const { dag, redundant } = transitiveReduction(Dag.from(chain(100_000)));
    expect([dag.dependencyCount, redundant.values.length]).toEqual([99_999, 0]);
  });

  test('reduces no jobs', () => {
    expect(transitiveReduction(Dag.from([])).dag).toEqual(Dag.from([]));
  });
});

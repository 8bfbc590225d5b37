import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, JobGraph, reversed } from '../../src/graph/index.ts';
import { rowsToArrays } from './naive.ts';
import { anyJobs, chain } from './random.ts';

describe('JobGraph.from', () => {
  test('numbers jobs in file order and sees dependencies from both ends', () => {
    const graph = JobGraph.from([
      { id: 'load', dependencies: [{ job: 'extract' }] },
      { id: 'extract', dependencies: [] },
      { id: 'report', dependencies: ['load', 'extract'] },
    ]);
    expect(graph).toEqual({
      jobCount: 3,
      dependencyCount: 3,
      ids: ['load', 'extract', 'report'],
      numberById: new Map([
        ['load', 0],
        ['extract', 1],
        ['report', 2],
      ]),
      dependencies: { offsets: Int32Array.of(0, 1, 1, 3), values: Int32Array.of(1, 0, 1) },
      dependents: { offsets: Int32Array.of(0, 1, 3, 3), values: Int32Array.of(2, 0, 2) },
      missing: [],
    });
  });

  test('hands back dependencies on unknown jobs instead of making edges of them', () => {
    const graph = JobGraph.from([{ id: 'a', dependencies: ['b', 'nobody', { job: 'a' }] }]);
    expect(graph.missing).toEqual([
      { job: 0, id: 'b' },
      { job: 0, id: 'nobody' },
    ]);
    expect(rowsToArrays(graph.dependencies)).toEqual([[0]]);
  });

  test('takes a dependency on a repeated id to mean the first job of that name', () => {
    const graph = JobGraph.from([
      { id: 'a', dependencies: [] },
      { id: 'a', dependencies: [] },
      { id: 'b', dependencies: ['a'] },
    ]);
    expect(rowsToArrays(graph.dependencies)).toEqual([[], [], [0]]);
  });

  test('is the same whatever the order and number of times a job names its dependencies', () => {
    fc.assert(
      fc.property(anyJobs({ jobsMax: 12 }), (jobs) => {
        const reordered = jobs.map(({ id, dependencies }) => ({
          id,
          dependencies: [...dependencies, ...dependencies].reverse(),
        }));
        expect(JobGraph.from(reordered)).toEqual(JobGraph.from(jobs));
      }),
    );
  });

  test('holds each distinct dependency once, ascending, in both directions', () => {
    fc.assert(
      fc.property(anyJobs({ jobsMax: 12 }), (jobs) => {
        const graph = JobGraph.from(jobs);
        const expected = jobs.map(({ dependencies }) => {
          return [...new Set(dependencies)].map((id) => Number(String(id).slice(3))).sort((a, b) => a - b);
        });
        const turned = jobs.map((_, job) =>
          expected.flatMap((row, other) => (row.includes(job) ? [other] : [])),
        );
        expect(rowsToArrays(graph.dependencies)).toEqual(expected);
        expect(rowsToArrays(graph.dependents)).toEqual(turned);
        expect(graph.dependencyCount).toBe(expected.flat().length);
      }),
    );
  });
});

describe('Dag', () => {
  test('is a graph with a topological order', () => {
    const jobs = chain(3).reverse();
    expect(Dag.from(jobs)).toEqual({ ...JobGraph.from(jobs), order: Int32Array.of(2, 1, 0) });
  });

  test('refuses a graph with a cycle, and names it', () => {
    const jobs = [
      { id: 'a', dependencies: ['b'] },
      { id: 'b', dependencies: ['a'] },
    ];
    expect(Dag.check(JobGraph.from(jobs))).toEqual({ ok: false, cycles: [Int32Array.of(0, 1)] });
    expect(() => Dag.from(jobs)).toThrow('Internal error: a graph taken for a DAG has the cycle a → b → a.');
  });

  test('turned round is a DAG again', () => {
    const { order, dependencies } = reversed(Dag.from(chain(3)));
    expect(order).toEqual(Int32Array.of(2, 1, 0));
    expect(rowsToArrays(dependencies)).toEqual([[1], [2], []]);
  });
});

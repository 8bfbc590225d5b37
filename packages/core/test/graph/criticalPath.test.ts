import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { criticalPath, Dag, remainingCriticalPath } from '../../src/graph/index.ts';
import { allPaths } from './naive.ts';
import { acyclicJobs, chain, jobsFromEdges } from './random.ts';

const jobsWithDurations = acyclicJobs({ jobsMax: 9 }).chain((jobs) =>
  fc.tuple(
    fc.constant(jobs),
    fc.array(fc.nat({ max: 5 }), { minLength: jobs.length, maxLength: jobs.length }),
  ),
);

describe('criticalPath', () => {
  test('is the longest of all paths, and times follow from the paths through a job', () => {
    fc.assert(
      fc.property(jobsWithDurations, ([jobs, durations]) => {
        const dag = Dag.from(jobs);
        const lengthOf = (path: readonly number[]) => path.reduce((sum, job) => sum + durations[job]!, 0);
        const paths = allPaths(dag);
        const longest = (lengths: number[]) => Math.max(0, ...lengths);
        const through = jobs.map((_, job) => paths.filter((path) => path.includes(job)));
        const before = through.map((all, job) =>
          longest(all.map((path) => lengthOf(path.slice(0, path.indexOf(job))))),
        );
        const after = through.map((all, job) =>
          longest(all.map((path) => lengthOf(path.slice(path.indexOf(job) + 1)))),
        );
        const makespan = longest(paths.map(lengthOf));

        const result = criticalPath(dag, Float64Array.from(durations));
        expect(result.makespan).toBe(makespan);
        expect([...result.earliestStart]).toEqual(before);
        expect([...result.earliestFinish]).toEqual(before.map((start, job) => start + durations[job]!));
        expect([...result.latestFinish]).toEqual(after.map((rest) => makespan - rest));
        expect([...result.latestStart]).toEqual(after.map((rest, job) => makespan - rest - durations[job]!));
        const slack = before.map((start, job) => makespan - after[job]! - durations[job]! - start);
        expect([...result.slack]).toEqual(slack);
        expect([...result.criticalJobs]).toEqual(slack.flatMap((time, job) => (time === 0 ? [job] : [])));
        if (jobs.length > 0) expect(paths).toContainEqual([...result.path]);
        expect(lengthOf([...result.path])).toBe(makespan);
        expect([...remainingCriticalPath(dag, (job) => durations[job]!)]).toEqual(
          after.map((rest, job) => durations[job]! + rest),
        );
      }),
    );
  });

  test('takes the first of the file, from the end, among equally long paths', () => {
    const diamond = Dag.from(
      jobsFromEdges(5, [
        [3, 1],
        [3, 2],
        [1, 0],
        [2, 0],
        [4, 2],
        [4, 1],
      ]),
    );
    expect(criticalPath(diamond, () => 1).path).toEqual(Int32Array.of(0, 1, 3));
  });

  test('takes slack that is only rounding for none', () => {
    // 0.1 + 0.2 + 0.3 on one branch and 0.6 on the other: equal, but not in binary.
    const branches = Dag.from(
      jobsFromEdges(5, [
        [1, 0],
        [2, 1],
        [4, 2],
        [4, 3],
      ]),
    );
    const { slack, criticalJobs } = criticalPath(branches, Float64Array.of(0.1, 0.2, 0.3, 0.6, 1));
    expect(slack).toEqual(new Float64Array(5));
    expect(criticalJobs).toEqual(Int32Array.of(0, 1, 2, 3, 4));
  });

  test('keeps the smallest slack there is between whole numbers', () => {
    const apart = Dag.from(jobsFromEdges(2, []));
    expect(criticalPath(apart, Float64Array.of(2 ** 52, 2 ** 52 - 1)).slack).toEqual(Float64Array.of(0, 1));
  });

  test('has no path through no jobs', () => {
    expect(criticalPath(Dag.from([]), () => 1)).toMatchObject({ makespan: 0, path: new Int32Array(0) });
  });

  test('adds up 100,000 jobs', () => {
    const result = criticalPath(Dag.from(chain(100_000)), () => 0.1);
    expect(result.makespan).toBeCloseTo(10_000, 6);
    expect(result.path.length).toBe(100_000);
    expect(result.criticalJobs.length).toBe(100_000);
  });

  test.each([
    ['a negative duration', Float64Array.of(1, -1), 'The duration of job 1 is -1, not a number from 0 up.'],
    ['no number', Float64Array.of(Number.NaN, 1), 'The duration of job 0 is NaN, not a number from 0 up.'],
    ['too few', Float64Array.of(1), 'There are 1 durations for 2 jobs.'],
  ])('refuses %s', (_, durations, message) => {
    const dag = Dag.from(chain(2));
    expect(() => criticalPath(dag, durations)).toThrow(new RangeError(message));
    expect(() => remainingCriticalPath(dag, durations)).toThrow(new RangeError(message));
  });
});

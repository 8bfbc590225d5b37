import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ancestors, descendants, JobGraph } from '../../src/graph/index.ts';
import { distances } from './naive.ts';
import { anyJobs, chain } from './random.ts';

describe('ancestors and descendants', () => {
  test('are the given jobs and all within the depth', () => {
    const question = anyJobs({ jobsMax: 12 })
      .filter((jobs) => jobs.length > 0)
      .chain((jobs) =>
        fc.tuple(
          fc.constant(jobs),
          fc.array(fc.nat({ max: jobs.length - 1 }), { maxLength: 3 }),
          fc.option(fc.nat({ max: 4 }), { nil: undefined }),
        ),
      );
    fc.assert(
      fc.property(question, ([jobs, starts, depthMax]) => {
        const graph = JobGraph.from(jobs);
        const distance = distances(graph);
        const limit = depthMax ?? jobs.length;
        const numbers = jobs.map((_, job) => job);
        const options = depthMax === undefined ? {} : { depthMax };
        expect([...ancestors(graph, starts, options)]).toEqual(
          numbers.filter(
            (job) => starts.includes(job) || starts.some((start) => distance[start]![job]! <= limit),
          ),
        );
        expect([...descendants(graph, starts, options)]).toEqual(
          numbers.filter(
            (job) => starts.includes(job) || starts.some((start) => distance[job]![start]! <= limit),
          ),
        );
      }),
    );
  });

  test('follow a chain of 100,000 jobs to its end', () => {
    const graph = JobGraph.from(chain(100_000));
    expect(ancestors(graph, [99_999]).length).toBe(100_000);
    expect(descendants(graph, new Set([0]), { depthMax: 2 })).toEqual(Int32Array.of(0, 1, 2));
  });
});

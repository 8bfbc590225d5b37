import fc from 'fast-check';
import type { GraphJob } from '../../src/graph/index.ts';

/** Jobs with any dependencies at all among them: cycles, self-dependencies and duplicates included. */
export function anyJobs({ jobsMax }: { jobsMax: number }): fc.Arbitrary<GraphJob[]> {
  return fc.integer({ min: 0, max: jobsMax }).chain((jobCount) => {
    const job = fc.nat({ max: Math.max(0, jobCount - 1) });
    const edges = fc.array(fc.tuple(job, job), { maxLength: jobCount === 0 ? 0 : 3 * jobCount });
    return edges.map((pairs) => jobsFromEdges(jobCount, pairs));
  });
}

/** Jobs without cycles, in a file order that has nothing to do with their topological order. */
export function acyclicJobs({ jobsMax }: { jobsMax: number }): fc.Arbitrary<GraphJob[]> {
  return fc.integer({ min: 0, max: jobsMax }).chain((jobCount) => {
    const job = fc.nat({ max: Math.max(0, jobCount - 1) });
    const edges = fc.array(fc.tuple(job, job), { maxLength: jobCount === 0 ? 0 : 3 * jobCount });
    const numbers = Array.from({ length: jobCount }, (_, number) => number);
    const fileOrder = fc.shuffledSubarray(numbers, { minLength: jobCount });
    return fc.tuple(edges, fileOrder).map(([pairs, placeInFile]) => {
      const downwards = pairs
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
      return jobsFromEdges(
        jobCount,
        downwards.map(([a, b]) => [placeInFile[a]!, placeInFile[b]!]),
      );
    });
  });
}

export function jobsFromEdges(jobCount: number, edges: readonly (readonly [number, number])[]): GraphJob[] {
  const dependencies = Array.from({ length: jobCount }, () => [] as string[]);
  for (const [job, dependency] of edges) dependencies[job]!.push(`job${dependency}`);
  return dependencies.map((ids, number) => ({ id: `job${number}`, dependencies: ids }));
}

/** `job0` ← `job1` ← …: the deepest graph of its size. */
export function chain(jobCount: number): GraphJob[] {
  return Array.from({ length: jobCount }, (_, number) => ({
    id: `job${number}`,
    dependencies: number === 0 ? [] : [`job${number - 1}`],
  }));
}

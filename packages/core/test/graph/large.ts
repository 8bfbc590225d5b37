import type { GraphJob } from '../../src/graph/index.ts';

/** Jobs whose dependencies lie up to `span` before them in a hidden order; the file order is another one. */
export function sparseJobs(size: { jobs: number; dependenciesEach: number; span: number }): GraphJob[] {
  const below = linearCongruential(7);
  const jobs = Array.from({ length: size.jobs }, (_, number) => {
    const count = number === 0 ? 0 : below(2 * size.dependenciesEach + 1);
    const dependencies = Array.from(
      { length: count },
      () => `job${number - 1 - below(Math.min(size.span, number))}`,
    );
    return { id: `job${number}`, dependencies };
  });
  // A step prime to the number of jobs visits each once.
  return jobs.map((_, place) => jobs[(place * 7919) % jobs.length]!);
}

/** Lehmer's generator with the constants of Park and Miller. */
function linearCongruential(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 48271) % 2147483647;
    return state % bound;
  };
}

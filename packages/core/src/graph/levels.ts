import type { Dag } from './dag.ts';

export interface Levels {
  /** For each job the most dependencies on any path from a source to it: 0 for a source. */
  readonly levelOf: Int32Array;
  /** How many jobs each level has. There are as many levels as jobs on a longest path. */
  readonly sizes: Int32Array;
}

/** The level of every job. Longest paths in topological order (Kelley and Walker 1959). Cost: O(n + m). */
export function levels({ jobCount, order, dependencies: { offsets, values } }: Dag): Levels {
  const levelOf = new Int32Array(jobCount);
  let depth = 0;
  for (const job of order) {
    let level = 0;
    const end = offsets[job + 1]!;
    for (let k = offsets[job]!; k < end; k++) {
      const after = levelOf[values[k]!]! + 1;
      if (after > level) level = after;
    }
    levelOf[job] = level;
    if (level >= depth) depth = level + 1;
  }
  const sizes = new Int32Array(depth);
  for (const level of levelOf) sizes[level]!++;
  return { levelOf, sizes };
}

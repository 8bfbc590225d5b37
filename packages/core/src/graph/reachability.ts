import type { JobGraph } from './jobGraph.ts';
import type { Rows } from './rows.ts';

export interface ReachabilityOptions {
  /** The most dependencies to follow: 0 gives `jobs` themselves, 1 their neighbours too. Default: no limit. */
  readonly depthMax?: number;
}

/** `jobs` and all they depend on, directly or not, ascending. Breadth-first search; cost: O(n + m). */
export function ancestors(
  graph: JobGraph,
  jobs: Iterable<number>,
  options: ReachabilityOptions = {},
): Int32Array {
  return reachable(graph.dependencies, jobs, options);
}

/** `jobs` and all that depend on them, directly or not, ascending. Breadth-first search; cost: O(n + m). */
export function descendants(
  graph: JobGraph,
  jobs: Iterable<number>,
  options: ReachabilityOptions = {},
): Int32Array {
  return reachable(graph.dependents, jobs, options);
}

function reachable(
  rows: Rows,
  jobs: Iterable<number>,
  { depthMax = Number.POSITIVE_INFINITY }: ReachabilityOptions,
) {
  const jobCount = rows.offsets.length - 1;
  const isMet = new Uint8Array(jobCount);
  const queue = new Int32Array(jobCount);
  let queued = 0;
  for (const job of jobs) queued = meet(job, queued);
  let head = 0;
  for (let depth = 0; depth < depthMax && head < queued; depth++) {
    for (const end = queued; head < end; head++) {
      const job = queue[head]!;
      const rowEnd = rows.offsets[job + 1]!;
      for (let k = rows.offsets[job]!; k < rowEnd; k++) queued = meet(rows.values[k]!, queued);
    }
  }
  return queue.slice(0, queued).sort();

  function meet(job: number, count: number): number {
    if (isMet[job] === 1) return count;
    isMet[job] = 1;
    queue[count] = job;
    return count + 1;
  }
}

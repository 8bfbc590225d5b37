import { type Components, componentsFromLabels } from './components.ts';
import type { JobGraph } from './jobGraph.ts';

/**
 * The largest sets of jobs that all depend on each other, directly or not; a job on no cycle is a component of its
 * own. Tarjan 1972 on an explicit stack, so that a chain of any length is safe. Cost: O(n + m).
 */
export function stronglyConnectedComponents({ jobCount, dependencies }: JobGraph): Components {
  const { offsets, values } = dependencies;
  /** When a job was first met, from 1; 0: not yet. */
  const discovered = new Int32Array(jobCount);
  /** The earliest discovery known to be reachable from it in its component. */
  const low = new Int32Array(jobCount);
  /** The job that closed its component; −1 while that is open. */
  const closedBy = new Int32Array(jobCount).fill(-1);
  const nextEdge = offsets.slice(0, jobCount);
  const path = new Int32Array(jobCount);
  const open = new Int32Array(jobCount);
  let openCount = 0;
  let clock = 0;

  for (let root = 0; root < jobCount; root++) {
    if (discovered[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    while (depth >= 0) {
      const job = path[depth]!;
      if (discovered[job] === 0) {
        discovered[job] = low[job] = ++clock;
        open[openCount++] = job;
      }
      const edge = nextEdge[job]!;
      if (edge === offsets[job + 1]) {
        if (low[job] === discovered[job]) openCount = close(job, openCount);
        depth--;
        continue;
      }
      const dependency = values[edge]!;
      if (discovered[dependency] === 0) {
        // The edge is met again on the way back, and hands its `low` up then.
        path[++depth] = dependency;
      } else {
        if (closedBy[dependency] === -1 && low[dependency]! < low[job]!) low[job] = low[dependency]!;
        nextEdge[job]!++;
      }
    }
  }
  return componentsFromLabels(closedBy);

  function close(job: number, count: number): number {
    let top = count;
    do {
      top--;
      closedBy[open[top]!] = job;
    } while (open[top] !== job);
    return top;
  }
}

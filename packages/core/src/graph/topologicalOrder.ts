import type { JobGraph } from './jobGraph.ts';
import { smallestFirstQueue } from './smallestFirstQueue.ts';

export type TopologicalOrder =
  | { readonly ok: true; readonly order: Int32Array }
  | {
      readonly ok: false;
      /** The jobs that can never come next, ascending: those on a cycle, and all that depend on one. */
      readonly blocked: Int32Array;
    };

/**
 * The jobs, each after its dependencies; whenever several could come next, the first of the file does. That makes it
 * one order, the lexicographically smallest, and the file's own order wherever that is topological already.
 *
 * Kahn 1962, with a bitmap tree for the ready jobs. Cost: O(n log₃₂ n + m), and O(n + m) for a file in order.
 */
export function topologicalOrder(graph: JobGraph): TopologicalOrder {
  const order = isFileOrderTopological(graph)
    ? Int32Array.from({ length: graph.jobCount }, (_, job) => job)
    : kahn(graph);
  if (order.length === graph.jobCount) return { ok: true, order };
  const isPlaced = new Uint8Array(graph.jobCount);
  for (const job of order) isPlaced[job] = 1;
  const blocked = new Int32Array(graph.jobCount - order.length);
  let count = 0;
  for (let job = 0; job < graph.jobCount; job++) if (isPlaced[job] === 0) blocked[count++] = job;
  return { ok: false, blocked };
}

function isFileOrderTopological({ jobCount, dependencies: { offsets, values } }: JobGraph): boolean {
  for (let job = 0; job < jobCount; job++) {
    const end = offsets[job + 1]!;
    // Rows ascend: the last dependency of a row is its greatest.
    if (end > offsets[job]! && values[end - 1]! >= job) return false;
  }
  return true;
}

/** As many jobs as can be ordered: all of them, unless the graph has a cycle. */
function kahn({ jobCount, dependencies, dependents }: JobGraph): Int32Array {
  const waitsFor = new Int32Array(jobCount);
  const ready = smallestFirstQueue(jobCount);
  for (let job = 0; job < jobCount; job++) {
    waitsFor[job] = dependencies.offsets[job + 1]! - dependencies.offsets[job]!;
    if (waitsFor[job] === 0) ready.add(job);
  }
  const order = new Int32Array(jobCount);
  let placed = 0;
  for (let job = ready.takeSmallest(); job >= 0; job = ready.takeSmallest()) {
    order[placed++] = job;
    const end = dependents.offsets[job + 1]!;
    for (let k = dependents.offsets[job]!; k < end; k++) {
      const dependent = dependents.values[k]!;
      if (--waitsFor[dependent]! === 0) ready.add(dependent);
    }
  }
  return order.subarray(0, placed);
}

import { type Components, componentsFromLabels } from './components.ts';
import type { JobGraph } from './jobGraph.ts';

/**
 * The sets of jobs that hang together when the direction of dependencies is ignored: workflows in one file that have
 * nothing to do with each other. Union–find with path halving (Tarjan and van Leeuwen 1984), each set named by its
 * earliest job. Cost: O((n + m) log n) at the worst, linear in practice.
 */
export function weaklyConnectedComponents({ jobCount, dependencies }: JobGraph): Components {
  const parent = Int32Array.from({ length: jobCount }, (_, job) => job);
  for (let job = 0; job < jobCount; job++) {
    const end = dependencies.offsets[job + 1]!;
    for (let k = dependencies.offsets[job]!; k < end; k++) {
      const a = find(parent, job);
      const b = find(parent, dependencies.values[k]!);
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }
  }
  return componentsFromLabels(parent.map((_, job) => find(parent, job)));
}

function find(parent: Int32Array, job: number): number {
  let root = job;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}

/** Edges `tail[k] → head[k]` between the nodes 0 … nodeCount − 1. */
export interface EdgeList {
  readonly nodeCount: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
}

/** Row `i` of the edges of each node: `edges[offsets[i]]` up to, not including, `edges[offsets[i + 1]]`. */
export interface Incidence {
  readonly offsets: Int32Array;
  readonly edges: Int32Array;
}

/** The numbers of the edges at each of the ends given, in ascending order. Cost: O(n + m). */
export function incidence(nodeCount: number, ...ends: readonly Int32Array[]): Incidence {
  const offsets = new Int32Array(nodeCount + 1);
  for (const end of ends) for (const node of end) offsets[node + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodeCount);
  const edges = new Int32Array(offsets[nodeCount]!);
  const edgeCount = ends[0]?.length ?? 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    for (const end of ends) edges[next[end[edge]!]!++] = edge;
  }
  return { offsets, edges };
}

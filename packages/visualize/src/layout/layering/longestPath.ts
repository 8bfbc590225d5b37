import { type EdgeList, incidence } from '../graph.ts';

/** For each node the most edges on any path to it: the layering with the fewest layers. Cost: O(n + m). */
export function longestPathLayers({ nodeCount, tail, head }: EdgeList): Int32Array {
  const outgoing = incidence(nodeCount, tail);
  const waitsFor = new Int32Array(nodeCount);
  for (const node of head) waitsFor[node]!++;
  const layer = new Int32Array(nodeCount);
  const queue = new Int32Array(nodeCount);
  let queued = 0;
  for (let node = 0; node < nodeCount; node++) if (waitsFor[node] === 0) queue[queued++] = node;
  for (let place = 0; place < queued; place++) {
    const node = queue[place]!;
    for (let k = outgoing.offsets[node]!; k < outgoing.offsets[node + 1]!; k++) {
      const target = head[outgoing.edges[k]!]!;
      layer[target] = Math.max(layer[target]!, layer[node]! + 1);
      if (--waitsFor[target]! === 0) queue[queued++] = target;
    }
  }
  if (queued < nodeCount) throw new Error('Internal error: a graph with a cycle was given to be layered.');
  return layer;
}

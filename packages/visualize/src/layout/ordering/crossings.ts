import type { LayerOrder } from './layerOrder.ts';
import type { NeighbourRows } from './properGraph.ts';

/** How often edges cross between all layers. Cost: O(m log w) for m edges and layers of at most w nodes. */
export function countCrossings(order: LayerOrder): number {
  let crossings = 0;
  for (let layer = 0; layer < order.graph.layerCount - 1; layer++) {
    crossings += crossingsAfter(order, layer);
  }
  return crossings;
}

/**
 * How often edges cross between a layer and the next: the inversions in the sequence of their ends, counted with an
 * accumulator tree (Barth, Jünger, Mutzel 2002).
 */
export function crossingsAfter(order: LayerOrder, layer: number): number {
  const { nodes, place, graph } = order;
  const { offsets, values } = graph.after;
  const first = order.layerEnd(layer);
  const width = order.layerEnd(layer + 1) - first;
  const leafCount = 2 ** Math.ceil(Math.log2(Math.max(2, width)));
  const tree = new Int32Array(2 * leafCount);
  let crossings = 0;
  for (let at = order.layerStart(layer); at < first; at++) {
    const node = nodes[at]!;
    for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
      let leaf = place[values[k]!]! - first + leafCount;
      tree[leaf]!++;
      while (leaf > 1) {
        // Whatever came earlier and ends beyond this edge crosses it.
        if ((leaf & 1) === 0) crossings += tree[leaf + 1]!;
        leaf >>= 1;
        tree[leaf]!++;
      }
    }
  }
  return crossings;
}

/**
 * How many more crossings the edges in `rows` have with `a` before `b` than with `b` before `a`. The rows are sorted by
 * place. Cost: O(length of both rows).
 */
export function crossingDifference(
  { offsets, values }: NeighbourRows,
  place: Int32Array,
  a: number,
  b: number,
): number {
  const aEnd = offsets[a + 1]!;
  const bEnd = offsets[b + 1]!;
  let less = offsets[a]!;
  let notMore = less;
  const aStart = less;
  let difference = 0;
  for (let k = offsets[b]!; k < bEnd; k++) {
    const at = place[values[k]!]!;
    while (less < aEnd && place[values[less]!]! < at) less++;
    if (notMore < less) notMore = less;
    while (notMore < aEnd && place[values[notMore]!]! === at) notMore++;
    difference += aEnd - notMore - (less - aStart);
  }
  return difference;
}

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

/** Kept between calls: counting is the innermost loop of all. */
let room = new Int32Array(0);

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
  if (room.length < 2 * leafCount) room = new Int32Array(2 * leafCount);
  const tree = room.fill(0, 0, 2 * leafCount);
  let crossings = 0;
  for (let at = order.layerStart(layer); at < first; at++) {
    const node = nodes[at]!;
    const start = offsets[node]!;
    const end = offsets[node + 1]!;
    if (end - start === 1) {
      let leaf = place[values[start]!]! - first + leafCount;
      for (tree[leaf]!++; leaf > 1; tree[leaf]!++) {
        // Whatever came earlier and ends beyond this edge crosses it.
        if ((leaf & 1) === 0) crossings += tree[leaf + 1]!;
        leaf >>= 1;
      }
      continue;
    }
    for (let k = start; k < end; k++) {
      for (let leaf = place[values[k]!]! - first + leafCount; leaf > 1; leaf >>= 1) {
        if ((leaf & 1) === 0) crossings += tree[leaf + 1]!;
      }
    }
    for (let k = start; k < end; k++) {
      for (let leaf = place[values[k]!]! - first + leafCount; leaf > 0; leaf >>= 1) tree[leaf]!++;
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

/** How many others each edge crosses, by the edge's place in the rows `after`. Cost: O(m log w). */
export function crossingsByEdge(order: LayerOrder): Int32Array {
  const crossings = new Int32Array(order.graph.after.values.length);
  for (let layer = 0; layer < order.graph.layerCount - 1; layer++) {
    addCrossings(order, layer, 'forward', crossings);
    addCrossings(order, layer, 'backward', crossings);
  }
  return crossings;
}

/** Adds for each edge behind a layer the edges that begin before it and end beyond it, or the other way round. */
function addCrossings(
  { graph, nodes, place, cellStarts }: LayerOrder,
  layer: number,
  direction: 'forward' | 'backward',
  crossings: Int32Array,
): void {
  const { offsets, values } = graph.after;
  const [start, end, beyond] = [0, 1, 2].map((step) => cellStarts[(layer + step) * graph.laneCount]!);
  const isForward = direction === 'forward';
  const ends = new Int32Array(beyond! - end! + 1);
  let seen = 0;
  for (let step = 0; step < end! - start!; step++) {
    const node = nodes[isForward ? start! + step : end! - 1 - step]!;
    for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
      const at = place[values[k]!]! - end!;
      crossings[k]! += isForward ? seen - prefixSum(ends, at + 1) : prefixSum(ends, at);
    }
    for (let k = offsets[node]!; k < offsets[node + 1]!; k++) addOne(ends, place[values[k]!]! - end!);
    seen += offsets[node + 1]! - offsets[node]!;
  }
}

/** The sum of the first `count` numbers, in a tree of partial sums (Fenwick 1994). */
function prefixSum(tree: Int32Array, count: number): number {
  let sum = 0;
  for (let k = count; k > 0; k -= k & -k) sum += tree[k]!;
  return sum;
}

function addOne(tree: Int32Array, at: number): void {
  for (let k = at + 1; k < tree.length; k += k & -k) tree[k]!++;
}

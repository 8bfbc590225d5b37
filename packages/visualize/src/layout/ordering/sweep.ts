import type { LayerOrder } from './layerOrder.ts';
import type { NeighbourRows } from './properGraph.ts';

export interface SweepOptions {
  readonly direction: 'forward' | 'backward';
  /** What a node is sorted by: the mean of its neighbours' places or their median. */
  readonly by: 'barycenter' | 'median';
  /** Whether nodes that would stand alike change places. */
  readonly areTiesReversed: boolean;
}

/**
 * Sorts layer after layer by the neighbours in the layer before (barycenter: Sugiyama, Tagawa, Toda 1981; weighted
 * median: Gansner, Koutsofios, North, Vo 1993). Nodes without such neighbours keep their places. Cost: O(m + N log w).
 */
export function sweep(order: LayerOrder, options: SweepOptions): void {
  const { layerCount, laneCount, before, after } = order.graph;
  const isForward = options.direction === 'forward';
  for (let step = 1; step < layerCount; step++) {
    const layer = isForward ? step : layerCount - 1 - step;
    for (let cell = layer * laneCount; cell < (layer + 1) * laneCount; cell++) {
      sortCell(order, cell, isForward ? before : after, options);
    }
    order.sortRowsAround(layer);
  }
}

function sortCell(order: LayerOrder, cell: number, rows: NeighbourRows, options: SweepOptions): void {
  const { nodes, place, cellStarts } = order;
  const start = cellStarts[cell]!;
  const end = cellStarts[cell + 1]!;
  if (end - start < 2) return;
  const movable: number[] = [];
  for (let at = start; at < end; at++) {
    const node = nodes[at]!;
    if (rows.offsets[node] !== rows.offsets[node + 1]) movable.push(node);
  }
  if (movable.length < 2) return;
  const slots = movable.map((node) => place[node]!);
  const { keys } = order;
  let isSorted = true;
  for (const [k, node] of movable.entries()) {
    keys[node] = keyOf(node, rows, place, options.by);
    if (k > 0 && keys[node]! <= keys[movable[k - 1]!]!) isSorted = false;
  }
  if (isSorted) return;
  const tie = options.areTiesReversed ? -1 : 1;
  movable.sort((a, b) => keys[a]! - keys[b]! || tie * (place[a]! - place[b]!));
  for (let k = 0; k < slots.length; k++) order.put(movable[k]!, slots[k]!);
}

function keyOf(
  node: number,
  { offsets, values }: NeighbourRows,
  place: Int32Array,
  by: SweepOptions['by'],
): number {
  const start = offsets[node]!;
  const end = offsets[node + 1]!;
  if (by === 'median') return weightedMedian(start, end, (k) => place[values[k]!]!);
  let sum = 0;
  for (let k = start; k < end; k++) sum += place[values[k]!]!;
  return sum / (end - start);
}

/** The median of ascending values; of an even number of them, nearer to the side where they stand closer. */
function weightedMedian(start: number, end: number, valueAt: (k: number) => number): number {
  const middle = (start + end) >> 1;
  if ((end - start) % 2 === 1) return valueAt(middle);
  if (end - start === 2) return (valueAt(start) + valueAt(start + 1)) / 2;
  const left = valueAt(middle - 1) - valueAt(start);
  const right = valueAt(end - 1) - valueAt(middle);
  if (left + right === 0) return (valueAt(middle - 1) + valueAt(middle)) / 2;
  return (valueAt(middle - 1) * right + valueAt(middle) * left) / (left + right);
}

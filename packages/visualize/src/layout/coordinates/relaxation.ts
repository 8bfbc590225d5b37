import type { LayerOrder } from '../ordering/layerOrder.ts';
import type { Separation } from './compaction.ts';

/** How strongly an edge pulls: the parts of long edges more, so that they become straight (as in dot: 1, 2, 8). */
const pulls = [1, 2, 8] as const;
const sweepsMax = 24;
/** Nodes moved in all sweeps together, so that large graphs get fewer of them. */
const movesMax = 2_000_000;

/**
 * Coordinates of the nodes of a lane, written into `across`, in which the edges are short: from layers packed tight,
 * sweeps put layer after layer at the places that are best for the others as they stand. Within a layer that is an
 * isotonic regression, which pooling adjacent violators solves exactly in linear time (Barlow, Bartholomew, Bremner,
 * Brunk 1972). Hardly wider than the widest layer. Cost: O(N + m) a sweep.
 */
export function relaxed(order: LayerOrder, lane: number, across: Float64Array, separation: Separation): void {
  const { layerCount, laneCount } = order.graph;
  const layers = Array.from({ length: layerCount }, (_, layer) =>
    packTight(order, layer * laneCount + lane, across, separation),
  );
  const moves = layers.reduce((sum, { length }) => sum + length, 0);
  const sweeps = Math.max(4, Math.min(sweepsMax, Math.floor(movesMax / Math.max(1, moves))));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let step = 0; step < layerCount; step++) {
      const layer = sweep % 2 === 0 ? step : layerCount - 1 - step;
      relaxLayer(order, layer * laneCount + lane, layers[layer]!, across);
    }
  }
}

/** Puts the nodes of a cell beside each other around 0; returns their distances from the first of them. */
function packTight(
  { nodes, cellStarts }: LayerOrder,
  cell: number,
  across: Float64Array,
  separation: Separation,
): Float64Array {
  const start = cellStarts[cell]!;
  const offsets = new Float64Array(cellStarts[cell + 1]! - start);
  for (let k = 1; k < offsets.length; k++) {
    offsets[k] = offsets[k - 1]! + separation(nodes[start + k - 1]!, nodes[start + k]!);
  }
  for (let k = 0; k < offsets.length; k++)
    across[nodes[start + k]!] = offsets[k]! - (offsets.at(-1) ?? 0) / 2;
  return offsets;
}

function relaxLayer(
  { nodes, cellStarts, graph }: LayerOrder,
  cell: number,
  offsets: Float64Array,
  across: Float64Array,
): void {
  const { before, after, laneOf, realCount } = graph;
  const start = cellStarts[cell]!;
  const wish = new Float64Array(offsets.length);
  const weight = new Float64Array(offsets.length);
  for (let k = 0; k < offsets.length; k++) {
    const node = nodes[start + k]!;
    const own = node >= realCount ? 1 : 0;
    let sum = 0;
    let pull = 0;
    for (let side = 0; side < 2; side++) {
      const rows = side === 0 ? before : after;
      const end = rows.offsets[node + 1]!;
      for (let at = rows.offsets[node]!; at < end; at++) {
        const neighbour = rows.values[at]!;
        if (laneOf[neighbour] !== laneOf[node]) continue;
        const each = pulls[own + (neighbour >= realCount ? 1 : 0)]!;
        sum += each * across[neighbour]!;
        pull += each;
      }
    }
    weight[k] = pull === 0 ? 1e-3 : pull;
    wish[k] = (pull === 0 ? across[node]! : sum / pull) - offsets[k]!;
  }
  const best = isotonic(wish, weight);
  for (let k = 0; k < offsets.length; k++) across[nodes[start + k]!] = best[k]! + offsets[k]!;
}

/** The non-decreasing values nearest to `wish` in the sum of weighted squares. Cost: linear. */
export function isotonic(wish: Float64Array, weight: Float64Array): Float64Array {
  const mean = new Float64Array(wish.length);
  const mass = new Float64Array(wish.length);
  const size = new Int32Array(wish.length);
  let pools = 0;
  for (let k = 0; k < wish.length; k++) {
    mean[pools] = wish[k]!;
    mass[pools] = weight[k]!;
    size[pools] = 1;
    while (pools > 0 && mean[pools - 1]! >= mean[pools]!) {
      const together = mass[pools - 1]! + mass[pools]!;
      mean[pools - 1] = (mean[pools - 1]! * mass[pools - 1]! + mean[pools]! * mass[pools]!) / together;
      mass[pools - 1] = together;
      size[pools - 1]! += size[pools]!;
      pools--;
    }
    pools++;
  }
  const result = new Float64Array(wish.length);
  for (let pool = 0, at = 0; pool < pools; pool++) {
    result.fill(mean[pool]!, at, at + size[pool]!);
    at += size[pool]!;
  }
  return result;
}

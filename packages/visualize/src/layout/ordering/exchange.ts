import { crossingDifference } from './crossings.ts';
import type { LayerOrder } from './layerOrder.ts';

/** How many crossings a change saved, and how many looks at edges it took. */
export interface Saving {
  readonly saved: number;
  readonly work: number;
}

export interface ExchangeOptions {
  /** Whether neighbours whose edges cross are also exchanged where that saves nothing: it leads out of plateaus. */
  readonly isRestless: boolean;
  /** Looks at edges after which no further layer is begun. */
  readonly workMax: number;
}

/**
 * Exchanges neighbours in all cells wherever that saves crossings, in passes over the layers until one saves nothing
 * (the transposition of Gansner, Koutsofios, North and Vo 1993).
 */
export function exchangeNeighbours(order: LayerOrder, { isRestless, workMax }: ExchangeOptions): Saving {
  let saved = 0;
  let work = 0;
  const { layerCount } = order.graph;
  const isWorthALook = new Uint8Array(layerCount).fill(1);
  for (let savedInPass = 1; savedInPass > 0 && work < workMax; saved += savedInPass) {
    savedInPass = 0;
    for (let layer = 0; layer < layerCount; layer++) {
      if (isWorthALook[layer] === 0 || work >= workMax) continue;
      isWorthALook[layer] = 0;
      const result = exchangeInLayer(order, layer, isRestless);
      work += result.work;
      if (result.isChanged) order.sortRowsAround(layer);
      if (result.saved === 0) continue;
      savedInPass += result.saved;
      for (let near = Math.max(0, layer - 1); near <= Math.min(layerCount - 1, layer + 1); near++) {
        isWorthALook[near] = 1;
      }
    }
  }
  return { saved, work };
}

function exchangeInLayer(order: LayerOrder, layer: number, isRestless: boolean) {
  const { nodes, place, graph, cellStarts } = order;
  let saved = 0;
  let work = 0;
  let isChanged = false;
  for (let cell = layer * graph.laneCount; cell < (layer + 1) * graph.laneCount; cell++) {
    const end = cellStarts[cell + 1]! - 1;
    for (let at = cellStarts[cell]!; at < end; at++) {
      const left = nodes[at]!;
      const right = nodes[at + 1]!;
      const gain =
        crossingDifference(graph.before, place, left, right) +
        crossingDifference(graph.after, place, left, right);
      work += degree(order, left) + degree(order, right) + 2;
      if (gain < 0 || (gain === 0 && !isRestless)) continue;
      order.put(right, at);
      order.put(left, at + 1);
      isChanged = true;
      saved += gain;
    }
  }
  return { saved, work, isChanged };
}

export function degree({ graph: { before, after } }: LayerOrder, node: number): number {
  return before.offsets[node + 1]! - before.offsets[node]! + after.offsets[node + 1]! - after.offsets[node]!;
}

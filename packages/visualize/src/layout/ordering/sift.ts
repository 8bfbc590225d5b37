import { crossingDifference } from './crossings.ts';
import { degree, type ExchangeOptions, type Saving } from './exchange.ts';
import type { LayerOrder } from './layerOrder.ts';

/** A node is tried at no more than so many places on each side of its own. */
const reachMax = 400;

/**
 * Moves each node of each cell to the place in it that has the fewest crossings while all others keep their order
 * (sifting: Matuszewski, Schönfeld, Molitor 1999). Of equally good places the nearest is kept, or the farthest with
 * `isRestless`, which leads out of plateaus. Cost: O(w · m) for cells of w nodes.
 */
export function sift(order: LayerOrder, { isRestless, workMax }: ExchangeOptions): Saving {
  let saved = 0;
  let work = 0;
  const { layerCount, laneCount } = order.graph;
  for (let layer = 0; layer < layerCount; layer++) {
    for (let cell = layer * laneCount; cell < (layer + 1) * laneCount; cell++) {
      const result = siftCell(order, cell, { isRestless, workMax: workMax - work });
      saved += result.saved;
      work += result.work;
    }
    order.sortRowsAround(layer);
  }
  return { saved, work };
}

function siftCell(order: LayerOrder, cell: number, { isRestless, workMax }: ExchangeOptions): Saving {
  const { nodes, cellStarts } = order;
  const start = cellStarts[cell]!;
  const end = cellStarts[cell + 1]!;
  if (end - start < 2) return { saved: 0, work: 0 };
  let saved = 0;
  let work = 0;
  for (const node of nodes.slice(start, end)) {
    if (work >= workMax) break;
    const result = siftNode(order, node, start, end, isRestless);
    saved += result.saved;
    work += result.work;
  }
  return { saved, work };
}

function siftNode(order: LayerOrder, node: number, start: number, end: number, isRestless: boolean): Saving {
  const { nodes, place, graph } = order;
  const { before, after } = graph;
  const own = place[node]!;
  const cost = degree(order, node) + 2;
  let work = 0;
  let best = own;
  let gainMax = 0;
  let gain = 0;
  for (let at = own - 1; at >= Math.max(start, own - reachMax); at--) {
    const other = nodes[at]!;
    gain += crossingDifference(before, place, other, node) + crossingDifference(after, place, other, node);
    work += cost;
    if (gain > gainMax || (isRestless && gain === gainMax)) {
      gainMax = gain;
      best = at;
    }
  }
  gain = 0;
  for (let at = own + 1; at < Math.min(end, own + reachMax + 1); at++) {
    const other = nodes[at]!;
    gain += crossingDifference(before, place, node, other) + crossingDifference(after, place, node, other);
    work += cost;
    if (gain > gainMax || (isRestless && gain === gainMax && best >= own)) {
      gainMax = gain;
      best = at;
    }
  }
  move(order, node, best);
  return { saved: gainMax, work };
}

function move(order: LayerOrder, node: number, to: number): void {
  const from = order.place[node]!;
  const step = Math.sign(to - from);
  for (let at = from; at !== to; at += step) order.put(order.nodes[at + step]!, at);
  order.put(node, to);
}

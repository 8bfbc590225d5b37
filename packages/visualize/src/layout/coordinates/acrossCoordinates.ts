import type { LayerOrder } from '../ordering/layerOrder.ts';
import type { Separation } from './compaction.ts';
import { relaxed } from './relaxation.ts';
import { spanOf } from './span.ts';
import { straight } from './straight.ts';

/** Straight edges may make a drawing so many times as wide as short ones would. */
const widerMax = 1.2;
/** With more nodes than this, straight edges are not tried: they would make the drawing many times as wide. */
const straightNodesMax = 40_000;

/**
 * Coordinates of the nodes across the layers, lane by lane, each lane from a place of its own: with long edges straight
 * where that does not make the drawing wide, else with edges short. Cost: O(N + m) with a constant for the sweeps.
 */
export function acrossCoordinates(order: LayerOrder, separation: Separation): Float64Array {
  const { laneCount, laneOf, nodeCount } = order.graph;
  const across = new Float64Array(nodeCount);
  const candidate = new Float64Array(nodeCount);
  for (let lane = 0; lane < laneCount; lane++) {
    const nodes = order.nodes.filter((node) => laneOf[node] === lane);
    if (nodes.length === 0) continue;
    relaxed(order, lane, across, separation);
    if (nodes.length > straightNodesMax) continue;
    straight(order, lane, nodes, candidate, separation);
    const short = spanOf(across, nodes);
    const long = spanOf(candidate, nodes);
    if (long.last - long.first > widerMax * (short.last - short.first)) continue;
    for (const node of nodes) across[node] = candidate[node]!;
  }
  return across;
}

import type { LayerOrder } from '../ordering/layerOrder.ts';
import type { NeighbourRows } from '../ordering/properGraph.ts';

/** One of the four ways in which nodes are aligned with the median of their neighbours. */
export interface Bias {
  /** Whether with the neighbours in the layer after instead of before. */
  readonly isUpward: boolean;
  /** Whether the last nodes of each layer come first, and the later of two medians. */
  readonly isMirrored: boolean;
}

/** Nodes in blocks that shall stand at one coordinate: the block of a node is named by its first node. */
export type Blocks = Int32Array;

/**
 * Aligns each node of a lane with a median neighbour where that crosses no other alignment and no straight
 * part of a long edge (Brandes and Köpf 2001, algorithm 2). Cost: O(N + m).
 */
export function alignedBlocks(
  order: LayerOrder,
  lane: number,
  conflicts: ReadonlySet<number>,
  bias: Bias,
): Blocks {
  const { nodes, place, graph, cellStarts } = order;
  const rows = bias.isUpward ? graph.after : graph.before;
  const block = Int32Array.from({ length: graph.nodeCount }, (_, node) => node);
  for (let step = 0; step < graph.layerCount; step++) {
    const layer = bias.isUpward ? graph.layerCount - 1 - step : step;
    const cell = layer * graph.laneCount + lane;
    const start = cellStarts[cell]!;
    const end = cellStarts[cell + 1]!;
    let taken = bias.isMirrored ? Number.POSITIVE_INFINITY : -1;
    for (let k = 0; k < end - start; k++) {
      const node = nodes[bias.isMirrored ? end - 1 - k : start + k]!;
      for (const neighbour of medians(graph.laneOf, rows, node, bias.isMirrored)) {
        const at = place[neighbour]!;
        if (bias.isMirrored ? at >= taken : at <= taken) continue;
        if (conflicts.has(pairKey(order, node, neighbour))) continue;
        block[node] = block[neighbour]!;
        taken = at;
        break;
      }
    }
  }
  return block;
}

/** The one or two middle neighbours of its own lane, the preferred one first. */
function medians(laneOf: Int32Array, rows: NeighbourRows, node: number, isMirrored: boolean): number[] {
  const start = rows.offsets[node]!;
  const end = rows.offsets[node + 1]!;
  const own: number[] = [];
  for (let k = start; k < end; k++) {
    if (laneOf[rows.values[k]!] === laneOf[node]) own.push(rows.values[k]!);
  }
  if (own.length === 0) return [];
  const low = (own.length - 1) >> 1;
  const high = own.length >> 1;
  if (low === high) return [own[low]!];
  return isMirrored ? [own[high]!, own[low]!] : [own[low]!, own[high]!];
}

/**
 * Edges that cross a straight part of a long edge and so must not be aligned (type 1 conflicts: Brandes and Köpf 2001,
 * algorithm 1), as keys of pairs. Cost: O(N + m).
 */
export function conflictingEdges(order: LayerOrder, lane: number): ReadonlySet<number> {
  const { nodes, place, graph, cellStarts } = order;
  const { before, laneOf, realCount } = graph;
  const conflicts = new Set<number>();
  for (let layer = 1; layer < graph.layerCount; layer++) {
    const cell = layer * graph.laneCount + lane;
    const end = cellStarts[cell + 1]!;
    let looked = cellStarts[cell]!;
    let from = -1;
    for (let at = looked; at < end; at++) {
      const straight = straightNeighbour(nodes[at]!);
      if (straight === undefined && at < end - 1) continue;
      const to = straight === undefined ? Number.POSITIVE_INFINITY : place[straight]!;
      for (; looked <= at; looked++) markOutside(nodes[looked]!, from, to);
      from = to;
    }
  }
  return conflicts;

  function straightNeighbour(node: number): number | undefined {
    if (node < realCount) return undefined;
    const neighbour = before.values[before.offsets[node]!]!;
    return neighbour >= realCount && laneOf[neighbour] === lane ? neighbour : undefined;
  }

  function markOutside(node: number, from: number, to: number): void {
    for (let k = before.offsets[node]!; k < before.offsets[node + 1]!; k++) {
      const neighbour = before.values[k]!;
      if (place[neighbour]! < from || place[neighbour]! > to) {
        conflicts.add(pairKey(order, node, neighbour));
      }
    }
  }
}

function pairKey({ graph: { nodeCount } }: LayerOrder, a: number, b: number): number {
  return a < b ? a * nodeCount + b : b * nodeCount + a;
}

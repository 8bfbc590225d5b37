import type { EdgeList } from '../graph.ts';

/** Row `i`: `values[offsets[i]]` up to, not including, `values[offsets[i + 1]]`. */
export interface NeighbourRows {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

/**
 * A layered graph whose edges all lead to the next layer: nodes 0 … realCount − 1 are those of the graph, the others are
 * the bends of longer edges, one in each layer that an edge passes.
 */
export interface ProperGraph {
  readonly nodeCount: number;
  readonly realCount: number;
  readonly layerCount: number;
  readonly layerOf: Int32Array;
  /** Lanes part the layers; a bend belongs to the lane of the edge's head. */
  readonly laneCount: number;
  readonly laneOf: Int32Array;
  readonly before: NeighbourRows;
  readonly after: NeighbourRows;
  /** The bends of each edge, from its tail to its head. */
  readonly bends: NeighbourRows;
  /** Whether edges of one tail share their bends. */
  readonly areBendsShared: boolean;
}

export interface ProperGraphOptions {
  /** The lane of each node; one for all when absent. */
  readonly laneOf?: Int32Array;
  /** Edges of one tail share their bends as far as they go: a tree instead of many lines, and far fewer nodes. */
  readonly areBendsShared: boolean;
}

/** How many bends the edges have when each has its own. Cost: O(m). */
export function countBends({ tail, head }: EdgeList, layerOf: Int32Array): number {
  let bends = 0;
  for (let edge = 0; edge < tail.length; edge++) bends += layerOf[head[edge]!]! - layerOf[tail[edge]!]! - 1;
  return bends;
}

/** The proper graph of layered edges. Cost: linear in nodes, edges and bends. */
export function properGraph(
  edges: EdgeList,
  layerOf: Int32Array,
  { laneOf, areBendsShared }: ProperGraphOptions,
): ProperGraph {
  const { nodeCount: realCount, tail, head } = edges;
  const layers = Array.from(layerOf);
  const lanes = laneOf === undefined ? new Array<number>(realCount).fill(0) : Array.from(laneOf);
  const from: number[] = [];
  const to: number[] = [];
  const bendOffsets = new Int32Array(tail.length + 1);
  const bendNodes: number[] = [];
  const shared = new Map<number, number[]>();

  for (let edge = 0; edge < tail.length; edge++) {
    const start = tail[edge]!;
    const end = head[edge]!;
    const known = areBendsShared ? chainOf(start) : [];
    const count = layers[end]! - layers[start]! - 1;
    for (let bend = 0; bend < count; bend++) {
      known[bend] ??= newBend(bend === 0 ? start : known[bend - 1]!, lanes[end]!);
      bendNodes.push(known[bend]!);
    }
    bendOffsets[edge + 1] = bendNodes.length;
    link(count === 0 ? start : known[count - 1]!, end);
  }
  const nodeCount = layers.length;
  return {
    nodeCount,
    realCount,
    layerCount: layers.reduce((most, layer) => Math.max(most, layer + 1), 0),
    layerOf: Int32Array.from(layers),
    laneCount: lanes.reduce((most, lane) => Math.max(most, lane + 1), 1),
    laneOf: Int32Array.from(lanes),
    before: rows(nodeCount, to, from),
    after: rows(nodeCount, from, to),
    bends: { offsets: bendOffsets, values: Int32Array.from(bendNodes) },
    areBendsShared,
  };

  function newBend(previous: number, lane: number): number {
    const bend = layers.length;
    layers.push(layers[previous]! + 1);
    lanes.push(lane);
    link(previous, bend);
    return bend;
  }

  function link(previous: number, next: number): void {
    from.push(previous);
    to.push(next);
  }

  function chainOf(node: number): number[] {
    let chain = shared.get(node);
    if (chain === undefined) {
      chain = [];
      shared.set(node, chain);
    }
    return chain;
  }
}

function rows(nodeCount: number, keys: readonly number[], values: readonly number[]): NeighbourRows {
  const offsets = new Int32Array(nodeCount + 1);
  for (const key of keys) offsets[key + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodeCount);
  const sorted = new Int32Array(values.length);
  for (const [place, key] of keys.entries()) sorted[next[key]!++] = values[place]!;
  return { offsets, values: sorted };
}

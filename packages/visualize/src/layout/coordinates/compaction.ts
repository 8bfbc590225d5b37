import type { LayerOrder } from '../ordering/layerOrder.ts';
import type { Bias, Blocks } from './alignment.ts';

/** The least distance between the middles of two neighbours in a layer. */
export type Separation = (node: number, next: number) => number;

/**
 * Coordinates for the nodes of a lane in which each block stands at one, neighbours keep their distance, and everything
 * stands as near to the start as it can, then as far from it as that leaves room (with `isMirrored`, seen from the end).
 *
 * Longest paths over the graph of blocks take the place of the classes and shifts of Brandes and Köpf (2001, algorithm 3),
 * whose shifts could overlap (Brandes, Walter, Zink 2020, erratum). Cost: O(N).
 */
export function compacted(
  order: LayerOrder,
  lane: number,
  block: Blocks,
  { isMirrored }: Pick<Bias, 'isMirrored'>,
  separation: Separation,
): Float64Array {
  const pairs = neighbourPairs(order, lane, isMirrored);
  const { sequence, firstPair, nextPair } = blockOrder(order, lane, block, pairs);
  const at = new Float64Array(order.graph.nodeCount);
  for (const each of sequence) {
    for (let pair = firstPair[each]!; pair !== -1; pair = nextPair[pair]!) {
      const to = block[pairs.next[pair]!]!;
      at[to] = Math.max(at[to]!, at[each]! + distance(pair));
    }
  }
  for (let k = sequence.length - 1; k >= 0; k--) {
    const each = sequence[k]!;
    let room = Number.POSITIVE_INFINITY;
    for (let pair = firstPair[each]!; pair !== -1; pair = nextPair[pair]!) {
      room = Math.min(room, at[block[pairs.next[pair]!]!]! - distance(pair));
    }
    if (room !== Number.POSITIVE_INFINITY) at[each] = Math.max(at[each]!, room);
  }
  return Float64Array.from(block, (each) => (isMirrored ? -at[each]! : at[each]!));

  function distance(pair: number): number {
    const node = pairs.node[pair]!;
    const next = pairs.next[pair]!;
    return isMirrored ? separation(next, node) : separation(node, next);
  }
}

interface Pairs {
  readonly node: Int32Array;
  readonly next: Int32Array;
}

/** All neighbours in the layers of a lane, in reading direction. */
function neighbourPairs({ nodes, graph, cellStarts }: LayerOrder, lane: number, isMirrored: boolean): Pairs {
  const node: number[] = [];
  const next: number[] = [];
  for (let layer = 0; layer < graph.layerCount; layer++) {
    const cell = layer * graph.laneCount + lane;
    for (let at = cellStarts[cell]! + 1; at < cellStarts[cell + 1]!; at++) {
      const [first, second] = [nodes[at - 1]!, nodes[at]!];
      node.push(isMirrored ? second : first);
      next.push(isMirrored ? first : second);
    }
  }
  return { node: Int32Array.from(node), next: Int32Array.from(next) };
}

/** Blocks in an order in which each stands after those that must stand before it (Kahn 1962), and their pairs as lists. */
function blockOrder(
  { nodes, graph, cellStarts }: LayerOrder,
  lane: number,
  block: Blocks,
  { node, next }: Pairs,
) {
  const waitsFor = new Int32Array(graph.nodeCount);
  const firstPair = new Int32Array(graph.nodeCount).fill(-1);
  const nextPair = new Int32Array(node.length);
  for (let pair = 0; pair < node.length; pair++) {
    const from = block[node[pair]!]!;
    nextPair[pair] = firstPair[from]!;
    firstPair[from] = pair;
    waitsFor[block[next[pair]!]!]!++;
  }
  const sequence: number[] = [];
  for (let layer = 0; layer < graph.layerCount; layer++) {
    const cell = layer * graph.laneCount + lane;
    for (let at = cellStarts[cell]!; at < cellStarts[cell + 1]!; at++) {
      const each = nodes[at]!;
      if (block[each] === each && waitsFor[each] === 0) sequence.push(each);
    }
  }
  for (let k = 0; k < sequence.length; k++) {
    for (let pair = firstPair[sequence[k]!]!; pair !== -1; pair = nextPair[pair]!) {
      const to = block[next[pair]!]!;
      if (--waitsFor[to]! === 0) sequence.push(to);
    }
  }
  return { sequence, firstPair, nextPair };
}

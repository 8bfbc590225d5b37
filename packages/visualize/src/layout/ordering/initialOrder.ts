import type { NeighbourRows, ProperGraph } from './properGraph.ts';

/**
 * All nodes in the order in which a depth-first search meets them that starts at the nodes of the first layer (or of the
 * last) and follows edges in both directions. Of a tree it is an order without crossings. Cost: O(N + m).
 */
export function depthFirstSequence(graph: ProperGraph, startAt: 'first' | 'last'): Int32Array {
  const rows = startAt === 'first' ? [graph.after, graph.before] : [graph.before, graph.after];
  return search(graph, startAt, (node, visit) => {
    for (const row of rows) eachNeighbour(row, node, visit);
  });
}

/** The same, breadth first and along the edges alone, as dot begins. */
export function breadthFirstSequence(graph: ProperGraph, startAt: 'first' | 'last'): Int32Array {
  const rows = startAt === 'first' ? graph.after : graph.before;
  const sequence = new Int32Array(graph.nodeCount);
  const isSeen = new Uint8Array(graph.nodeCount);
  let length = 0;
  for (const root of roots(graph, startAt)) {
    if (isSeen[root] === 1) continue;
    let head = length;
    isSeen[root] = 1;
    sequence[length++] = root;
    while (head < length) {
      eachNeighbour(rows, sequence[head++]!, (node) => {
        if (isSeen[node] === 1) return;
        isSeen[node] = 1;
        sequence[length++] = node;
      });
    }
  }
  return sequence;
}

/** All nodes in random order. */
export function shuffledSequence({ nodeCount }: ProperGraph, random: () => number): Int32Array {
  const keys = Float64Array.from({ length: nodeCount }, random);
  return Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
}

function search(
  graph: ProperGraph,
  startAt: 'first' | 'last',
  eachNext: (node: number, visit: (next: number) => void) => void,
): Int32Array {
  const sequence = new Int32Array(graph.nodeCount);
  const isSeen = new Uint8Array(graph.nodeCount);
  let length = 0;
  const stack: number[] = [];
  for (const root of roots(graph, startAt)) {
    stack.push(root);
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (isSeen[node] === 1) continue;
      isSeen[node] = 1;
      sequence[length++] = node;
      const height = stack.length;
      eachNext(node, (next) => {
        if (isSeen[next] === 0) stack.push(next);
      });
      reverseFrom(stack, height);
    }
  }
  return sequence;
}

/** Nodes without edges on one side first, in the order of the graph, then all, so that none is missed. */
function* roots({ nodeCount, before, after }: ProperGraph, startAt: 'first' | 'last'): Generator<number> {
  const { offsets } = startAt === 'first' ? before : after;
  for (let node = 0; node < nodeCount; node++) if (offsets[node] === offsets[node + 1]) yield node;
  for (let node = 0; node < nodeCount; node++) yield node;
}

function eachNeighbour(
  { offsets, values }: NeighbourRows,
  node: number,
  visit: (next: number) => void,
): void {
  for (let k = offsets[node]!; k < offsets[node + 1]!; k++) visit(values[k]!);
}

function reverseFrom(stack: number[], start: number): void {
  for (let low = start, high = stack.length - 1; low < high; low++, high--) {
    const kept = stack[low]!;
    stack[low] = stack[high]!;
    stack[high] = kept;
  }
}

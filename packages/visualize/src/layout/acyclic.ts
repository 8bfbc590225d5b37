import { type EdgeList, incidence } from './graph.ts';

export interface AcyclicEdges {
  readonly edges: EdgeList;
  /** 1 for each edge that was turned round. */
  readonly isReversed: Uint8Array;
}

const unseen = 0;
const open = 1;
const done = 2;

/**
 * The edges with those turned round that lead back to a node a depth-first search has not left yet: what remains has no
 * cycle, and edges of a graph without one stay as they are. Loops must have been left out. Cost: O(n + m).
 */
export function withoutCycles({ nodeCount, tail, head }: EdgeList): AcyclicEdges {
  const isReversed = new Uint8Array(tail.length);
  const outgoing = incidence(nodeCount, tail);
  const state = new Uint8Array(nodeCount);
  const next = outgoing.offsets.slice(0, nodeCount);
  const stack: number[] = [];
  for (let root = 0; root < nodeCount; root++) {
    if (state[root] !== unseen) continue;
    state[root] = open;
    stack.push(root);
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      if (next[node] === outgoing.offsets[node + 1]) {
        state[node] = done;
        stack.pop();
        continue;
      }
      const edge = outgoing.edges[next[node]!++]!;
      const target = head[edge]!;
      if (state[target] === open) isReversed[edge] = 1;
      if (state[target] !== unseen) continue;
      state[target] = open;
      stack.push(target);
    }
  }
  return { edges: turned({ nodeCount, tail, head }, isReversed), isReversed };
}

function turned({ nodeCount, tail, head }: EdgeList, isReversed: Uint8Array): EdgeList {
  return {
    nodeCount,
    tail: tail.map((node, edge) => (isReversed[edge] === 1 ? head[edge]! : node)),
    head: head.map((node, edge) => (isReversed[edge] === 1 ? tail[edge]! : node)),
  };
}

import type { EdgeList, Incidence } from '../graph.ts';

/**
 * Makes a feasible layering tight: moves parts of the connected graph, in `layer`, until the edges that span exactly
 * one layer connect all nodes, and returns the numbers of n − 1 of them that form a spanning tree.
 *
 * Parts joined by tight edges are merged, the smallest first, each moved along the shortest of its slack edges
 * (Gansner, Koutsofios, North, Vo 1993, with the merging by size of later versions). Cost: O(m log n) and the
 * looking at each part's edges.
 */
export function tightTree({ nodeCount, tail, head }: EdgeList, at: Incidence, layer: Int32Array): number[] {
  const parts = new Parts(nodeCount);
  const tree: number[] = [];
  for (let edge = 0; edge < tail.length; edge++) {
    if (layer[head[edge]!]! - layer[tail[edge]!]! === 1 && parts.join(tail[edge]!, head[edge]!)) {
      tree.push(edge);
    }
  }
  const waiting = parts.roots();
  // Rounds over all parts: in each every part that is not the largest of its surroundings is merged away.
  while (tree.length < nodeCount - 1) {
    waiting.sort((a, b) => parts.size(a) - parts.size(b) || a - b);
    const before = tree.length;
    for (const part of waiting) {
      if (tree.length === nodeCount - 1 || parts.find(part) !== part) continue;
      const edge = shortestEdgeOut(part);
      if (edge === undefined) continue;
      const slack = layer[head[edge]!]! - layer[tail[edge]!]! - 1;
      const isLeaving = parts.find(tail[edge]!) === part;
      for (const node of parts.members(part)) layer[node]! += isLeaving ? slack : -slack;
      parts.join(tail[edge]!, head[edge]!);
      tree.push(edge);
    }
    if (tree.length === before)
      throw new Error('Internal error: an unconnected graph was given to be layered.');
    const roots = waiting.filter((part) => parts.find(part) === part);
    waiting.splice(0, waiting.length, ...roots);
  }
  return tree;

  function shortestEdgeOut(part: number): number | undefined {
    let shortest: number | undefined;
    let slackMin = Number.POSITIVE_INFINITY;
    for (const node of parts.members(part)) {
      for (let k = at.offsets[node]!; k < at.offsets[node + 1]!; k++) {
        const edge = at.edges[k]!;
        const slack = layer[head[edge]!]! - layer[tail[edge]!]! - 1;
        if (slack >= slackMin || parts.find(tail[edge]!) === parts.find(head[edge]!)) continue;
        shortest = edge;
        slackMin = slack;
      }
    }
    return shortest;
  }
}

/** Disjoint sets with their members (Tarjan 1975): the smaller is taken into the larger. */
class Parts {
  private readonly parent: Int32Array;
  private readonly lists: number[][];

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, node) => node);
    this.lists = Array.from({ length: count }, (_, node) => [node]);
  }

  find(node: number): number {
    let root = node;
    while (this.parent[root] !== root) {
      this.parent[root] = this.parent[this.parent[root]!]!;
      root = this.parent[root]!;
    }
    return root;
  }

  /** Whether the two were apart before. */
  join(a: number, b: number): boolean {
    const first = this.find(a);
    const second = this.find(b);
    if (first === second) return false;
    const isFirstLarger = this.size(first) >= this.size(second);
    const [into, from] = isFirstLarger ? [first, second] : [second, first];
    this.parent[from] = into;
    for (const node of this.lists[from]!) this.lists[into]!.push(node);
    this.lists[from] = [];
    return true;
  }

  size(root: number): number {
    return this.lists[root]!.length;
  }

  members(root: number): readonly number[] {
    return this.lists[root]!;
  }

  roots(): number[] {
    return this.lists.flatMap((list, root) => (list.length > 0 ? [root] : []));
  }
}

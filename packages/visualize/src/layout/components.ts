import type { EdgeList } from './graph.ts';

/** A connected part of a graph, its nodes numbered anew. */
export interface Component {
  readonly edges: EdgeList;
  /** The number in the whole graph of each node and edge. */
  readonly nodes: Int32Array;
  readonly edgeNumbers: Int32Array;
}

/** All of a graph as one part. */
export function wholeOf(edges: EdgeList): Component {
  return {
    edges,
    nodes: Int32Array.from({ length: edges.nodeCount }, (_, node) => node),
    edgeNumbers: Int32Array.from(edges.tail.keys()),
  };
}

/** The connected parts, in the order of their first nodes. Cost: O(n + m). */
export function components({ nodeCount, tail, head }: EdgeList): Component[] {
  const parent = Int32Array.from({ length: nodeCount }, (_, node) => node);
  for (let edge = 0; edge < tail.length; edge++) {
    const a = find(tail[edge]!);
    const b = find(head[edge]!);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const partOf = new Int32Array(nodeCount);
  const local = new Int32Array(nodeCount);
  const nodes: number[][] = [];
  for (let node = 0; node < nodeCount; node++) {
    const root = find(node);
    if (root === node) partOf[node] = nodes.push([]) - 1;
    else partOf[node] = partOf[root]!;
    local[node] = nodes[partOf[node]!]!.push(node) - 1;
  }
  const edges: number[][] = nodes.map(() => []);
  for (let edge = 0; edge < tail.length; edge++) edges[partOf[tail[edge]!]!]!.push(edge);
  return nodes.map((own, part) => ({
    edges: {
      nodeCount: own.length,
      tail: Int32Array.from(edges[part]!, (edge) => local[tail[edge]!]!),
      head: Int32Array.from(edges[part]!, (edge) => local[head[edge]!]!),
    },
    nodes: Int32Array.from(own),
    edgeNumbers: Int32Array.from(edges[part]!),
  }));

  function find(node: number): number {
    let root = node;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  }
}

import { type EdgeList, type Incidence, incidence } from '../graph.ts';
import { longestPathLayers } from './longestPath.ts';
import { tightTree } from './tightTree.ts';

/** Steps of work, each a look at one edge or node, after which the layering is taken as it then is. */
const workMax = 30_000_000;
/** Of so many tree edges that could leave, the worst does. */
const candidatesMax = 30;

/**
 * Layers of a connected graph without cycles, from 0, such that every edge leads to a later layer and the edges are as
 * short in sum as they can be: the fewest bends. Network simplex of Gansner, Koutsofios, North and Vo (1993), with
 * subtrees kept as intervals of a postorder. Of a graph for which that takes too long, a layering that is
 * still good. Nodes that could stand in several layers at no cost go to the emptiest,
 * unless `isSpread` is false.
 */
export function layersByNetworkSimplex(
  edges: EdgeList,
  { isSpread = true }: { readonly isSpread?: boolean } = {},
): Int32Array {
  const layer = longestPathLayers(edges);
  if (edges.nodeCount < 3) return layer;
  const at = incidence(edges.nodeCount, edges.tail, edges.head);
  const tree = tightTree(edges, at, layer);
  optimize(new SpanningTree(edges, at, tree), edges, at, layer);
  fromZero(layer);
  if (isSpread) spread(edges, at, layer);
  return layer;
}

function optimize(tree: SpanningTree, edges: EdgeList, at: Incidence, layer: Int32Array): void {
  let work = 0;
  for (;;) {
    const leaving = tree.leavingEdge();
    if (leaving === undefined || work > workMax) return;
    const entering = enteringEdge(leaving);
    if (entering === undefined) return;
    const slack = layer[edges.head[entering]!]! - layer[edges.tail[entering]!]! - 1;
    const child = tree.childOf(leaving);
    const shift = edges.tail[leaving] === child ? -slack : slack;
    if (shift !== 0) for (const node of tree.subtree(child)) layer[node]! += shift;
    work += tree.exchange(leaving, entering);
  }

  /** The edge of least slack that leads the other way between the two parts the tree has without `leaving`. */
  function enteringEdge(leaving: number): number | undefined {
    const child = tree.childOf(leaving);
    const wantsOutgoing = edges.head[leaving] === child;
    const { inner, outer } = wantsOutgoing
      ? { inner: edges.tail, outer: edges.head }
      : { inner: edges.head, outer: edges.tail };
    let best: number | undefined;
    let slackMin = Number.POSITIVE_INFINITY;
    for (const node of tree.subtree(child)) {
      work += at.offsets[node + 1]! - at.offsets[node]!;
      for (let k = at.offsets[node]!; k < at.offsets[node + 1]!; k++) {
        const edge = at.edges[k]!;
        if (inner[edge] !== node || tree.isBelow(outer[edge]!, child)) continue;
        const slack = layer[edges.head[edge]!]! - layer[edges.tail[edge]!]! - 1;
        if (slack < slackMin) {
          best = edge;
          slackMin = slack;
        }
      }
    }
    return best;
  }
}

/** A rooted spanning tree; each of its edges has a cut value: what lengthening it by one layer costs. */
class SpanningTree {
  private readonly edges: EdgeList;
  private readonly treeEdges: number[];
  private readonly placeOf: Int32Array;
  private readonly treeAt: number[][];
  private readonly cut: Int32Array;
  private readonly parentEdge: Int32Array;
  /** Postorder: the subtree of a node is the nodes numbered `low[node]` … `last[node]`, which is its own number. */
  private readonly low: Int32Array;
  private readonly last: Int32Array;
  private readonly numbered: Int32Array;
  private cursor = 0;

  constructor(edges: EdgeList, at: Incidence, tree: readonly number[]) {
    const { nodeCount, tail, head } = edges;
    this.edges = edges;
    this.treeEdges = [...tree];
    this.placeOf = new Int32Array(tail.length);
    for (const [place, edge] of tree.entries()) this.placeOf[edge] = place;
    this.treeAt = Array.from({ length: nodeCount }, () => []);
    for (const edge of tree) {
      this.treeAt[tail[edge]!]!.push(edge);
      this.treeAt[head[edge]!]!.push(edge);
    }
    this.parentEdge = new Int32Array(nodeCount).fill(-1);
    this.low = new Int32Array(nodeCount);
    this.last = new Int32Array(nodeCount);
    this.numbered = new Int32Array(nodeCount);
    this.number(0, -1, 0);
    this.cut = new Int32Array(tail.length);
    this.setCutValues(at);
  }

  /** The end of a tree edge that is farther from the root. */
  childOf(edge: number): number {
    const { tail, head } = this.edges;
    return this.parentEdge[tail[edge]!] === edge ? tail[edge]! : head[edge]!;
  }

  isBelow(node: number, root: number): boolean {
    return this.low[root]! <= this.last[node]! && this.last[node]! <= this.last[root]!;
  }

  subtree(root: number): Int32Array {
    return this.numbered.subarray(this.low[root]!, this.last[root]! + 1);
  }

  /** A tree edge that should be longer; searched for in turn, so that no part of the tree is favoured. */
  leavingEdge(): number | undefined {
    const { treeEdges, cut } = this;
    let best: number | undefined;
    let found = 0;
    for (let step = 0; step < treeEdges.length; step++) {
      const place = (this.cursor + step) % treeEdges.length;
      const edge = treeEdges[place]!;
      if (cut[edge]! >= 0) continue;
      if (best === undefined || cut[edge]! < cut[best]!) best = edge;
      if (++found === candidatesMax) {
        this.cursor = place;
        return best;
      }
    }
    return best;
  }

  /** Takes `entering` into the tree in the place of `leaving`; returns how many nodes were numbered anew. */
  exchange(leaving: number, entering: number): number {
    const { tail, head } = this.edges;
    const value = this.cut[leaving]!;
    const top = this.addAlongPath(tail[entering]!, head[entering]!, value, true);
    this.addAlongPath(head[entering]!, tail[entering]!, value, false);
    this.cut[entering] = -value;
    this.cut[leaving] = 0;
    this.replace(leaving, entering);
    this.number(top, this.parentEdge[top]!, this.low[top]!);
    return this.last[top]! - this.low[top]! + 1;
  }

  /** From `node` up to the first node above `other`, which is returned. */
  private addAlongPath(from: number, other: number, value: number, isForward: boolean): number {
    const { tail, head } = this.edges;
    let node = from;
    while (!this.isBelow(other, node)) {
      const edge = this.parentEdge[node]!;
      this.cut[edge]! += (tail[edge] === node) === isForward ? value : -value;
      node = tail[edge] === node ? head[edge]! : tail[edge]!;
    }
    return node;
  }

  private replace(leaving: number, entering: number): void {
    const { tail, head } = this.edges;
    this.placeOf[entering] = this.placeOf[leaving]!;
    this.treeEdges[this.placeOf[entering]!] = entering;
    for (const node of [tail[leaving]!, head[leaving]!]) {
      const list = this.treeAt[node]!;
      list[list.indexOf(leaving)] = list.at(-1)!;
      list.pop();
    }
    this.treeAt[tail[entering]!]!.push(entering);
    this.treeAt[head[entering]!]!.push(entering);
  }

  /** Numbers the subtree of `root` in postorder, from `first`; its edges there are all but `above`. */
  private number(root: number, above: number, first: number): void {
    const { tail, head } = this.edges;
    let next = first;
    this.parentEdge[root] = above;
    this.low[root] = first;
    const stack = [root];
    const places = [0];
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const list = this.treeAt[node]!;
      const place = places[places.length - 1]!++;
      if (place === list.length) {
        this.last[node] = next;
        this.numbered[next++] = node;
        stack.pop();
        places.pop();
        continue;
      }
      const edge = list[place]!;
      if (edge === this.parentEdge[node]) continue;
      const child = tail[edge] === node ? head[edge]! : tail[edge]!;
      this.parentEdge[child] = edge;
      this.low[child] = next;
      stack.push(child);
      places.push(0);
    }
  }

  /** The cut value of the edge above a subtree is what leaves less what enters the subtree, or the negative of that. */
  private setCutValues(at: Incidence): void {
    const { tail, head } = this.edges;
    const excess = new Int32Array(this.parentEdge.length);
    for (const node of this.numbered) {
      for (let k = at.offsets[node]!; k < at.offsets[node + 1]!; k++) {
        excess[node]! += tail[at.edges[k]!] === node ? 1 : -1;
      }
      const edge = this.parentEdge[node]!;
      if (edge === -1) continue;
      const isTail = tail[edge] === node;
      this.cut[edge] = isTail ? excess[node]! : -excess[node]!;
      excess[isTail ? head[edge]! : tail[edge]!]! += excess[node]!;
    }
  }
}

function fromZero(layer: Int32Array): void {
  const first = layer.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  for (let node = 0; node < layer.length; node++) layer[node]! -= first;
}

/** Moves nodes with as many edges in as out to the emptiest of the layers between their neighbours. */
function spread({ nodeCount, tail, head }: EdgeList, at: Incidence, layer: Int32Array): void {
  const sizes = new Int32Array(layer.reduce((most, each) => Math.max(most, each), 0) + 1);
  for (const each of layer) sizes[each]!++;
  for (let node = 0; node < nodeCount; node++) {
    let earliest = 0;
    let latest = sizes.length - 1;
    let excess = 0;
    for (let k = at.offsets[node]!; k < at.offsets[node + 1]!; k++) {
      const edge = at.edges[k]!;
      if (tail[edge] === node) {
        latest = Math.min(latest, layer[head[edge]!]! - 1);
        excess++;
      } else {
        earliest = Math.max(earliest, layer[tail[edge]!]! + 1);
        excess--;
      }
    }
    if (excess !== 0) continue;
    let best = layer[node]!;
    for (let each = earliest; each <= latest; each++) if (sizes[each]! < sizes[best]! - 1) best = each;
    sizes[layer[node]!]!--;
    sizes[best]!++;
    layer[node] = best;
  }
}

import { crossingsAfter, crossingsByEdge } from './crossings.ts';
import type { LayerOrder } from './layerOrder.ts';
import type { NeighbourRows } from './properGraph.ts';
import { type Cell, SlotCosts } from './slotCosts.ts';

/** The bends of a long edge from the node that is taken out to the node at its other end. */
interface Chain {
  readonly bends: readonly number[];
  readonly far: number;
  /** Where in `ways` the costs of the slots of each bend's layer begin. */
  readonly ways: number[];
  readonly slots: number[];
}

/**
 * An order of which nodes are taken out together with the bends of their long edges and put back where they cross least
 * while everything else keeps its place. A long edge goes the cheapest of all ways through its layers, found by dynamic
 * programming over their slots: the star insertion of Chimani, Gutwenger, Mutzel and Wolf (2009), here between layers.
 * The rows of the order are not kept sorted.
 */
export class StarReinserter {
  private readonly order: LayerOrder;
  private readonly costs: SlotCosts;
  private readonly crossings: Int32Array;
  private readonly total: Int32Array;
  private readonly room: Int32Array;
  private readonly counted: Int32Array;
  private readonly isArriving: Uint8Array;
  /** For each chain and each slot of its bends' layers, what the way from the far end crosses. */
  private ways = new Int32Array(1024);
  private recountWork = 0;
  /** Counts the changes; when the edges between two layers last changed, and when a node was last tried. */
  private now = 0;
  private readonly changedAt: Int32Array;
  private readonly triedAt: Int32Array;

  constructor(order: LayerOrder) {
    const { layerCount } = order.graph;
    this.order = order;
    this.costs = new SlotCosts(order);
    this.crossings = Int32Array.from({ length: layerCount }, (_, layer) =>
      layer === layerCount - 1 ? 0 : crossingsAfter(order, layer),
    );
    this.isArriving = new Uint8Array(order.graph.nodeCount);
    this.counted = new Int32Array(layerCount);
    this.changedAt = new Int32Array(layerCount);
    this.triedAt = new Int32Array(order.graph.nodeCount).fill(-1);
    let widest = 0;
    for (let layer = 0; layer < layerCount; layer++) widest = Math.max(widest, this.costs.slotCount(layer));
    this.total = new Int32Array(widest);
    this.room = new Int32Array(widest);
  }

  get work(): number {
    return this.costs.work + this.recountWork;
  }

  /** The nodes whose edges cross any, those first that cross most for the work that they are. */
  worstFirst(): number[] {
    const { graph } = this.order;
    const cost = new Float64Array(graph.realCount);
    const work = new Float64Array(graph.realCount).fill(1);
    const crossed = crossingsByEdge(this.order);
    this.recountWork += 8 * crossed.length;
    const { offsets, values } = graph.after;
    for (let node = 0; node < graph.realCount; node++) {
      for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
        let edge = k;
        let sum = crossed[edge]!;
        let steps = this.costs.edgeCounts[graph.layerOf[node]!]!;
        while (values[edge]! >= graph.realCount) {
          const bend = values[edge]!;
          edge = offsets[bend]!;
          sum += crossed[edge]!;
          steps += this.costs.edgeCounts[graph.layerOf[bend]!]! * 8;
        }
        cost[node]! += sum;
        cost[values[edge]!]! += sum;
        work[node]! += steps;
        work[values[edge]!]! += steps;
      }
    }
    return Array.from(cost.keys())
      .filter((node) => cost[node]! > 0)
      .sort((a, b) => cost[b]! / work[b]! - cost[a]! / work[a]! || a - b);
  }

  /** How many crossings it saved; when it would cost some, nothing is changed. */
  reinsert(node: number, isRestless: boolean): number {
    const [first, last] = this.span([node]);
    return this.isUnchanged(node, first, last) ? 0 : this.reinsertGroup([node], isRestless);
  }

  /** Takes the nodes out together and puts them back one by one, in their order. */
  reinsertGroup(group: readonly number[], isRestless: boolean): number {
    const { nodes, place } = this.order;
    const [first, last] = this.span(group);
    const from = this.order.layerStart(first);
    const old = nodes.slice(from, this.order.layerEnd(last));
    for (const node of group) this.takeOut(node);
    for (const node of group) this.putBack(node, isRestless);
    const saved = this.recount(first, last);
    if (saved > 0 || (saved === 0 && isRestless)) {
      this.now++;
      for (let gap = first; gap < last; gap++) {
        this.crossings[gap] = this.counted[gap]!;
        this.changedAt[gap] = this.now;
      }
      return saved;
    }
    for (let k = 0; k < old.length; k++) {
      nodes[from + k] = old[k]!;
      place[old[k]!] = from + k;
    }
    return 0;
  }

  /** The layers from the first to the last that the nodes and their edges touch. */
  private span(group: readonly number[]): [first: number, last: number] {
    const { layerOf, layerCount, before, after, realCount } = this.order.graph;
    let first = layerCount - 1;
    let last = 0;
    for (const node of group) {
      first = Math.min(first, Math.max(0, layerOf[node]! - 1));
      last = Math.max(last, Math.min(layerCount - 1, layerOf[node]! + 1));
      for (const { offsets, values } of [before, after]) {
        for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
          let at = values[k]!;
          while (at >= realCount) at = values[offsets[at]!]!;
          first = Math.min(first, layerOf[at]!);
          last = Math.max(last, layerOf[at]!);
        }
      }
    }
    return [first, last];
  }

  private takeOut(node: number): void {
    const { isOut } = this.costs;
    isOut[node] = 1;
    for (const { bends } of this.chainsOf(node)) for (const bend of bends) isOut[bend] = 1;
  }

  /** Puts a node back, with its edges to what is there. */
  private putBack(node: number, isRestless: boolean): void {
    const { isOut } = this.costs;
    const chains = this.chainsOf(node).filter(({ far }) => isOut[far] === 0);
    const slot = this.bestSlot(node, chains, isRestless);
    const layer = this.order.graph.layerOf[node]!;
    for (const chain of chains) this.trace(chain, { layer, slot });
    chains.sort((a, b) => this.compare(a, b));
    this.insert(node, slot, chains);
    isOut[node] = 0;
    for (const { bends } of chains) for (const bend of bends) isOut[bend] = 0;
  }

  /** Whether it was tried before and nothing has changed since between the layers it spans. */
  private isUnchanged(node: number, first: number, last: number): boolean {
    const triedAt = this.triedAt[node]!;
    this.triedAt[node] = this.now;
    for (let gap = first; gap < last; gap++) if (this.changedAt[gap]! > triedAt) return false;
    return true;
  }

  private chainsOf(node: number): Chain[] {
    const { before, after } = this.order.graph;
    return [...this.chainsIn(node, before), ...this.chainsIn(node, after)];
  }

  private chainsIn(node: number, { offsets, values }: NeighbourRows): Chain[] {
    const { realCount } = this.order.graph;
    const chains: Chain[] = [];
    for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
      let at = values[k]!;
      if (at < realCount) continue;
      const bends: number[] = [];
      for (; at >= realCount; at = values[offsets[at]!]!) bends.push(at);
      chains.push({ bends, far: at, ways: [], slots: [] });
    }
    return chains;
  }

  /** The slot from which all edges of the node together cross least; fills the ways of the chains. */
  private bestSlot(node: number, chains: readonly Chain[], isRestless: boolean): number {
    const { order, costs, total, room } = this;
    const { graph, place } = order;
    const cell = costs.cellOf(node);
    const shift = order.layerStart(cell.layer);
    total.fill(0, 0, costs.slotCount(cell.layer));
    for (const { offsets, values } of [graph.before, graph.after]) {
      const direct: number[] = [];
      for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
        if (values[k]! < graph.realCount && costs.isOut[values[k]!] === 0) direct.push(values[k]!);
      }
      costs.addStar(node, direct, total);
    }
    let next = 0;
    for (const chain of chains) {
      next = this.findWays(chain, next);
      costs.stepTo(cell, costs.cellOf(chain.bends[0]!), this.ways.subarray(chain.ways[0]!), room);
      for (let slot = cell.start - shift; slot <= cell.end - shift; slot++) total[slot]! += room[slot]!;
    }
    const own = place[node]!;
    let best = own;
    for (let slot = cell.start; slot <= cell.end; slot++) {
      const difference = total[slot - shift]! - total[best - shift]!;
      const isNearer = Math.abs(slot - own) < Math.abs(best - own);
      if (difference < 0 || (difference === 0 && isNearer !== isRestless)) best = slot;
    }
    return best;
  }

  /** Fills the ways of a chain from its far end on, in `ways` from `start`; returns where they end. */
  private findWays(chain: Chain, start: number): number {
    const { order, costs } = this;
    const { layerOf } = order.graph;
    const { bends, far, ways } = chain;
    let next = start;
    for (const bend of bends) {
      ways.push(next);
      next += costs.slotCount(layerOf[bend]!);
    }
    this.makeRoom(next);
    const last = bends.length - 1;
    const at = order.place[far]!;
    costs.ofLine(
      layerOf[bends[last]!]!,
      { layer: layerOf[far]!, before: at, after: at + 1 },
      this.ways.subarray(ways[last]!),
    );
    let from: Cell = costs.cellOf(bends[last]!);
    for (let k = last - 1; k >= 0; k--) {
      const to = costs.cellOf(bends[k]!);
      costs.stepTo(to, from, this.ways.subarray(ways[k + 1]!), this.ways.subarray(ways[k]!));
      from = to;
    }
    return next;
  }

  private makeRoom(length: number): void {
    if (this.ways.length >= length) return;
    const larger = new Int32Array(2 * length);
    larger.set(this.ways);
    this.ways = larger;
  }

  /** Finds the slots of a chain: a cheapest way from the slot of the node that was taken out. */
  private trace(chain: Chain, start: { readonly layer: number; readonly slot: number }): void {
    const { order, costs, room, ways } = this;
    let { layer, slot } = start;
    for (const [k, bend] of chain.bends.entries()) {
      const cell = costs.cellOf(bend);
      costs.ofLine(cell.layer, { layer, before: slot, after: slot }, room);
      const first = order.layerStart(cell.layer);
      const way = chain.ways[k]! - first;
      let best = cell.start;
      for (let at = cell.start + 1; at <= cell.end; at++) {
        if (ways[way + at]! + room[at - first]! < ways[way + best]! + room[best - first]!) best = at;
      }
      chain.slots.push(best);
      layer = cell.layer;
      slot = best;
    }
  }

  /** Chains part at the first layer in which their slots differ: there and in all slots they share, one lies before the other. */
  private compare(a: Chain, b: Chain): number {
    const { place } = this.order;
    const shorter = Math.min(a.slots.length, b.slots.length);
    for (let k = 0; k < shorter; k++) {
      const difference = a.slots[k]! - b.slots[k]!;
      if (difference !== 0) return difference;
    }
    if (a.slots.length === b.slots.length) return place[a.far]! - place[b.far]!;
    // Where one has its end the other passes through a slot.
    return a.slots.length < b.slots.length
      ? place[a.far]! < b.slots[shorter]!
        ? -1
        : 1
      : place[b.far]! < a.slots[shorter]!
        ? 1
        : -1;
  }

  private insert(node: number, slot: number, chains: readonly Chain[]): void {
    const { layerOf, laneOf } = this.order.graph;
    const arrivals = new Map([[layerOf[node]!, [{ node, slot }]]]);
    for (const { bends, slots } of chains) {
      for (const [k, bend] of bends.entries()) {
        const layer = layerOf[bend]!;
        const list = arrivals.get(layer);
        const arrival = { node: bend, slot: slots[k]! };
        if (list === undefined) arrivals.set(layer, [arrival]);
        else list.push(arrival);
      }
    }
    for (const [layer, list] of arrivals) {
      list.sort((a, b) => a.slot - b.slot || laneOf[a.node]! - laneOf[b.node]!);
      this.rearrange(layer, list);
    }
  }

  private rearrange(
    layer: number,
    arrivals: readonly { readonly node: number; readonly slot: number }[],
  ): void {
    const { order, isArriving } = this;
    const first = order.layerStart(layer);
    const old = order.nodes.slice(first, order.layerEnd(layer));
    for (const { node } of arrivals) isArriving[node] = 1;
    let next = 0;
    let at = first;
    for (let k = 0; k <= old.length; k++) {
      while (next < arrivals.length && arrivals[next]!.slot === first + k)
        order.put(arrivals[next++]!.node, at++);
      if (k < old.length && isArriving[old[k]!] === 0) order.put(old[k]!, at++);
    }
    for (const { node } of arrivals) isArriving[node] = 0;
  }

  private recount(first: number, last: number): number {
    let saved = 0;
    for (let gap = first; gap < last; gap++) {
      this.counted[gap] = crossingsAfter(this.order, gap);
      saved += this.crossings[gap]! - this.counted[gap]!;
      this.recountWork += 4 * this.costs.edgeCounts[gap]!;
    }
    return saved;
  }
}

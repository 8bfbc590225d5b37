import type { LayerOrder } from './layerOrder.ts';
import { MinimumTree } from './minimumTree.ts';
import type { NeighbourRows } from './properGraph.ts';

/** An end of a line: a node, or a slot, which is the room before the node at a place. */
export interface LineEnd {
  readonly layer: number;
  /** What ends at a lower place lies before the end of the line, what ends at `after` or beyond lies after it. */
  readonly before: number;
  readonly after: number;
}

/** The slots of a cell: from the one before its first place to the one behind its last. */
export interface Cell {
  readonly layer: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What new lines would cross, for each slot they could lead to. Slots are counted from the first of the layer. Edges of nodes
 * that are out do not count.
 */
export class SlotCosts {
  readonly isOut: Uint8Array;
  /** How many edges lead from each layer to the next. */
  readonly edgeCounts: Int32Array;
  /** Looks at edges and slots so far. */
  work = 0;
  private readonly order: LayerOrder;
  private readonly tree = new MinimumTree();
  private readonly room: Int32Array;

  constructor(order: LayerOrder) {
    const { graph } = order;
    this.order = order;
    this.isOut = new Uint8Array(graph.nodeCount);
    this.edgeCounts = new Int32Array(graph.layerCount);
    let widest = 0;
    for (let layer = 0; layer < graph.layerCount; layer++) widest = Math.max(widest, this.slotCount(layer));
    for (let node = 0; node < graph.nodeCount; node++) {
      this.edgeCounts[graph.layerOf[node]!]! += graph.after.offsets[node + 1]! - graph.after.offsets[node]!;
    }
    this.room = new Int32Array(widest + 1);
  }

  slotCount(layer: number): number {
    return this.order.layerEnd(layer) - this.order.layerStart(layer) + 1;
  }

  cellOf(node: number): Cell {
    const { graph, cellStarts } = this.order;
    const layer = graph.layerOf[node]!;
    const cell = layer * graph.laneCount + graph.laneOf[node]!;
    return { layer, start: cellStarts[cell]!, end: cellStarts[cell + 1]! };
  }

  /** What a line from each slot of `layer` to `end`, in a layer beside it, crosses. Linear in the edges between the layers. */
  ofLine(layer: number, end: LineEnd, costs: Int32Array): void {
    const { nodes, place } = this.order;
    const { offsets, values } = this.rows(layer, end.layer);
    const first = this.order.layerStart(layer);
    const last = this.order.layerEnd(layer);
    let allBefore = 0;
    let cost = 0;
    for (let at = first; at < last; at++) {
      costs[at - first] = cost;
      const node = nodes[at]!;
      if (this.isOut[node] === 1) continue;
      for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
        const other = values[k]!;
        if (this.isOut[other] === 1) continue;
        const where = place[other]!;
        if (where < end.before) {
          cost--;
          allBefore++;
        } else if (where >= end.after) cost++;
      }
    }
    costs[last - first] = cost;
    for (let slot = 0; slot <= last - first; slot++) costs[slot]! += allBefore;
    this.work += this.edgeCounts[Math.min(layer, end.layer)]! + last - first;
  }

  /** Adds what the edges of a node to `neighbours`, all in one layer, cross from each slot of the node's layer. */
  addStar(node: number, neighbours: readonly number[], costs: Int32Array): void {
    if (neighbours.length === 0) return;
    const { nodes, place, graph } = this.order;
    const layer = graph.layerOf[node]!;
    const other = graph.layerOf[neighbours[0]!]!;
    const otherStart = this.order.layerStart(other);
    const before = this.countBefore(other, neighbours);
    const { offsets, values } = this.rows(layer, other);
    const first = this.order.layerStart(layer);
    const last = this.order.layerEnd(layer);
    let cost = 0;
    this.eachEdge(layer, other, (_, end) => {
      cost += neighbours.length - before[end - otherStart + 1]!;
    });
    for (let at = first; at < last; at++) {
      costs[at - first]! += cost;
      const passed = nodes[at]!;
      if (this.isOut[passed] === 1) continue;
      for (let k = offsets[passed]!; k < offsets[passed + 1]!; k++) {
        if (this.isOut[values[k]!] === 1) continue;
        const end = place[values[k]!]! - otherStart;
        cost += before[end]! + before[end + 1]! - neighbours.length;
      }
    }
    costs[last - first]! += cost;
    this.work += 2 * this.edgeCounts[Math.min(layer, other)]! + 2 * (last - first);
  }

  /**
   * From `costs`, of the slots of cell `from`, the least for each slot of cell `to` when a line between the two is added.
   * Seen from one slot of `to` after another, each edge passed changes the costs of all slots up to its other end by one, of
   * those beyond by minus one. Cost: O(m log w) for m edges between the layers.
   */
  stepTo(to: Cell, from: Cell, costs: Int32Array, cheapest: Int32Array): void {
    const { order, room, tree, isOut } = this;
    const { nodes, place } = order;
    const { offsets, values } = this.rows(to.layer, from.layer);
    const { start, end } = from;
    const size = end - start + 1;
    const shift = start - order.layerStart(from.layer);
    room.fill(0, 0, size + 1);
    this.eachEdge(to.layer, from.layer, (_, other) => {
      if (other < end) room[Math.max(0, other - start + 1)]!++;
    });
    for (let slot = 0, allBefore = 0; slot < size; slot++) {
      allBefore += room[slot]!;
      room[slot] = costs[slot + shift]! + allBefore;
    }
    tree.reset(room, size);
    const first = order.layerStart(to.layer);
    let offset = 0;
    let steps = 0;
    for (let at = first; ; at++) {
      if (at >= to.start) cheapest[at - first] = offset + tree.minimum;
      if (at === to.end) break;
      const node = nodes[at]!;
      if (isOut[node] === 1) continue;
      for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
        if (isOut[values[k]!] === 1) continue;
        const other = place[values[k]!]!;
        offset += other < start ? -1 : 1;
        if (other < start || other >= end) continue;
        tree.addFrom(other - start + 1, -2);
        steps++;
      }
    }
    this.work +=
      2 * size + this.edgeCounts[Math.min(from.layer, to.layer)]! + steps * (32 - Math.clz32(size));
  }

  /** The rows that lead from a layer to the one beside it. */
  private rows(layer: number, beside: number): NeighbourRows {
    return beside > layer ? this.order.graph.after : this.order.graph.before;
  }

  /** How many of `nodes`, all of `layer`, stand before each place of it. */
  private countBefore(layer: number, nodes: readonly number[]): Int32Array {
    const { room, order } = this;
    const start = order.layerStart(layer);
    const count = this.slotCount(layer);
    room.fill(0, 0, count);
    for (const node of nodes) room[order.place[node]! - start + 1]!++;
    for (let slot = 1; slot < count; slot++) room[slot]! += room[slot - 1]!;
    return room;
  }

  private eachEdge(layer: number, beside: number, visit: (place: number, besidePlace: number) => void): void {
    const { nodes, place } = this.order;
    const { offsets, values } = this.rows(layer, beside);
    const last = this.order.layerEnd(layer);
    for (let at = this.order.layerStart(layer); at < last; at++) {
      const node = nodes[at]!;
      if (this.isOut[node] === 1) continue;
      for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
        if (this.isOut[values[k]!] === 0) visit(at, place[values[k]!]!);
      }
    }
  }
}

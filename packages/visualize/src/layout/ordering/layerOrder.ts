import type { NeighbourRows, ProperGraph } from './properGraph.ts';

/**
 * The order of the nodes within their layers. Layers stand one after another in `nodes`, and within a layer its lanes, so
 * that a cell, which is a lane of a layer, is an interval whose ends never change. The rows of the graph are kept sorted by
 * the places of the neighbours.
 */
export class LayerOrder {
  readonly graph: ProperGraph;
  /** The node at each place, and the place of each node. */
  readonly nodes: Int32Array;
  readonly place: Int32Array;
  /** Cell `layer * laneCount + lane` is the places `cellStarts[cell]` up to, not including, the next one's. */
  readonly cellStarts: Int32Array;
  /** What nodes are sorted by: room for the sweeps. */
  readonly keys: Float64Array;
  private readonly cursor: Int32Array;

  /** Nodes stand in the order of `sequence` within each cell. */
  constructor(graph: ProperGraph, sequence: ArrayLike<number>) {
    this.graph = graph;
    this.nodes = new Int32Array(graph.nodeCount);
    this.place = new Int32Array(graph.nodeCount);
    this.cellStarts = new Int32Array(graph.layerCount * graph.laneCount + 1);
    this.keys = new Float64Array(graph.nodeCount);
    this.cursor = new Int32Array(graph.nodeCount);
    for (let node = 0; node < graph.nodeCount; node++) this.cellStarts[this.cellOf(node) + 1]!++;
    for (let cell = 1; cell < this.cellStarts.length; cell++)
      this.cellStarts[cell]! += this.cellStarts[cell - 1]!;
    this.arrange(sequence);
  }

  layerStart(layer: number): number {
    return this.cellStarts[layer * this.graph.laneCount]!;
  }

  layerEnd(layer: number): number {
    return this.cellStarts[(layer + 1) * this.graph.laneCount]!;
  }

  /** Puts the nodes in the order of `sequence`, which names each once, within each cell. */
  arrange(sequence: ArrayLike<number>): void {
    const next = this.cellStarts.slice();
    for (let k = 0; k < sequence.length; k++) {
      const node = sequence[k]!;
      this.put(node, next[this.cellOf(node)]!++);
    }
    this.sortRows();
  }

  put(node: number, place: number): void {
    this.nodes[place] = node;
    this.place[node] = place;
  }

  /** To be called when the order of many layers has changed: sorts all rows. O(N + m). */
  sortRows(): void {
    for (let layer = 0; layer < this.graph.layerCount; layer++) this.sortRowsAround(layer);
  }

  /** To be called when the order of a layer has changed: sorts the rows of its neighbours. Linear in their edges. */
  sortRowsAround(layer: number): void {
    const { before, after, layerCount } = this.graph;
    if (layer > 0) this.sortRowsBeside(layer, before, after);
    if (layer < layerCount - 1) this.sortRowsBeside(layer, after, before);
  }

  /** Sorts in `rows` the rows of the neighbours that `neighbours` names. */
  private sortRowsBeside(layer: number, neighbours: NeighbourRows, rows: NeighbourRows): void {
    const { nodes, cursor } = this;
    const end = this.layerEnd(layer);
    for (let place = this.layerStart(layer); place < end; place++) {
      const node = nodes[place]!;
      for (let k = neighbours.offsets[node]!; k < neighbours.offsets[node + 1]!; k++) {
        cursor[neighbours.values[k]!] = 0;
      }
    }
    for (let place = this.layerStart(layer); place < end; place++) {
      const node = nodes[place]!;
      for (let k = neighbours.offsets[node]!; k < neighbours.offsets[node + 1]!; k++) {
        const neighbour = neighbours.values[k]!;
        rows.values[rows.offsets[neighbour]! + cursor[neighbour]!++] = node;
      }
    }
  }

  private cellOf(node: number): number {
    return this.graph.layerOf[node]! * this.graph.laneCount + this.graph.laneOf[node]!;
  }
}

import { acrossCoordinates } from './coordinates/acrossCoordinates.ts';
import type { EdgeList } from './graph.ts';
import { stackLanes } from './lanes.ts';
import { assignLayers, otherLayers } from './layering/layers.ts';
import { countBends, type ProperGraph, properGraph } from './ordering/properGraph.ts';
import { type Ordering, reduceCrossings } from './ordering/reduceCrossings.ts';
import { type PartLayers, partLayers } from './partLayers.ts';

/** Distances in a layout, in the unit of the node sizes. */
export interface Gaps {
  /** Between layers, at least. */
  readonly layer: number;
  /** Between boxes of one layer. */
  readonly node: number;
  /** Between a long edge and its neighbours. */
  readonly edge: number;
  /** Between lanes, and between unconnected parts. */
  readonly lane: number;
  /** Between the pieces of a part that is wrapped, and from a piece to the first line after it; about `lane` when absent. */
  readonly piece?: number;
  readonly pieceToLine?: number;
  /** Between the end of a piece along and the first line that turns there; 20 when absent. */
  readonly pieceLead?: number;
}

export interface PartInput {
  /** Without cycles. */
  readonly edges: EdgeList;
  readonly along: Float64Array;
  readonly across: Float64Array;
  readonly laneOf: Int32Array | undefined;
  readonly gaps: Gaps;
  readonly effort: number;
  /** How much of the whole graph the part is. */
  readonly share: number;
}

/** A laid out part: middles of nodes from 0 on, routes of edges, and the extent of the whole and of its lanes. */
export interface PartLayout {
  readonly layerOf: Int32Array;
  readonly layers: PartLayers;
  /** The piece that each node stands in, of a part that is wrapped. */
  readonly pieceOf?: Int32Array;
  readonly nodeAlong: Float64Array;
  readonly nodeAcross: Float64Array;
  /** For each edge its points, along and across in turn, from the side of its tail to that of its head. */
  readonly routes: readonly Float64Array[];
  readonly crossings: number;
  readonly alongExtent: number;
  readonly acrossExtent: number;
  /** For each lane from where to where it reaches across. */
  readonly lanes: readonly (readonly [from: number, to: number])[];
}

/** More bends than this, in multiples of nodes and edges, and edges of one tail share theirs. */
const bendsPerElement = 12;

/** Lays out a part of a graph whose nodes are connected, or that is in lanes. Cost: O((N + m) log N) for N nodes with bends. */
export function layoutPart(input: PartInput): PartLayout {
  const { gaps } = input;
  const { layers, graph, order, crossings } = fewestCrossings(input);
  const size = (node: number) => (node < graph.realCount ? input.across[node]! : 0);
  const gap = (node: number) => (node < graph.realCount ? gaps.node : gaps.edge);
  const across = acrossCoordinates(
    order,
    (node, next) => (size(node) + size(next)) / 2 + (gap(node) + gap(next)) / 2,
  );
  const { lanes, acrossExtent } = stackLanes(graph, across, { size, gap: gaps.lane });
  const layerEnds = layerExtents(graph, across, input);
  const { starts, ends } = layerEnds;
  const nodeAlong = Float64Array.from(layers, (layer) => (starts[layer]! + ends[layer]!) / 2);
  return {
    layerOf: layers,
    layers: partLayers(graph, { ...layerEnds, across, size }),
    nodeAlong,
    nodeAcross: across.slice(0, graph.realCount),
    routes: routesOf(input, graph, { across, nodeAlong, starts, ends }),
    crossings,
    alongExtent: ends.at(-1) ?? 0,
    acrossExtent,
    lanes,
  };
}

interface Ordered extends Ordering {
  readonly layers: Int32Array;
  readonly graph: ProperGraph;
}

/** Graphs of more elements than this are ordered in one layering alone. */
const manyElements = 600;

/** Of the layerings with edges as short as can be, of which there may be many, the one that could be ordered best. */
function fewestCrossings({ edges, laneOf, effort, share }: PartInput): Ordered {
  const elements = edges.nodeCount + edges.tail.length;
  const layerings =
    elements > manyElements ? [assignLayers(edges)] : distinct([assignLayers(edges), ...otherLayers(edges)]);
  let best: Ordered | undefined;
  for (const layers of layerings) {
    const areBendsShared =
      countBends(edges, layers) > bendsPerElement * (edges.nodeCount + edges.tail.length) + 20_000;
    const graph = properGraph(edges, layers, {
      areBendsShared,
      ...(laneOf === undefined ? {} : { laneOf }),
    });
    const ordering = reduceCrossings(graph, { workMax: (effort * workFor(graph, share)) / layerings.length });
    if (best === undefined || ordering.crossings < best.crossings) best = { ...ordering, layers, graph };
    if (best.crossings === 0) break;
  }
  return best!;
}

function distinct(layerings: readonly Int32Array[]): Int32Array[] {
  return [...new Map(layerings.map((layers) => [layers.join(), layers])).values()];
}

/** Looks at edges that a graph is worth at least, at most, and for each of its elements, of which some more are worth more. */
const baseWork = 8_000_000;
const workPerElement = 2000;
const workMax = 200_000_000;
/** With more elements than this a sweep takes so long that few of them have to do. */
const hugeElements = 100_000;
const hugeWork = 40_000_000;

function workFor({ nodeCount, after }: ProperGraph, share: number): number {
  const elements = nodeCount + after.values.length;
  if (elements > hugeElements) return hugeWork;
  return Math.max(share * baseWork, Math.min(workMax, elements * (workPerElement + elements)));
}

/** Steeper edges than this get more room between their layers. */
const steepness = 6;
const layerGapMax = 5;

/** The room between two layers whose steepest edge leads so far across. */
export function layerGap(rise: number, least: number): number {
  return Math.min(Math.max(least, rise / steepness), layerGapMax * least);
}

/** From where to where each layer reaches: as long as its longest box, and farther apart where edges are steep. */
function layerExtents(graph: ProperGraph, across: Float64Array, { along, gaps }: PartInput) {
  const extents = new Float64Array(graph.layerCount);
  for (let node = 0; node < graph.realCount; node++) {
    const layer = graph.layerOf[node]!;
    extents[layer] = Math.max(extents[layer]!, along[node]!);
  }
  const rises = new Float64Array(graph.layerCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const layer = graph.layerOf[node]!;
    for (let k = graph.after.offsets[node]!; k < graph.after.offsets[node + 1]!; k++) {
      rises[layer] = Math.max(rises[layer]!, Math.abs(across[graph.after.values[k]!]! - across[node]!));
    }
  }
  const starts = new Float64Array(graph.layerCount);
  const ends = new Float64Array(graph.layerCount);
  let next = 0;
  for (let layer = 0; layer < graph.layerCount; layer++) {
    starts[layer] = next;
    ends[layer] = next + extents[layer]!;
    next = ends[layer]! + layerGap(rises[layer]!, gaps.layer);
  }
  return { starts, ends };
}

interface Places {
  readonly across: Float64Array;
  readonly nodeAlong: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** Through the layers an edge passes it runs straight; between them it goes from one coordinate to the next. */
function routesOf(
  { edges: { tail, head }, along }: PartInput,
  { bends, layerOf }: ProperGraph,
  { across, nodeAlong, starts, ends }: Places,
): Float64Array[] {
  return Array.from(tail, (from, edge) => {
    const to = head[edge]!;
    const points: number[] = [nodeAlong[from]! + along[from]! / 2, across[from]!];
    const tailEnd = ends[layerOf[from]!]!;
    if (points[0]! < tailEnd - 0.5) points.push(tailEnd, across[from]!);
    for (let k = bends.offsets[edge]!; k < bends.offsets[edge + 1]!; k++) {
      const bend = bends.values[k]!;
      const layer = layerOf[bend]!;
      points.push(starts[layer]!, across[bend]!);
      if (ends[layer]! > starts[layer]!) points.push(ends[layer]!, across[bend]!);
    }
    const headStart = nodeAlong[to]! - along[to]! / 2;
    if (headStart > starts[layerOf[to]!]! + 0.5) points.push(starts[layerOf[to]!]!, across[to]!);
    points.push(headStart, across[to]!);
    return Float64Array.from(points);
  });
}

import type { ProperGraph } from './ordering/properGraph.ts';

export interface LaneStack {
  /** For each lane from where to where it reaches across. */
  readonly lanes: readonly (readonly [from: number, to: number])[];
  readonly acrossExtent: number;
}

interface LaneExtent {
  firstLayer: number;
  lastLayer: number;
  from: number;
  to: number;
}

/**
 * Puts lanes beside each other across: moves the nodes in `across`, where each lane has a place of its own so far. Lanes that
 * share no layer may share a track, in whose middle they stand, so that stages that follow each other stand in a row.
 * Cost: O(N + l²) for l lanes.
 */
export function stackLanes(
  graph: ProperGraph,
  across: Float64Array,
  { size, gap }: { readonly size: (node: number) => number; readonly gap: number },
): LaneStack {
  const extents = extentsOf(graph, across, size);
  const tracks = assignTracks(extents);
  const lanes: [number, number][] = extents.map(() => [0, 0]);
  let next = 0;
  for (const track of tracks) {
    const widest = track.reduce((most, lane) => Math.max(most, widthOf(extents[lane]!)), 0);
    for (const lane of track) {
      const width = widthOf(extents[lane]!);
      const from = next + (widest - width) / 2;
      lanes[lane] = [from, from + width];
    }
    next += widest + gap;
  }
  for (let node = 0; node < graph.nodeCount; node++) {
    const lane = graph.laneOf[node]!;
    across[node]! += lanes[lane]![0] - extents[lane]!.from;
  }
  return { lanes, acrossExtent: Math.max(0, next - gap) };
}

function extentsOf(
  { nodeCount, laneCount, laneOf, layerOf }: ProperGraph,
  across: Float64Array,
  size: (node: number) => number,
): LaneExtent[] {
  const extents = Array.from(
    { length: laneCount },
    (): LaneExtent => ({
      firstLayer: Number.POSITIVE_INFINITY,
      lastLayer: Number.NEGATIVE_INFINITY,
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
    }),
  );
  for (let node = 0; node < nodeCount; node++) {
    const extent = extents[laneOf[node]!]!;
    extent.firstLayer = Math.min(extent.firstLayer, layerOf[node]!);
    extent.lastLayer = Math.max(extent.lastLayer, layerOf[node]!);
    extent.from = Math.min(extent.from, across[node]! - size(node) / 2);
    extent.to = Math.max(extent.to, across[node]! + size(node) / 2);
  }
  return extents;
}

/** Each lane goes to the first track in which it shares a layer with none (interval partitioning). */
function assignTracks(extents: readonly LaneExtent[]): number[][] {
  const tracks: number[][] = [];
  for (const [lane, { firstLayer, lastLayer }] of extents.entries()) {
    const free = tracks.find((track) =>
      track.every(
        (other) => lastLayer < extents[other]!.firstLayer || firstLayer > extents[other]!.lastLayer,
      ),
    );
    if (free === undefined) tracks.push([lane]);
    else free.push(lane);
  }
  return tracks;
}

function widthOf({ from, to }: LaneExtent): number {
  return Math.max(0, to - from);
}

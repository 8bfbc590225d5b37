import type { ProperGraph } from './ordering/properGraph.ts';

/** For each layer of a part from where to where it reaches, and how many lines lead on from it. */
export interface PartLayers {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Across, with the lines that pass the layer. */
  readonly firsts: Float64Array;
  readonly lasts: Float64Array;
  /** Lines to the next layer when those that begin in one place, or those that end in one, are one: the fewer of both. */
  readonly linesAfter: Int32Array;
  /** How many lanes have nodes up to the layer and after it. */
  readonly lanesAfter: Int32Array;
}

interface Places {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly across: Float64Array;
  readonly size: (node: number) => number;
}

/** Cost: O(N) for N nodes with bends. */
export function partLayers(graph: ProperGraph, { starts, ends, across, size }: Places): PartLayers {
  const { nodeCount, layerCount, layerOf, before, after } = graph;
  const firsts = new Float64Array(layerCount).fill(Number.POSITIVE_INFINITY);
  const lasts = new Float64Array(layerCount).fill(Number.NEGATIVE_INFINITY);
  const leaving = new Int32Array(layerCount);
  const arriving = new Int32Array(layerCount);
  for (let node = 0; node < nodeCount; node++) {
    const layer = layerOf[node]!;
    firsts[layer] = Math.min(firsts[layer]!, across[node]! - size(node) / 2);
    lasts[layer] = Math.max(lasts[layer]!, across[node]! + size(node) / 2);
    if (after.offsets[node + 1]! > after.offsets[node]!) leaving[layer]!++;
    if (before.offsets[node + 1]! > before.offsets[node]!) arriving[layer]!++;
  }
  const linesAfter = leaving.map((lines, layer) => Math.min(lines, arriving[layer + 1] ?? 0));
  return { starts, ends, firsts, lasts, linesAfter, lanesAfter: lanesAfter(graph) };
}

function lanesAfter({ realCount, layerCount, layerOf, laneCount, laneOf }: ProperGraph): Int32Array {
  const open = new Int32Array(layerCount);
  if (laneCount === 1) return open;
  const first = new Int32Array(laneCount).fill(layerCount);
  const last = new Int32Array(laneCount).fill(-1);
  for (let node = 0; node < realCount; node++) {
    const lane = laneOf[node]!;
    first[lane] = Math.min(first[lane]!, layerOf[node]!);
    last[lane] = Math.max(last[lane]!, layerOf[node]!);
  }
  for (let lane = 0; lane < laneCount; lane++) {
    for (let layer = first[lane]!; layer < last[lane]!; layer++) open[layer]!++;
  }
  return open;
}

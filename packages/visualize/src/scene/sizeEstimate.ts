import { withoutCycles } from '../layout/acyclic.ts';
import { type Component, components, wholeOf } from '../layout/components.ts';
import { type EdgeList, type Incidence, incidence } from '../layout/graph.ts';
import { longestPathLayers } from '../layout/layering/longestPath.ts';
import { layerGap } from '../layout/layoutPart.ts';
import { packed } from '../layout/packing.ts';
import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { type FoldBy, type Folding, foldAlike, foldFrame } from './fold.ts';
import { type BoxSize, boxSize } from './jobBox.ts';
import { aspectAlong, gapsOf, partGap } from './pictureLayout.ts';

/** In pixels, without title and legend. */
export interface GraphSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How large the graph of a picture becomes in a direction, about, when it is not wrapped: by its layers, boxes, gaps and the
 * lines that pass, because a layout takes far longer. Cost: O(n + m log m).
 */
export function sizeEstimate(picture: Picture, foldBy: FoldBy): (direction: Direction) => GraphSize {
  const folding = foldAlike(picture, foldBy);
  const edges = edgesOf(picture, folding);
  const hasLanes = picture.groups.length > 0;
  const parts = (hasLanes ? [wholeOf(edges)] : components(edges)).map((part) => ({
    ...part,
    layers: shortLayers(part.edges),
  }));
  const box = boxSize(picture);
  return (direction) => {
    const isLr = direction === 'lr';
    const extents = parts.map((part) => partExtent(picture, part, { folding, box, direction }));
    const { along, across } = packed(extents, {
      gap: partGap,
      smallExtent: isLr ? box.height : box.width,
      smallGap: gapsOf(direction).node,
      aspect: aspectAlong({ direction }),
    });
    return isLr ? { width: along, height: across } : { width: across, height: along };
  };
}

function edgesOf({ dependencies }: Picture, { unitOf, units }: Folding): EdgeList {
  const pairs = new Map<number, readonly [tail: number, head: number]>();
  for (const { from, to } of dependencies) {
    const [tail, head] = [unitOf[from]!, unitOf[to]!];
    if (tail !== head) pairs.set(tail * units.length + head, [tail, head]);
  }
  const distinct = [...pairs.values()];
  return withoutCycles({
    nodeCount: units.length,
    tail: Int32Array.from(distinct, ([tail]) => tail),
    head: Int32Array.from(distinct, ([, head]) => head),
  }).edges;
}

/** Longest paths, and jobs with more dependents than dependencies as late as can be: lines are nearly as short as in a layout. */
function shortLayers(edges: EdgeList): Int32Array {
  const layers = longestPathLayers(edges);
  const { nodeCount, tail, head } = edges;
  const outgoing = incidence(nodeCount, tail);
  const incoming = incidence(nodeCount, head);
  const degree = ({ offsets }: Incidence, node: number) => offsets[node + 1]! - offsets[node]!;
  const latestFirst = [...layers.keys()].sort((a, b) => layers[b]! - layers[a]!);
  for (const node of latestFirst) {
    if (degree(outgoing, node) <= degree(incoming, node)) continue;
    let next = Number.POSITIVE_INFINITY;
    for (let k = outgoing.offsets[node]!; k < outgoing.offsets[node + 1]!; k++)
      next = Math.min(next, layers[head[outgoing.edges[k]!]!]!);
    layers[node] = next - 1;
  }
  return layers;
}

interface Part extends Pick<Component, 'edges' | 'nodes'> {
  readonly layers: Int32Array;
}

interface Looks {
  readonly folding: Folding;
  readonly box: BoxSize;
  readonly direction: Direction;
}

/** Layers as long as the longest in them; lanes of groups beside each other, as wide as their widest layer. */
function partExtent({ jobs }: Picture, part: Part, { folding, box, direction }: Looks) {
  const { edges, nodes, layers } = part;
  const isLr = direction === 'lr';
  const gaps = gapsOf(direction);
  const groupOf = (node: number) => jobs[folding.units[nodes[node]!]![0]!]!.group;
  const passing = passingLines(edges, layers, groupOf);
  const lengths = new Float64Array(layers.reduce((most, layer) => Math.max(most, layer + 1), 0));
  const lanes = new Map<number, Float64Array>();
  for (const [node, unit] of nodes.entries()) {
    const count = folding.units[unit]!.length;
    const size = count === 1 ? box : foldFrame(count, box, direction);
    const layer = layers[node]!;
    const group = groupOf(node);
    const lane =
      lanes.get(group) ?? Float64Array.from(lengths, (_, k) => gaps.edge * (passing.get(group)?.[k] ?? 0));
    lanes.set(group, lane);
    lengths[layer] = Math.max(lengths[layer]!, isLr ? size.width : size.height);
    lane[layer]! += (isLr ? size.height : size.width) + gaps.node;
  }
  const widest = (lane: Float64Array) => lane.reduce((most, each) => Math.max(most, each));
  return {
    alongExtent: lengths.reduce((sum, length, layer) => sum + length + gapBefore(layer), 0),
    acrossExtent: [...lanes.values()].reduce((sum, lane) => sum + widest(lane), -gaps.node),
  };

  /** The steepest line leads about from the middle of the broader layer to its end. */
  function gapBefore(layer: number): number {
    if (layer === 0) return 0;
    let rise = 0;
    for (const lane of lanes.values()) rise = Math.max(rise, Math.max(lane[layer]!, lane[layer - 1]!) / 2);
    return layerGap(rise, gaps.layer);
  }
}

/** How many lines pass each layer in the lane of each group, which is that of the job that they lead to. */
function passingLines(
  { tail, head }: EdgeList,
  layers: Int32Array,
  groupOf: (node: number) => number,
): Map<number, Int32Array> {
  const layerCount = layers.reduce((most, layer) => Math.max(most, layer + 1), 0);
  const lines = new Map<number, Int32Array>();
  for (const [edge, from] of tail.entries()) {
    const to = head[edge]!;
    const own = lines.get(groupOf(to)) ?? new Int32Array(layerCount);
    lines.set(groupOf(to), own);
    own[layers[from]! + 1]!++;
    own[layers[to]!]!--;
  }
  for (const own of lines.values()) {
    for (let layer = 1; layer < layerCount; layer++) own[layer]! += own[layer - 1]!;
  }
  return lines;
}

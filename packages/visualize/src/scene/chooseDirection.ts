import { withoutCycles } from '../layout/acyclic.ts';
import { longestPathLayers } from '../layout/layering/longestPath.ts';
import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { type Folding, foldAlike, foldFrame } from './fold.ts';
import { type BoxSize, boxSize } from './jobBox.ts';
import { gapsOf } from './pictureLayout.ts';

/** In pixels, without title and legend. */
export interface GraphSize {
  readonly width: number;
  readonly height: number;
}

/** What fits a screen is never too wide. */
const fittingWidth = 1500;
/** How many times its height a picture from left to right may be wide. */
const stretchMax = 5;
/** Title, titles of bands, and legend: what a picture has besides its graph. */
const surroundings: GraphSize = { width: 92, height: 196 };
/** By how much the other direction must bring the longer side nearer to the shorter. */
const gainMin = 1.5;

/**
 * The direction in which a graph of these sizes is seen best: from left to right, unless it is wider than a screen that way
 * and, with its title and legend, more than 5 times as wide as high, and from top to bottom the longer side is at most
 * two thirds as many times the shorter.
 */
export function chooseDirection(leftToRight: GraphSize, topToBottom: GraphSize): Direction {
  const { width, height } = withSurroundings(leftToRight);
  if (leftToRight.width <= fittingWidth || width <= stretchMax * height) return 'lr';
  return stretchOf(topToBottom) * gainMin <= width / height ? 'tb' : 'lr';
}

/**
 * `chooseDirection` for a picture, alike in every format: by sizes that are estimated from the layers, because a layout of
 * each direction would take twice the time. Cost: O(n + m log m).
 */
export function directionFor(picture: Picture): Direction {
  const folding = foldAlike(picture, true);
  const layers = layersOf(picture, folding);
  const box = boxSize(picture);
  const sizeIn = (direction: Direction) => estimatedSize(picture, { folding, layers, box, direction });
  return chooseDirection(sizeIn('lr'), sizeIn('tb'));
}

/** The layer of each unit: how long the longest chain before it is. */
function layersOf({ dependencies }: Picture, { unitOf, units }: Folding): Int32Array {
  const between = dependencies.filter(({ from, to }) => unitOf[from] !== unitOf[to]);
  const tail = Int32Array.from(between, ({ from }) => unitOf[from]!);
  const head = Int32Array.from(between, ({ to }) => unitOf[to]!);
  return longestPathLayers(withoutCycles({ nodeCount: units.length, tail, head }).edges);
}

interface Estimated {
  readonly folding: Folding;
  readonly layers: Int32Array;
  readonly box: BoxSize;
  readonly direction: Direction;
}

/** Layers as long as the longest in them; lanes of groups beside each other, as wide as their widest layer. */
function estimatedSize({ jobs }: Picture, { folding, layers, box, direction }: Estimated): GraphSize {
  const isLr = direction === 'lr';
  const gaps = gapsOf(direction);
  const lengths: number[] = [];
  const lanes = new Map<number, number[]>();
  for (const [unit, members] of folding.units.entries()) {
    const size = members.length === 1 ? box : foldFrame(members.length, box, direction);
    const layer = layers[unit]!;
    lengths[layer] = Math.max(lengths[layer] ?? 0, (isLr ? size.width : size.height) + gaps.layer);
    const { group } = jobs[members[0]!]!;
    const lane = lanes.get(group) ?? [];
    lane[layer] = (lane[layer] ?? 0) + (isLr ? size.height : size.width) + gaps.node;
    lanes.set(group, lane);
  }
  const along = lengths.reduce((sum, length) => sum + length, -gaps.layer);
  const across = [...lanes.values()].reduce((sum, lane) => sum + widest(lane), -gaps.node);
  return isLr ? { width: along, height: across } : { width: across, height: along };
}

/** Of a list that may have holes. */
function widest(lane: readonly number[]): number {
  return lane.reduce((most, each) => Math.max(most, each), 0);
}

/** How many times the longer side is as long as the shorter. */
function stretchOf(size: GraphSize): number {
  const { width, height } = withSurroundings(size);
  return Math.max(width / height, height / width);
}

function withSurroundings({ width, height }: GraphSize): GraphSize {
  return { width: width + surroundings.width, height: height + surroundings.height };
}

import { type Layout, layout } from '../layout/index.ts';
import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { type FoldFrame, type Folding, foldAlike, foldFrame, placeInFrame } from './fold.ts';
import { type BoxSize, boxSize } from './jobBox.ts';

export interface PictureLayoutOptions {
  readonly direction: Direction;
  /** Whether many jobs that are alike in their dependencies and dependents are put into a frame, in rows and columns. */
  readonly isFolded: boolean;
}

/** Where everything of a picture stands, in pixels from the top left of the graph. */
export interface PictureLayout extends PictureLayoutOptions {
  readonly box: BoxSize;
  readonly width: number;
  readonly height: number;
  /** Middles of the boxes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly layerOf: Int32Array;
  /** For each dependency the points of its line, x and y in turn; the same for those of alike jobs. */
  readonly routes: readonly Float64Array[];
  /** 1 for each dependency whose line is drawn: of the alike ones, one. */
  readonly isDrawn: Uint8Array;
  readonly crossings: number;
  /** Areas of the groups: the group of each, its number being that of its lane. -1: jobs in no group. */
  readonly lanes: readonly { readonly group: number; readonly from: number; readonly to: number }[];
  /** Frames around alike jobs. */
  readonly frames: readonly PlacedFrame[];
}

export interface PlacedFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly jobs: readonly number[];
}

export const laneHeader = 30;

/** Between layers, between boxes of a layer, and between lines. */
export function gapsOf(direction: Direction) {
  return direction === 'lr' ? { layer: 64, node: 14, edge: 12 } : { layer: 48, node: 24, edge: 12 };
}

/** Lays out a picture; groups become lanes, those that begin earliest first. See `layout` for the cost. */
export function layoutPicture(
  picture: Picture,
  { direction, isFolded }: PictureLayoutOptions,
): PictureLayout {
  const box = boxSize(picture);
  const folding = foldAlike(picture, isFolded);
  const frames = folding.units.map((jobs) =>
    jobs.length === 1 ? undefined : foldFrame(jobs.length, box, direction),
  );
  const edges = unitEdges(picture, folding);
  const lanes = picture.groups.length === 0 ? undefined : laneNumbers(picture);
  const isLr = direction === 'lr';
  const widths = Float64Array.from(frames, (frame) => frame?.width ?? box.width);
  const heights = Float64Array.from(frames, (frame) => frame?.height ?? box.height);
  const result = layout({
    edges: { nodeCount: folding.units.length, tail: edges.tail, head: edges.head },
    along: isLr ? widths : heights,
    across: isLr ? heights : widths,
    ...(lanes === undefined
      ? {}
      : { laneOf: Int32Array.from(folding.units, ([job]) => lanes.indexOf(picture.jobs[job!]!.group)) }),
    gaps: {
      ...gapsOf(direction),
      lane: lanes === undefined ? 36 : laneHeader + 30,
    },
    aspect: isLr ? 1.6 : 0.7,
  });
  const common = {
    direction,
    isFolded,
    box,
    lanes: result.lanes.map(([from, to], lane) => ({ group: lanes?.[lane] ?? -1, from, to })),
  };
  return {
    ...common,
    ...placed(result, { direction, isFolded }, { box, folding, frames }),
    ...drawnLines(result, edges, direction),
  };
}

interface UnitEdges {
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** For each dependency the edge that stands for it. */
  readonly edgeOf: Int32Array;
  readonly isDrawn: Uint8Array;
}

/** One edge for all dependencies between two units; of them, one that is critical is drawn, if there is one. */
function unitEdges({ dependencies }: Picture, { unitOf, units }: Folding): UnitEdges {
  const numbers = new Map<number, number>();
  const tail: number[] = [];
  const head: number[] = [];
  const drawn: number[] = [];
  const edgeOf = Int32Array.from(dependencies, ({ from, to, isCritical }, k) => {
    const key = unitOf[from]! * units.length + unitOf[to]!;
    const known = numbers.get(key);
    if (known !== undefined) {
      if (isCritical) drawn[known] = k;
      return known;
    }
    numbers.set(key, tail.length);
    tail.push(unitOf[from]!);
    head.push(unitOf[to]!);
    return drawn.push(k) - 1;
  });
  const isDrawn = new Uint8Array(dependencies.length);
  for (const k of drawn) isDrawn[k] = 1;
  return { tail: Int32Array.from(tail), head: Int32Array.from(head), edgeOf, isDrawn };
}

function drawnLines(result: Layout, { edgeOf, isDrawn }: UnitEdges, direction: Direction) {
  const routes = direction === 'lr' ? result.routes : result.routes.map(swapped);
  return { routes: Array.from(edgeOf, (edge) => routes[edge]!), isDrawn, crossings: result.crossings };
}

interface Units {
  readonly box: BoxSize;
  readonly folding: Folding;
  readonly frames: readonly (FoldFrame | undefined)[];
}

/** Boxes in their places, those of a frame in its rows and columns. */
function placed(result: Layout, { direction }: PictureLayoutOptions, { box, folding, frames }: Units) {
  const isLr = direction === 'lr';
  const unitX = isLr ? result.nodeAlong : result.nodeAcross;
  const unitY = isLr ? result.nodeAcross : result.nodeAlong;
  const jobCount = folding.unitOf.length;
  const x = new Float64Array(jobCount);
  const y = new Float64Array(jobCount);
  const placedFrames: PlacedFrame[] = [];
  for (const [unit, jobs] of folding.units.entries()) {
    const frame = frames[unit];
    for (const [k, job] of jobs.entries()) {
      const within = frame === undefined ? { x: 0, y: 0 } : placeInFrame(k, frame, box, direction);
      x[job] = unitX[unit]! + within.x;
      y[job] = unitY[unit]! + within.y;
    }
    if (frame === undefined) continue;
    const { width, height } = frame;
    placedFrames.push({ x: unitX[unit]! - width / 2, y: unitY[unit]! - height / 2, width, height, jobs });
  }
  return {
    width: isLr ? result.alongExtent : result.acrossExtent,
    height: isLr ? result.acrossExtent : result.alongExtent,
    x,
    y,
    layerOf: Int32Array.from(folding.unitOf, (unit) => result.layerOf[unit]!),
    frames: placedFrames,
  };
}

function swapped(route: Float64Array): Float64Array {
  return route.map((_, at) => route[at % 2 === 0 ? at + 1 : at - 1]!);
}

/** The groups in the order of their lanes: by the mean depth of their jobs. */
function laneNumbers({ jobs, dependencies }: Picture): number[] {
  const depth = new Int32Array(jobs.length);
  // Relaxed a few times instead of sorted: an approximation is enough, and collapsed groups may form cycles.
  for (let round = 0; round < 8; round++) {
    for (const { from, to } of dependencies)
      depth[to] = Math.max(depth[to]!, Math.min(depth[from]! + 1, 1000));
  }
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [number, { group }] of jobs.entries()) {
    const entry = sums.get(group) ?? { sum: 0, count: 0 };
    entry.sum += depth[number]!;
    entry.count++;
    sums.set(group, entry);
  }
  const mean = (group: number) => sums.get(group)!.sum / sums.get(group)!.count;
  return [...sums.keys()].sort((a, b) => mean(a) - mean(b) || a - b);
}

import { withoutCycles } from '../layout/acyclic.ts';
import { type Layout, layout, type Wrapping } from '../layout/index.ts';
import { longestPathLayers } from '../layout/layering/longestPath.ts';
import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { type FoldBy, type FoldFrame, type Folding, foldAlike, foldFrame, placeInFrame } from './fold.ts';
import { type BoxSize, boxSize } from './jobBox.ts';
import { commonName } from './kinds.ts';
import { bandHeader, bandPadding, bandTitleWidth, laneHeader } from './margins.ts';

export interface PictureLayoutOptions {
  readonly direction: Direction;
  /** Whether many jobs that are alike are put into a frame, in rows and columns. */
  readonly isFolded: boolean;
  /** What makes them alike; their dependencies when absent. */
  readonly foldBy?: Exclude<FoldBy, 'none'>;
  /** Whether long graphs are cut into pieces beside each other; `auto`: those that could not be read otherwise. Not when absent. */
  readonly wrap?: Wrap;
  /** How many times wider than high the picture should be, where there is a choice. */
  readonly aspect?: number;
}

export type Wrap = 'auto' | 'always' | 'never';

/** Where everything of a picture stands, in pixels from the top left of the graph. */
export interface PictureLayout extends PictureLayoutOptions {
  readonly box: BoxSize;
  readonly width: number;
  readonly height: number;
  /** Middles of the boxes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly layerOf: Int32Array;
  /** The piece of the graph that each job stands in, if it is wrapped. */
  readonly pieceOf?: Int32Array;
  /** For each dependency the points of its line, x and y in turn; the same for those of alike jobs. */
  readonly routes: readonly Float64Array[];
  /** 1 for each dependency whose line is drawn: of the alike ones, one. */
  readonly isDrawn: Uint8Array;
  readonly crossings: number;
  /** Areas of the groups: the group of each, its number being that of its lane. -1: jobs in no group. */
  readonly lanes: readonly PlacedLane[];
  /** Frames around alike jobs. */
  readonly frames: readonly PlacedFrame[];
}

/** A group, or the part of it in a piece of the graph, and from where to where it reaches across. */
export interface PlacedLane {
  readonly group: number;
  readonly piece: number;
  readonly from: number;
  readonly to: number;
}

export interface PlacedFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly titleSize: number;
  readonly jobs: readonly number[];
  /** What the ids of the jobs have in common, if they differ in digits alone. */
  readonly name?: string;
  /** Whether a line to the frame is one to each job of it; else it may be one to some of them. */
  readonly isExact: boolean;
}

/** Between parts that do not hang together. */
export const partGap = 36;

/** Between layers, between boxes of a layer, and between lines. */
export function gapsOf(direction: Direction) {
  return direction === 'lr' ? { layer: 64, node: 14, edge: 12 } : { layer: 48, node: 24, edge: 12 };
}

/** About what a screen shows at once. */
const fitting = { lr: 1500, tb: 900 } as const;

function wrappingOf({ wrap, direction }: PictureLayoutOptions): Wrapping | undefined {
  if (wrap === 'always') return { lengthMin: 0, stretchMin: 0, gainMin: 1, lengthFitting: 0 };
  if (wrap !== 'auto') return undefined;
  return { lengthMin: 1600, stretchMin: 5, gainMin: 1.5, lengthFitting: fitting[direction] };
}

/** Lays out a picture; groups become lanes, those that begin earliest first. See `layout` for the cost. */
export function layoutPicture(picture: Picture, options: PictureLayoutOptions): PictureLayout {
  const { direction, isFolded, foldBy = 'dependencies' } = options;
  const wrapping = wrappingOf(options);
  const box = boxSize(picture);
  const folding = foldAlike(picture, isFolded ? foldBy : 'none');
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
      lane: lanes === undefined ? partGap : laneHeader + 30,
      ...(wrapping === undefined
        ? {}
        : pieceGaps(edges, folding, { direction, hasLanes: lanes !== undefined })),
    },
    aspect: aspectAlong(options),
    ...(wrapping === undefined ? {} : { wrapping }),
  });
  const common = {
    ...options,
    box,
    lanes: result.lanes.map(({ lane, piece, from, to }) => ({ group: lanes?.[lane] ?? -1, piece, from, to })),
  };
  return {
    ...common,
    ...placed(result, picture, { direction, box, folding, frames }),
    ...drawnLines(result, edges, direction),
  };
}

/** Between pieces of a graph stand lines, titles of groups, and where a layer has more than one job, those of its bands. */
function pieceGaps(
  { tail, head }: UnitEdges,
  { units }: Folding,
  { direction, hasLanes }: { readonly direction: Direction; readonly hasLanes: boolean },
) {
  const pieceToLine = bandPadding + 12;
  const layers = longestPathLayers(withoutCycles({ nodeCount: units.length, tail, head }).edges);
  const isChain = new Set(layers).size === units.length;
  const bandTitle = direction === 'lr' ? bandHeader : bandTitleWidth;
  const laneTitle = hasLanes ? laneHeader : 0;
  return {
    pieceToLine,
    piece: 2 * pieceToLine + (isChain ? 0 : bandTitle) + (direction === 'lr' ? laneTitle : 0),
    ...(direction === 'tb' && hasLanes ? { pieceLead: laneHeader + 18 } : {}),
  };
}

/** How many times longer along than across, by default about that of a screen. */
export function aspectAlong({
  direction,
  aspect,
}: Pick<PictureLayoutOptions, 'direction' | 'aspect'>): number {
  if (aspect === undefined) return direction === 'lr' ? 1.6 : 0.7;
  return direction === 'lr' ? aspect : 1 / aspect;
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
  readonly direction: Direction;
  readonly box: BoxSize;
  readonly folding: Folding;
  readonly frames: readonly (FoldFrame | undefined)[];
}

/** Boxes in their places, those of a frame in its rows and columns. */
function placed(result: Layout, picture: Picture, { direction, box, folding, frames }: Units) {
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
    const { width, height, titleSize } = frame;
    const name = commonName(jobs.map((job) => picture.jobs[job]!.id));
    placedFrames.push({
      x: unitX[unit]! - width / 2,
      y: unitY[unit]! - height / 2,
      width,
      height,
      titleSize,
      jobs,
      ...(name === undefined ? {} : { name }),
      isExact: folding.areUnlike[unit] !== true,
    });
  }
  return {
    width: isLr ? result.alongExtent : result.acrossExtent,
    height: isLr ? result.acrossExtent : result.alongExtent,
    x,
    y,
    layerOf: Int32Array.from(folding.unitOf, (unit) => result.layerOf[unit]!),
    ...(result.pieceOf === undefined
      ? {}
      : { pieceOf: Int32Array.from(folding.unitOf, (unit) => result.pieceOf![unit]!) }),
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

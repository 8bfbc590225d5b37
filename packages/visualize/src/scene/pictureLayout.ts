import { type Layout, layout } from '../layout/index.ts';
import type { Picture } from '../picture/picture.ts';
import { type BoxSize, boxSize } from './jobBox.ts';

export type Direction = 'lr' | 'tb';

/** Where everything of a picture stands, in pixels from the top left of the graph. */
export interface PictureLayout {
  readonly direction: Direction;
  readonly box: BoxSize;
  readonly width: number;
  readonly height: number;
  /** Middles of the boxes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly layerOf: Int32Array;
  /** For each dependency the points of its line, x and y in turn. */
  readonly routes: readonly Float64Array[];
  readonly crossings: number;
  /** Areas of the groups: the group of each, its number being that of its lane. -1: jobs in no group. */
  readonly lanes: readonly { readonly group: number; readonly from: number; readonly to: number }[];
}

export const laneHeader = 30;
const gaps = { layer: 64, node: 14, edge: 12 };

/** Lays out a picture; groups become lanes, those that begin earliest first. See `layout` for the cost. */
export function layoutPicture(picture: Picture, direction: Direction): PictureLayout {
  const box = boxSize(picture);
  const isLr = direction === 'lr';
  const { jobs, dependencies } = picture;
  const lanes = picture.groups.length === 0 ? undefined : laneNumbers(picture);
  const result = layout({
    edges: {
      nodeCount: jobs.length,
      tail: Int32Array.from(dependencies, ({ from }) => from),
      head: Int32Array.from(dependencies, ({ to }) => to),
    },
    along: new Float64Array(jobs.length).fill(isLr ? box.width : box.height),
    across: new Float64Array(jobs.length).fill(isLr ? box.height : box.width),
    ...(lanes === undefined ? {} : { laneOf: Int32Array.from(jobs, ({ group }) => lanes.indexOf(group)) }),
    gaps: {
      ...gaps,
      layer: isLr ? gaps.layer : 48,
      node: isLr ? gaps.node : 24,
      lane: lanes === undefined ? 36 : laneHeader + 30,
    },
    aspect: isLr ? 1.6 : 0.7,
  });
  return placed(result, { direction, box, lanes: lanes ?? [] });
}

function placed(
  result: Layout,
  { direction, box, lanes }: Pick<PictureLayout, 'direction' | 'box'> & { readonly lanes: readonly number[] },
): PictureLayout {
  const isLr = direction === 'lr';
  return {
    direction,
    box,
    width: isLr ? result.alongExtent : result.acrossExtent,
    height: isLr ? result.acrossExtent : result.alongExtent,
    x: isLr ? result.nodeAlong : result.nodeAcross,
    y: isLr ? result.nodeAcross : result.nodeAlong,
    layerOf: result.layerOf,
    routes: isLr ? result.routes : result.routes.map(swapped),
    crossings: result.crossings,
    lanes: result.lanes.map(([from, to], lane) => ({ group: lanes[lane] ?? -1, from, to })),
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

import { formatCount } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { laneHeader, type PictureLayout } from './pictureLayout.ts';
import type { Shape } from './scene.ts';

/** Around the jobs of a band; for the titles above the bands; and, from top to bottom, left of them. */
export const bandPadding = 18;
export const bandHeader = 22;
export const bandTitleWidth = 72;

/** Where a layer stands along the graph, and how many jobs it has. */
interface Band {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The layers of a graph as bands. */
export interface Bands {
  readonly bands: readonly Band[];
  /** From where to where the jobs of the bands reach across. */
  readonly across: readonly [from: number, to: number];
}

/**
 * The layers as bands, unless parts of the graph stand beside each other, so that layers do not line up, or no layer has
 * more than one job: a chain needs no bands.
 */
export function bandsOf({ jobs, dependencies }: Picture, places: PictureLayout): Bands {
  const isConnected = new Uint8Array(jobs.length);
  for (const { from, to } of dependencies) {
    isConnected[from] = 1;
    isConnected[to] = 1;
  }
  const areas = areasOfJobs(places);
  const bands: { from: number; to: number; count: number }[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const [job, layer] of places.layerOf.entries()) {
    if (isConnected[job] === 0 && places.lanes.length === 0) continue;
    const { from, to, start, end } = areas(job);
    first = Math.min(first, start);
    last = Math.max(last, end);
    const band = bands[layer];
    if (band === undefined) bands[layer] = { from, to, count: 1 };
    else bands[layer] = { from: Math.min(band.from, from), to: Math.max(band.to, to), count: band.count + 1 };
  }
  const areApart = bands.every((band, layer) => layer === 0 || bands[layer - 1]!.to < band.from);
  const isChain = bands.every(({ count }) => count === 1);
  return bands.length < 2 || !areApart || isChain ? noBands : { bands, across: [first, last] };
}

/** From where to where the box of a job reaches along and across, or the frame that it stands in. */
export function areasOfJobs({ direction, x, y, box, frames }: PictureLayout) {
  const frameOf = new Map(frames.flatMap((frame) => frame.jobs.map((job) => [job, frame] as const)));
  return (job: number) => {
    const frame = frameOf.get(job) ?? {
      x: x[job]! - box.width / 2,
      y: y[job]! - box.height / 2,
      width: box.width,
      height: box.height,
    };
    const [left, top, right, bottom] = [frame.x, frame.y, frame.x + frame.width, frame.y + frame.height];
    return direction === 'lr'
      ? { from: left, to: right, start: top, end: bottom }
      : { from: top, to: bottom, start: left, end: right };
  };
}

const noBands: Bands = { bands: [], across: [0, 0] };

/** Every second band as an area, and over each how many jobs can run at the same time. */
export function bandShapes(places: PictureLayout, { bands, across: [first, last] }: Bands): Shape[] {
  const isLr = places.direction === 'lr';
  const laneRoom = places.lanes.length > 0 ? laneHeader : 0;
  return bands.flatMap((band, layer): Shape[] => {
    const length = band.to - band.from + 2 * bandPadding;
    const area = isLr
      ? {
          x: band.from - bandPadding,
          y: first - bandPadding - laneRoom,
          width: length,
          height: last - first + 2 * bandPadding + laneRoom,
        }
      : {
          x: first - bandPadding,
          y: band.from - bandPadding / 2,
          width: last - first + 2 * bandPadding,
          height: length - bandPadding,
        };
    const middle = (band.from + band.to) / 2;
    const text = band.count === 1 ? '1 job' : `${formatCount(band.count)} in parallel`;
    const label = { kind: 'text', size: 11, fill: 'faint' } as const;
    return [
      ...(layer % 2 === 0 ? [{ kind: 'rect', ...area, radius: 8, fill: 'raised' } as const] : []),
      isLr
        ? { ...label, x: middle, y: area.y - 8, text, anchor: 'middle' }
        : { ...label, x: area.x - 8, y: middle + 4, text, anchor: 'end' },
    ];
  });
}

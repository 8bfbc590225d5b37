import { formatCount } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { bandPadding, laneHeader } from './margins.ts';
import type { PictureLayout } from './pictureLayout.ts';
import type { Shape } from './scene.ts';

/** A layer of a graph, or of a piece of it: where it stands along, and from where to where its piece reaches across. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly across: readonly [from: number, to: number];
  readonly layer: number;
  readonly count: number;
}

/**
 * The layers as bands. None if parts of the graph stand beside each other, so that layers do not line up, or if no layer has
 * more than one job: a chain needs no bands. Linear.
 */
export function bandsOf(picture: Picture, places: PictureLayout): Band[] {
  const { jobs, dependencies } = picture;
  const isConnected = new Uint8Array(jobs.length);
  for (const { from, to } of dependencies) {
    isConnected[from] = 1;
    isConnected[to] = 1;
  }
  const areas = areasOfJobs(places);
  const bands: Band[] = [];
  const across: [from: number, to: number][] = [];
  for (const [job, layer] of places.layerOf.entries()) {
    if (isConnected[job] === 0 && places.lanes.length === 0) continue;
    const { from, to, start, end } = areas(job);
    const piece = places.pieceOf?.[job] ?? 0;
    across[piece] ??= [start, end];
    across[piece][0] = Math.min(across[piece][0], start);
    across[piece][1] = Math.max(across[piece][1], end);
    const known = bands[layer];
    bands[layer] = {
      from: Math.min(known?.from ?? from, from),
      to: Math.max(known?.to ?? to, to),
      across: across[piece],
      layer,
      count: (known?.count ?? 0) + 1,
    };
  }
  stretchOverLines(across, bands, picture, places);
  const areApart = bands.every((band, layer) => {
    const before = bands[layer - 1];
    return before === undefined || before.across !== band.across || before.to < band.from;
  });
  const isChain = bands.every(({ count }) => count === 1);
  return bands.length < 2 || !areApart || isChain ? [] : bands;
}

/** Bands reach over the lines that pass beside their jobs. What a line does between two pieces is in neither. */
function stretchOverLines(
  across: readonly [from: number, to: number][],
  bands: readonly Band[],
  { dependencies }: Picture,
  { routes, direction, pieceOf }: PictureLayout,
): void {
  const [alongAt, acrossAt] = direction === 'lr' ? [0, 1] : [1, 0];
  const ends = across.map((own) => {
    const within = bands.filter((band) => band.across === own);
    return [within[0]?.from ?? 0, within.at(-1)?.to ?? 0] as const;
  });
  for (const [k, route] of routes.entries()) {
    let piece = pieceOf?.[dependencies[k]!.from] ?? 0;
    let isBetween = false;
    for (let at = 0; at < route.length && piece < across.length; at += 2) {
      const along = route[at + alongAt]!;
      const isOutside = along < ends[piece]![0] - 1 || along > ends[piece]![1] + 1;
      if (isBetween && !isOutside) piece++;
      isBetween = isOutside;
      const own = across[piece];
      if (isOutside || own === undefined) continue;
      own[0] = Math.min(own[0], route[at + acrossAt]!);
      own[1] = Math.max(own[1], route[at + acrossAt]!);
    }
  }
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

/** Every second band as an area, and over each how many jobs can run at the same time. */
export function bandShapes(places: PictureLayout, bands: readonly Band[]): Shape[] {
  const isLr = places.direction === 'lr';
  const laneRoom = places.lanes.length > 0 ? laneHeader : 0;
  return bands.flatMap(({ from, to, across: [first, last], layer, count }): Shape[] => {
    const length = to - from + 2 * bandPadding;
    const area = isLr
      ? {
          x: from - bandPadding,
          y: first - bandPadding - laneRoom,
          width: length,
          height: last - first + 2 * bandPadding + laneRoom,
        }
      : {
          x: first - bandPadding,
          y: from - bandPadding / 2,
          width: last - first + 2 * bandPadding,
          height: length - bandPadding,
        };
    const middle = (from + to) / 2;
    const text = count === 1 ? '1 job' : `${formatCount(count)} in parallel`;
    const label = { kind: 'text', size: 11, fill: 'faint' } as const;
    return [
      ...(layer % 2 === 0 ? [{ kind: 'rect', ...area, radius: 8, fill: 'raised' } as const] : []),
      isLr
        ? { ...label, x: middle, y: area.y - 8, text, anchor: 'middle' }
        : { ...label, x: area.x - 8, y: middle + 4, text, anchor: 'end' },
    ];
  });
}

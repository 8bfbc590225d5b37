import { type ColorName, countOf, formatCount, visibleText } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { areasOfJobs, bandShapes, bandsOf } from './bands.ts';
import { edgeShapes } from './edgeShapes.ts';
import { header } from './header.ts';
import { jobBox, round } from './jobBox.ts';
import { jobLabels } from './jobLabels.ts';
import { criticalText, legend } from './legend.ts';
import { bandHeader, bandPadding, bandTitleWidth, laneHeader } from './margins.ts';
import { movedBands, movedPlaces } from './movedPlaces.ts';
import type { PictureLayout, PlacedFrame, PlacedLane } from './pictureLayout.ts';
import type { Scene, Shape } from './scene.ts';
import { fitText, textWidth } from './textWidth.ts';

const margin = 28;

/** The graph of a workflow as a drawing with header and legend. Linear in jobs and bends. */
export function graphScene(picture: Picture, places: PictureLayout): Scene {
  const bands = bandsOf(picture, places);
  const hasBands = bands.length > 0;
  const top = header(picture, { x: margin, y: margin, width: Math.max(places.width, 420) });
  const graphTop =
    margin +
    top.height +
    (hasBands ? bandHeader : 0) +
    (places.lanes.length > 0 ? laneHeader : 0) +
    bandPadding;
  const graphLeft = margin + (places.direction === 'tb' && hasBands ? bandTitleWidth : 0) + bandPadding;
  const bottom = graphTop + places.height + bandPadding;
  const foot = legend(picture, {
    x: margin,
    y: bottom + 18,
    width: Math.max(places.width + 2 * bandPadding, 420),
    isLayered: hasBands,
    hasLooseFrames: places.frames.some(({ isExact }) => !isExact),
  });
  const width = Math.max(
    graphLeft + places.width + bandPadding + margin,
    2 * margin + 420,
    top.width + 2 * margin,
  );
  const height = bottom + (foot.height === 0 ? 0 : foot.height + 18) + margin;
  const origin = { x: graphLeft, y: graphTop };
  const shown = movedPlaces(places, origin);
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    title: visibleText(picture.title),
    description: describe(picture),
    shapes: [
      ...top.shapes,
      ...bandShapes(shown, movedBands(bands, places.direction, origin)),
      ...laneShapes(picture, shown),
      ...graphShapes(picture, shown),
      ...laneTitles(picture, shown, { mark: '', ground: 'paper' }),
      ...foot.shapes,
    ],
  };
}

/** Lines and boxes, the critical ones in front. */
export function graphShapes(picture: Picture, places: PictureLayout): Shape[] {
  const opacity = picture.dependencies.length > 1500 ? 0.45 : picture.dependencies.length > 200 ? 0.75 : 1;
  const lines = (isCritical: boolean) =>
    picture.dependencies.flatMap((dependency, k) =>
      dependency.isCritical === isCritical && places.isDrawn[k] === 1
        ? edgeShapes(dependency, places.routes[k]!, places.direction, { opacity })
        : [],
    );
  const labels = jobLabels(picture, places.box);
  const boxes = picture.jobs.map((job, k) =>
    jobBox(job, places.box, { x: places.x[k]!, y: places.y[k]!, label: labels[k]! }),
  );
  return [...frameShapes(places), ...lines(false), ...lines(true), ...boxes];
}

/** Frames around jobs that are alike, with their number. */
export function frameShapes({ frames }: PictureLayout): Shape[] {
  return frames.flatMap(({ x, y, width, height, titleSize: size, ...frame }): Shape[] => [
    { kind: 'rect', x, y, width, height, radius: 10, fill: 'paper', stroke: 'muted', strokeWidth: 1 },
    {
      kind: 'text',
      x: x + 13,
      y: y + 9 + size,
      text: fitText(frameTitle(frame), width - 20, { size }, { cut: 'middle' }),
      widthMax: width - 20,
      size: round(size),
      fill: 'faint',
    },
  ]);
}

function frameTitle({ jobs, name, isExact }: Pick<PlacedFrame, 'jobs' | 'name' | 'isExact'>): string {
  const names = name === undefined ? '' : `  ${name}`;
  const why = isExact ? ', alike in what they wait for' : name === undefined ? ' of one level' : '';
  return `${formatCount(jobs.length)} jobs${names}${why}`;
}

/** A frame around the jobs of each group. */
function laneShapes(picture: Picture, places: PictureLayout): Shape[] {
  return places.lanes.flatMap((lane): Shape[] =>
    lane.group === -1
      ? []
      : [
          {
            kind: 'rect',
            ...laneArea(picture, places, lane),
            radius: 8,
            stroke: 'faint',
            strokeWidth: 1,
            dash: [3, 3],
          },
        ],
  );
}

/** The names of the groups, each on a ground of its own over the lines that lead into the frame, and after a mark. */
export function laneTitles(
  picture: Picture,
  places: PictureLayout,
  { mark, ground }: { readonly mark: string; readonly ground: ColorName },
): Shape[] {
  const style = { size: 12, isBold: true } as const;
  return places.lanes.flatMap((lane): Shape[] => {
    if (lane.group === -1) return [];
    const area = laneArea(picture, places, lane);
    const text = fitText(`${mark}${picture.groups[lane.group]!}`, area.width - 24, style, { cut: 'middle' });
    const { x, y } = area;
    return [
      { kind: 'rect', x: x + 9, y: y + 5, width: textWidth(text, style) + 6, height: 16, fill: ground },
      { kind: 'text', x: x + 12, y: y + 17, text, ...style, fill: 'faint' },
    ];
  });
}

/** Where the frame of a group stands: as wide as its lane, and as long as its jobs reach. */
export function laneArea({ jobs }: Picture, places: PictureLayout, { group, piece, from, to }: PlacedLane) {
  const isLr = places.direction === 'lr';
  const areas = areasOfJobs(places);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const [job, own] of jobs.entries()) {
    if (own.group !== group || (places.pieceOf?.[job] ?? 0) !== piece) continue;
    const area = areas(job);
    first = Math.min(first, area.from);
    last = Math.max(last, area.to);
  }
  return isLr
    ? {
        x: first - 12,
        y: from - laneHeader + 2,
        width: last - first + 24,
        height: to - from + laneHeader + 8,
      }
    : {
        x: from - 12,
        y: first - laneHeader + 2,
        width: to - from + 24,
        height: last - first + laneHeader + 8,
      };
}

function describe(picture: Picture): string {
  const parts = [
    `${countOf(picture.jobs.length, 'job')} with ${countOf(picture.dependencies.length, 'dependency', 'dependencies')}`,
    ...(picture.run === undefined ? [] : [`${picture.run.name}: ${picture.run.verdict}`]),
    ...(picture.critical.path.length === 0 ? [] : [criticalText(picture.critical)]),
  ];
  return parts.join('; ');
}

/// <reference lib="dom" />
import type { ColorName } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { bandShapes, bandsOf } from '../scene/bands.ts';
import { frameShapes, laneArea, laneTitles } from '../scene/graphScene.ts';
import { jobBox } from '../scene/jobBox.ts';
import { jobLabels } from '../scene/jobLabels.ts';
import { bandHeader, bandPadding, bandTitleWidth, laneHeader } from '../scene/margins.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';
import type { GroupShape, Shape } from '../scene/scene.ts';
import { type Drawing, type DrawOptions, focusOf } from './drawing.ts';
import { GraphLines } from './graphLines.ts';
import { paintShapes } from './paintShapes.ts';
import { dimmed, textScaleMin } from './scales.ts';
import type { Extent } from './viewport.ts';

/** The graph on the canvas: only what is seen is drawn, and of what is small only what can be seen. */
export class GraphDrawing implements Drawing {
  readonly extent: Extent;
  private readonly picture: Picture;
  private readonly places: PictureLayout;
  private readonly bands: readonly Shape[];
  private readonly boxes: (GroupShape | undefined)[];
  private labels: readonly string[] | undefined;
  private readonly lines: GraphLines;
  private readonly cells = new Map<string, number[]>();
  private readonly cellSize = 600;

  constructor(picture: Picture, places: PictureLayout) {
    this.picture = picture;
    this.places = places;
    this.bands = bandShapes(places, bandsOf(picture, places));
    this.extent = extentOf(places, this.bands.length > 0);
    this.boxes = new Array(picture.jobs.length);
    this.lines = new GraphLines(picture, places);
    for (const job of picture.jobs.keys()) {
      const key = this.cellKey(places.x[job]!, places.y[job]!);
      const cell = this.cells.get(key);
      if (cell === undefined) this.cells.set(key, [job]);
      else cell.push(job);
    }
  }

  draw(context: CanvasRenderingContext2D, options: DrawOptions): void {
    this.drawBands(context, options);
    this.drawLanes(context, options);
    paintShapes(context, frameShapes(this.places), options.palette);
    this.lines.draw(context, options);
    this.drawLaneTitles(context, options);
    this.drawBoxes(context, options);
  }

  jobAt(x: number, y: number): number | undefined {
    const { box } = this.places;
    return this.jobsWithin({
      x: x - box.width / 2,
      y: y - box.height / 2,
      width: box.width,
      height: box.height,
    }).find(
      (job) =>
        Math.abs(this.places.x[job]! - x) <= box.width / 2 &&
        Math.abs(this.places.y[job]! - y) <= box.height / 2,
    );
  }

  groupAt(x: number, y: number): number | undefined {
    return this.places.lanes.find((lane) => {
      if (lane.group === -1) return false;
      const area = laneArea(this.picture, this.places, lane);
      return x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + laneHeader;
    })?.group;
  }

  placeOf(job: number): { x: number; y: number } {
    return { x: this.places.x[job]!, y: this.places.y[job]! };
  }

  private drawBands(context: CanvasRenderingContext2D, { palette, scale }: DrawOptions): void {
    const shapes = scale < textScaleMin ? this.bands.filter(({ kind }) => kind !== 'text') : this.bands;
    paintShapes(context, shapes, palette);
  }

  private drawLanes(context: CanvasRenderingContext2D, { palette }: DrawOptions): void {
    for (const lane of this.places.lanes) {
      if (lane.group === -1) continue;
      const area = laneArea(this.picture, this.places, lane);
      const look = { radius: 8, fill: 'raised', stroke: 'line', strokeWidth: 1 } as const;
      paintShapes(context, [{ kind: 'rect', ...area, ...look }], palette);
    }
  }

  private drawLaneTitles(context: CanvasRenderingContext2D, { palette, scale }: DrawOptions): void {
    if (scale < textScaleMin) return;
    const titles = laneTitles(this.picture, this.places, { mark: '▾ ', ground: 'raised' });
    paintShapes(context, titles, palette);
  }

  private drawBoxes(context: CanvasRenderingContext2D, options: DrawOptions): void {
    const jobs = this.jobsWithin(options.seen);
    if (options.scale < textScaleMin) this.drawSmallBoxes(context, jobs, options);
    else for (const job of jobs) this.drawBox(context, job, options);
    const focus = focusOf(options.emphasis);
    if (focus !== undefined && this.places.frames.some(({ isExact }) => !isExact)) {
      for (const k of this.lines.at(focus)) {
        const { from, to } = this.picture.dependencies[k]!;
        this.outline(context, from === focus ? to : from, options, { width: 1.5 });
      }
    }
    for (const job of [options.emphasis.hovered, options.emphasis.selected]) {
      if (job !== undefined) this.outline(context, job, options, { width: 2.5 });
    }
  }

  private drawBox(context: CanvasRenderingContext2D, job: number, { palette, emphasis }: DrawOptions): void {
    const box = this.boxOf(job);
    context.globalAlpha = emphasis.matches?.[job] === 0 ? dimmed : 1;
    paintShapes(context, box.shapes, palette);
    context.globalAlpha = 1;
  }

  /** Made when it is first seen: most of a large graph never is. */
  private boxOf(job: number): GroupShape {
    const { picture, places } = this;
    this.labels ??= jobLabels(picture, places.box);
    this.boxes[job] ??= jobBox(picture.jobs[job]!, places.box, {
      x: places.x[job]!,
      y: places.y[job]!,
      label: this.labels[job]!,
    });
    return this.boxes[job]!;
  }

  /** Boxes too small for text: rectangles in the colour of their status. */
  private drawSmallBoxes(
    context: CanvasRenderingContext2D,
    jobs: readonly number[],
    { palette, emphasis, scale }: DrawOptions,
  ): void {
    const { box, x, y } = this.places;
    const height = Math.max(box.height, 1.5 / scale);
    for (const isFaint of [true, false]) {
      const byColor = new Map<ColorName, number[]>();
      for (const job of jobs) {
        if ((emphasis.matches?.[job] === 0) !== isFaint) continue;
        const color = smallColor(this.picture, job);
        const list = byColor.get(color);
        if (list === undefined) byColor.set(color, [job]);
        else list.push(job);
      }
      context.globalAlpha = isFaint ? dimmed : 1;
      for (const [color, list] of byColor) {
        context.fillStyle = palette[color];
        context.beginPath();
        for (const job of list)
          context.rect(x[job]! - box.width / 2, y[job]! - height / 2, box.width, height);
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }

  private outline(
    context: CanvasRenderingContext2D,
    job: number,
    { palette, scale }: DrawOptions,
    { width }: { readonly width: number },
  ): void {
    const { box, x, y } = this.places;
    const space = 3 + 1 / scale;
    context.strokeStyle = palette.active;
    context.lineWidth = Math.max(width, (0.8 * width) / scale);
    context.beginPath();
    context.roundRect(
      x[job]! - box.width / 2 - space,
      y[job]! - box.height / 2 - space,
      box.width + 2 * space,
      box.height + 2 * space,
      8,
    );
    context.stroke();
  }

  private jobsWithin({ x, y, width, height }: Extent): number[] {
    const { box } = this.places;
    const cellsAcross =
      ((width + box.width) / this.cellSize + 2) * ((height + box.height) / this.cellSize + 2);
    if (cellsAcross > this.cells.size)
      return this.visible([...this.picture.jobs.keys()], { x, y, width, height });
    const jobs: number[] = [];
    for (
      let cellX = Math.floor((x - box.width) / this.cellSize);
      cellX <= (x + width + box.width) / this.cellSize;
      cellX++
    ) {
      for (
        let cellY = Math.floor((y - box.height) / this.cellSize);
        cellY <= (y + height + box.height) / this.cellSize;
        cellY++
      ) {
        jobs.push(...(this.cells.get(`${cellX} ${cellY}`) ?? []));
      }
    }
    return this.visible(jobs, { x, y, width, height });
  }

  private visible(jobs: readonly number[], seen: Extent): number[] {
    const { box, x, y } = this.places;
    return jobs.filter(
      (job) =>
        x[job]! + box.width / 2 >= seen.x &&
        x[job]! - box.width / 2 <= seen.x + seen.width &&
        y[job]! + box.height / 2 >= seen.y &&
        y[job]! - box.height / 2 <= seen.y + seen.height,
    );
  }

  private cellKey(x: number, y: number): string {
    return `${Math.floor(x / this.cellSize)} ${Math.floor(y / this.cellSize)}`;
  }
}

/** All of the graph with its bands and their titles. */
function extentOf({ width, height, lanes, direction }: PictureLayout, hasBands: boolean): Extent {
  const above = (lanes.length > 0 ? laneHeader : 0) + (hasBands && direction === 'lr' ? bandHeader : 0);
  const left = hasBands && direction === 'tb' ? bandTitleWidth : 0;
  const space = bandPadding + 2;
  return {
    x: -space - left,
    y: -space - above,
    width: width + 2 * space + left,
    height: height + 2 * space + above,
  };
}

function smallColor({ jobs }: Picture, job: number): ColorName {
  const { state, isCritical } = jobs[job]!;
  if (state !== undefined) return state.tone;
  return isCritical ? 'critical' : 'muted';
}

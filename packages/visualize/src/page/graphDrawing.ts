/// <reference lib="dom" />
import type { ColorName } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { bandShapes, bandsOf } from '../scene/bands.ts';
import { arrowHead, dashOf, edgeColor } from '../scene/edgeShapes.ts';
import { frameShapes, laneArea } from '../scene/graphScene.ts';
import { jobBox } from '../scene/jobBox.ts';
import { bandHeader, bandPadding, bandTitleWidth, laneHeader } from '../scene/margins.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';
import type { GroupShape, Shape } from '../scene/scene.ts';
import { fitText } from '../scene/textWidth.ts';
import { traceRoute } from '../scene/traceRoute.ts';
import type { Drawing, DrawOptions } from './drawing.ts';
import { paintShapes } from './paintShapes.ts';
import type { Extent } from './viewport.ts';

/** Below these scales texts cannot be read, and curves not be told from lines. */
const textScaleMin = 0.3;
const curveScaleMin = 0.12;
const dimmed = 0.16;

/** The graph on the canvas: only what is seen is drawn, and of what is small only what can be seen. */
export class GraphDrawing implements Drawing {
  readonly extent: Extent;
  private readonly picture: Picture;
  private readonly places: PictureLayout;
  private readonly bands: readonly Shape[];
  private readonly boxes: (GroupShape | undefined)[];
  /** For each line the rectangle around it: left, top, right, bottom. */
  private readonly bounds: Float32Array;
  private readonly cells = new Map<string, number[]>();
  private readonly cellSize = 600;

  constructor(picture: Picture, places: PictureLayout) {
    this.picture = picture;
    this.places = places;
    this.bands = bandShapes(places, bandsOf(picture, places));
    this.extent = extentOf(places, this.bands.length > 0);
    this.boxes = new Array(picture.jobs.length);
    this.bounds = boundsOf(places.routes);
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
    this.drawLines(context, options);
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

  private drawLanes(context: CanvasRenderingContext2D, { palette, scale }: DrawOptions): void {
    for (const lane of this.places.lanes) {
      if (lane.group === -1) continue;
      const area = laneArea(this.picture, this.places, lane);
      const title = `▾ ${this.picture.groups[lane.group]!}`;
      paintShapes(
        context,
        [
          { kind: 'rect', ...area, radius: 8, fill: 'raised', stroke: 'line', strokeWidth: 1 },
          ...(scale < textScaleMin
            ? []
            : [
                {
                  kind: 'text',
                  x: area.x + 12,
                  y: area.y + 18,
                  text: fitText(title, area.width - 24, { size: 12, isBold: true }, { cut: 'end' }),
                  size: 12,
                  isBold: true,
                  fill: 'faint',
                } as const,
              ]),
        ],
        palette,
      );
    }
  }

  private drawLines(context: CanvasRenderingContext2D, options: DrawOptions): void {
    const { emphasis, palette } = options;
    const { dependencies } = this.picture;
    const focus = emphasis.selected ?? emphasis.hovered;
    const seen = this.linesWithin(options.seen);
    const crowd = seen.length > 8000 ? 0.1 : seen.length > 1500 ? 0.35 : seen.length > 300 ? 0.6 : 0.9;
    const isNear = (k: number) => dependencies[k]!.from === focus || dependencies[k]!.to === focus;
    const isDim = (k: number) => {
      const { matches } = emphasis;
      return (
        matches !== undefined && (matches[dependencies[k]!.from] === 0 || matches[dependencies[k]!.to] === 0)
      );
    };
    const plain: number[] = [];
    const faint: number[] = [];
    const strong: number[] = [];
    const near: number[] = [];
    for (const k of seen) {
      if (focus !== undefined && isNear(k)) near.push(k);
      else if (this.places.isDrawn[k] === 0) continue;
      else if (isDim(k) || (focus !== undefined && emphasis.selected !== undefined)) faint.push(k);
      else if (dependencies[k]!.isCritical) strong.push(k);
      else plain.push(k);
    }
    this.strokeLines(context, faint, { ...options, alpha: dimmed, width: 1 });
    this.strokeLines(context, plain, { ...options, alpha: crowd, width: 1.25 });
    this.strokeLines(context, strong, { ...options, alpha: 1, width: 2.5 });
    this.strokeLines(context, near, { ...options, alpha: 1, width: 2.5, color: palette.active });
  }

  /** Lines of one colour and dash are one path: stroking is what takes the time. */
  private strokeLines(
    context: CanvasRenderingContext2D,
    lines: readonly number[],
    {
      scale,
      palette,
      alpha,
      width,
      color,
    }: DrawOptions & { readonly alpha: number; readonly width: number; readonly color?: string },
  ): void {
    const { dependencies } = this.picture;
    const { routes, direction } = this.places;
    const byLook = new Map<string, { name: ColorName; dash: readonly number[]; lines: number[] }>();
    for (const k of lines) {
      const name = edgeColor(dependencies[k]!);
      const dash = dashOf(dependencies[k]!) ?? [];
      const key = `${name} ${dash.join()}`;
      const look = byLook.get(key);
      if (look === undefined) byLook.set(key, { name, dash, lines: [k] });
      else look.lines.push(k);
    }
    context.globalAlpha = alpha;
    for (const look of byLook.values()) {
      context.strokeStyle = color ?? palette[look.name];
      context.fillStyle = context.strokeStyle;
      context.lineWidth = Math.max(width, 0.6 / scale);
      context.setLineDash([...look.dash]);
      context.beginPath();
      for (const k of look.lines) tracePath(context, routes[k]!, direction, scale);
      context.stroke();
      context.setLineDash([]);
      if (scale < textScaleMin) continue;
      for (const k of look.lines) context.fill(new Path2D(arrowHead(routes[k]!, direction)));
    }
    context.globalAlpha = 1;
  }

  private drawBoxes(context: CanvasRenderingContext2D, options: DrawOptions): void {
    const jobs = this.jobsWithin(options.seen);
    if (options.scale < textScaleMin) this.drawSmallBoxes(context, jobs, options);
    else for (const job of jobs) this.drawBox(context, job, options);
    for (const job of [options.emphasis.hovered, options.emphasis.selected]) {
      if (job !== undefined) this.outline(context, job, options);
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
    this.boxes[job] ??= jobBox(picture.jobs[job]!, places.box, { x: places.x[job]!, y: places.y[job]! });
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

  private outline(context: CanvasRenderingContext2D, job: number, { palette, scale }: DrawOptions): void {
    const { box, x, y } = this.places;
    const space = 3 + 1 / scale;
    context.strokeStyle = palette.active;
    context.lineWidth = Math.max(2.5, 2 / scale);
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

  private linesWithin({ x, y, width, height }: Extent): number[] {
    const lines: number[] = [];
    const { bounds } = this;
    for (let k = 0; k < this.places.routes.length; k++) {
      const at = 4 * k;
      if (
        bounds[at]! > x + width ||
        bounds[at + 1]! > y + height ||
        bounds[at + 2]! < x ||
        bounds[at + 3]! < y
      )
        continue;
      lines.push(k);
    }
    return lines;
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

function tracePath(
  context: CanvasRenderingContext2D,
  route: Float64Array,
  direction: PictureLayout['direction'],
  scale: number,
): void {
  if (route.length < 4) return;
  if (scale >= curveScaleMin) {
    traceRoute(context, route, direction, { shorter: 0 });
    return;
  }
  context.moveTo(route[0]!, route[1]!);
  for (let at = 2; at < route.length; at += 2) context.lineTo(route[at]!, route[at + 1]!);
}

function boundsOf(routes: readonly Float64Array[]): Float32Array {
  const bounds = new Float32Array(4 * routes.length);
  for (const [k, route] of routes.entries()) {
    let [left, top, right, bottom] = [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (let at = 0; at < route.length; at += 2) {
      left = Math.min(left, route[at]!);
      right = Math.max(right, route[at]!);
      top = Math.min(top, route[at + 1]!);
      bottom = Math.max(bottom, route[at + 1]!);
    }
    bounds.set([left, top, right, bottom], 4 * k);
  }
  return bounds;
}

/// <reference lib="dom" />
import type { ColorName } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { arrowHead, dashOf, edgeColor } from '../scene/edgeShapes.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';
import { traceRoute } from '../scene/traceRoute.ts';
import { type DrawOptions, focusOf } from './drawing.ts';
import { dimmed, textScaleMin } from './scales.ts';
import type { Extent } from './viewport.ts';

/** Below this scale curves cannot be told from lines. */
const curveScaleMin = 0.12;

/** The lines of a graph on the canvas: those that are seen, and in front those of the job that is looked at. */
export class GraphLines {
  private readonly picture: Picture;
  private readonly places: PictureLayout;
  /** For each line the rectangle around it: left, top, right, bottom. */
  private readonly bounds: Float32Array;
  /** 1 for each job in a frame whose lines are not those of its jobs. */
  private readonly isInLooseFrame: Uint8Array;

  constructor(picture: Picture, places: PictureLayout) {
    this.picture = picture;
    this.places = places;
    this.bounds = boundsOf(places.routes);
    this.isInLooseFrame = new Uint8Array(picture.jobs.length);
    for (const { isExact, jobs } of places.frames)
      if (!isExact) for (const job of jobs) this.isInLooseFrame[job] = 1;
  }

  draw(context: CanvasRenderingContext2D, options: DrawOptions): void {
    const { emphasis, palette } = options;
    const { dependencies } = this.picture;
    const focus = focusOf(emphasis);
    const seen = this.within(options.seen);
    const crowd = seen.length > 8000 ? 0.1 : seen.length > 1500 ? 0.35 : seen.length > 300 ? 0.6 : 0.9;
    const isDim = (k: number) => {
      const { matches } = emphasis;
      return (
        matches !== undefined && (matches[dependencies[k]!.from] === 0 || matches[dependencies[k]!.to] === 0)
      );
    };
    const plain: number[] = [];
    const faint: number[] = [];
    const strong: number[] = [];
    const near = focus === undefined ? [] : this.at(focus);
    const isNear = new Set(near);
    for (const k of seen) {
      if (isNear.has(k)) continue;
      if (this.places.isDrawn[k] === 0) continue;
      else if (isDim(k) || (focus !== undefined && emphasis.selected !== undefined)) faint.push(k);
      else if (dependencies[k]!.isCritical) strong.push(k);
      else plain.push(k);
    }
    this.strokeLines(context, faint, { ...options, alpha: dimmed, width: 1 });
    this.strokeLines(context, plain, { ...options, alpha: crowd, width: 1.25 });
    this.strokeLines(context, strong, { ...options, alpha: 1, width: 2.5 });
    this.strokeLines(context, near, { ...options, alpha: 1, width: 2.5, color: palette.active });
  }

  /** The dependencies of a job and on it. */
  at(job: number): number[] {
    return this.picture.dependencies.flatMap(({ from, to }, k) => (from === job || to === job ? [k] : []));
  }

  /** The line of a dependency; at a frame whose line is that of others too, from box to box if `isExact`. */
  private routeOf(k: number, isExact: boolean): Float64Array {
    const { routes, x, y, box, direction } = this.places;
    const { from, to } = this.picture.dependencies[k]!;
    if (!isExact || this.isInLooseFrame[from]! + this.isInLooseFrame[to]! === 0) return routes[k]!;
    const [right, down] = direction === 'lr' ? [box.width / 2, 0] : [0, box.height / 2];
    return Float64Array.of(x[from]! + right, y[from]! + down, x[to]! - right, y[to]! - down);
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
    const { direction } = this.places;
    const routeOf = (k: number) => this.routeOf(k, color !== undefined);
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
      for (const k of look.lines) tracePath(context, routeOf(k), direction, scale);
      context.stroke();
      context.setLineDash([]);
      if (scale < textScaleMin) continue;
      for (const k of look.lines) context.fill(new Path2D(arrowHead(routeOf(k), direction)));
    }
    context.globalAlpha = 1;
  }

  private within({ x, y, width, height }: Extent): number[] {
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

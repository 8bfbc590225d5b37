/// <reference lib="dom" />
import type { Picture } from '../picture/picture.ts';
import type { GroupShape, Scene, Shape } from '../scene/scene.ts';
import { type TimeWindow, timelineScene } from '../scene/timelineScene.ts';
import type { Drawing, DrawOptions } from './drawing.ts';
import { paintShapes } from './paintShapes.ts';
import { dimmed } from './scales.ts';
import { TimeAxis } from './timeAxis.ts';
import type { Extent } from './viewport.ts';

interface Bar {
  readonly job: number;
  readonly area: Extent;
  readonly shape: GroupShape;
}

/** The timeline of the run on the canvas. */
export class TimelineDrawing implements Drawing {
  readonly extent: Extent;
  readonly axis: TimeAxis;
  private readonly picture: Picture;
  private window: TimeWindow;
  private rest: readonly Shape[] = [];
  private bars: readonly Bar[] = [];

  constructor(picture: Picture) {
    this.picture = picture;
    this.axis = new TimeAxis((job) => timeOf(picture, job));
    this.window = this.axis.window;
    const { width, height } = this.arrange();
    this.extent = { x: 0, y: 0, width, height };
  }

  /** Makes the shapes for the part of the time that is shown. */
  private arrange(): Scene {
    this.window = this.axis.window;
    const scene = timelineScene(this.picture, this.window);
    this.rest = scene.shapes.filter((shape) => shape.kind !== 'group');
    this.bars = scene.shapes.flatMap((shape) => {
      if (shape.kind !== 'group' || shape.job === undefined) return [];
      const [rect] = shape.shapes;
      if (rect?.kind !== 'rect') return [];
      const { x, y, width, height } = rect;
      return [{ job: shape.job, area: { x, y, width, height }, shape }];
    });
    return scene;
  }

  draw(context: CanvasRenderingContext2D, { seen, palette, emphasis, scale }: DrawOptions): void {
    if (this.window !== this.axis.window) this.arrange();
    paintShapes(context, this.rest, palette);
    for (const { job, area, shape } of this.bars) {
      if (area.x > seen.x + seen.width || area.x + area.width < seen.x) continue;
      if (area.y > seen.y + seen.height || area.y + area.height < seen.y) continue;
      context.globalAlpha = emphasis.matches?.[job] === 0 ? dimmed : 1;
      paintShapes(context, shape.shapes, palette);
      context.globalAlpha = 1;
      if (job !== emphasis.selected && job !== emphasis.hovered) continue;
      context.strokeStyle = palette.active;
      context.lineWidth = Math.max(2.5, 2 / scale);
      context.strokeRect(area.x - 2, area.y - 2, area.width + 4, area.height + 4);
    }
  }

  jobAt(x: number, y: number): number | undefined {
    return this.bars.find(
      ({ area }) =>
        x >= area.x - 1 && x <= area.x + area.width + 1 && y >= area.y && y <= area.y + area.height,
    )?.job;
  }

  groupAt(): undefined {
    return undefined;
  }

  placeOf(job: number): { x: number; y: number } | undefined {
    if (this.window !== this.axis.window) this.arrange();
    const bar = this.bars.find((each) => each.job === job);
    return bar && { x: bar.area.x + bar.area.width / 2, y: bar.area.y + bar.area.height / 2 };
  }
}

/** When a job ran in the first attempt that has it, in shares of the attempt's time. */
function timeOf({ run }: Picture, job: number): TimeWindow | undefined {
  for (const { lanes, durationMs } of run?.attempts ?? []) {
    const bar = lanes.flat().find((each) => each.job === job);
    if (bar !== undefined)
      return { from: bar.startMs / Math.max(1, durationMs), to: bar.endMs / Math.max(1, durationMs) };
  }
  return undefined;
}

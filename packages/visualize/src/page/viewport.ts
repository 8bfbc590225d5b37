/// <reference lib="dom" />
import type { OwnAxis } from './ownAxis.ts';

/** What part of a drawing is seen, and how large. */
export interface View {
  scale: number;
  /** Of the drawing's origin, in pixels of the screen. */
  x: number;
  y: number;
}

export interface Extent {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const scaleMin = 0.001;
const scaleMax = 4;
const fitPadding = 24;
/** A whole drawing that is narrower than this on the screen is a line in which nothing can be told apart. */
const lineMax = 40;
/** So much of the drawing stays in sight. */
const inSight = 80;
/** Room for the legend below the drawing. */
const footer = 44;

export interface ViewportHandlers {
  /** Another part is seen, or in another size. */
  onChange(): void;
  /** The drawing has changed its own axis. */
  onAxis(): void;
  onTap(x: number, y: number): void;
}

/** Zooming and panning by wheel, drag, touch and double click. */
export class Viewport {
  readonly view: View = { scale: 1, x: 0, y: 0 };
  private readonly canvas: HTMLCanvasElement;
  private readonly onChange: () => void;
  private readonly onAxis: () => void;
  private readonly onTap: (x: number, y: number) => void;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private moved = 0;
  private extent: Extent | undefined;
  private axis: OwnAxis | undefined;

  constructor(canvas: HTMLCanvasElement, { onChange, onAxis, onTap }: ViewportHandlers) {
    this.canvas = canvas;
    this.onChange = onChange;
    this.onAxis = onAxis;
    this.onTap = onTap;
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', (event) => this.up(event));
    canvas.addEventListener('pointercancel', (event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener('dblclick', (event) => this.zoomBy(event.offsetX, event.offsetY, 2));
  }

  get isDragging(): boolean {
    return this.pointers.size > 0 && this.moved > 4;
  }

  zoom(factor: number): void {
    this.zoomBy(this.canvas.clientWidth / 2, this.canvas.clientHeight / 2, factor);
  }

  pan(x: number, y: number): void {
    this.view.y += y;
    if (this.axis === undefined || this.axis.isWhole) this.view.x += x;
    else {
      this.axis.pan(x / this.view.scale);
      this.onAxis();
    }
    this.changed();
  }

  /** What there is to see: the view never leaves it. */
  setExtent(extent: Extent, axis: OwnAxis | undefined): void {
    this.extent = extent;
    this.axis = axis;
  }

  /** The whole drawing, not larger than it is. */
  fit({ x, y, width, height }: Extent, scaleLimit = 1): void {
    this.axis?.reset();
    this.onAxis();
    const { clientWidth, clientHeight } = this.canvas;
    const scale = Math.min(
      (clientWidth - 2 * fitPadding) / width,
      (clientHeight - fitPadding - footer) / height,
      scaleLimit,
    );
    this.view.scale = clamp(scale, scaleMin, scaleMax);
    this.view.x = (clientWidth - width * this.view.scale) / 2 - x * this.view.scale;
    this.view.y = (clientHeight + fitPadding - footer - height * this.view.scale) / 2 - y * this.view.scale;
    this.onChange();
  }

  /** The whole drawing, or of one that would be a mere line, its beginning, not larger than it is. */
  open(extent: Extent): void {
    this.fit(extent);
    const { x, y, width, height } = extent;
    if (Math.min(width, height) * this.view.scale >= lineMax) return;
    const { clientWidth, clientHeight } = this.canvas;
    if (height > width) {
      this.view.scale = Math.min(1, (clientWidth - 2 * fitPadding) / width);
      this.view.x = (clientWidth - width * this.view.scale) / 2 - x * this.view.scale;
      this.view.y = fitPadding - y * this.view.scale;
    } else {
      this.view.scale = Math.min(1, (clientHeight - fitPadding - footer) / height);
      this.view.x = fitPadding - x * this.view.scale;
      this.view.y = (clientHeight + fitPadding - footer - height * this.view.scale) / 2 - y * this.view.scale;
    }
    this.onChange();
  }

  /** Brings a place where it can be seen well: to the middle, and large enough to be read. */
  reveal(x: number, y: number): void {
    const margin = 110;
    const [atX, atY] = [x * this.view.scale + this.view.x, y * this.view.scale + this.view.y];
    const { clientWidth, clientHeight } = this.canvas;
    const isSeen =
      atX > margin && atX < clientWidth - margin && atY > margin / 2 && atY < clientHeight - margin / 2;
    if (isSeen && this.view.scale >= 0.5) return;
    this.view.scale = Math.max(this.view.scale, 0.8);
    this.centre(x, y);
  }

  /** Brings a place to the middle. */
  centre(x: number, y: number): void {
    this.view.x = this.canvas.clientWidth / 2 - x * this.view.scale;
    this.view.y = this.canvas.clientHeight / 2 - y * this.view.scale;
    this.changed();
  }

  /** From pixels of the canvas to the drawing. */
  toDrawing(x: number, y: number): { x: number; y: number } {
    return { x: (x - this.view.x) / this.view.scale, y: (y - this.view.y) / this.view.scale };
  }

  /** The part of the drawing that is seen. */
  seen(): Extent {
    const { x, y } = this.toDrawing(0, 0);
    return {
      x,
      y,
      width: this.canvas.clientWidth / this.view.scale,
      height: this.canvas.clientHeight / this.view.scale,
    };
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.shiftKey) {
      this.pan(-event.deltaY - event.deltaX, 0);
      return;
    }
    const unit = event.deltaMode === 1 ? 16 : 1;
    const factor = Math.exp(-event.deltaY * unit * 0.0016);
    // With Ctrl, which is also what two fingers on a touchpad send, everything becomes larger.
    if (event.ctrlKey) this.zoomAt(event.offsetX, event.offsetY, factor);
    else this.zoomBy(event.offsetX, event.offsetY, factor);
  }

  /** Zooms the drawing's own axis alone, if it has one. */
  private zoomBy(x: number, y: number, factor: number): void {
    if (this.axis === undefined) {
      this.zoomAt(x, y, factor);
      return;
    }
    this.axis.zoomAt(this.toDrawing(x, y).x, factor);
    this.onAxis();
  }

  private zoomAt(x: number, y: number, factor: number): void {
    const scale = clamp(this.view.scale * factor, scaleMin, scaleMax);
    const by = scale / this.view.scale;
    this.view.x = x - (x - this.view.x) * by;
    this.view.y = y - (y - this.view.y) * by;
    this.view.scale = scale;
    this.changed();
  }

  /** Keeps some of the drawing in sight, so that nobody is lost beside it. */
  private changed(): void {
    if (this.extent !== undefined) {
      const { x, y, width, height } = this.extent;
      const { scale } = this.view;
      const { clientWidth, clientHeight } = this.canvas;
      this.view.x = clamp(this.view.x, inSight - (x + width) * scale, clientWidth - inSight - x * scale);
      this.view.y = clamp(this.view.y, inSight - (y + height) * scale, clientHeight - inSight - y * scale);
    }
    this.onChange();
  }

  private down(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    if (this.pointers.size === 0) this.moved = 0;
    this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  }

  private move(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.offsetX, y: event.offsetY };
    this.moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (this.pointers.size === 2) this.pinch(event.pointerId, before, now);
    this.pointers.set(event.pointerId, now);
    if (this.pointers.size === 1 && this.moved > 4) this.pan(now.x - before.x, now.y - before.y);
  }

  private pinch(id: number, before: { x: number; y: number }, now: { x: number; y: number }): void {
    const other = [...this.pointers].find(([each]) => each !== id)?.[1];
    if (other === undefined) return;
    const distance = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
    this.zoomAt((now.x + other.x) / 2, (now.y + other.y) / 2, distance(now) / Math.max(1, distance(before)));
  }

  private up(event: PointerEvent): void {
    const isTap = this.pointers.size === 1 && this.moved <= 4;
    this.pointers.delete(event.pointerId);
    if (isTap) this.onTap(event.offsetX, event.offsetY);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/// <reference lib="dom" />
import type { ColorPalette } from '@executioner/report';
import type { Drawing, Emphasis } from './drawing.ts';
import { element } from './element.ts';
import { type Extent, Viewport } from './viewport.ts';

export interface ScreenHandlers {
  /** A click or tap at a place of the drawing. */
  tap(x: number, y: number): void;
  /** What is said of the job that is pointed at. */
  hover(job: number | undefined): string;
  /** Another part of the drawing is seen. */
  moved(seen: Extent): void;
}

export interface ScreenUpdate {
  readonly palette: ColorPalette;
  readonly emphasis: Omit<Emphasis, 'hovered'>;
}

/** A frame that took longer than this is not drawn again while the picture moves. */
const slowFrameMs = 24;
const settleMs = 140;

/**
 * Shows a drawing on the canvas. Of a drawing that takes long, what was drawn last is moved along while the picture is moved
 * and zoomed, and drawn sharp as soon as it rests.
 */
export class Screen {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly viewport: Viewport;
  private readonly handlers: ScreenHandlers;
  private readonly tooltip = element('tooltip', HTMLDivElement);
  private drawing: Drawing | undefined;
  private latest: ScreenUpdate | undefined;
  private hovered: number | undefined;
  private frame = 0;
  private settle = 0;
  private lastFrameMs = 0;
  /** What was drawn last, and how it lay. */
  private readonly cache = document.createElement('canvas');
  private cacheView = { scale: 1, x: 0, y: 0 };
  private isCacheFresh = false;

  constructor(canvas: HTMLCanvasElement, handlers: ScreenHandlers) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d')!;
    this.handlers = handlers;
    this.viewport = new Viewport(canvas, {
      onChange: () => this.moved(),
      onAxis: () => this.invalidate(),
      onTap: (x, y) => {
        const place = this.viewport.toDrawing(x, y);
        handlers.tap(place.x, place.y);
      },
    });
    canvas.addEventListener('pointermove', (event) => this.point(event));
    canvas.addEventListener('pointerleave', () => this.setHovered(undefined));
    new ResizeObserver(() => this.resized()).observe(canvas);
    this.resized();
  }

  show(drawing: Drawing): void {
    this.drawing = drawing;
    this.viewport.setExtent(drawing.extent, drawing.axis);
    this.setHovered(undefined);
    this.invalidate();
  }

  update(update: ScreenUpdate): void {
    this.latest = update;
    this.invalidate();
  }

  open(): void {
    if (this.drawing !== undefined) this.viewport.open(this.drawing.extent);
  }

  fit(): void {
    if (this.drawing !== undefined) this.viewport.fit(this.drawing.extent);
  }

  zoom(factor: number): void {
    this.viewport.zoom(factor);
  }

  pan(x: number, y: number): void {
    this.viewport.pan(x, y);
  }

  /** Brings a place of the drawing to the middle. */
  centre(x: number, y: number): void {
    this.viewport.centre(x, y);
  }

  /** Brings a job where it can be seen well. */
  reveal(job: number): void {
    this.drawing?.axis?.bring(job);
    this.invalidate();
    const place = this.drawing?.placeOf(job);
    if (place !== undefined) this.viewport.reveal(place.x, place.y);
  }

  private resized(): void {
    const ratio = devicePixelRatio;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    this.cache.width = this.canvas.width;
    this.cache.height = this.canvas.height;
    this.invalidate();
  }

  private invalidate(): void {
    this.isCacheFresh = false;
    this.request();
  }

  private moved(): void {
    this.request();
    if (this.lastFrameMs <= slowFrameMs) return;
    clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.invalidate(), settleMs);
  }

  private request(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    const { drawing, latest } = this;
    if (drawing === undefined || latest === undefined) return;
    this.handlers.moved(this.viewport.seen());
    if (this.lastFrameMs > slowFrameMs && this.isCacheFresh) {
      this.paintCache(latest.palette);
      return;
    }
    const startMs = performance.now();
    const { context, viewport } = this;
    const ratio = devicePixelRatio;
    const { scale, x, y } = viewport.view;
    this.clear(latest.palette);
    context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
    drawing.draw(context, {
      seen: viewport.seen(),
      scale,
      palette: latest.palette,
      emphasis: { ...latest.emphasis, hovered: this.hovered },
    });
    this.lastFrameMs = performance.now() - startMs;
    this.canvas.dataset.frameMs = this.lastFrameMs.toFixed(1);
    if (this.lastFrameMs <= slowFrameMs) return;
    const cacheContext = this.cache.getContext('2d')!;
    cacheContext.clearRect(0, 0, this.cache.width, this.cache.height);
    cacheContext.drawImage(this.canvas, 0, 0);
    this.cacheView = { scale, x, y };
    this.isCacheFresh = true;
  }

  private paintCache(palette: ColorPalette): void {
    const { scale, x, y } = this.viewport.view;
    const ratio = devicePixelRatio;
    const by = scale / this.cacheView.scale;
    this.clear(palette);
    this.context.setTransform(
      by,
      0,
      0,
      by,
      (x - this.cacheView.x * by) * ratio,
      (y - this.cacheView.y * by) * ratio,
    );
    this.context.drawImage(this.cache, 0, 0);
  }

  private clear(palette: ColorPalette): void {
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.fillStyle = palette.paper;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private point(event: PointerEvent): void {
    if (this.drawing === undefined || this.viewport.isDragging) return;
    const { x, y } = this.viewport.toDrawing(event.offsetX, event.offsetY);
    this.setHovered(this.drawing.jobAt(x, y));
    this.canvas.style.cursor =
      this.hovered !== undefined || this.drawing.groupAt(x, y) !== undefined ? 'pointer' : 'grab';
    this.tooltip.style.left = `${Math.min(event.offsetX + 14, this.canvas.clientWidth - 260)}px`;
    this.tooltip.style.top = `${event.offsetY + 18}px`;
  }

  private setHovered(job: number | undefined): void {
    if (job === this.hovered) return;
    this.hovered = job;
    const text = this.handlers.hover(job);
    this.tooltip.textContent = text;
    this.tooltip.hidden = text === '';
    // What takes long to draw is not drawn anew for a mere pointer.
    if (this.lastFrameMs <= slowFrameMs) this.request();
  }
}

/// <reference lib="dom" />
import type { Drawing } from './drawing.ts';
import type { ScreenUpdate } from './screen.ts';
import type { Extent } from './viewport.ts';

const widthMax = 220;
const heightMax = 150;
/** A strip is shown at least so broad, so that it can be hit. */
const sideMin = 16;
const frameMin = 6;
/** The map is drawn anew when nothing has changed for so long. */
const settleMs = 120;

export interface MinimapHandlers {
  /** The middle of what shall be seen, in the drawing. */
  onMove(x: number, y: number): void;
  /** Whether there is anything that a map would help to find. */
  onNeed(isNeeded: boolean): void;
}

/**
 * The whole drawing, small, with the part that is seen as a frame that can be dragged. The drawing is painted once into a
 * canvas of its own, and again when it or its emphasis changes; a movement costs a copy. Hidden while all is seen.
 */
export class Minimap {
  private readonly canvas: HTMLCanvasElement;
  private readonly handlers: MinimapHandlers;
  private readonly picture = document.createElement('canvas');
  private drawing: Drawing | undefined;
  private latest: ScreenUpdate | undefined;
  private seen: Extent = { x: 0, y: 0, width: 0, height: 0 };
  private isWanted = true;
  private isStale = true;
  private settle = 0;
  /** While it is dragged: from the pointer to the middle of the frame, in the drawing. */
  private grip: { readonly x: number; readonly y: number } | undefined;

  constructor(canvas: HTMLCanvasElement, handlers: MinimapHandlers) {
    this.canvas = canvas;
    this.handlers = handlers;
    canvas.addEventListener('pointerdown', (event) => this.grab(event));
    canvas.addEventListener('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'pointercancel'] as const) {
      canvas.addEventListener(end, () => {
        this.grip = undefined;
      });
    }
  }

  /** A timeline, whose time zooms by itself, has no map. */
  show(drawing: Drawing): void {
    this.drawing = drawing.axis === undefined ? drawing : undefined;
    this.change();
  }

  update(update: ScreenUpdate): void {
    this.latest = update;
    this.change();
  }

  /** Shows or hides it; returns whether it is wanted now. */
  toggle(): boolean {
    this.isWanted = !this.isWanted;
    this.paint();
    return this.isWanted;
  }

  /** Another part of the drawing is seen. */
  moved(seen: Extent): void {
    this.seen = seen;
    this.paint();
  }

  private change(): void {
    this.isStale = true;
    clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.paint(), settleMs);
  }

  private paint(): void {
    const { drawing, latest, canvas } = this;
    const isNeeded = drawing !== undefined && !holds(this.seen, drawing.extent);
    this.handlers.onNeed(isNeeded);
    canvas.hidden = latest === undefined || !this.isWanted || !isNeeded;
    if (drawing === undefined || latest === undefined || canvas.hidden) return;
    if (this.isStale) this.paintPicture(drawing, latest);
    const context = canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.picture, 0, 0);
    const { scale, origin, width, height } = this.scaleOf(drawing.extent);
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const frame = within(
      {
        x: (this.seen.x - origin.x) * scale,
        y: (this.seen.y - origin.y) * scale,
        width: this.seen.width * scale,
        height: this.seen.height * scale,
      },
      { width, height },
    );
    context.fillStyle = latest.palette.active;
    context.globalAlpha = 0.14;
    context.fillRect(frame.x, frame.y, frame.width, frame.height);
    context.globalAlpha = 1;
    context.strokeStyle = latest.palette.active;
    context.lineWidth = 1.5;
    context.strokeRect(frame.x, frame.y, frame.width, frame.height);
  }

  private paintPicture(drawing: Drawing, { palette, emphasis }: ScreenUpdate): void {
    const { scale, origin, width, height } = this.scaleOf(drawing.extent);
    const ratio = devicePixelRatio;
    for (const canvas of [this.canvas, this.picture]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const context = this.picture.getContext('2d')!;
    context.fillStyle = palette.paper;
    context.fillRect(0, 0, this.picture.width, this.picture.height);
    const by = scale * ratio;
    context.setTransform(by, 0, 0, by, -origin.x * by, -origin.y * by);
    drawing.draw(context, {
      seen: drawing.extent,
      scale,
      palette,
      emphasis: { ...emphasis, hovered: undefined },
    });
    this.isStale = false;
  }

  /** How large the map is, and where the drawing lies in it. */
  private scaleOf({ x, y, width, height }: Extent) {
    const scale = Math.min(widthMax / width, heightMax / height);
    const mapWidth = Math.max(sideMin, Math.round(width * scale));
    const mapHeight = Math.max(sideMin, Math.round(height * scale));
    const origin = {
      x: x - (mapWidth / scale - width) / 2,
      y: y - (mapHeight / scale - height) / 2,
    };
    return { scale, origin, width: mapWidth, height: mapHeight };
  }

  private grab(event: PointerEvent): void {
    const place = this.placeOf(event);
    if (place === undefined) return;
    this.canvas.setPointerCapture(event.pointerId);
    const { x, y, width, height } = this.seen;
    const isWithin = place.x >= x && place.x <= x + width && place.y >= y && place.y <= y + height;
    this.grip = isWithin ? { x: x + width / 2 - place.x, y: y + height / 2 - place.y } : { x: 0, y: 0 };
    this.drag(event);
  }

  private drag(event: PointerEvent): void {
    const place = this.placeOf(event);
    if (this.grip === undefined || place === undefined) return;
    this.handlers.onMove(place.x + this.grip.x, place.y + this.grip.y);
  }

  private placeOf(event: PointerEvent): { x: number; y: number } | undefined {
    if (this.drawing === undefined) return undefined;
    const { scale, origin } = this.scaleOf(this.drawing.extent);
    return { x: event.offsetX / scale + origin.x, y: event.offsetY / scale + origin.y };
  }
}

/** The frame with all its sides on the map, and large enough to be found. */
function within(
  frame: Extent,
  { width, height }: { readonly width: number; readonly height: number },
): Extent {
  const x = Math.min(Math.max(frame.x, 1), width - frameMin);
  const y = Math.min(Math.max(frame.y, 1), height - frameMin);
  return {
    x,
    y,
    width: Math.max(frameMin, Math.min(frame.x + frame.width, width - 1) - x),
    height: Math.max(frameMin, Math.min(frame.y + frame.height, height - 1) - y),
  };
}

function holds(outer: Extent, inner: Extent): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}

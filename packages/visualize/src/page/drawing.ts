/// <reference lib="dom" />
import type { ColorPalette } from '@executioner/report';
import type { OwnAxis } from './ownAxis.ts';
import type { Extent } from './viewport.ts';

/** What is drawn besides the drawing itself. */
export interface Emphasis {
  /** 1 for the jobs that match search and filters; undefined when all do. */
  readonly matches: Uint8Array | undefined;
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
}

/** The job whose lines are drawn in front. */
export function focusOf({ selected, hovered }: Emphasis): number | undefined {
  return selected ?? hovered;
}

/** Something that can be shown on the canvas: the graph, or the timeline. */
export interface Drawing {
  readonly extent: Extent;
  /** Draws what is seen; the context is transformed to the coordinates of the drawing. */
  draw(context: CanvasRenderingContext2D, options: DrawOptions): void;
  /** The job at a place. */
  jobAt(x: number, y: number): number | undefined;
  /** The group whose title is at a place. */
  groupAt(x: number, y: number): number | undefined;
  /** Where a job stands. */
  placeOf(job: number): { readonly x: number; readonly y: number } | undefined;
  /** A direction that the drawing zooms by itself: the time of a timeline. */
  readonly axis?: OwnAxis;
}

export interface DrawOptions {
  readonly seen: Extent;
  readonly scale: number;
  readonly palette: ColorPalette;
  readonly emphasis: Emphasis;
}

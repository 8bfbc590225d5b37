import type { ColorName } from '@executioner/report';

/** A drawing before it is written in a format: shapes in drawing order, sizes in CSS pixels, colours by name. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** For those who cannot see it. */
  readonly description: string;
  readonly shapes: readonly Shape[];
}

export type Shape = RectShape | PathShape | TextShape | GroupShape;

export interface RectShape {
  readonly kind: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
  readonly fill?: ColorName;
  readonly stroke?: ColorName;
  readonly strokeWidth?: number;
  readonly dash?: readonly number[];
}

export interface PathShape {
  readonly kind: 'path';
  /** SVG path data of absolute M, L, C and Z. */
  readonly path: string;
  readonly fill?: ColorName;
  readonly stroke?: ColorName;
  readonly strokeWidth?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface TextShape {
  readonly kind: 'text';
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly isBold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** The room there is: where a font is wider than ours, the text is drawn narrower. */
  readonly widthMax?: number;
  readonly fill: ColorName;
}

/** Shapes that belong together, such as those of a job, with what is said of them when they are pointed at. */
export interface GroupShape {
  readonly kind: 'group';
  readonly title: string;
  /** The number of the job that they show. */
  readonly job?: number;
  readonly shapes: readonly Shape[];
}

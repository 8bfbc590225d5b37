import type { Picture } from '../picture/picture.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';

/** What a page is made of, as it is embedded in it. */
export interface PageData {
  readonly picture: Picture;
  readonly layout: EmbeddedLayout;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly view: 'graph' | 'timeline';
}

/** A layout with plain arrays for the typed ones. */
export interface EmbeddedLayout extends Omit<PictureLayout, 'x' | 'y' | 'layerOf' | 'routes'> {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly layerOf: readonly number[];
  readonly routes: readonly (readonly number[])[];
}

export function embedded(places: PictureLayout): EmbeddedLayout {
  return {
    ...places,
    x: rounded(places.x),
    y: rounded(places.y),
    layerOf: [...places.layerOf],
    routes: places.routes.map(rounded),
  };
}

export function unpacked(layout: EmbeddedLayout): PictureLayout {
  return {
    ...layout,
    x: Float64Array.from(layout.x),
    y: Float64Array.from(layout.y),
    layerOf: Int32Array.from(layout.layerOf),
    routes: layout.routes.map((route) => Float64Array.from(route)),
  };
}

function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Math.round(value * 10) / 10);
}

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
export interface EmbeddedLayout
  extends Omit<PictureLayout, 'x' | 'y' | 'layerOf' | 'pieceOf' | 'routes' | 'isDrawn'> {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly layerOf: readonly number[];
  readonly pieceOf?: readonly number[];
  /** A route that an earlier dependency has too is written as the number of that. */
  readonly routes: readonly (readonly number[] | number)[];
  readonly isDrawn: readonly number[];
}

export function embedded({ pieceOf, ...places }: PictureLayout): EmbeddedLayout {
  return {
    ...places,
    ...(pieceOf === undefined ? {} : { pieceOf: [...pieceOf] }),
    x: rounded(places.x),
    y: rounded(places.y),
    layerOf: [...places.layerOf],
    routes: withoutRepeats(places.routes),
    isDrawn: [...places.isDrawn],
  };
}

export function unpacked({ pieceOf, ...layout }: EmbeddedLayout): PictureLayout {
  return {
    ...layout,
    ...(pieceOf === undefined ? {} : { pieceOf: Int32Array.from(pieceOf) }),
    x: Float64Array.from(layout.x),
    y: Float64Array.from(layout.y),
    layerOf: Int32Array.from(layout.layerOf),
    routes: withRepeats(layout.routes),
    isDrawn: Uint8Array.from(layout.isDrawn),
  };
}

function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Math.round(value * 10) / 10);
}

function withoutRepeats(routes: readonly Float64Array[]): (number[] | number)[] {
  const first = new Map<Float64Array, number>();
  return routes.map((route, k) => {
    const known = first.get(route);
    if (known !== undefined) return known;
    first.set(route, k);
    return rounded(route);
  });
}

function withRepeats(routes: readonly (readonly number[] | number)[]): Float64Array[] {
  const all: Float64Array[] = [];
  for (const route of routes) all.push(typeof route === 'number' ? all[route]! : Float64Array.from(route));
  return all;
}

import type { Band } from './bands.ts';
import type { Direction } from './direction.ts';
import type { PictureLayout } from './pictureLayout.ts';

interface Offset {
  readonly x: number;
  readonly y: number;
}

/** The places of a picture, all moved by an offset. Linear in jobs and bends. */
export function movedPlaces(places: PictureLayout, by: Offset): PictureLayout {
  const across = places.direction === 'lr' ? by.y : by.x;
  // Alike jobs share their routes, and go on sharing them.
  const moved = new Map<Float64Array, Float64Array>();
  const movedRoute = (route: Float64Array): Float64Array => {
    const known = moved.get(route) ?? route.map((value, at) => value + (at % 2 === 0 ? by.x : by.y));
    moved.set(route, known);
    return known;
  };
  return {
    ...places,
    x: places.x.map((x) => x + by.x),
    y: places.y.map((y) => y + by.y),
    routes: places.routes.map(movedRoute),
    lanes: places.lanes.map((lane) => ({ ...lane, from: lane.from + across, to: lane.to + across })),
    frames: places.frames.map((frame) => ({ ...frame, x: frame.x + by.x, y: frame.y + by.y })),
  };
}

/** Bands, moved as the places are. */
export function movedBands(bands: readonly Band[], direction: Direction, { x, y }: Offset): Band[] {
  const [along, across] = direction === 'lr' ? [x, y] : [y, x];
  return bands.map((band) => ({
    ...band,
    from: band.from + along,
    to: band.to + along,
    across: [band.across[0] + across, band.across[1] + across],
  }));
}

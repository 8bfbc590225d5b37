import type { PartLayers } from '../partLayers.ts';

/** A line over a cut, and where it lies across before and after. */
export interface CutLine {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
}

/** The lines over a cut, on tracks beside each other. */
export interface Turn {
  readonly trackCount: number;
  /** The track of each edge: 0 for the one that comes first across. */
  readonly trackOf: ReadonlyMap<number, number>;
}

/**
 * From which of its points a route leads over a cut to the next point, as places of their coordinates: over `cuts[piece]`
 * first, which is the one after the piece that it begins in. A route has a point in every layer that it passes.
 */
export function cutPoints(
  route: Float64Array,
  piece: number,
  { starts }: PartLayers,
  cuts: readonly number[],
): number[] {
  const points: number[] = [];
  let cut = piece;
  for (let at = 0; cut < cuts.length && at + 2 < route.length; at += 2) {
    if (route[at + 2]! < starts[cuts[cut]! + 1]! - 0.5) continue;
    points.push(at);
    cut++;
  }
  return points;
}

/**
 * The tracks of the lines over a cut. Those that leave one place share a track, or those that arrive at one, whichever needs
 * fewer tracks; they are in the order of these places. Cost: O(lines log lines).
 */
export function turnOf(lines: readonly CutLine[]): Turn {
  const leaving = new Set(lines.map(({ from }) => from));
  const arriving = new Set(lines.map(({ to }) => to));
  const end = leaving.size <= arriving.size ? 'from' : 'to';
  const places = [...(end === 'from' ? leaving : arriving)].sort((a, b) => a - b);
  const tracks = new Map(places.map((place, track) => [place, track]));
  return {
    trackCount: places.length,
    trackOf: new Map(lines.map((line) => [line.edge, tracks.get(line[end])!])),
  };
}

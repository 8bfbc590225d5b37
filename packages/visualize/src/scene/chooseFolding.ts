import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import type { FoldBy } from './fold.ts';
import { sizeEstimate } from './sizeEstimate.ts';

/** A picture whose longer side has more pixels than this can be read neither on a screen nor on paper. */
export const readableMax = 10_000;
/** By how much its longer side must become shorter for the lines between single jobs to be given up. */
const gainMin = 2;

/**
 * What jobs are put into frames by: what they wait for, unless the picture would be too large to be read, and jobs of like
 * names, or of one level, in frames make it at most half as long. Cost: O(n + m log m).
 */
export function foldingFor(picture: Picture, direction: Direction): Exclude<FoldBy, 'none'> {
  const longerSide = (by: FoldBy) => {
    const { width, height } = sizeEstimate(picture, by)(direction);
    return Math.max(width, height);
  };
  const exact = longerSide('dependencies');
  if (exact <= readableMax) return 'dependencies';
  return (['names', 'levels'] as const).find((by) => longerSide(by) * gainMin <= exact) ?? 'dependencies';
}

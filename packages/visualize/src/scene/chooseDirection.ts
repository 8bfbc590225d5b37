import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { type GraphSize, sizeEstimate } from './sizeEstimate.ts';

/** What fits a screen is never too wide. */
const fittingWidth = 1500;
/** How many times its height a picture from left to right may be wide. */
const stretchMax = 5;
/** Title, titles of bands, and legend: what a picture has besides its graph. */
const surroundings: GraphSize = { width: 92, height: 196 };
/** By how much the other direction must bring the longer side nearer to the shorter. */
const gainMin = 1.5;

/**
 * The direction in which a graph of these sizes is seen best: from left to right, unless it is wider than a screen that way
 * and, with its title and legend, more than 5 times as wide as high, and from top to bottom the longer side is at most
 * two thirds as many times the shorter.
 */
export function chooseDirection(leftToRight: GraphSize, topToBottom: GraphSize): Direction {
  const { width, height } = withSurroundings(leftToRight);
  if (leftToRight.width <= fittingWidth || width <= stretchMax * height) return 'lr';
  return stretchOf(topToBottom) * gainMin <= width / height ? 'tb' : 'lr';
}

/**
 * `chooseDirection` for a picture, alike in every format: by sizes that are estimated from the layers, because a layout of
 * each direction would take twice the time. Cost: O(n + m log m).
 */
export function directionFor(picture: Picture): Direction {
  const sizeIn = sizeEstimate(picture, 'dependencies');
  return chooseDirection(sizeIn('lr'), sizeIn('tb'));
}

/** How many times the longer side is as long as the shorter. */
function stretchOf(size: GraphSize): number {
  const { width, height } = withSurroundings(size);
  return Math.max(width / height, height / width);
}

function withSurroundings({ width, height }: GraphSize): GraphSize {
  return { width: width + surroundings.width, height: height + surroundings.height };
}

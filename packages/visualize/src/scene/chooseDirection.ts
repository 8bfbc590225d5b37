import type { Picture } from '../picture/picture.ts';
import { type Direction, layoutPicture, type PictureLayout } from './pictureLayout.ts';

/** In pixels, without title and legend. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What fits a screen is never too wide. */
const fittingWidth = 1500;
/** How many times its height a picture from left to right may be wide. */
const stretchMax = 5;
/** Title, titles of bands, and legend: what a picture has besides its graph. */
const surroundings: PictureSize = { width: 92, height: 196 };
/** By how much the other direction must bring the longer side nearer to the shorter. */
const gainMin = 1.5;

/**
 * The direction in which a graph is read with the least scrolling: from left to right, unless the graph is wider than a
 * screen and, with its title and legend, more than 5 times as wide as high, and from top to bottom its sides are at
 * least 1.5 times nearer to each other. `topToBottom` is asked only where that matters.
 */
export function chooseDirection(leftToRight: PictureSize, topToBottom: () => PictureSize): Direction {
  if (leftToRight.width <= fittingWidth) return 'lr';
  const { width, height } = withSurroundings(leftToRight);
  if (width <= stretchMax * height) return 'lr';
  return stretchOf(topToBottom()) * gainMin <= width / height ? 'tb' : 'lr';
}

/** The layout in the direction that fits its shape best: `layoutPicture` once, for wide graphs twice. */
export function layoutByShape(picture: Picture, { isFolded }: { readonly isFolded: boolean }): PictureLayout {
  const leftToRight = layoutPicture(picture, { direction: 'lr', isFolded });
  let topToBottom: PictureLayout | undefined;
  const direction = chooseDirection(leftToRight, () => {
    topToBottom = layoutPicture(picture, { direction: 'tb', isFolded });
    return topToBottom;
  });
  return direction === 'tb' ? topToBottom! : leftToRight;
}

/** How many times the longer side is as long as the shorter. */
function stretchOf(size: PictureSize): number {
  const { width, height } = withSurroundings(size);
  return Math.max(width / height, height / width);
}

function withSurroundings({ width, height }: PictureSize): PictureSize {
  return { width: width + surroundings.width, height: height + surroundings.height };
}

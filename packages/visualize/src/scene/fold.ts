import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import type { BoxSize } from './jobBox.ts';

/** Fewer alike than this stay as they are. */
const alikeMin = 8;
const padding = 12;
const gapAlong = 12;
const gapAcross = 8;
export const foldHeader = 22;

/** The jobs of a picture in units of layout: most alone, and those that are alike together. */
export interface Folding {
  /** The unit of each job. */
  readonly unitOf: Int32Array;
  readonly units: readonly (readonly number[])[];
}

/**
 * Puts jobs together that wait for the same jobs and are waited for by the same, under the same conditions and in the same
 * group: a line to all of them is a line to each. Without `isFolded` each stands alone. Cost: O(m log m).
 */
export function foldAlike({ jobs, dependencies }: Picture, isFolded: boolean): Folding {
  if (!isFolded) return unitsOf(jobs.map((_, job) => String(job)));
  const before = jobs.map((): string[] => []);
  const after = jobs.map((): string[] => []);
  for (const { from, to, when } of dependencies) {
    before[to]!.push(`${from} ${when}`);
    after[from]!.push(`${to} ${when}`);
  }
  const keys = jobs.map(({ group }, job) => {
    if (before[job]!.length + after[job]!.length === 0) return `alone ${job}`;
    return [group, before[job]!.sort().join(), after[job]!.sort().join()].join('|');
  });
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return unitsOf(keys.map((key, job) => (sizes.get(key)! >= alikeMin ? key : `alone ${job}`)));
}

function unitsOf(keys: readonly string[]): Folding {
  const numbers = new Map<string, number>();
  const units: number[][] = [];
  const unitOf = Int32Array.from(keys, (key, job) => {
    const known = numbers.get(key);
    if (known !== undefined) {
      units[known]!.push(job);
      return known;
    }
    numbers.set(key, units.length);
    return units.push([job]) - 1;
  });
  return { unitOf, units };
}

/** A frame with boxes in rows and columns. */
export interface FoldFrame {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
}

/** A frame for so many boxes, somewhat wider than high. */
export function foldFrame(count: number, box: BoxSize, direction: Direction): FoldFrame {
  const [stepX, stepY] = steps(box, direction);
  const columns = Math.max(1, Math.round(Math.sqrt((count * stepY * 1.3) / stepX)));
  const rows = Math.ceil(count / columns);
  return {
    columns,
    width: columns * stepX - (stepX - box.width) + 2 * padding,
    height: rows * stepY - (stepY - box.height) + 2 * padding + foldHeader,
  };
}

/** The middle of the k-th box of a frame, from the frame's own middle. */
export function placeInFrame(
  k: number,
  frame: FoldFrame,
  box: BoxSize,
  direction: Direction,
): { x: number; y: number } {
  const [stepX, stepY] = steps(box, direction);
  return {
    x: -frame.width / 2 + padding + (k % frame.columns) * stepX + box.width / 2,
    y: -frame.height / 2 + padding + foldHeader + Math.floor(k / frame.columns) * stepY + box.height / 2,
  };
}

function steps(box: BoxSize, direction: Direction): [x: number, y: number] {
  return direction === 'lr'
    ? [box.width + gapAlong, box.height + gapAcross]
    : [box.width + gapAcross, box.height + gapAlong];
}

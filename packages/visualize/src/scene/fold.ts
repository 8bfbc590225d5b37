import type { Picture } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import type { BoxSize } from './jobBox.ts';
import { kindsOf } from './kinds.ts';

/** Fewer alike than this stay as they are. */
const alikeMin = 8;
const padding = 12;
const gapAlong = 12;
const gapAcross = 8;
const titleSize = { least: 11, most: 44, jobs: 25 } as const;

/** The jobs of a picture in units of layout: most alone, and those that are alike together. */
export interface Folding {
  /** The unit of each job. */
  readonly unitOf: Int32Array;
  readonly units: readonly (readonly number[])[];
  /** Whether the jobs of each unit differ in what they wait for or are waited for by. */
  readonly areUnlike: readonly boolean[];
}

/** What jobs of one frame have in common, or that each job stands alone. */
export type FoldBy = 'dependencies' | 'names' | 'levels' | 'none';

/**
 * Puts many jobs together that are alike. By dependencies: that wait for the same jobs and are waited for by the same, under
 * the same conditions and in the same group, so that a line to all of them is a line to each. By names or levels,
 * besides: that are of one kind (`kindsOf`), and a line to them may be one to some of them. Cost: O(m log m).
 */
export function foldAlike(picture: Picture, by: FoldBy): Folding {
  const alone = picture.jobs.map((_, job) => `alone ${job}`);
  if (by === 'none') return unitsOf(alone, alone);
  const dependencies = dependencyKeys(picture);
  const alike = manyOf(dependencies, alone);
  return unitsOf(by === 'dependencies' ? alike : manyOf(kindsOf(picture, by), alike), dependencies);
}

/** The keys that many have, and for the others those given. */
function manyOf(keys: readonly string[], others: readonly string[]): string[] {
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return keys.map((key, job) => (sizes.get(key)! >= alikeMin ? key : others[job]!));
}

function dependencyKeys({ jobs, dependencies }: Picture): string[] {
  const before = jobs.map((): string[] => []);
  const after = jobs.map((): string[] => []);
  for (const { from, to, when } of dependencies) {
    before[to]!.push(`${from} ${when}`);
    after[from]!.push(`${to} ${when}`);
  }
  return jobs.map(({ group }, job) => {
    if (before[job]!.length + after[job]!.length === 0) return `alone ${job}`;
    return [group, before[job]!.sort().join(), after[job]!.sort().join()].join('|');
  });
}

function unitsOf(keys: readonly string[], dependencies: readonly string[]): Folding {
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
  const areUnlike = units.map((jobs) => jobs.some((job) => dependencies[job] !== dependencies[jobs[0]!]));
  return { unitOf, units, areUnlike };
}

/** A frame with boxes in rows and columns. */
export interface FoldFrame {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  /** Of the letters of its title: the more boxes, the larger, so that it can be read where they cannot. */
  readonly titleSize: number;
}

/** A frame for so many boxes, somewhat wider than high. */
export function foldFrame(count: number, box: BoxSize, direction: Direction): FoldFrame {
  const [stepX, stepY] = steps(box, direction);
  const columns = Math.max(1, Math.round(Math.sqrt((count * stepY * 1.3) / stepX)));
  const rows = Math.ceil(count / columns);
  const { least, most, jobs } = titleSize;
  const size = Math.min(most, least * Math.max(1, Math.sqrt(count / jobs)));
  return {
    columns,
    titleSize: size,
    width: columns * stepX - (stepX - box.width) + 2 * padding,
    height: rows * stepY - (stepY - box.height) + 2 * padding + 2 * size,
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
    y:
      -frame.height / 2 +
      padding +
      2 * frame.titleSize +
      Math.floor(k / frame.columns) * stepY +
      box.height / 2,
  };
}

function steps(box: BoxSize, direction: Direction): [x: number, y: number] {
  return direction === 'lr'
    ? [box.width + gapAlong, box.height + gapAcross]
    : [box.width + gapAcross, box.height + gapAlong];
}

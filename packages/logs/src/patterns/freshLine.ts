import { levels } from './lineHeader.ts';
import type { Tally } from './tally.ts';

/** A masked line that no template matched, as it stood in the masker, and what is counted of it; not taken to pieces yet. */
export interface FreshLine {
  readonly masked: Uint8Array;
  /** The halves of its hash. */
  readonly low: number;
  readonly high: number;
  readonly tally: Tally;
}

/** From this level on: warnings. */
const graveLevel = levels.indexOf('warning');

export function isGrave(level: number): boolean {
  return level >= graveLevel;
}

/** About so many of the lines of each sort, those that tell of trouble and those that do not, are enough to see what they are like. */
const enough = 500;

export interface Chosen {
  readonly line: FreshLine;
  /** Those of its sort that were left out since the last. */
  readonly others: number;
}

/** Some of many lines: all that were there more than once, and a part of the others, evenly from beginning to end. */
export function chooseSome(lines: readonly FreshLine[]): {
  readonly chosen: readonly Chosen[];
  readonly left: readonly FreshLine[];
} {
  const chosen: Chosen[] = [];
  const left: FreshLine[] = [];
  const grave = lines.filter(({ tally }) => isGrave(tally.level)).length;
  const sorts = [lines.length - grave, grave].map((size) => ({ step: Math.ceil(size / enough), others: 0 }));
  for (const line of lines) {
    const sort = sorts[isGrave(line.tally.level) ? 1 : 0]!;
    if (line.tally.count > 1) chosen.push({ line, others: 0 });
    else if (sort.others >= sort.step - 1) {
      chosen.push({ line, others: sort.others });
      sort.others = 0;
    } else {
      left.push(line);
      sort.others += 1;
    }
  }
  return { chosen, left };
}

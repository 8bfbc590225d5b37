import type { Masker } from '../output/index.ts';
import type { LogLine } from '../textlogs/index.ts';

/** A line found in a text log. */
export interface FoundLine {
  /** Its stamp read as if it were UTC, milliseconds. */
  readonly stampMs: number;
  readonly level: string;
  readonly message: string;
}

/** The index of the first expected line, from `from` on, that the found one is; undefined: it is none of them. */
export type LineFinder = (found: FoundLine, from: number) => number | undefined;

/** Stamps are local time, and the zone may be another one than it was: zones differ by multiples of this. */
const zoneStepMs = 15 * 60 * 1000;

/**
 * Finds lines of the engine in a log: all that an engine writes about an event can be told beforehand, stamp and text.
 * `stampStepMs` is what stamps are rounded down to.
 */
export function lineFinder(lines: readonly LogLine[], stampStepMs: number, masker: Masker): LineFinder {
  const byMoment = new Map<number, number[]>();
  const moment = (timeMs: number) => (Math.floor(timeMs / stampStepMs) * stampStepMs) % zoneStepMs;
  lines.forEach(({ atMs }, index) => {
    const same = byMoment.get(moment(atMs));
    if (same === undefined) byMoment.set(moment(atMs), [index]);
    else same.push(index);
  });
  const texts: string[] = [];
  const textOf = (index: number) => (texts[index] ??= firstLine(masker(lines[index]!.message)));

  return ({ stampMs, level, message }, from) => {
    const same = byMoment.get(moment(stampMs)) ?? [];
    for (let place = firstAtLeast(same, from); place < same.length; place++) {
      const index = same[place]!;
      const line = lines[index]!;
      if (line.level !== level) continue;
      const head = headOf(line);
      if (head === undefined ? textOf(index) === message : message.startsWith(head)) return index;
    }
    return undefined;
  };
}

/** Where in ascending numbers the first stands that is not below `least`. */
function firstAtLeast(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stands before a job's command, which may have been another one. */
function headOf({ job, message }: LogLine): string | undefined {
  return [`Executing job - ${job}: `, `Running job: ${job} Command: `].find((head) =>
    message.startsWith(head),
  );
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 ? text : text.slice(0, end);
}

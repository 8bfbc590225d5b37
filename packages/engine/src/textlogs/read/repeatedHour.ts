/** Lines that were written at once may stand in another order. */
const disorderMs = 2 * 60_000;
/** By how much clocks are set back: mostly an hour, on Lord Howe Island half of one. */
const shiftsMs = [3_600_000, 1_800_000] as const;

/** The time that was read before, and whether it was the second of its kind. */
export interface LastReading {
  readonly timeMs: number;
  readonly isSecond: boolean;
}

/**
 * In the night in which clocks are set back the times of one hour occur twice, and a stamp alone does not tell which is meant.
 * If the first is before what was written last, or that was in the second hour, it is the second. `timeMs` is the first reading
 * of a local time.
 */
export function readingAfter(last: LastReading, timeMs: number): number {
  const isForward = !(timeMs < last.timeMs - disorderMs);
  if (isForward && !last.isSecond) return timeMs;
  const shiftMs = shiftsMs.find(
    (shift) => isSameClock(timeMs, timeMs + shift) && timeMs + shift >= last.timeMs - 2 * shift,
  );
  return shiftMs === undefined ? timeMs : timeMs + shiftMs;
}

function isSameClock(aMs: number, bMs: number): boolean {
  const [a, b] = [new Date(aMs), new Date(bMs)];
  return a.getHours() === b.getHours() && a.getMinutes() === b.getMinutes();
}

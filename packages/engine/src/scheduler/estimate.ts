import type { Job } from '@executioner/core';

export interface Estimates {
  readonly estimateMs: Float64Array;
  /** 1 where the estimate is a guess from the other jobs. */
  readonly guessed: Uint8Array;
}

const GUESS_WITHOUT_ANY_MS = 1000;

/**
 * How long each job is expected to take: what history says, else its `estimated_duration`, else the median
 * of the jobs that are known, else one second. O(n log n).
 */
export function estimateDurations(jobs: readonly Job[], historyMs?: ReadonlyMap<string, number>): Estimates {
  const known = jobs.map((job) => historyMs?.get(job.id) ?? job.estimatedDurationMs);
  const guessMs = median(known.filter((value) => value !== undefined)) ?? GUESS_WITHOUT_ANY_MS;
  return {
    estimateMs: Float64Array.from(known, (value) => Math.round(value ?? guessMs)),
    guessed: Uint8Array.from(known, (value) => (value === undefined ? 1 : 0)),
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : sorted.length === 0
      ? undefined
      : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

import type { Outcome } from '@executioner/engine';
import type { RunReport } from './model.ts';

/** A try on the timeline of an attempt. */
export interface Bar {
  readonly job: string;
  readonly try: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Absent if the try did not end within the journal. */
  readonly status?: Outcome;
}

/**
 * The tries of an attempt in as few lanes as possible, so that no two bars of a lane overlap: interval partitioning
 * by start, each into the lowest free lane. The lanes are those of the workers as far as the journal tells.
 * Costs O(n log n + n·lanes) in tries n.
 */
export function timelineLanes(report: RunReport, attempt: number): Bar[][] {
  const ends: number[] = [];
  const lanes: Bar[][] = [];
  for (const bar of barsOf(report, attempt)) {
    const free = ends.findIndex((endMs) => endMs <= bar.startMs);
    const lane = free < 0 ? lanes.length : free;
    if (lane === lanes.length) lanes.push([]);
    lanes[lane]!.push(bar);
    ends[lane] = bar.endMs;
  }
  return lanes;
}

function barsOf(report: RunReport, attempt: number): Bar[] {
  const lastMs = report.attempts.find((each) => each.attempt === attempt)?.durationMs ?? 0;
  return report.jobs
    .flatMap((job) =>
      job.tries
        .filter((each) => each.attempt === attempt)
        .map(({ try: number, startMs, endMs, status }) => ({
          job: job.id,
          try: number,
          startMs,
          endMs: endMs ?? lastMs,
          ...(status === undefined ? {} : { status }),
        })),
    )
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || (a.job < b.job ? -1 : 1));
}

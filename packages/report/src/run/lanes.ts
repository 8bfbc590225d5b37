import type { Outcome, OutcomeReason } from '@executioner/engine';
import type { JobReport, RunReport, TryReport } from './model.ts';

/** A try on the timeline of an attempt. */
export interface Bar {
  readonly job: string;
  readonly try: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Absent if the try did not end within the journal. */
  readonly status?: Outcome;
  /** That of the job, where this try decided it. */
  readonly reason?: OutcomeReason;
}

/** The tries of an attempt in lanes; see `inLanes`. The lanes are those of the workers as far as the journal tells. */
export function timelineLanes(report: RunReport, attempt: number): Bar[][] {
  return inLanes(barsOf(report, attempt));
}

/**
 * Bars in as few lanes as possible, so that no two bars of a lane overlap: interval partitioning by start, each into the
 * lowest free lane. `bars` is sorted by start. Costs O(n·lanes) in bars n.
 */
export function inLanes<T extends { readonly startMs: number; readonly endMs: number }>(
  bars: readonly T[],
): T[][] {
  const ends: number[] = [];
  const lanes: T[][] = [];
  for (const bar of bars) {
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
      job.tries.filter((each) => each.attempt === attempt).map((each) => barOf(job, each, lastMs)),
    )
    .sort(
      (a, b) =>
        a.startMs - b.startMs ||
        a.endMs - b.endMs ||
        (a.job < b.job ? -1 : a.job > b.job ? 1 : a.try - b.try),
    );
}

function barOf(job: JobReport, each: TryReport, lastMs: number): Bar {
  const { try: number, startMs, endMs = lastMs, status } = each;
  const reason = each === job.tries.at(-1) && status === job.status ? job.reason : undefined;
  const bar = { job: job.id, try: number, startMs, endMs };
  return { ...bar, ...(status === undefined ? {} : { status }), ...(reason === undefined ? {} : { reason }) };
}

import type { ChangePoint } from '../changepoint/index.ts';

/** A run, or a turn of a job, in a series. */
export interface TrendPoint {
  readonly run: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Of a success; undefined otherwise, since failures end early or late. */
  readonly durationMs: number | undefined;
  readonly failed: boolean;
}

/** A change of a series that is significant and large enough to be told. */
export interface TrendChange extends Pick<ChangePoint, 'pValue' | 'before' | 'after' | 'shift'> {
  readonly what: 'duration' | 'failures';
  readonly worse: boolean;
  /** The first run after the change, and when it began. */
  readonly run: number | undefined;
  readonly atMs: number;
  /** No later change has taken it back. */
  readonly stands: boolean;
}

/** How a workflow or a job has done over the runs. */
export interface Trend {
  readonly application: string;
  /** Absent for the workflow as a whole. */
  readonly job: string | undefined;
  /** Oldest first; of very many the newest. */
  readonly points: readonly TrendPoint[];
  /** All that were seen. */
  readonly runs: number;
  readonly failures: number;
  /** Median of the successes since the last change, milliseconds. */
  readonly durationMs: number | undefined;
  /** Medians of the stretches between changes: from and to are places in `points`. */
  readonly stretches: readonly { readonly from: number; readonly to: number; readonly durationMs: number }[];
  /** In the order of time. */
  readonly changes: readonly TrendChange[];
  readonly flakiness: Flakiness | undefined;
}

/** Signs that a job fails by chance: it failed and then succeeded, and nothing about it had changed. */
export interface Flakiness {
  /** Runs in which a retry succeeded. */
  readonly savedByRetry: number;
  /** Failures after which the next run with the same definition succeeded. */
  readonly recoveredNextRun: number;
  /** The share of its turns that failed at first and succeeded then. */
  readonly rate: number;
  /** The newest run in which it happened. */
  readonly lastRun: number | undefined;
}

export interface Trends {
  readonly runCount: number;
  readonly firstAtMs: number | undefined;
  readonly lastAtMs: number | undefined;
  readonly workflows: readonly Trend[];
  /** By application and job. */
  readonly jobs: readonly Trend[];
}

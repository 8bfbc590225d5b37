import type { OutcomeReason } from '@executioner/engine';
import type { JobRecord } from './runRecord.ts';

/** What is counted of a job in its run; only there while it is shown. A number that is not told is NaN. */
export interface JobFigures {
  readonly id: string;
  /** See `jobStatuses`. */
  readonly statusCode: number;
  /** Whether the job ended badly; also if it was allowed to. */
  readonly hasFailed: boolean;
  readonly reason?: OutcomeReason | undefined;
  readonly because?: string | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly waitedMs: number;
  readonly cpuMs: number;
  readonly maxRssKb: number;
  readonly tryCount: number;
  /** How long its tries took that began since then. */
  busyMs(sinceMs: number): number;
  /** All that is known of it. */
  record(): JobRecord;
}

/** Tries of a job beyond its first one. */
export function retriesShown({ tryCount }: Pick<JobFigures, 'tryCount'>): number {
  return tryCount > 1 ? tryCount - 1 : 0;
}

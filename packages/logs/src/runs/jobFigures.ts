import type { OutcomeReason } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { JobRecord } from './runRecord.ts';

/** What is counted of a job in its run; only there while it is shown. */
export interface JobFigures {
  readonly id: string;
  readonly status: JobStatus;
  readonly reason?: OutcomeReason | undefined;
  readonly because?: string | undefined;
  readonly startedAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly waitedMs?: number | undefined;
  readonly cpuMs?: number | undefined;
  readonly maxRssKb?: number | undefined;
  readonly tryCount: number;
  readonly retries: number;
  /** How long its tries took that began since then. */
  busyMs(sinceMs: number): number;
  /** All that is known of it. */
  record(): JobRecord;
}

import type { RunOutcome } from '@executioner/engine';
import { hasFailed, type JobRecord, type RunRecord } from '../runs/index.ts';

/** News of a followed run: of the run itself, or of a job. */
export interface FollowedChange {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly application: string;
  readonly run: number | undefined;
  /** Absent when it is the run itself. */
  readonly job?: string;
  /**
   * A job's status, or `retrying` when a try has failed and there will be another; of a run `started`, `stopping`, `paused`,
   * `resumed`, or its outcome.
   */
  readonly status: string;
  readonly durationMs?: number;
  /** Of a job the number of the try that has begun or was the last; above 1. */
  readonly try?: number;
  /** Of a run that starts, above 1: it is a resume. */
  readonly attempt?: number;
  readonly exitCode?: number;
  readonly signal?: string;
  /** The wait before the next try. */
  readonly delayMs?: number;
  readonly because?: string;
  /** Of a job that failed: the last lines of its output, those that matter first chosen. */
  readonly output?: readonly string[];
  /** Of a run that has ended: how many of its jobs have each status. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Of a run that has ended: the jobs that failed and were not allowed to. */
  readonly failed?: readonly string[];
}

/** Where a job stands, as far as a change is told: equal texts mean that there is no news. */
export function standOf({ status, tries }: JobRecord): string {
  const last = tries.at(-1);
  return `${status} ${tries.length} ${last?.delayMs === undefined ? '' : 'retrying'}`;
}

/** News of a job; undefined while it waits for its turn. */
export function jobChange(
  job: JobRecord,
  { application, run, atMs }: Pick<FollowedChange, 'application' | 'run' | 'atMs'>,
): FollowedChange | undefined {
  if (job.status === 'waiting' && job.tries.length === 0) return undefined;
  const last = job.tries.at(-1);
  const isOver = job.status !== 'running' && job.status !== 'waiting';
  const isRetrying = !isOver && last?.delayMs !== undefined;
  const hasEnd = isOver || isRetrying;
  return {
    atMs,
    application,
    run,
    job: job.id,
    status: isRetrying ? 'retrying' : isOver ? job.status : 'running',
    ...(isOver && job.durationMs !== undefined && { durationMs: job.durationMs }),
    ...(job.tries.length > 1 && { try: job.tries.length }),
    ...(hasEnd && last?.exitCode !== undefined && { exitCode: last.exitCode }),
    ...(hasEnd && last?.signal !== undefined && { signal: last.signal }),
    ...(isRetrying && last.delayMs !== undefined && { delayMs: last.delayMs }),
    ...(job.because !== undefined && { because: job.because }),
  };
}

/** News of a run that has ended. */
export function endChange(run: RunRecord, outcome: RunOutcome, atMs: number): FollowedChange {
  const counts: Record<string, number> = {};
  for (const { status } of run.jobs) counts[status] = (counts[status] ?? 0) + 1;
  return {
    atMs,
    application: run.application,
    run: run.run,
    status: outcome,
    durationMs: run.durationMs,
    ...(run.attempts > 1 && { attempt: run.attempts }),
    counts,
    failed: run.jobs
      .filter((job) => hasFailed(job) && job.reason !== 'allowed')
      .sort((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0))
      .map(({ id }) => id),
  };
}

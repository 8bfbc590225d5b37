import { eachJob, failsRun, type JobFigures, type JobRecord, type RunRecord } from '../runs/index.ts';
import type { RunLine, StatusCounts } from './model.ts';

/** The line of a run; `visit` is shown its jobs on the way, since going through them is what takes the time. Linear in its tries. */
export function runLine(run: RunRecord, visit?: (job: JobFigures) => void): RunLine {
  const { application, startedAtMs, durationMs, outcome, recordedStatus, attempts, workers, jobCount } = run;
  const busySinceMs = countedSince(run);
  const counts: Partial<Record<JobRecord['status'], number>> = {};
  let retries = 0;
  let busyMs = 0;
  let firstFailure: string | undefined;
  let firstFailureMs = Number.POSITIVE_INFINITY;
  eachJob(run, (job) => {
    visit?.(job);
    const { status } = job;
    counts[status] = (counts[status] ?? 0) + 1;
    retries += job.retries;
    if (busySinceMs !== undefined) busyMs += job.busyMs(busySinceMs);
    if (!failsRun(job)) return;
    const endedAtMs = job.endedAtMs ?? 0;
    if (endedAtMs >= firstFailureMs) return;
    firstFailureMs = endedAtMs;
    firstFailure = job.id;
  });
  return {
    application,
    run: run.run,
    startedAtMs,
    durationMs,
    outcome,
    recordedStatus,
    attempts,
    workers,
    workerUse: workerUse(run, busyMs),
    jobCount,
    counts: withSilent(counts, jobCount - run.jobs.length),
    retries,
    firstFailure,
  };
}

/** Those that nothing is told of are waiting. */
function withSilent(counts: StatusCounts, silent: number): StatusCounts {
  return silent > 0 ? { ...counts, waiting: (counts.waiting ?? 0) + silent } : counts;
}

/** From when tries count as work of the last attempt; undefined where its start is not known. */
function countedSince({ startedAtMs, endedAtMs, durationMs, attempts }: RunRecord): number | undefined {
  if (durationMs === 0 || (endedAtMs === undefined && attempts > 1)) return undefined;
  return endedAtMs === undefined ? startedAtMs : endedAtMs - durationMs;
}

/**
 * Of the last attempt. A text log without a word of workers is that of a sequential run; a history tells neither workers nor
 * when the tries before the last began.
 */
function workerUse({ kind, durationMs, ...run }: RunRecord, busyMs: number): number | undefined {
  const workers = run.workers ?? (kind === 'text log' ? 1 : undefined);
  if (workers === undefined || busyMs === 0) return undefined;
  return Math.min(1, busyMs / (durationMs * workers));
}

import { failsRun, type JobRecord, type RunRecord, retriesOf, tryDurationMs } from '../runs/index.ts';
import type { RunLine, StatusCounts } from './model.ts';

/** The line of a run. Linear in its tries. */
export function runLine(run: RunRecord): RunLine {
  const { application, startedAtMs, durationMs, outcome, recordedStatus, attempts, workers, jobCount, jobs } =
    run;
  const failed = jobs.filter(failsRun).sort((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0));
  return {
    application,
    run: run.run,
    startedAtMs,
    durationMs,
    outcome,
    recordedStatus,
    attempts,
    workers,
    workerUse: workerUse(run),
    jobCount,
    counts: countStatuses(jobs, jobCount),
    retries: jobs.reduce((sum, job) => sum + retriesOf(job), 0),
    firstFailure: failed[0]?.id,
  };
}

/** Jobs by status; those that nothing is told of are waiting. */
export function countStatuses(jobs: readonly JobRecord[], jobCount = jobs.length): StatusCounts {
  const counts: Partial<Record<JobRecord['status'], number>> = {};
  for (const { status } of jobs) counts[status] = (counts[status] ?? 0) + 1;
  const silent = jobCount - jobs.length;
  if (silent > 0) counts.waiting = (counts.waiting ?? 0) + silent;
  return counts;
}

/**
 * Of the last attempt. A text log without a word of workers is that of a sequential run; a history tells neither workers nor
 * when the tries before the last began.
 */
function workerUse({ jobs, durationMs, kind, endedAtMs, attempts, ...run }: RunRecord): number | undefined {
  const workers = run.workers ?? (kind === 'text log' ? 1 : undefined);
  if (workers === undefined || durationMs === 0 || (endedAtMs === undefined && attempts > 1))
    return undefined;
  const sinceMs = endedAtMs === undefined ? run.startedAtMs : endedAtMs - durationMs;
  const tries = jobs.flatMap((job) => job.tries.filter(({ startedAtMs }) => startedAtMs >= sinceMs));
  const busyMs = tries.reduce((sum, each) => sum + (tryDurationMs(each) ?? 0), 0);
  return busyMs === 0 ? undefined : Math.min(1, busyMs / (durationMs * workers));
}

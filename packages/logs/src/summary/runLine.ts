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

/** A text log without a word of workers is that of a sequential run; a history does not tell. */
function workerUse({ jobs, durationMs, kind, ...run }: RunRecord): number | undefined {
  const workers = run.workers ?? (kind === 'text log' ? 1 : undefined);
  if (workers === undefined) return undefined;
  const busyMs = jobs.reduce(
    (sum, { tries }) => sum + tries.reduce((ofJob, each) => ofJob + (tryDurationMs(each) ?? 0), 0),
    0,
  );
  return durationMs === 0 || busyMs === 0 ? undefined : Math.min(1, busyMs / (durationMs * workers));
}

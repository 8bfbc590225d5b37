import type { LoggedJob, LoggedRun } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { JobRecord, RunRecord, TryRecord } from './runRecord.ts';

/** A run of text logs as a record. */
export function recordOfLogged(logged: LoggedRun, files: readonly string[]): RunRecord {
  const { application = '', run, outcome, recordedStatus, workers, stopping, problems } = logged;
  const { startedAtMs } = logged.attempts.at(-1) ?? logged;
  const endMs = logged.endedAtMs ?? logged.lastAtMs;
  const hasEnded = logged.endedAtMs !== undefined;
  const jobs = [...logged.jobs.values()].map((job) => jobOfLogged(job, hasEnded));
  const lastEndMs = jobs.reduce((last, { endedAtMs = 0 }) => Math.max(last, endedAtMs), endMs);
  return {
    kind: 'text log',
    files,
    application,
    ...(run === undefined ? {} : { run }),
    startedAtMs: logged.startedAtMs,
    ...(hasEnded ? { endedAtMs: lastEndMs } : {}),
    durationMs: Math.max(0, lastEndMs - startedAtMs),
    ...(outcome === undefined ? {} : { outcome }),
    ...(recordedStatus === undefined ? {} : { recordedStatus }),
    ...(workers === undefined ? {} : { workers }),
    jobCount: jobs.length,
    attempts: Math.max(1, logged.attempts.length),
    ...(stopping === undefined ? {} : { stopped: stopping }),
    jobs,
    problems,
  };
}

function jobOfLogged(job: LoggedJob, runHasEnded: boolean): JobRecord {
  const { id, reason, because, command, startedAtMs, endedAtMs, durationMs, maxRetries, failedChecks } = job;
  return {
    id,
    status: statusOf(job, runHasEnded),
    ...(reason === undefined ? {} : { reason }),
    ...(because === undefined ? {} : { because }),
    ...(command === undefined ? {} : { command, definition: command }),
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(durationMs === undefined ? {} : { durationMs }),
    tries: job.tries
      .filter(({ attempt }) => attempt === job.attempt)
      .map(({ attempt, durationMs: _, ...rest }): TryRecord => rest),
    failedChecks,
    ...(maxRetries === undefined ? {} : { maxRetries }),
  };
}

/** A job whose end the log of an ended run does not tell. */
function statusOf({ status, startedAtMs }: LoggedJob, runHasEnded: boolean): JobStatus {
  if (status !== undefined) return status;
  if (startedAtMs === undefined) return 'waiting';
  return runHasEnded ? 'unknown' : 'running';
}

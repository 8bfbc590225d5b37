import type { LoggedJob, LoggedRun, LoggedTry } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { JobRecord, RunRecord } from './runRecord.ts';

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

/** A job of text logs as a record. */
export function jobOfLogged(job: LoggedJob, runHasEnded: boolean): JobRecord {
  const { id, reason, because, command, startedAtMs, endedAtMs, durationMs, maxRetries, failedChecks } = job;
  const isOfAttempt = (each: LoggedTry) => each.attempt === job.attempt;
  return {
    id,
    status: statusOf(job, runHasEnded),
    reason,
    because,
    command,
    definition: command,
    startedAtMs,
    endedAtMs,
    durationMs,
    tries: job.tries.every(isOfAttempt) ? job.tries : job.tries.filter(isOfAttempt),
    failedChecks,
    maxRetries,
  };
}

/** A job whose end the log of an ended run does not tell. */
function statusOf({ status, startedAtMs }: LoggedJob, runHasEnded: boolean): JobStatus {
  if (status !== undefined) return status;
  if (startedAtMs === undefined) return 'waiting';
  return runHasEnded ? 'unknown' : 'running';
}

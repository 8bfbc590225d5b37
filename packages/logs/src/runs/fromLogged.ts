import { type CollectedRun, type JobTable, jobColumn, type LoggedRun } from '@executioner/engine';
import { jobOfLogged, LoggedJobs } from './loggedJobs.ts';
import type { JobList, RunRecord } from './runRecord.ts';

/** A run of text logs as a record. */
export function recordOfLogged(logged: LoggedRun | CollectedRun, files: readonly string[]): RunRecord {
  const { application = '', run, outcome, recordedStatus, workers, stopping, problems } = logged;
  const { startedAtMs } = logged.attempts.at(-1) ?? logged;
  const hasEnded = logged.endedAtMs !== undefined;
  const table = 'table' in logged ? logged.table : undefined;
  const jobs: JobList =
    table === undefined
      ? [...logged.jobs.values()].map((job) => jobOfLogged(job, hasEnded))
      : new LoggedJobs(table, hasEnded);
  const lastEndMs = Math.max(
    logged.endedAtMs ?? logged.lastAtMs,
    table === undefined ? latestEnd(jobs) : latestEndOf(table),
  );
  return {
    kind: 'text log',
    files,
    application,
    run,
    startedAtMs: logged.startedAtMs,
    endedAtMs: hasEnded ? lastEndMs : undefined,
    durationMs: Math.max(0, lastEndMs - startedAtMs),
    outcome,
    recordedStatus,
    workers,
    jobCount: jobs.length,
    attempts: Math.max(1, logged.attempts.length),
    stopped: stopping,
    jobs,
    problems,
  };
}

function latestEnd(jobs: JobList): number {
  return jobs.reduce((latest, { endedAtMs = 0 }) => Math.max(latest, endedAtMs), 0);
}

function latestEndOf(table: JobTable): number {
  const { rows, size } = table;
  const { cells } = rows;
  let latest = 0;
  for (let row = 0; row < size; row++) {
    const endedAtMs = cells[rows.at(row) + jobColumn.endedAtMs]!;
    if (endedAtMs > latest) latest = endedAtMs;
  }
  return latest;
}

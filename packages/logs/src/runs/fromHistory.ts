import type {
  DefinedJobEntry,
  HistoryStatus,
  HistoryView,
  ImportedAttempt,
  ImportedJob,
  ImportedRun,
  RunEntry,
  RunOutcome,
} from '@executioner/engine';
import { failsRun, type JobRecord, type RunRecord } from './runRecord.ts';

/** The runs of our history database, oldest first; one record for each, of its last attempt. */
export function* recordsOfHistory(
  history: HistoryView,
  file: string,
  filter: Parameters<HistoryView['listRuns']>[0] = {},
): Generator<RunRecord> {
  for (const { attempts, jobs } of history.eachRun(filter)) yield recordOfEntries(attempts, jobs, file);
}

function recordOfEntries(
  attempts: readonly RunEntry[],
  jobs: readonly DefinedJobEntry[],
  file: string,
): RunRecord {
  const last = attempts.at(-1)!;
  const latest = new Map<string, DefinedJobEntry>();
  for (const job of jobs) latest.set(job.job, job);
  const records = [...latest.values()].map(jobOfEntry);
  const endMs =
    last.ended_at ?? records.reduce((end, job) => Math.max(end, job.endedAtMs ?? 0), last.started_at);
  const outcome = runOutcome(last.status);
  return {
    kind: 'history',
    files: [file],
    application: last.application,
    run: last.run,
    startedAtMs: attempts[0]!.started_at,
    ...(last.ended_at === undefined ? {} : { endedAtMs: last.ended_at }),
    durationMs: last.duration_ms ?? Math.max(0, endMs - last.started_at),
    ...(outcome === undefined ? {} : { outcome }),
    ...(last.recorded_status === undefined ? {} : { recordedStatus: last.recorded_status }),
    ...(last.exit_code === undefined ? {} : { exitCode: last.exit_code }),
    jobCount: Math.max(last.job_count, records.length),
    attempts: attempts.length,
    jobs: records,
    problems: [],
    ...(last.config_file === undefined ? {} : { configuration: last.config_file }),
  };
}

function runOutcome(status: HistoryStatus): RunOutcome | undefined {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled' ? status : undefined;
}

function jobOfEntry(job: DefinedJobEntry): JobRecord {
  const { status, started_at: startedAtMs, ended_at: endedAtMs, duration_ms: durationMs } = job;
  const startMs = startedAtMs ?? endedAtMs ?? 0;
  const tries = Array.from({ length: job.tries }, (_, index) =>
    index < job.tries - 1
      ? { startedAtMs: startMs, endedAtMs: startMs, status: 'failed' as const }
      : {
          startedAtMs: startMs,
          ...(endedAtMs === undefined ? {} : { endedAtMs }),
          ...(job.exit_code === undefined ? {} : { exitCode: job.exit_code }),
          ...(job.signal === undefined ? {} : { signal: job.signal }),
        },
  );
  return {
    id: job.job,
    status: status === 'interrupted' ? 'unknown' : status,
    ...(job.reason === undefined ? {} : { reason: job.reason as NonNullable<JobRecord['reason']> }),
    ...(job.command === '' ? {} : { command: job.command, definition: job.definition_hash ?? job.command }),
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(durationMs === undefined ? {} : { durationMs }),
    tries,
    failedChecks: [],
    ...(job.cpu_ms === undefined ? {} : { cpuMs: job.cpu_ms }),
    ...(job.max_rss_kb === undefined ? {} : { maxRssKb: job.max_rss_kb }),
    ...(job.error === undefined ? {} : { lastOutput: job.error }),
  };
}

/** A run that another program has recorded, such as version 1 in its database; its last attempt. */
export function recordOfImported(imported: ImportedRun, file: string): RunRecord {
  const attempt = imported.attempts.at(-1)!;
  const jobs = attempt.jobs.map(jobOfImported);
  const lastMs = jobs.reduce((end, job) => Math.max(end, job.endedAtMs ?? 0), attempt.startedAtMs);
  const failed = jobs.some(failsRun) || (attempt.recordedStatus ?? 'SUCCESS') !== 'SUCCESS';
  return {
    kind: 'history',
    files: [file],
    application: imported.application,
    ...(imported.number === undefined ? {} : { run: imported.number }),
    startedAtMs: imported.attempts[0]!.startedAtMs,
    ...(attempt.endedAtMs === undefined
      ? {}
      : { endedAtMs: attempt.endedAtMs, outcome: failed ? ('failed' as const) : ('succeeded' as const) }),
    durationMs: Math.max(0, (attempt.endedAtMs ?? lastMs) - attempt.startedAtMs),
    ...(attempt.recordedStatus === undefined ? {} : { recordedStatus: attempt.recordedStatus }),
    jobCount: attempt.jobCount,
    attempts: imported.attempts.length,
    jobs,
    problems: [],
  };
}

function jobOfImported(job: ImportedAttempt['jobs'][number] & ImportedJob): JobRecord {
  const cpu = job.tries.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]));
  const memory = job.tries.flatMap(({ maxRssKb }) => (maxRssKb === undefined ? [] : [maxRssKb]));
  return {
    id: job.id,
    status: job.status,
    ...(job.command === '' ? {} : { command: job.command, definition: job.command }),
    startedAtMs: job.startedAtMs,
    endedAtMs: job.startedAtMs + job.durationMs,
    durationMs: job.durationMs,
    tries: job.tries.map(({ cpuMs, maxRssKb, ...each }, index) => ({
      ...each,
      status: index === job.tries.length - 1 ? job.status : 'failed',
    })),
    failedChecks: [],
    ...(cpu.length === 0 ? {} : { cpuMs: cpu.reduce((sum, each) => sum + each, 0) }),
    ...(memory.length === 0 ? {} : { maxRssKb: Math.max(...memory) }),
    ...(job.error === undefined ? {} : { lastOutput: job.error }),
  };
}

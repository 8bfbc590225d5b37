import type { Database } from './database.ts';
import { present } from './present.ts';
import { type AttemptRecord, emptyAttempt, type JobRecord } from './records.ts';
import { jobRange } from './schema.ts';

interface RunRow {
  readonly application: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly duration_ms: number | null;
  readonly status: string | null;
  readonly exit_code: number | null;
  readonly job_count: number;
  readonly workers: number;
  readonly counts: string | null;
  readonly engine: string;
  readonly config_file: string | null;
}

interface JobRow {
  readonly id: number;
  readonly job: string;
  readonly status: JobRecord['status'] | null;
  readonly reason: JobRecord['reason'] | null;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly duration_ms: number | null;
  readonly command_ms: number | null;
  readonly tries: number;
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly cpu_ms: number | null;
  readonly max_rss_kb: number | null;
  readonly facts: string | null;
}

/** Takes the fold of an attempt up where it was put aside. */
export function readRecord(db: Database, run: number, attempt: number): AttemptRecord {
  const record = emptyAttempt(run, attempt);
  const row = db.get<RunRow>('SELECT * FROM runs WHERE run = ? AND attempt = ?', run, attempt);
  if (row === undefined) return record;
  Object.assign(
    record,
    present({
      application: row.application,
      startedAtMs: row.started_at,
      endedAtMs: row.ended_at,
      durationMs: row.duration_ms,
      status: row.status,
      exitCode: row.exit_code,
      jobCount: row.job_count,
      workers: row.workers,
      counts: row.counts === null ? null : JSON.parse(row.counts),
      engine: JSON.parse(row.engine),
      configFile: row.config_file,
    }),
  );
  const jobs = db.all<JobRow>(
    'SELECT j.*, d.job FROM jobs j JOIN definitions d ON d.id = j.definition WHERE j.id BETWEEN ? AND ? AND j.attempt = ?',
    ...jobRange(run),
    attempt,
  );
  for (const job of jobs) record.jobs.set(job.job, jobRecordOf(job));
  return record;
}

function jobRecordOf(row: JobRow): JobRecord {
  return {
    job: row.job,
    id: row.id,
    tries: row.tries,
    facts: row.facts === null ? {} : JSON.parse(row.facts),
    ...present({
      status: row.status,
      reason: row.reason,
      startedAtMs: row.started_at,
      endedAtMs: row.ended_at,
      durationMs: row.duration_ms,
      commandMs: row.command_ms,
      exitCode: row.exit_code,
      signal: row.signal,
      cpuMs: row.cpu_ms,
      maxRssKb: row.max_rss_kb,
    }),
  };
}

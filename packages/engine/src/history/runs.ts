import { type Liveness, liveness } from '../runs/index.ts';
import type { Database } from './database.ts';
import { allOf, type HistoryFilter } from './filter.ts';
import { jobRange, jobsPerRun } from './schema.ts';
import type { HistoryStatus } from './statusNames.ts';

/** An attempt of a run, as history knows it. */
export interface RunEntry {
  readonly run: number;
  readonly attempt: number;
  readonly application: string;
  readonly status: HistoryStatus;
  /** What the source of an import calls it. */
  readonly recorded_status?: string;
  readonly exit_code?: number;
  /** Milliseconds since 1970. */
  readonly started_at: number;
  readonly ended_at?: number;
  readonly duration_ms?: number;
  readonly job_count: number;
  /** How many jobs ended in each way, by outcome. */
  readonly counts: Readonly<Record<string, number>>;
  readonly working_dir?: string;
  readonly config_file?: string;
  readonly log?: string;
  /** `run`, or the kind of the import. */
  readonly source: string;
}

interface RunRow {
  readonly run: number;
  readonly attempt: number;
  readonly application: string;
  readonly status: HistoryStatus | null;
  readonly recorded_status: string | null;
  readonly exit_code: number | null;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly duration_ms: number | null;
  readonly job_count: number;
  readonly counts: string | null;
  readonly engine: string;
  readonly working_dir: string | null;
  readonly config_file: string | null;
  readonly log: string | null;
  readonly source: string;
}

/**
 * The attempts of the newest runs that the filter lets through, oldest first. `limit` counts attempts, default 100.
 * Logarithmic in the runs and linear in those looked at.
 */
export function listRunEntries(db: Database, filter: HistoryFilter = {}): RunEntry[] {
  const { statuses, application, tag, sinceMs, untilMs, limit = 100 } = filter;
  const where = allOf(
    application === undefined ? undefined : ['application = ?', application],
    sinceMs === undefined ? undefined : ['started_at >= ?', sinceMs],
    untilMs === undefined ? undefined : ['started_at < ?', untilMs],
    statuses === undefined
      ? undefined
      : ['status IS NULL OR status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses)],
    tag === undefined ? undefined : [taggedRuns, tag],
  );
  const wanted = new Set(statuses);
  const entries: RunEntry[] = [];
  // Whether an open one is running or interrupted is seen only here, so the limit is kept here too.
  const rows = db.all<RunRow>(
    `SELECT * FROM runs WHERE ${where.sql} ORDER BY run DESC, attempt DESC${statuses === undefined ? ' LIMIT ?' : ''}`,
    ...where.parameters,
    ...(statuses === undefined ? [limit] : []),
  );
  for (const row of rows) {
    if (entries.length === limit) break;
    const entry = runEntry(db, row);
    if (statuses === undefined || wanted.has(entry.status)) entries.push(entry);
  }
  return entries.reverse();
}

const taggedRuns = `EXISTS (SELECT 1 FROM jobs j JOIN definitions d ON d.id = j.definition
  JOIN json_each(d.tags) t WHERE j.id BETWEEN run * ${jobsPerRun} AND run * ${jobsPerRun} + ${jobsPerRun - 1} AND t.value = ?)`;

/** All attempts of a run, first to last; empty when it is not known. */
export function attemptsOfRun(db: Database, run: number): RunEntry[] {
  return db
    .all<RunRow>('SELECT * FROM runs WHERE run = ? ORDER BY attempt', run)
    .map((row) => runEntry(db, row));
}

function runEntry(db: Database, row: RunRow): RunEntry {
  const { status, counts, engine, ...columns } = row;
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
  return {
    ...(given as unknown as Omit<RunEntry, 'status' | 'counts'>),
    status: status ?? (engineLiveness(engine) === 'alive' ? 'running' : 'interrupted'),
    counts: counts === null ? countJobs(db, row) : JSON.parse(counts),
  };
}

/** Whether the engine of an attempt still exists; `engine` is as the journal has it, in JSON. */
export function engineLiveness(engine: string): Liveness {
  const { engine_pid: pid, ticks, boot_id: bootId, host } = JSON.parse(engine);
  if (typeof pid !== 'number' || typeof host !== 'string') return 'gone';
  return liveness({
    pid,
    host,
    ...(ticks === undefined ? {} : { ticks }),
    ...(bootId === undefined ? {} : { bootId }),
  });
}

function countJobs(db: Database, { run, attempt }: RunRow): Readonly<Record<string, number>> {
  const rows = db.all<{ status: string; count: number }>(
    `SELECT status, count(*) AS count FROM jobs
      WHERE id BETWEEN ? AND ? AND attempt = ? AND status IS NOT NULL GROUP BY status`,
    ...jobRange(run),
    attempt,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

import type { Database } from './database.ts';
import { allOf, type HistoryFilter } from './filter.ts';
import { matchExpression } from './matchExpression.ts';
import { engineLiveness } from './runs.ts';
import { jobRange, jobsPerRun } from './schema.ts';
import type { HistoryStatus } from './statusNames.ts';

/** A job in an attempt, as history knows it. */
export interface JobEntry {
  readonly run: number;
  readonly attempt: number;
  readonly application: string;
  readonly job: string;
  readonly status: HistoryStatus;
  readonly reason?: string;
  readonly recorded_status?: string;
  /** Milliseconds since 1970. */
  readonly started_at?: number;
  readonly ended_at?: number;
  /** From the first try's start, checks and back-off included. */
  readonly duration_ms?: number;
  /** Of the last try's command. */
  readonly command_ms?: number;
  readonly tries: number;
  readonly exit_code?: number;
  readonly signal?: string;
  readonly cpu_ms?: number;
  readonly max_rss_kb?: number;
  readonly error?: string;
  readonly command: string;
  readonly description: string;
  readonly tags: readonly string[];
}

const columns = `
  j.id / ${jobsPerRun} AS run, j.attempt, r.application, d.job, j.status, j.reason, j.recorded_status, j.started_at, j.ended_at,
  j.duration_ms, j.command_ms, j.tries, j.exit_code, j.signal, j.cpu_ms, j.max_rss_kb, j.error, d.command, d.description,
  d.tags, r.status AS run_status, r.engine`;
const joins = `JOIN definitions d ON d.id = j.definition
  JOIN runs r ON r.run = j.id / ${jobsPerRun} AND r.attempt = j.attempt`;

/** The jobs of a run in the order in which they first appear, attempt after attempt. */
export function jobsOfRun(db: Database, run: number): JobEntry[] {
  return db
    .all<JobRow>(
      `SELECT ${columns} FROM jobs j ${joins} WHERE j.id BETWEEN ? AND ? ORDER BY j.attempt, j.id`,
      ...jobRange(run),
    )
    .map(jobEntry);
}

/**
 * Jobs whose id, command, error, last output, tags or application hold all of the words, of the newest runs first.
 * Without words all that the filter lets through. `limit` defaults to 100. For what words and marks mean see
 * `matchExpression`.
 */
export function searchJobs(db: Database, words: string, filter: HistoryFilter = {}): JobEntry[] {
  const { wanted, unwanted } = matchExpression(words);
  const { statuses, application, tag, sinceMs, untilMs, limit = 100 } = filter;
  const open = statuses?.some((status) => status === 'running' || status === 'interrupted') === true;
  const where = allOf(
    wanted === undefined ? undefined : ['jobs_text MATCH ?', wanted],
    unwanted === undefined
      ? undefined
      : ['j.id NOT IN (SELECT rowid FROM jobs_text WHERE jobs_text MATCH ?)', unwanted],
    application === undefined ? undefined : ['r.application = ?', application],
    sinceMs === undefined ? undefined : ['coalesce(j.started_at, r.started_at) >= ?', sinceMs],
    untilMs === undefined ? undefined : ['coalesce(j.started_at, r.started_at) < ?', untilMs],
    statuses === undefined
      ? undefined
      : [
          `${open ? 'j.status IS NULL OR ' : ''}j.status IN (SELECT value FROM json_each(?))`,
          JSON.stringify(statuses),
        ],
    tag === undefined ? undefined : ['EXISTS (SELECT 1 FROM json_each(d.tags) t WHERE t.value = ?)', tag],
  );
  const from = wanted === undefined ? 'jobs j' : 'jobs_text JOIN jobs j ON j.id = jobs_text.rowid';
  const rows = db.all<JobRow>(
    `SELECT ${columns} FROM ${from} ${joins} WHERE ${where.sql}
      ORDER BY ${wanted === undefined ? 'j.id' : 'jobs_text.rowid'} DESC LIMIT ?`,
    ...where.parameters,
    limit,
  );
  const entries = rows.map(jobEntry);
  return open ? entries.filter(({ status }) => statuses.includes(status)) : entries;
}

interface JobRow extends Omit<JobEntry, 'status' | 'tags'> {
  readonly status: HistoryStatus | null;
  readonly tags: string;
  readonly run_status: string | null;
  readonly engine: string;
}

function jobEntry({ status, tags, run_status, engine, ...rest }: JobRow): JobEntry {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  const isOpen = run_status === null && engineLiveness(engine) === 'alive';
  return {
    ...(given as unknown as Omit<JobEntry, 'status' | 'tags'>),
    status: status ?? (isOpen ? 'running' : 'interrupted'),
    tags: JSON.parse(tags),
  };
}

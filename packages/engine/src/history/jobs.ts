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

/** A job with the hash of its definition, where the journal has one. */
export interface DefinedJobEntry extends JobEntry {
  readonly definition_hash?: string;
}

/** The jobs of all runs from one to another, both included, by run and then as `jobsOfRun` gives them. */
export function jobsOfRuns(db: Database, first: number, last: number): DefinedJobEntry[] {
  return db
    .all<JobRow & { readonly hash: string }>(
      `SELECT ${columns}, d.hash FROM jobs j ${joins} WHERE j.id BETWEEN ? AND ? ORDER BY j.id / ${jobsPerRun}, j.attempt, j.id`,
      jobRange(first)[0],
      jobRange(last)[1],
    )
    .map((row) => (row.hash === '' ? jobEntry(row) : { ...jobEntry(row), definition_hash: row.hash }));
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

type Optional =
  | 'reason'
  | 'recorded_status'
  | 'started_at'
  | 'ended_at'
  | 'duration_ms'
  | 'command_ms'
  | 'exit_code'
  | 'signal'
  | 'cpu_ms'
  | 'max_rss_kb'
  | 'error';

/** What the database has, with null where there is nothing. */
interface JobRow
  extends Omit<JobEntry, 'status' | 'tags' | Optional>,
    Readonly<{ [Name in Optional]: NonNullable<JobEntry[Name]> | null }> {
  readonly status: HistoryStatus | null;
  readonly tags: string;
  readonly run_status: string | null;
  readonly engine: string;
}

function jobEntry(row: JobRow): JobEntry {
  const { status, tags, run_status, engine } = row;
  const isOpen = status === null && run_status === null && engineLiveness(engine) === 'alive';
  // Field by field: there may be hundreds of thousands of them.
  const entry: { -readonly [Name in keyof JobEntry]: JobEntry[Name] } = {
    run: row.run,
    attempt: row.attempt,
    application: row.application,
    job: row.job,
    status: status ?? (isOpen ? 'running' : 'interrupted'),
    tries: row.tries,
    command: row.command,
    description: row.description,
    tags: tags === '[]' ? noTags : JSON.parse(tags),
  };
  if (row.reason !== null) entry.reason = row.reason;
  if (row.recorded_status !== null) entry.recorded_status = row.recorded_status;
  if (row.started_at !== null) entry.started_at = row.started_at;
  if (row.ended_at !== null) entry.ended_at = row.ended_at;
  if (row.duration_ms !== null) entry.duration_ms = row.duration_ms;
  if (row.command_ms !== null) entry.command_ms = row.command_ms;
  if (row.exit_code !== null) entry.exit_code = row.exit_code;
  if (row.signal !== null) entry.signal = row.signal;
  if (row.cpu_ms !== null) entry.cpu_ms = row.cpu_ms;
  if (row.max_rss_kb !== null) entry.max_rss_kb = row.max_rss_kb;
  if (row.error !== null) entry.error = row.error;
  return entry;
}

const noTags: readonly string[] = [];

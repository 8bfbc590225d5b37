import { createHash } from 'node:crypto';
import { openDatabase } from '../history/index.ts';
import type { Outcome } from '../journal/index.ts';
import type { ImportedAttempt, ImportedJob, ImportedTry, ImportReading } from './importedRun.ts';
import { type ImportCode, type ImportFinding, importFinding } from './importFinding.ts';

/** Takes what is found about a run. */
type Warn = (code: ImportCode, message: string) => void;
type Row = Readonly<Record<string, string | number | null>>;

/** Whether a file begins as SQLite databases do. */
export function isSqlite(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 15)).toString('latin1') === 'SQLite format 3';
}

/**
 * Reads a history database of v1: schema versions 5 to 8, with or without attempts. Every column of its runs and jobs is
 * kept beside what we make of it. Rejects when the file cannot be read as a database.
 */
export async function readV1Database(file: string): Promise<ImportReading> {
  const db = await openDatabase(file, { readOnly: true });
  try {
    const tables = new Set(
      db.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name),
    );
    if (!tables.has('job_history')) {
      const message = 'this database is no history of version 1: it has no table "job_history"';
      return { runs: [], findings: [importFinding('E132', file, message)] };
    }
    const jobRows = db.all<Row>('SELECT * FROM job_history ORDER BY rowid');
    const runRows = tables.has('run_summary') ? db.all<Row>('SELECT * FROM run_summary ORDER BY run_id') : [];
    return assemble(runRows, jobRows, file);
  } finally {
    db.close();
  }
}

function assemble(runRows: readonly Row[], jobRows: readonly Row[], file: string): ImportReading {
  const findings: ImportFinding[] = [];
  const jobsOf = new Map<string, Row[]>();
  const attempts = new Map<number, Map<number, Row>>();
  const seen = (run: number, attempt: number, row: Row) => {
    const known = attempts.get(run) ?? new Map<number, Row>();
    if (!known.has(attempt)) known.set(attempt, row);
    attempts.set(run, known);
  };
  for (const row of runRows) {
    if (isNumber(row.run_id)) seen(row.run_id, attemptOf(row), row);
    else findings.push(leftOut('run_summary', row, file));
  }
  for (const row of jobRows) {
    if (!isNumber(row.run_id) || typeof row.id !== 'string') {
      findings.push(leftOut('job_history', row, file));
      continue;
    }
    const attempt = attemptOf(row);
    seen(row.run_id, attempt, {});
    const key = `${row.run_id} ${attempt}`;
    jobsOf.set(key, [...(jobsOf.get(key) ?? []), row]);
  }
  const runs = [...attempts]
    .sort(([a], [b]) => a - b)
    .map(([run, byAttempt]) => {
      const ordered = [...byAttempt].sort(([a], [b]) => a - b);
      const imported = ordered.map(([attempt, row]) =>
        importedAttempt(attempt, row, jobsOf.get(`${run} ${attempt}`) ?? [], (code, message) =>
          findings.push(importFinding(code, file, `run ${run}: ${message}`)),
        ),
      );
      const [, first = {}] = ordered[0]!;
      const jobs = jobsOf.get(`${run} ${ordered[0]![0]}`) ?? [];
      const application = text(first.application_name) || text(jobs[0]?.application_name) || 'unknown';
      const workingDir = text(first.working_dir);
      const identity = [
        run,
        application,
        first.start_time ?? null,
        first.created_at ?? null,
        jobs[0]?.last_run ?? null,
      ];
      const key = `v1:${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32)}`;
      return {
        kind: 'v1' as const,
        key,
        number: run,
        application,
        ...(workingDir === '' ? {} : { workingDir }),
        attempts: imported,
      };
    });
  return { runs, findings };
}

function leftOut(table: string, row: Row, file: string): ImportFinding {
  return importFinding(
    'W131',
    file,
    `a row of "${table}" without the number of a run or the id of a job was left out: ${JSON.stringify(row)}`,
  );
}

function attemptOf({ attempt_id: attempt }: Row): number {
  return isNumber(attempt) && attempt >= 1 ? attempt : 1;
}

function importedAttempt(attempt: number, row: Row, jobRows: readonly Row[], warn: Warn): ImportedAttempt {
  const toUtcMs = clockOf(row);
  const firstJob = jobRows.map(({ last_run: time }) => toUtcMs(time)).find((time) => time !== undefined);
  const startedAtMs = toUtcMs(row.start_time) ?? firstJob ?? 0;
  if (startedAtMs === 0)
    warn('W132', 'it is not recorded when it started, so it stands at the beginning of 1970');
  let lastEndMs = startedAtMs;
  const jobs = jobRows.map((jobRow) => {
    const job = importedJob(jobRow, lastEndMs, toUtcMs, warn);
    lastEndMs = Math.max(lastEndMs, job.startedAtMs + job.durationMs);
    return job;
  });
  const recordedStatus = text(row.status);
  const endedAtMs = toUtcMs(row.end_time) ?? (recordedStatus === '' ? lastEndMs : undefined);
  return {
    attempt,
    startedAtMs,
    ...(endedAtMs === undefined ? {} : { endedAtMs: Math.max(endedAtMs, lastEndMs) }),
    jobCount: Math.max(jobs.length, isNumber(row.total_jobs) ? row.total_jobs : 0),
    ...(recordedStatus === '' ? {} : { recordedStatus }),
    columns: row,
    jobs,
  };
}

/**
 * v1 writes local times without a zone, and beside them when the row was made, in UTC: the difference, to the quarter of
 * an hour, is the zone. Without that the zone of this machine is taken.
 */
function clockOf(row: Row): (value: unknown) => number | undefined {
  const localMs = parseAsUtc(row.start_time);
  const utcMs = parseAsUtc(row.created_at);
  const quarterMs = 900_000;
  const offsetMs =
    localMs === undefined || utcMs === undefined
      ? undefined
      : Math.round((utcMs - localMs) / quarterMs) * quarterMs;
  const usable = offsetMs !== undefined && Math.abs(offsetMs) <= 14 * 3_600_000;
  return (value) => {
    const timeMs = parseAsUtc(value);
    if (timeMs === undefined) return undefined;
    return usable ? timeMs + offsetMs : timeMs + new Date(timeMs).getTimezoneOffset() * 60_000;
  };
}

function parseAsUtc(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(value)) return undefined;
  const timeMs = Date.parse(`${value.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')}Z`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

function importedJob(
  row: Row,
  earliestMs: number,
  toUtcMs: (value: unknown) => number | undefined,
  warn: Warn,
): ImportedJob {
  const id = text(row.id);
  const error = text(row.last_error);
  const recordedStatus = text(row.status);
  const history = retryHistory(row.retry_history, () =>
    warn('W134', `job "${id}": its retry history is no JSON list`),
  );
  const seconds = isNumber(row.duration_seconds) ? row.duration_seconds : (history.at(-1)?.seconds ?? 0);
  const exitCode = isNumber(row.last_exit_code)
    ? row.last_exit_code
    : (history.at(-1)?.exitCode ?? Number(/exit code: (-?\d+)/.exec(error)?.[1] ?? Number.NaN));
  const status = outcomeOf(recordedStatus, error, history.at(-1)?.status, () =>
    warn(
      'W134',
      `job "${id}": status "${recordedStatus}" is none that version 1 writes, and counts as unknown`,
    ),
  );
  const startedAtMs = toUtcMs(row.last_run) ?? earliestMs;
  const tries = triesOf(history, toUtcMs, startedAtMs, seconds, status, exitCode);
  // To the millisecond, where `last_run` knows seconds only.
  const begunAtMs = tries[0]?.startedAtMs ?? startedAtMs;
  return {
    id,
    command: text(row.command),
    description: text(row.description),
    dependencies: [],
    status,
    ...(recordedStatus === '' ? {} : { recordedStatus }),
    startedAtMs: begunAtMs,
    durationMs: (tries.at(-1)?.endedAtMs ?? begunAtMs) - begunAtMs,
    tries,
    ...(error === '' ? {} : { error }),
    columns: row,
  };
}

interface RetryEntry {
  readonly timestamp: unknown;
  readonly seconds: number;
  readonly exitCode?: number;
  readonly status: string;
}

function retryHistory(value: unknown, onDamaged: () => void): RetryEntry[] {
  if (typeof value !== 'string' || value === '') return [];
  try {
    const entries = JSON.parse(value) as Record<string, unknown>[];
    return entries.map(({ timestamp, duration, exit_code, status }) => ({
      timestamp,
      seconds: isNumber(duration) ? duration : 0,
      ...(isNumber(exit_code) ? { exitCode: exit_code } : {}),
      status: text(status),
    }));
  } catch {
    onDamaged();
    return [];
  }
}

/** v1 records a success whose post-check failed as SUCCESS, and a timeout as FAILED. */
function outcomeOf(
  recorded: string,
  error: string,
  lastTry: string | undefined,
  onUnknown: () => void,
): Outcome {
  if (/post-?check failed/i.test(error)) return 'postcheck_failed';
  if (/pre-?check failed/i.test(error)) return 'precheck_failed';
  if (recorded === 'FAILED' && (lastTry === 'TIMEOUT' || /status: TIMEOUT/.test(error))) return 'timed_out';
  switch (recorded) {
    case 'SUCCESS':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'ERROR':
      return 'errored';
    case 'TIMEOUT':
      return 'timed_out';
    case 'SKIPPED':
      return 'skipped';
    case 'CANCELLED':
      return 'cancelled';
    default:
      onUnknown();
      return 'unknown';
  }
}

function triesOf(
  history: readonly RetryEntry[],
  toUtcMs: (value: unknown) => number | undefined,
  startedAtMs: number,
  seconds: number,
  status: Outcome,
  exitCode: number,
): ImportedTry[] {
  if (status === 'skipped' || status === 'precheck_failed') return [];
  if (history.length === 0) {
    const code = status === 'succeeded' || status === 'postcheck_failed' ? 0 : exitCode;
    return [{ startedAtMs, endedAtMs: startedAtMs + Math.round(seconds * 1000), ...codeOf(code) }];
  }
  let earliestMs = 0;
  return history.map((entry, index) => {
    const last = index === history.length - 1;
    const durationMs = Math.round((last ? seconds : entry.seconds) * 1000);
    // v1 stamps a try when it is over.
    const endedAtMs = Math.max(earliestMs, Math.round(toUtcMs(entry.timestamp) ?? startedAtMs + durationMs));
    earliestMs = endedAtMs;
    return { startedAtMs: endedAtMs - durationMs, endedAtMs, ...codeOf(entry.exitCode ?? exitCode) };
  });
}

/** −1 is what v1 writes when it ended the process itself. */
function codeOf(exitCode: number): { readonly exitCode?: number; readonly signal?: string } {
  if (exitCode >= 0) return { exitCode };
  return exitCode === -1 ? { signal: 'SIGTERM' } : {};
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

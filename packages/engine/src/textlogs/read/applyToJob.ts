import { constants } from 'node:os';
import type { Outcome } from '../../journal/index.ts';
import type { FactPlace, JobFact } from './fact.ts';
import * as jobColumn from './jobColumn.ts';
import type { JobTable } from './jobTable.ts';
import { outcomeOf } from './sentences.ts';
import * as tryColumn from './tryColumn.ts';

/** Applies a fact to the job that it is about. `attempt` is the one in which the run is. */
export function applyToJob(table: JobTable, fact: JobFact, { atMs, from }: FactPlace, attempt: number): void {
  const row = table.rowOf(fact.job);
  const { tries } = table;
  const last = table.rows.cells[table.rows.at(row) + jobColumn.lastTry]!;
  switch (fact.type) {
    case 'job.started':
      begin(table, row, attempt, atMs);
      return;
    case 'job.command':
      if (from === 'job' || !hasBegun(table, row)) begin(table, row, attempt, atMs);
      table.setCommand(row, fact.command);
      return;
    case 'job.wrote':
      if (!hasBegun(table, row)) begin(table, row, attempt, atMs);
      else if (last !== 0 && tries.status(last) !== undefined) beginTry(table, row, atMs);
      return;
    case 'job.succeeded':
      if (last !== 0) {
        if (isAbsent(tries.get(last, tryColumn.exitCode))) tries.set(last, tryColumn.exitCode, 0);
        if (fact.durationMs !== undefined) tries.set(last, tryColumn.durationMs, fact.durationMs);
      }
      endJob(table, row, 'succeeded', atMs);
      return;
    case 'job.exited':
      if (last !== 0) setEnd(table, last, fact.exitCode, fact.signal);
      endJob(table, row, (last === 0 ? undefined : tries.status(last)) ?? 'failed', atMs);
      return;
    case 'job.timed_out':
      if (last !== 0 && fact.limitMs !== undefined) tries.set(last, tryColumn.limitMs, fact.limitMs);
      if (from === 'job') endJob(table, row, 'timed_out', atMs);
      else if (last !== 0) tries.setStatus(last, 'timed_out');
      return;
    case 'job.check':
      if (!fact.ok) {
        table.addFailedCheck(row, { phase: fact.phase, name: fact.name });
        if (fact.phase === 'pre') withoutTry(table, row);
        endJob(table, row, fact.phase === 'pre' ? 'precheck_failed' : 'postcheck_failed', atMs);
      }
      return;
    case 'job.precheck_failed':
      withoutTry(table, row);
      endJob(table, row, 'precheck_failed', atMs);
      return;
    case 'job.postcheck_failed':
      if (last === 0) return;
      tries.setStatus(last, 'postcheck_failed');
      tries.set(last, tryColumn.exitCode, 0);
      tries.set(last, tryColumn.durationMs, fact.durationMs);
      return;
    case 'job.start_failed':
      if (last !== 0) tries.setError(last, fact.message);
      endJob(table, row, 'errored', atMs);
      return;
    case 'job.lost':
      endJob(table, row, 'unknown', atMs);
      return;
    case 'job.retrying':
      if (last !== 0) {
        if (tries.status(last) === undefined) tries.setStatus(last, 'failed');
        endTry(table, last, atMs);
        tries.set(last, tryColumn.delayMs, fact.delayMs);
      }
      table.set(row, jobColumn.maxRetries, fact.maxRetries);
      return;
    case 'job.retried':
      beginTry(table, row, atMs);
      table.set(row, jobColumn.maxRetries, fact.maxRetries);
      return;
    case 'job.failed': {
      const named = fact.status === undefined ? undefined : outcomeOf(fact.status);
      const status = named ?? (last === 0 ? undefined : tries.status(last)) ?? 'failed';
      if (last !== 0 && fact.exitCode !== undefined && fact.exitCode >= 0) {
        if (isAbsent(tries.get(last, tryColumn.exitCode))) tries.set(last, tryColumn.exitCode, fact.exitCode);
      }
      endJob(table, row, status, atMs);
      return;
    }
    case 'job.cancelled':
      endJob(table, row, 'cancelled', atMs);
      return;
    case 'job.skipped':
      table.setStatus(row, 'skipped');
      table.setReason(row, fact.reason);
      return;
    case 'job.kept':
      table.setStatus(row, fact.status);
      return;
    case 'job.marked':
      table.setStatus(row, 'succeeded');
      table.setReason(row, 'marked');
      return;
    default:
      unreachable(fact);
  }
}

/** Named at the end as not completed: a job that had begun was cut short, and any other never had its turn. */
export function neverRan(table: JobTable, job: number, why: 'dependency' | 'stopped'): void {
  const row = table.rowOf(job);
  if (table.status(row) !== undefined || hasBegun(table, row)) return;
  table.setStatus(row, 'skipped');
  table.setReason(row, why);
}

function isAbsent(value: number): boolean {
  return Number.isNaN(value);
}

function hasBegun(table: JobTable, row: number): boolean {
  return !isAbsent(table.get(row, jobColumn.startedAtMs));
}

/** The job has its turn. Said twice for one turn it changes nothing. */
function begin(table: JobTable, row: number, attempt: number, atMs: number): void {
  const { cells } = table.rows;
  const at = table.rows.at(row);
  const isSaidTwice =
    !isAbsent(cells[at + jobColumn.startedAtMs]!) &&
    isAbsent(cells[at + jobColumn.status]!) &&
    cells[at + jobColumn.attempt] === attempt;
  if (isSaidTwice) return;
  cells[at + jobColumn.attempt] = attempt;
  cells[at + jobColumn.startedAtMs] = atMs;
  table.forgetFailedChecks(row);
  beginTry(table, row, atMs);
}

function beginTry(table: JobTable, row: number, atMs: number): void {
  const { cells } = table.rows;
  const at = table.rows.at(row);
  table.setStatus(row, undefined);
  cells[at + jobColumn.reason] = Number.NaN;
  cells[at + jobColumn.endedAtMs] = Number.NaN;
  cells[at + jobColumn.durationMs] = Number.NaN;
  table.addTry(row, atMs);
}

/** A job whose pre-checks failed was never tried. */
function withoutTry(table: JobTable, row: number): void {
  const last = table.get(row, jobColumn.lastTry);
  const { tries } = table;
  if (last === 0 || tries.status(last) !== undefined) return;
  if (isAbsent(tries.get(last, tryColumn.exitCode))) table.forgetLastTry(row);
}

function endJob(table: JobTable, row: number, status: Outcome, atMs: number): void {
  const { tries } = table;
  const { cells } = table.rows;
  const at = table.rows.at(row);
  const last = cells[at + jobColumn.lastTry]!;
  const attempt = cells[at + jobColumn.attempt]!;
  const triesCells = tries.rows.cells;
  const lastAt = tries.rows.at(last);
  table.setStatus(row, status);
  cells[at + jobColumn.endedAtMs] = atMs;
  if (last !== 0 && triesCells[lastAt + tryColumn.attempt] === attempt && status !== 'precheck_failed') {
    tries.setStatus(last, status);
    endTry(table, last, atMs);
  }
  const startedAtMs = cells[at + jobColumn.startedAtMs]!;
  if (isAbsent(startedAtMs)) return;
  const previous = last === 0 ? 0 : triesCells[lastAt + tryColumn.previous]!;
  // A single try is known to the hundredth of a second, where the stamps know whole ones.
  const isOnly = last !== 0 && (previous === 0 || tries.get(previous, tryColumn.attempt) !== attempt);
  const exactMs = isOnly ? triesCells[lastAt + tryColumn.durationMs]! : Number.NaN;
  cells[at + jobColumn.durationMs] = isAbsent(exactMs) ? atMs - startedAtMs : exactMs;
}

function endTry(table: JobTable, tried: number, atMs: number): void {
  if (isAbsent(table.tries.get(tried, tryColumn.endedAtMs)))
    table.tries.set(tried, tryColumn.endedAtMs, atMs);
}

/** A negative exit code is the number of the signal. */
function setEnd({ tries }: JobTable, tried: number, exitCode: number, signal: string | undefined): void {
  if (signal !== undefined) tries.setSignal(tried, signal);
  else if (exitCode >= 0) tries.set(tried, tryColumn.exitCode, exitCode);
  else tries.setSignal(tried, signalNames.get(-exitCode) ?? `signal ${-exitCode}`);
}

const signalNames: ReadonlyMap<number, string> = new Map(
  // Of two names for one number the first counts.
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
);

function unreachable(fact: never): never {
  throw new Error(`Internal error: the collector does not know the fact ${JSON.stringify(fact)}`);
}

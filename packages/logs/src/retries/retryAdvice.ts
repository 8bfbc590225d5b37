import { countOf } from '@executioner/report';
import { turnStartMs } from '../changes/index.ts';
import { hasFailed, type JobRecord, type RunRecord, tryDurationMs } from '../runs/index.ts';

/** How often retries of one number were made, and how often they ended well. */
export interface RetryStep {
  /** 1 is the second try. */
  readonly retry: number;
  readonly made: number;
  readonly succeeded: number;
  /** Of the runs whose first try failed and that were retried, the share that had succeeded after so many retries. */
  readonly successShare: number;
}

/** What became of failures with one exit code (or signal, or time limit). */
export interface RetriedEnd {
  readonly end: string;
  /** The exit code, where it is one. */
  readonly exitCode?: number;
  readonly retried: number;
  /** How many of the retries right after it succeeded. */
  readonly succeeded: number;
}

/** What to do with the retries of a job, and why. */
export interface RetryPolicy {
  readonly action: 'keep' | 'lower' | 'raise' | 'stop' | 'add' | 'none';
  readonly maxRetries: number;
  /** Exit codes after which no retry ever helped, and enough were made to say so. */
  readonly hopelessExitCodes: readonly number[];
  readonly why: string;
}

export interface RetryAdvice {
  readonly application: string;
  readonly job: string;
  /** Runs in which it was tried, and resumes of runs. */
  readonly runs: number;
  /** Those in which its first try failed. */
  readonly firstFailures: number;
  readonly curve: readonly RetryStep[];
  readonly ends: readonly RetriedEnd[];
  /** Of retries, with the waits before them, in runs where they did not help in the end. */
  readonly lostMs: number;
  /** Of retries in runs where they did. */
  readonly wellSpentMs: number;
  /** Failures without a retry, and how many succeeded in the next run with the same definition. */
  readonly unretried: { readonly failures: number; readonly succeededNext: number };
  readonly policy: RetryPolicy;
}

/** A retry is worth making while the chance that it helps is at least this. */
const worthwhile = 0.1;
/** Retries that must have failed before they are called hopeless. */
const enoughToGiveUp = 5;

/**
 * For each job that ever failed: how often retries helped, what they cost, and how many to allow. The chance that a retry
 * helps is estimated with Jeffreys's prior (successes + 1/2 of retries + 1), so that one lucky or unlucky case decides
 * nothing. Runs are given in any order; of a run that was resumed each attempt may be one, with the jobs that it tried (`turnsOf`).
 * Linear in tries.
 */
export function retryAdvice(runs: readonly RunRecord[]): RetryAdvice[] {
  const ordered = [...runs].sort((a, b) => turnStartMs(a) - turnStartMs(b));
  const tried = new Map<string, { application: string; job: string; records: JobRecord[] }>();
  for (const { application, jobs } of ordered) {
    for (const record of jobs) {
      if (record.tries.length === 0 || !isOver(record)) continue;
      const key = JSON.stringify([application, record.id]);
      const known = tried.get(key);
      if (known === undefined) tried.set(key, { application, job: record.id, records: [record] });
      else known.records.push(record);
    }
  }
  return [...tried.values()]
    .map(({ application, job, records }) => ({ application, job, ...adviceFor(records) }))
    .filter(({ firstFailures }) => firstFailures > 0)
    .sort((a, b) => b.lostMs - a.lostMs || b.firstFailures - a.firstFailures || (a.job < b.job ? -1 : 1));
}

function isOver({ status }: JobRecord): boolean {
  return status === 'succeeded' || hasFailed({ status });
}

function adviceFor(records: readonly JobRecord[]): Omit<RetryAdvice, 'application' | 'job'> {
  const failing = records.filter((record) => record.tries.length > 1 || hasFailed(record));
  const retried = failing.filter(({ tries }) => tries.length > 1);
  const curve = curveOf(retried);
  const ends = endsOf(retried);
  const unretried = unretriedFailures(records);
  const [lost, well] = [retried.filter(hasFailed), retried.filter((record) => !hasFailed(record))];
  const facts = {
    runs: records.length,
    firstFailures: failing.length,
    curve,
    ends,
    lostMs: sum(lost.map(retryMs)),
    wellSpentMs: sum(well.map(retryMs)),
    unretried,
  };
  return { ...facts, policy: policyFor(facts) };
}

function curveOf(retried: readonly JobRecord[]): RetryStep[] {
  const most = retried.reduce((max, { tries }) => Math.max(max, tries.length - 1), 0);
  let succeededBefore = 0;
  return Array.from({ length: most }, (_, index) => {
    const retry = index + 1;
    const made = retried.filter(({ tries }) => tries.length > retry).length;
    const succeeded = retried.filter((job) => job.tries.length === retry + 1 && !hasFailed(job)).length;
    succeededBefore += succeeded;
    return { retry, made, succeeded, successShare: succeededBefore / retried.length };
  });
}

/** By how the try before each retry ended. */
function endsOf(retried: readonly JobRecord[]): RetriedEnd[] {
  const byEnd = new Map<string, { exitCode?: number; retried: number; succeeded: number }>();
  for (const job of retried) {
    job.tries.slice(0, -1).forEach((each, index) => {
      const end = endText(each);
      const known = byEnd.get(end) ?? { retried: 0, succeeded: 0 };
      known.retried += 1;
      if (index === job.tries.length - 2 && !hasFailed(job)) known.succeeded += 1;
      if (each.exitCode !== undefined && each.status !== 'timed_out') known.exitCode = each.exitCode;
      byEnd.set(end, known);
    });
  }
  return [...byEnd]
    .map(([end, counts]) => ({ end, ...counts }))
    .sort((a, b) => b.retried - a.retried || (a.end < b.end ? -1 : 1));
}

function endText({ status, exitCode, signal, error }: JobRecord['tries'][number]): string {
  if (status === 'timed_out') return 'time limit';
  if (error !== undefined) return 'could not be started';
  if (signal !== undefined) return signal;
  return exitCode === undefined ? 'failure' : `exit code ${exitCode}`;
}

/** From the end of the first try on: waits and retries. */
function retryMs({ tries }: JobRecord): number {
  const waits = sum(tries.slice(0, -1).map(({ delayMs = 0 }) => delayMs));
  return waits + sum(tries.slice(1).map((each) => tryDurationMs(each) ?? 0));
}

/** Records are in the order of their runs. */
function unretriedFailures(records: readonly JobRecord[]): RetryAdvice['unretried'] {
  let failures = 0;
  let succeededNext = 0;
  records.forEach((record, index) => {
    const next = records[index + 1];
    if (record.tries.length !== 1 || !hasFailed(record)) return;
    if (next === undefined || next.definition !== record.definition) return;
    failures += 1;
    if (!hasFailed(next) && next.tries.length === 1) succeededNext += 1;
  });
  return { failures, succeededNext };
}

function policyFor({
  curve,
  ends,
  unretried,
}: Pick<RetryAdvice, 'curve' | 'ends' | 'unretried'>): RetryPolicy {
  const hopelessExitCodes = ends
    .filter((end) => end.exitCode !== undefined && end.succeeded === 0 && end.retried >= enoughToGiveUp)
    .map(({ exitCode }) => exitCode!);
  if (curve.length === 0) return withoutRetries(unretried);
  const allowed = curve.length;
  const useful = curve.filter(
    (step) => step.succeeded > 0 && chance(step.succeeded, step.made) >= worthwhile,
  );
  const last = useful.at(-1)?.retry ?? 0;
  const made = sum(curve.map((step) => step.made));
  const succeeded = sum(curve.map((step) => step.succeeded));
  if (succeeded === 0) {
    const why = `none of ${made} retries helped`;
    return made >= enoughToGiveUp
      ? { action: 'stop', maxRetries: 0, hopelessExitCodes, why }
      : { action: 'keep', maxRetries: allowed, hopelessExitCodes, why: `${why}, too few to say more` };
  }
  const beyond = curve.slice(last);
  const wasted = sum(beyond.map((step) => step.made));
  if (last < allowed && wasted >= enoughToGiveUp) {
    const why = `${succeeded} of ${made} retries helped, none of ${wasted} after retry ${last}`;
    return { action: 'lower', maxRetries: last, hopelessExitCodes, why };
  }
  const step = curve.at(-1)!;
  if (last === allowed && step.made - step.succeeded > 0 && chance(step.succeeded, step.made) >= 0.5) {
    const why = `${step.succeeded} of ${step.made} last retries (number ${allowed}) helped: one more may too`;
    return { action: 'raise', maxRetries: allowed + 1, hopelessExitCodes, why };
  }
  return {
    action: 'keep',
    maxRetries: allowed,
    hopelessExitCodes,
    why: `${succeeded} of ${made} retries helped`,
  };
}

function withoutRetries({ failures, succeededNext }: RetryAdvice['unretried']): RetryPolicy {
  const base = { hopelessExitCodes: [] };
  if (failures === 0)
    return {
      ...base,
      action: 'none',
      maxRetries: 0,
      why: 'no failure was retried, or followed by a run with the same definition',
    };
  const why = `${succeededNext} of ${countOf(failures, 'failure')} ${failures === 1 ? 'was' : 'were'} gone in the next run without a change`;
  return succeededNext >= 2 && chance(succeededNext, failures) >= 0.5
    ? { ...base, action: 'add', maxRetries: 1, why }
    : { ...base, action: 'none', maxRetries: 0, why };
}

/** The mean of the posterior with Jeffreys's prior. */
function chance(succeeded: number, made: number): number {
  return (succeeded + 0.5) / (made + 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { isFailure, type LoggedJob, type LoggedRun, type LoggedTry } from './loggedRun.ts';

/**
 * Joins what several logs tell of the same runs: the run log, the application log, the logs of the jobs. The first that
 * tells something is believed, so run logs go before application logs and these before job logs, save for times and
 * exit codes, which the jobs' own logs know best. Logs that do not name their application belong to the one run of their
 * number, if there is just one. The runs given are changed. In the order of starting.
 */
export function mergeRuns(runs: readonly LoggedRun[]): LoggedRun[] {
  const byKey = new Map<string, LoggedRun>();
  const nameless: LoggedRun[] = [];
  const result: LoggedRun[] = [];
  for (const run of runs) {
    if (run.run === undefined) result.push(run);
    else if (run.application === undefined) nameless.push(run);
    else {
      const key = JSON.stringify([run.application, run.run]);
      const known = byKey.get(key);
      if (known === undefined) {
        byKey.set(key, run);
        result.push(run);
      } else mergeRun(known, run);
    }
  }
  for (const run of nameless) {
    const same = result.filter(
      (other) => other.run === run.run && (other.application === undefined || overlaps(other, run)),
    );
    if (same.length === 1) mergeRun(same[0]!, run);
    else result.push(run);
  }
  return result.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.run ?? 0) - (b.run ?? 0));
}

/** Stamps of run logs know whole seconds. */
const roundingMs = 1000;

function overlaps(a: LoggedRun, b: LoggedRun): boolean {
  return a.startedAtMs <= b.lastAtMs + roundingMs && b.startedAtMs <= a.lastAtMs + roundingMs;
}

function mergeRun(into: LoggedRun, from: LoggedRun): void {
  into.startedAtMs = Math.min(into.startedAtMs, from.startedAtMs);
  into.lastAtMs = Math.max(into.lastAtMs, from.lastAtMs);
  for (const key of ['endedAtMs', 'outcome', 'recordedStatus', 'workers', 'stopping'] as const)
    fill(into, from, key);
  for (const attempt of from.attempts) {
    if (!into.attempts.some((known) => known.attempt === attempt.attempt)) into.attempts.push(attempt);
  }
  for (const [id, job] of from.jobs) {
    const known = into.jobs.get(id);
    if (known === undefined) into.jobs.set(id, job);
    else mergeJob(known, job);
  }
  const seen = new Set(into.problems.map(problemKey));
  for (const problem of from.problems) {
    if (seen.has(problemKey(problem))) continue;
    into.problems.push(problem);
    into.problemCount += 1;
  }
  if (into.outcome === 'succeeded' && [...into.jobs.values()].some(({ status }) => isFailure(status))) {
    into.outcome = 'failed';
  }
}

function problemKey({ atMs, level, message }: LoggedRun['problems'][number]): string {
  return `${Math.floor(atMs / 1000)} ${level} ${message}`;
}

function mergeJob(into: LoggedJob, from: LoggedJob): void {
  for (const key of ['command', 'status', 'reason', 'maxRetries', 'durationMs'] as const)
    fill(into, from, key);
  const startedAtMs = finer(into.startedAtMs, from.startedAtMs);
  if (startedAtMs !== undefined) into.startedAtMs = startedAtMs;
  const endedAtMs = finer(into.endedAtMs, from.endedAtMs, 2 * roundingMs);
  if (endedAtMs !== undefined) into.endedAtMs = endedAtMs;
  if (into.failedChecks.length === 0) into.failedChecks.push(...from.failedChecks);
  if (into.tries.length === 0 && into.status !== 'precheck_failed') into.tries.push(...from.tries);
  else mergeTries(into.tries, from.tries);
  const isExact = into.tries.length === 1 && into.tries[0]!.durationMs !== undefined;
  if (!isExact && startedAtMs !== undefined && endedAtMs !== undefined) {
    into.durationMs = Math.max(0, endedAtMs - startedAtMs);
  }
}

/** Where one log knows of fewer tries than the other, it is the earlier ones that it does not know. */
function mergeTries(into: readonly LoggedTry[], from: readonly LoggedTry[]): void {
  const earlier = from.length - into.length;
  for (const [index, each] of into.entries()) mergeTry(each, from[index + earlier]);
}

function mergeTry(into: LoggedTry, from: LoggedTry | undefined): void {
  if (from === undefined) return;
  into.startedAtMs = finer(into.startedAtMs, from.startedAtMs)!;
  const endedAtMs = finer(into.endedAtMs, from.endedAtMs, 2 * roundingMs);
  if (endedAtMs !== undefined) into.endedAtMs = endedAtMs;
  for (const key of ['durationMs', 'status', 'exitCode', 'signal', 'limitMs', 'error'] as const)
    fill(into, from, key);
}

function fill<T, K extends keyof T>(into: T, from: T, key: K): void {
  if (into[key] === undefined && from[key] !== undefined) into[key] = from[key];
}

/**
 * Of two times for the same moment the one with milliseconds. A job's log may tell of a start only with the first line
 * that the job writes: if that is not in the same second, the run log knows better.
 */
function finer(a: number | undefined, b: number | undefined, slackMs = roundingMs): number | undefined {
  if (a === undefined) return b;
  return b !== undefined && a % 1000 === 0 && b >= a - roundingMs && b < a + slackMs ? b : a;
}

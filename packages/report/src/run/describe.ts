import { countOf, formatBytes, formatDuration, formatTime, visibleText } from '../format/index.ts';
import { type StatusLook, statusLook, statusOrder, type Tone } from '../look/index.ts';
import type { AttemptReport, FailedCheck, JobReport, RunReport, TryReport } from './model.ts';

/** `Run 12 of nightly`. */
export function runTitle(report: RunReport): string {
  return `Run ${report.run} of ${visibleText(report.application)}`;
}

/** The outcome of the run: that of its last attempt. */
export function runVerdict(report: RunReport): { readonly text: string; readonly tone: Tone } {
  const { outcome, exitCode } = report.attempts.at(-1)!;
  if (outcome === undefined) return { text: 'not finished', tone: 'active' };
  const suffix = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
  switch (outcome) {
    case 'succeeded':
      return { text: 'succeeded', tone: 'good' };
    case 'failed':
      return { text: `failed${suffix}`, tone: 'bad' };
    case 'cancelled':
      return { text: `cancelled${suffix}`, tone: 'warning' };
  }
}

/** Facts about an attempt, for a list of terms: `['started', '2026-01-02 03:04:05 UTC']`. */
export function attemptFacts(attempt: AttemptReport, timeZone: string): [term: string, value: string][] {
  const facts: [string, string | undefined][] = [
    ['started', formatTime(attempt.startedAtMs, timeZone)],
    [attempt.outcome === undefined ? 'last event after' : 'took', formatDuration(attempt.durationMs)],
    ['workers', attempt.workers === undefined ? undefined : String(attempt.workers)],
    ['host', attempt.host],
    ['executioner', attempt.version],
    ['stopped', attempt.stopped],
  ];
  return facts.flatMap(([term, value]): [string, string][] =>
    value === undefined ? [] : [[term, visibleText(value)]],
  );
}

/** How many jobs have each status, the gravest first; statuses that no job has are left out. */
export function countedStatuses(report: RunReport): { readonly count: number; readonly look: StatusLook }[] {
  return statusOrder.flatMap((status) => {
    const count = report.counts[status] ?? 0;
    return count === 0 ? [] : [{ count, look: statusLook(status) }];
  });
}

/** One row of the table of jobs, all cells as text. */
export interface JobRow {
  readonly id: string;
  readonly look: StatusLook;
  /** `dependency "load"`, `--skip`; empty where the status says it all. */
  readonly note: string;
  readonly start: string;
  readonly duration: string;
  readonly tries: string;
  readonly exit: string;
}

export function jobRow(job: JobReport): JobRow {
  const tries = job.tries.filter(({ attempt }) => attempt === job.attempt);
  return {
    id: visibleText(job.id),
    look: statusLook(job.status, job.reason),
    note: noteOf(job),
    start: job.startMs === undefined ? '' : `+${formatDuration(job.startMs)}`,
    duration: job.durationMs === undefined ? '' : formatDuration(job.durationMs),
    tries: tries.length === 0 ? '' : String(tries.length),
    exit: exitOf(tries.at(-1)),
  };
}

function noteOf(job: JobReport): string {
  switch (job.reason) {
    case 'dependency':
      return job.because === undefined ? 'a dependency was not met' : `needs "${visibleText(job.because)}"`;
    case 'requested':
      return 'on request';
    case 'disabled':
      return 'disabled';
    case 'stopped':
      return 'the run was stopping';
    case 'unchanged':
      return 'nothing has changed';
    case 'rejected':
      return 'not approved';
    case 'lock':
      return 'a lock was refused or lost';
    default:
      return '';
  }
}

/** `0`, `3`, `SIGKILL`, `ENOENT`; empty if the try never got so far. */
function exitOf(attempt: TryReport | undefined): string {
  return (
    attempt?.error?.errno ??
    attempt?.end?.signal ??
    (attempt?.end?.exit_code === undefined ? '' : String(attempt.end.exit_code))
  );
}

/** Jobs that reports show in detail: those whose status is bad, allowed failures, and cancelled ones that had begun. */
export function jobsInDetail(report: RunReport): JobReport[] {
  return report.jobs.filter((job) => {
    const { tone } = statusLook(job.status, job.reason);
    return tone === 'bad' || (tone === 'warning' && job.tries.length > 0);
  });
}

/** `2 tries in 34s`. */
export function effortOf(job: JobReport): string {
  const tries = job.tries.filter(({ attempt }) => attempt === job.attempt).length;
  if (job.durationMs === undefined) return countOf(tries, 'try', 'tries');
  return `${countOf(tries, 'try', 'tries')} in ${formatDuration(job.durationMs)}`;
}

/** What is known of one try, a line each: how it ended, what it used, which checks failed. */
export function tryLines(job: JobReport, each: TryReport): string[] {
  const attempt = job.tries.some((other) => other.attempt !== each.attempt)
    ? `attempt ${each.attempt}, `
    : '';
  const after =
    each.endMs === undefined
      ? 'not finished'
      : `${endOf(each)} after ${formatDuration(each.endMs - each.startMs)}`;
  return [`${attempt}try ${each.try}: ${after}${usageOf(each)}`, ...each.failedChecks.map(checkLine)];
}

function endOf({ status, end, error, limitMs }: TryReport): string {
  if (error !== undefined) return `could not start: ${visibleText(error.message)} (${error.errno})`;
  const word = statusLook(status ?? 'unknown').word;
  if (status === 'timed_out')
    return limitMs === undefined ? word : `${word} (limit ${formatDuration(limitMs)})`;
  if (end?.signal !== undefined) return `${word}, killed by ${end.signal}`;
  return end?.exit_code === undefined ? word : `${word}, exit code ${end.exit_code}`;
}

function usageOf({ end }: TryReport): string {
  const cpu = end?.cpu_ms === undefined ? [] : [`${formatDuration(end.cpu_ms)} CPU`];
  const memory = end?.max_rss_kb === undefined ? [] : [`${formatBytes(end.max_rss_kb * 1024)} memory`];
  const parts = [...cpu, ...memory];
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`;
}

function checkLine({ phase, name, message, values }: FailedCheck): string {
  const found = Object.entries(values ?? {}).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const detail = message ?? found.join(', ');
  return visibleText(`${phase}-check ${name} failed${detail === '' ? '' : `: ${detail}`}`);
}

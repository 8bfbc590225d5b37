import { countOf, formatBytes, formatDuration, formatTime, visibleText } from '../format/index.ts';
import { type StatusLook, statusLook, statusOrder, type Tone } from '../look/index.ts';
import type { AttemptReport, FailedCheck, JobReport, RunReport, TryReport } from './model.ts';

/** `Run 12 of nightly`. */
export function runTitle(report: RunReport): string {
  return `Run ${report.run} of ${visibleText(report.application)}`;
}

/** The outcome of the run: that of its last attempt. */
export function runVerdict(report: RunReport): { readonly text: string; readonly tone: Tone } {
  const { outcome, exitCode, isUnderWay } = report.attempts.at(-1)!;
  if (outcome === undefined)
    return { text: isUnderWay === true ? 'running' : 'not finished', tone: 'active' };
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
    [lengthTerm(attempt), formatDuration(attempt.durationMs)],
    ['workers', attempt.workers === undefined ? undefined : String(attempt.workers)],
    ['configuration', attempt.file],
    ['host', attempt.host],
    ['executioner', attempt.version],
    ['stopped by', attempt.stopped],
  ];
  return facts.flatMap(([term, value]): [string, string][] =>
    value === undefined ? [] : [[term, visibleText(value)]],
  );
}

/** `took`, or what else the length of an attempt means. */
function lengthTerm({ outcome, isUnderWay }: AttemptReport): string {
  if (outcome !== undefined) return 'took';
  return isUnderWay === true ? 'running for' : 'last event after';
}

export interface StatusCount {
  readonly count: number;
  readonly look: StatusLook;
}

/** How many jobs have each status, the gravest first and allowed failures by themselves; none is left out but zeros. */
export function countedStatuses(report: RunReport): StatusCount[] {
  const allowed = report.jobs.filter(({ reason }) => reason === 'allowed');
  const counted = statusOrder.map((status) => {
    const allowedHere = allowed.filter((job) => job.status === status).length;
    return { count: (report.counts[status] ?? 0) - allowedHere, look: statusLook(status) };
  });
  const failures = counted.filter(({ look }) => look.tone === 'bad');
  const others = counted.filter(({ look }) => look.tone !== 'bad');
  const allowedCount: StatusCount = {
    count: allowed.length,
    look: { word: 'allowed to fail', glyph: '✗', tone: 'warning' },
  };
  return [...failures, allowedCount, ...others].filter(({ count }) => count > 0);
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
  const tries = currentTries(job);
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

/** The tries that led to the job's status: those of the attempt in which it got it. */
function currentTries(job: JobReport): TryReport[] {
  return job.tries.filter((each) => each.attempt === job.attempt && each.try > 0);
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

/** `2 tries in 34s`, `not tried`. */
export function effortOf(job: JobReport): string {
  const tries = currentTries(job).length;
  if (tries === 0) return 'not tried';
  const duration = job.durationMs === undefined ? '' : ` in ${formatDuration(job.durationMs)}`;
  return `${countOf(tries, 'try', 'tries')}${duration}`;
}

/** What is known of one try, a line each: how it ended, what it used, which checks failed. */
export function tryLines(job: JobReport, each: TryReport): string[] {
  const attempt = job.tries.some((other) => other.attempt !== each.attempt)
    ? `attempt ${each.attempt}, `
    : '';
  const checks = each.failedChecks.map(checkLine);
  if (each.try === 0) return checks.map((line) => `${attempt}${line}`);
  const after =
    each.endMs === undefined
      ? 'not finished'
      : `${endOf(each)} after ${formatDuration(each.endMs - each.startMs)}`;
  return [`${attempt}try ${each.try}: ${after}${usageOf(each)}`, ...checks];
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

import type { JournalEvent } from '@executioner/engine';
import type { JobStatus } from '../look/index.ts';
import type { AttemptReport, FailedCheck, JobReport, RunReport, TryReport } from './model.ts';

/**
 * Folds the events of a run, attempt after attempt, into a report. Of an unfinished journal it tells what is known.
 * Undefined if there is
 * no event at all. Costs O(1) per event.
 */
export async function buildRunReport(
  events: Iterable<JournalEvent> | AsyncIterable<JournalEvent>,
): Promise<RunReport | undefined> {
  const draft: Draft = { run: 0, application: '', jobCount: 0, attempts: [], jobs: new Map() };
  for await (const event of events) apply(draft, event);
  if (draft.attempts.length === 0) return undefined;
  const jobs: JobReport[] = [...draft.jobs.values()];
  const jobCount = Math.max(draft.jobCount, jobs.length);
  const { run, application, attempts } = draft;
  return { run, application, jobCount, attempts, jobs, counts: countStatuses(jobs, jobCount) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type TryDraft = Mutable<Omit<TryReport, 'failedChecks'>> & { failedChecks: FailedCheck[] };
type JobDraft = Mutable<Omit<JobReport, 'tries'>> & { tries: TryDraft[] };

interface Draft {
  run: number;
  application: string;
  jobCount: number;
  readonly attempts: Mutable<AttemptReport>[];
  readonly jobs: Map<string, JobDraft>;
}

function apply(draft: Draft, event: JournalEvent): void {
  const attempt = attemptOf(draft, event);
  attempt.durationMs = event.m;
  switch (event.type) {
    case 'run.started':
      draft.run = event.run;
      draft.application = event.application;
      draft.jobCount = event.jobs;
      attempt.workers = event.workers;
      if (typeof event.options.file === 'string') attempt.file = event.options.file;
      Object.assign(attempt, { host: event.engine.host, version: event.engine.version });
      return;
    case 'run.adopted':
      Object.assign(attempt, { host: event.engine.host, version: event.engine.version });
      return;
    case 'run.changed':
      attempt.workers = event.workers;
      return;
    case 'run.stopping':
      attempt.stopped ??= event.job === undefined ? event.by : `the failure of "${event.job}"`;
      return;
    case 'run.finished':
      attempt.outcome = event.outcome;
      attempt.exitCode = event.exit_code;
      return;
    case 'run.paused':
    case 'run.resumed':
      return;
    default:
      applyToJob(jobOf(draft, event.job, event.attempt), event);
  }
}

type JobJournalEvent = Extract<JournalEvent, { readonly job: string; readonly round: number }>;

function applyToJob(job: JobDraft, event: JobJournalEvent): void {
  switch (event.type) {
    case 'check.started':
    case 'job.adopted':
      tryOf(job, event);
      return;
    case 'job.starting':
      tryOf(job, event).limitMs = event.limit_ms;
      return;
    case 'check.finished':
      if (!event.ok) tryOf(job, event).failedChecks.push(failedCheck(event));
      return;
    case 'job.exited':
      tryOf(job, event).end = event.end;
      return;
    case 'job.failed_to_start':
      tryOf(job, event).error = event.error;
      return;
    case 'job.retrying':
      closeTry(job, event.m, event.status);
      return;
    case 'job.finished':
      closeTry(job, event.m, event.status);
      setStatus(job, event.attempt, event.status, event);
      if (job.startMs !== undefined) job.durationMs = event.duration_ms;
      return;
    case 'job.skipped':
      setStatus(job, event.attempt, 'skipped', event);
      if (event.because !== undefined) job.because = event.because;
      return;
    case 'job.kept':
      setStatus(job, event.from_attempt, event.status, event);
      return;
    case 'job.marked':
      setStatus(job, event.attempt, 'succeeded', { reason: 'marked' });
      return;
    case 'job.reset':
      reopen(job, event.attempt);
      return;
    default:
      return;
  }
}

/** The attempt of an event. With the first event of a later attempt, every job waits again until it says more. */
function attemptOf(draft: Draft, event: JournalEvent): Mutable<AttemptReport> {
  const last = draft.attempts.at(-1);
  if (last?.attempt === event.attempt) return last;
  const started = { attempt: event.attempt, startedAtMs: Date.parse(event.t) - event.m, durationMs: 0 };
  draft.attempts.push(started);
  draft.run = event.run;
  for (const job of draft.jobs.values()) job.status = 'waiting';
  return started;
}

function jobOf(draft: Draft, id: string, attempt: number): JobDraft {
  const known = draft.jobs.get(id);
  if (known !== undefined) return known;
  const job: JobDraft = { id, status: 'waiting', attempt, tries: [] };
  draft.jobs.set(id, job);
  return job;
}

/** The try an event belongs to; its first event begins it. Pre-checks, which come before try 1, belong to it. */
function tryOf(job: JobDraft, event: JobJournalEvent): TryDraft {
  const last = job.tries.at(-1);
  const { attempt, round, try: number, m: startMs } = event;
  if (last?.attempt === attempt && last.round === round && (last.try === number || last.try === 0)) {
    last.try = number;
    return last;
  }
  const begun = { attempt, round, try: number, startMs, failedChecks: [] };
  if (job.attempt !== event.attempt || job.status !== 'running') {
    reopen(job, event.attempt);
    job.startMs = event.m;
  }
  job.status = 'running';
  job.tries.push(begun);
  return begun;
}

function reopen(job: JobDraft, attempt: number): void {
  job.attempt = attempt;
  job.status = 'waiting';
  delete job.reason;
  delete job.because;
  delete job.startMs;
  delete job.durationMs;
}

function closeTry(job: JobDraft, endMs: number, status: TryReport['status'] & string): void {
  const last = job.tries.at(-1);
  if (last === undefined || last.endMs !== undefined) return;
  last.endMs = endMs;
  last.status = status;
}

function setStatus(
  job: JobDraft,
  attempt: number,
  status: JobStatus,
  { reason }: { readonly reason?: JobReport['reason'] },
): void {
  if (job.attempt !== attempt) reopen(job, attempt);
  job.status = status;
  if (reason === undefined) delete job.reason;
  else job.reason = reason;
}

function failedCheck(event: Extract<JournalEvent, { readonly type: 'check.finished' }>): FailedCheck {
  const { phase, name, message, values } = event;
  return {
    phase,
    name,
    ...(message === undefined ? {} : { message }),
    ...(values === undefined ? {} : { values }),
  };
}

function countStatuses(jobs: readonly JobReport[], jobCount: number): RunReport['counts'] {
  const counts: Partial<Record<JobStatus, number>> = {};
  for (const { status } of jobs) counts[status] = (counts[status] ?? 0) + 1;
  const silent = jobCount - jobs.length;
  if (silent > 0) counts.waiting = (counts.waiting ?? 0) + silent;
  return counts;
}

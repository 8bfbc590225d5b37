import type { JournalEvent, Outcome, OutcomeReason, StartError } from '../journal/index.ts';
import type { FailedCheck, StopReason } from '../summary/index.ts';

/** What the index knows of an attempt: a fold over its journal that can be put aside and taken up again. */
export interface AttemptRecord {
  readonly run: number;
  readonly attempt: number;
  application: string;
  /** Milliseconds since 1970. */
  startedAtMs: number;
  endedAtMs?: number;
  durationMs?: number;
  status?: string;
  exitCode?: number;
  jobCount: number;
  workers: number;
  counts?: Readonly<Record<string, number>>;
  engine: Readonly<Record<string, unknown>>;
  configFile?: string;
  readonly jobs: Map<string, JobRecord>;
  /** Jobs that an event since the last time was about. */
  readonly touched: Set<JobRecord>;
}

/** What the index knows of a job in an attempt. */
export interface JobRecord {
  readonly job: string;
  /** Its row's number, once it has one. */
  id?: number;
  status?: Outcome;
  reason?: OutcomeReason;
  startedAtMs?: number;
  endedAtMs?: number;
  /** From the first try's start, checks and back-off included. */
  durationMs?: number;
  /** Of the last try's command. */
  commandMs?: number;
  tries: number;
  exitCode?: number;
  signal?: string;
  cpuMs?: number;
  maxRssKb?: number;
  facts: JobFacts;
}

/** What is needed to go on, and to explain a failure. */
export interface JobFacts {
  hash?: string;
  tryStartedM?: number;
  limitMs?: number;
  stoppedFor?: StopReason;
  check?: FailedCheck;
  startError?: StartError;
  because?: string;
}

export function emptyAttempt(run: number, attempt: number): AttemptRecord {
  return {
    run,
    attempt,
    application: '',
    startedAtMs: Number.NaN,
    jobCount: 0,
    workers: 1,
    engine: {},
    jobs: new Map(),
    touched: new Set(),
  };
}

/** Applies one more event of the attempt, in constant time. */
export function applyToRecord(record: AttemptRecord, event: JournalEvent): void {
  if (Number.isNaN(record.startedAtMs)) record.startedAtMs = Date.parse(event.t) - event.m;
  if ('round' in event) applyToJob(record, event);
  else applyToAttempt(record, event);
}

function applyToAttempt(record: AttemptRecord, event: JournalEvent): void {
  switch (event.type) {
    case 'run.started':
      record.application = event.application;
      record.jobCount = event.jobs;
      record.workers = event.workers;
      record.engine = { ...event.engine };
      if (typeof event.options.file === 'string') record.configFile = event.options.file;
      break;
    case 'run.adopted':
      record.engine = { ...event.engine };
      break;
    case 'run.finished':
      record.status = event.outcome;
      record.exitCode = event.exit_code;
      record.counts = event.counts;
      record.durationMs = Math.round(event.m);
      record.endedAtMs = Math.round(record.startedAtMs + event.m);
      break;
    default:
  }
}

type JobJournalEvent = Extract<JournalEvent, { readonly round: number }>;

function applyToJob(record: AttemptRecord, event: JobJournalEvent): void {
  // The outcome stands in the attempt that it was reached in.
  if (event.type === 'job.kept') return;
  const job = jobRecord(record, event.job);
  const atMs = Math.round(record.startedAtMs + event.m);
  switch (event.type) {
    case 'check.started':
      job.startedAtMs ??= atMs;
      break;
    case 'check.finished':
      if (!event.ok) job.facts.check = failedCheck(event);
      break;
    case 'job.starting':
      startTry(job, event, atMs);
      break;
    case 'job.adopted':
      job.startedAtMs ??= atMs - event.age_ms;
      job.tries = Math.max(job.tries, event.try);
      job.facts.tryStartedM = event.m - event.age_ms;
      break;
    case 'job.exited': {
      const { exit_code, signal, cpu_ms, max_rss_kb } = event.end;
      if (job.facts.tryStartedM !== undefined) job.commandMs = Math.round(event.m - job.facts.tryStartedM);
      if (exit_code !== undefined) job.exitCode = exit_code;
      if (signal !== undefined) job.signal = signal;
      if (cpu_ms !== undefined) job.cpuMs = Math.round(cpu_ms);
      if (max_rss_kb !== undefined) job.maxRssKb = Math.round(max_rss_kb);
      break;
    }
    case 'job.signalled':
      job.facts.stoppedFor ??= event.why;
      break;
    case 'job.failed_to_start':
      job.facts.startError = event.error;
      break;
    case 'job.finished':
      end(job, event.status, event.reason, atMs);
      job.durationMs = Math.round(event.duration_ms);
      job.tries = event.tries;
      break;
    case 'job.skipped':
      end(job, 'skipped', event.reason, atMs);
      if (event.because !== undefined) job.facts.because = event.because;
      break;
    case 'job.marked':
      end(job, 'succeeded', 'marked', atMs);
      break;
    case 'job.reset':
      reopen(job);
      break;
    default:
      return;
  }
  record.touched.add(job);
}

function jobRecord(record: AttemptRecord, job: string): JobRecord {
  let found = record.jobs.get(job);
  if (found === undefined) {
    found = { job, tries: 0, facts: {} };
    record.jobs.set(job, found);
  }
  return found;
}

function failedCheck({
  phase,
  name,
  message,
  values,
}: JobJournalEvent & { readonly type: 'check.finished' }): FailedCheck {
  return {
    phase,
    name,
    ...(message === undefined ? {} : { message }),
    ...(values === undefined ? {} : { values }),
  };
}

/** What an earlier try has left is over with. */
function startTry(
  job: JobRecord,
  event: JobJournalEvent & { readonly type: 'job.starting' },
  atMs: number,
): void {
  job.startedAtMs ??= atMs;
  job.tries = event.try;
  job.facts = {
    tryStartedM: event.m,
    limitMs: event.limit_ms,
    ...(event.definition_hash === undefined ? {} : { hash: event.definition_hash }),
  };
  delete job.exitCode;
  delete job.signal;
  delete job.commandMs;
}

function end(job: JobRecord, status: Outcome, reason: OutcomeReason | undefined, atMs: number): void {
  job.status = status;
  job.endedAtMs = atMs;
  if (reason === undefined) delete job.reason;
  else job.reason = reason;
}

/** A person opens it again: it begins anew. */
function reopen(job: JobRecord): void {
  const { id } = job;
  const fresh: JobRecord = { job: job.job, tries: 0, facts: {} };
  for (const key of Object.keys(job) as (keyof JobRecord)[]) delete job[key];
  Object.assign(job, fresh, id === undefined ? {} : { id });
}

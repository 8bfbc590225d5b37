import { isFailedOutcome, type Job } from '@executioner/core';
import type {
  CheckPhase,
  JournalEvent,
  Outcome,
  OutcomeReason,
  ProcessEnd,
  RunOutcome,
  StartError,
} from '../journal/index.ts';
import { type Causes, causeFinder } from './causes.ts';

/** What is to be said about a run when it is over. */
export interface RunSummary {
  readonly application: string;
  readonly run: number;
  readonly attempt: number;
  readonly outcome: RunOutcome;
  /** 128 + n when signal n stopped the run, also when jobs had failed before. */
  readonly exitCode: number;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** By the monotonic clock. */
  readonly durationMs: number;
  readonly total: number;
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  /** In file order. */
  readonly failed: readonly FailedJob[];
  readonly cancelled: readonly string[];
  /** In file order. */
  readonly skipped: readonly SkippedJob[];
  /** The run log. */
  readonly log: string;
}

export interface FailedJob {
  readonly job: string;
  readonly description: string;
  readonly status: Outcome;
  readonly reason?: OutcomeReason;
  readonly tries: number;
  readonly durationMs: number;
  readonly limitMs?: number;
  /** The longest silence that was allowed. */
  readonly silenceLimitMs?: number;
  /** Why the engine ended the job, where it did. */
  readonly stoppedFor?: StopReason;
  readonly end?: ProcessEnd;
  readonly startError?: StartError;
  readonly check?: FailedCheck;
  readonly lastLines: readonly string[];
  /** The job's log. */
  readonly log: string;
}

export type StopReason = Extract<JournalEvent, { type: 'job.signalled' }>['why'];

export interface FailedCheck {
  readonly phase: CheckPhase;
  readonly name: string;
  readonly message?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface SkippedJob extends Causes {
  readonly job: string;
  readonly description: string;
  readonly reason: Extract<JournalEvent, { type: 'job.skipped' }>['reason'];
}

/** The fold from events to the summary. */
export interface SummaryFold {
  take(event: JournalEvent): void;
  /** A job that has failed by now; undefined for any other. */
  failedJob(job: string, sources: SummarySources): FailedJob | undefined;
  /** Complete once `run.finished` was taken. */
  summary(sources: SummarySources): RunSummary;
}

export interface SummarySources {
  readonly log: string;
  readonly jobLog: (job: string) => string;
  readonly lastLines: (job: string) => readonly string[];
}

interface JobRecord {
  status?: Outcome;
  reason?: OutcomeReason;
  because?: string;
  tries: number;
  durationMs: number;
  limitMs?: number;
  stoppedFor?: StopReason;
  end?: ProcessEnd;
  startError?: StartError;
  check?: FailedCheck;
}

/** Folds the events of one attempt; `jobs` are those that take part, in file order. */
export function summaryFold(jobs: readonly Job[]): SummaryFold {
  const records = new Map<string, JobRecord>();
  const silenceLimits = new Map(jobs.map(({ id, noOutputTimeoutMs }) => [id, noOutputTimeoutMs]));
  const descriptions = new Map(jobs.map(({ id, description }) => [id, description]));
  const head = { application: '', run: 0, attempt: 0, startedAtMs: 0, endedAtMs: 0, durationMs: 0 };
  let ending: { outcome: RunOutcome; exitCode: number } = { outcome: 'failed', exitCode: 1 };

  const recordOf = (job: string): JobRecord => {
    let record = records.get(job);
    if (record === undefined) {
      record = { tries: 0, durationMs: 0 };
      records.set(job, record);
    }
    return record;
  };

  const failedJob = (job: string, description: string, { jobLog, lastLines }: SummarySources): FailedJob => {
    const { status, because: _, ...facts } = recordOf(job);
    const silenceLimitMs = silenceLimits.get(job);
    return {
      job,
      description,
      status: status!,
      ...facts,
      ...(silenceLimitMs === undefined ? {} : { silenceLimitMs }),
      lastLines: lastLines(job),
      log: jobLog(job),
    };
  };

  return {
    take(event) {
      switch (event.type) {
        case 'run.started':
          head.application = event.application;
          head.run = event.run;
          head.attempt = event.attempt;
          head.startedAtMs = Date.parse(event.t);
          return;
        case 'run.finished':
          head.endedAtMs = Date.parse(event.t);
          head.durationMs = event.m;
          ending = { outcome: event.outcome, exitCode: event.exit_code };
          return;
        default:
          if ('round' in event) takeJobEvent(event, recordOf(event.job));
      }
    },
    failedJob(job, sources) {
      if (!isFailedOutcome(records.get(job)?.status)) return undefined;
      return failedJob(job, descriptions.get(job) ?? '', sources);
    },
    summary(sources) {
      const causesOf = causeFinder(records);
      const described = jobs.map(({ id, description }) => ({ job: id, description, record: recordOf(id) }));
      return {
        ...head,
        ...ending,
        total: jobs.length,
        counts: countOutcomes(described.map(({ record }) => record)),
        failed: described
          .filter(({ record }) => isFailedOutcome(record.status))
          .map(({ job, description }) => failedJob(job, description, sources)),
        cancelled: described.filter(({ record }) => record.status === 'cancelled').map(({ job }) => job),
        skipped: described
          .filter(({ record }) => record.status === 'skipped')
          .map(({ job, description, record }) => {
            const reason = record.reason as SkippedJob['reason'];
            return { job, description, reason, ...causesOf(record) };
          }),
        log: sources.log,
      };
    },
  };
}

function takeJobEvent(event: Extract<JournalEvent, { round: number }>, record: JobRecord): void {
  switch (event.type) {
    case 'job.starting':
      record.tries = event.try;
      record.limitMs = event.limit_ms;
      for (const key of ['stoppedFor', 'end', 'startError', 'check'] as const) delete record[key];
      return;
    case 'job.signalled':
      record.stoppedFor ??= event.why;
      return;
    case 'job.exited':
      record.end = event.end;
      return;
    case 'job.failed_to_start':
      record.startError = event.error;
      return;
    case 'check.finished':
      if (!event.ok) {
        const { phase, name, message, values } = event;
        record.check = {
          phase,
          name,
          ...(message === undefined ? {} : { message }),
          ...(values === undefined ? {} : { values }),
        };
      }
      return;
    case 'job.finished':
    case 'job.kept':
      record.status = event.status;
      if (event.reason !== undefined) record.reason = event.reason;
      if (event.type === 'job.finished') {
        record.durationMs = event.duration_ms;
        record.tries = event.tries;
      }
      return;
    case 'job.skipped':
      record.status = 'skipped';
      record.reason = event.reason;
      if (event.because !== undefined) record.because = event.because;
      return;
    case 'job.reset':
      for (const key of ['status', 'reason', 'because', 'stoppedFor', 'check', 'end', 'startError'] as const)
        delete record[key];
  }
}

function countOutcomes(records: readonly JobRecord[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { status } of records) if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

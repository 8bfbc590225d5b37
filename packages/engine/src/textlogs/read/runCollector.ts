import { constants } from 'node:os';
import type { Outcome } from '../../journal/index.ts';
import type { FactPlace, JobFact, LogFact, ProblemFact, RunFact } from './fact.ts';
import {
  emptyJob,
  emptyTry,
  isFailure,
  type LoggedJob,
  type LoggedRun,
  type LoggedTry,
} from './loggedRun.ts';
import { outcomeOf } from './sentences.ts';

export interface RunCollectorOptions {
  readonly application?: string | undefined;
  /**
   * Given each run some runs after it has ended, as soon as more than `jobsKept` jobs of ended runs would be kept; then the
   * run is forgotten, and memory stays bounded whatever the length of the log.
   */
  readonly onEnded?: (run: LoggedRun) => void;
  /** Default: 100,000. */
  readonly jobsKept?: number;
}

/** Folds the facts of one log, or of the parts of a rotated one in their order, into runs. */
export interface RunCollector {
  push(fact: LogFact): void;
  /** The runs that `onEnded` was not given, in the order in which they first appear. */
  end(): LoggedRun[];
}

/** Lines about a run may follow its end: e-mails are sent then. */
const endedRunsMin = 4;

/** The most problems of a run that are kept with their texts. */
const problemsKept = 100;

/** The most tries of a job that are kept. */
const triesKept = 100;

/** Makes a collector. Cost: constant per fact. */
export function runCollector(options: RunCollectorOptions = {}): RunCollector {
  const { application, onEnded, jobsKept = 100_000 } = options;
  const runs = new Map<number | undefined, LoggedRun>();
  /** Ended ones, the oldest first. */
  const ended = new Set<LoggedRun>();
  let endedJobs = 0;

  let latest: LoggedRun | undefined;

  function runOf({ run: number, atMs }: FactPlace): LoggedRun {
    let run = latest !== undefined && latest.run === number ? latest : runs.get(number);
    if (run === undefined) {
      run = {
        ...(application === undefined ? {} : { application }),
        ...(number === undefined ? {} : { run: number }),
        startedAtMs: atMs,
        lastAtMs: atMs,
        attempts: [],
        jobs: new Map(),
        problems: [],
        problemCount: 0,
      };
      runs.set(number, run);
    }
    run.lastAtMs = atMs;
    latest = run;
    return run;
  }

  function settle(run: LoggedRun): void {
    if (onEnded === undefined || ended.has(run)) return;
    ended.add(run);
    endedJobs += run.jobs.size;
    for (const oldest of ended) {
      if (endedJobs <= jobsKept || ended.size <= endedRunsMin) return;
      ended.delete(oldest);
      endedJobs -= oldest.jobs.size;
      runs.delete(oldest.run);
      latest = undefined;
      onEnded(decided(oldest));
    }
  }

  return {
    push(fact) {
      // What is said outside of any run (a configuration that was refused) makes no run.
      if (fact.run === undefined && fact.from === 'application') return;
      const run = runOf(fact);
      if (isAboutJob(fact)) applyToJob(run, jobOf(run, fact.job), fact);
      else applyToRun(run, fact);
      if (fact.type === 'run.finished') settle(run);
    },
    end: () => [...runs.values()].map(decided),
  };
}

function isAboutJob(fact: LogFact): fact is FactPlace & JobFact {
  return fact.type.startsWith('job.');
}

/** Its outcome by our rule, once it has ended. */
function decided(run: LoggedRun): LoggedRun {
  if (run.endedAtMs === undefined) return run;
  const jobs = [...run.jobs.values()];
  if (run.stopping !== undefined && run.stopping.why !== 'failure') run.outcome = 'cancelled';
  else {
    const failed = run.recordedStatus !== 'SUCCESS' || jobs.some(({ status }) => isFailure(status));
    run.outcome = failed ? 'failed' : 'succeeded';
  }
  return run;
}

function applyToRun(run: LoggedRun, fact: FactPlace & (RunFact | ProblemFact)): void {
  const { atMs } = fact;
  switch (fact.type) {
    case 'run.initialized':
    case 'run.resumed':
      beginAttempt(run, fact.attempt, atMs);
      return;
    case 'run.started':
      if (run.attempts.length === 0) beginAttempt(run, 1, atMs);
      else if (run.endedAtMs !== undefined) beginAttempt(run, run.attempts.at(-1)!.attempt + 1, atMs);
      return;
    case 'run.workers':
      run.workers = fact.workers;
      return;
    case 'run.stopping':
      run.stopping = { why: fact.why, ...(fact.by === undefined ? {} : { by: fact.by }) };
      return;
    case 'run.incomplete':
      for (const id of fact.jobs) neverRan(run, id);
      return;
    case 'run.finished':
      run.endedAtMs = atMs;
      run.recordedStatus = fact.status;
      return;
    case 'problem':
      if (isReasonOfCheck(run, fact)) return;
      run.problemCount += 1;
      if (run.problems.length < problemsKept) {
        const { level, message, job } = fact;
        run.problems.push({ atMs, level, message, ...(job === undefined ? {} : { job }) });
      }
      return;
    default:
      unreachable(fact);
  }
}

/** The line after a check's failure in the job's log says what it found. */
function isReasonOfCheck(run: LoggedRun, { job: id, message, atMs }: FactPlace & ProblemFact): boolean {
  const job = id === undefined ? undefined : run.jobs.get(id);
  const check = job?.failedChecks.at(-1);
  if (check === undefined || check.message !== undefined || atMs - (job?.endedAtMs ?? 0) > 100) return false;
  check.message = message;
  return true;
}

function beginAttempt(run: LoggedRun, attempt: number, startedAtMs: number): void {
  if (run.attempts.some((known) => known.attempt === attempt)) return;
  run.attempts.push({ attempt, startedAtMs });
  if (run.attempts.length === 1) return;
  delete run.endedAtMs;
  delete run.outcome;
  delete run.recordedStatus;
  delete run.stopping;
}

/** Named at the end as not completed: a job that had begun was cut short, and any other never had its turn. */
function neverRan(run: LoggedRun, id: string): void {
  const job = jobOf(run, id);
  if (job.status !== undefined || job.startedAtMs !== undefined) return;
  job.status = 'skipped';
  job.reason = run.stopping === undefined ? 'dependency' : 'stopped';
}

function jobOf(run: LoggedRun, id: string): LoggedJob {
  let job = run.jobs.get(id);
  if (job === undefined) {
    job = emptyJob(id);
    run.jobs.set(id, job);
  }
  return job;
}

function applyToJob(run: LoggedRun, job: LoggedJob, fact: FactPlace & JobFact): void {
  const { atMs } = fact;
  const last = job.tries.at(-1);
  switch (fact.type) {
    case 'job.started':
      begin(run, job, atMs);
      return;
    case 'job.command':
      if (fact.from === 'job' || job.startedAtMs === undefined) begin(run, job, atMs);
      job.command = fact.command;
      return;
    case 'job.wrote':
      if (job.startedAtMs === undefined) begin(run, job, atMs);
      else if (job.tries.at(-1)?.status !== undefined) beginTry(job, atMs);
      return;
    case 'job.succeeded':
      if (last !== undefined) {
        last.exitCode ??= 0;
        if (fact.durationMs !== undefined) last.durationMs = fact.durationMs;
      }
      endJob(job, 'succeeded', atMs);
      return;
    case 'job.exited':
      if (last !== undefined) Object.assign(last, endOf(fact.exitCode, fact.signal));
      endJob(job, last?.status ?? 'failed', atMs);
      return;
    case 'job.timed_out':
      if (last !== undefined && fact.limitMs !== undefined) last.limitMs = fact.limitMs;
      if (fact.from === 'job') endJob(job, 'timed_out', atMs);
      else if (last !== undefined) last.status = 'timed_out';
      return;
    case 'job.check':
      if (!fact.ok) {
        job.failedChecks.push({ phase: fact.phase, name: fact.name });
        if (fact.phase === 'pre') withoutTry(job);
        endJob(job, fact.phase === 'pre' ? 'precheck_failed' : 'postcheck_failed', atMs);
      }
      return;
    case 'job.precheck_failed':
      withoutTry(job);
      endJob(job, 'precheck_failed', atMs);
      return;
    case 'job.postcheck_failed':
      if (last !== undefined) Object.assign(last, { status: 'postcheck_failed', exitCode: 0 });
      if (last !== undefined) last.durationMs = fact.durationMs;
      return;
    case 'job.start_failed':
      if (last !== undefined) last.error = fact.message;
      endJob(job, 'errored', atMs);
      return;
    case 'job.lost':
      endJob(job, 'unknown', atMs);
      return;
    case 'job.retrying':
      if (last !== undefined) {
        last.status ??= 'failed';
        last.endedAtMs ??= atMs;
        last.delayMs = fact.delayMs;
      }
      job.maxRetries = fact.maxRetries;
      return;
    case 'job.retried':
      reopen(job);
      beginTry(job, atMs);
      job.maxRetries = fact.maxRetries;
      return;
    case 'job.failed': {
      const named = fact.status === undefined ? undefined : outcomeOf(fact.status);
      if (last !== undefined && fact.exitCode !== undefined && fact.exitCode >= 0) {
        last.exitCode ??= fact.exitCode;
      }
      endJob(job, named ?? last?.status ?? 'failed', atMs);
      return;
    }
    case 'job.cancelled':
      endJob(job, 'cancelled', atMs);
      return;
    case 'job.skipped':
      job.status = 'skipped';
      job.reason = fact.reason;
      return;
    case 'job.kept':
      job.status = fact.status;
      return;
    case 'job.marked':
      job.status = 'succeeded';
      job.reason = 'marked';
      return;
    default:
      unreachable(fact);
  }
}

/** The job has its turn. Said twice for one turn it changes nothing. */
function begin(run: LoggedRun, job: LoggedJob, atMs: number): void {
  const attempt = run.attempts.at(-1)?.attempt ?? 1;
  if (job.startedAtMs !== undefined && job.status === undefined && job.attempt === attempt) return;
  reopen(job);
  job.attempt = attempt;
  job.startedAtMs = atMs;
  job.failedChecks.length = 0;
  beginTry(job, atMs);
}

function reopen(job: LoggedJob): void {
  job.status = undefined;
  job.reason = undefined;
  job.endedAtMs = undefined;
  job.durationMs = undefined;
}

function beginTry(job: LoggedJob, startedAtMs: number): void {
  reopen(job);
  const next = emptyTry(job.attempt, startedAtMs);
  // Pushing onto an empty list would make room for seventeen.
  if (job.tries.length === 0) job.tries = [next];
  else job.tries.push(next);
  if (job.tries.length > triesKept) job.tries.shift();
}

/** A job whose pre-checks failed was never tried. */
function withoutTry(job: LoggedJob): void {
  const last = job.tries.at(-1);
  if (last !== undefined && last.status === undefined && last.exitCode === undefined) job.tries.pop();
}

function endJob(job: LoggedJob, status: Outcome, atMs: number): void {
  const last = job.tries.at(-1);
  job.status = status;
  job.endedAtMs = atMs;
  if (last !== undefined && last.attempt === job.attempt && status !== 'precheck_failed')
    endTry(last, status, atMs);
  if (job.startedAtMs === undefined) return;
  // A single try is known to the hundredth of a second, where the stamps know whole ones.
  const isOnly = last !== undefined && job.tries.at(-2)?.attempt !== job.attempt;
  job.durationMs = (isOnly ? last.durationMs : undefined) ?? atMs - job.startedAtMs;
}

function endTry(last: LoggedTry, status: Outcome, atMs: number): void {
  last.status = status;
  last.endedAtMs ??= atMs;
}

/** A negative exit code is the number of the signal. */
function endOf(exitCode: number, signal: string | undefined): Pick<LoggedTry, 'exitCode' | 'signal'> {
  if (signal !== undefined) return { signal };
  if (exitCode >= 0) return { exitCode };
  const [name] = Object.entries(constants.signals).find(([, number]) => number === -exitCode) ?? [];
  return { signal: name ?? `signal ${-exitCode}` };
}

function unreachable(fact: never): void {
  throw new Error(`Internal error: the collector does not know the fact ${JSON.stringify(fact)}`);
}

import type { CheckPhase, Outcome, OutcomeReason, RunOutcome } from '../../journal/index.ts';

/** A run as its logs tell it. Times are milliseconds since 1970. What no line tells is absent. */
export interface LoggedRun {
  application?: string;
  /** Its number. */
  run?: number;
  startedAtMs: number;
  /** Of the last line about it. */
  lastAtMs: number;
  /** Absent when it never came to its end, or the log ends before it. */
  endedAtMs?: number;
  /** By our rule: a run with a failed job has failed, whatever the log calls it. */
  outcome?: RunOutcome;
  /** What the log calls it: SUCCESS, FAILED. */
  recordedStatus?: string;
  workers?: number;
  /** What made it start nothing new. */
  stopping?: { readonly why: 'failure' | 'cancel' | 'kill'; readonly by?: string };
  readonly attempts: LoggedAttempt[];
  /** In the order in which the jobs first appear. */
  readonly jobs: Map<string, LoggedJob>;
  /** Warnings and errors that are no news of a job's phase; at most a hundred are kept. */
  readonly problems: LoggedProblem[];
  problemCount: number;
}

export interface LoggedAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly startedAtMs: number;
}

export interface LoggedProblem {
  readonly atMs: number;
  readonly level: 'WARNING' | 'ERROR' | 'CRITICAL';
  readonly message: string;
  readonly job?: string;
}

export interface LoggedJob {
  readonly id: string;
  command?: string;
  /** Absent while it runs, or when the log ends before it. */
  status?: Outcome;
  reason?: OutcomeReason;
  /** The dependency because of which it was skipped; only journals tell. */
  because?: string;
  /** The attempt in which it last had its turn. */
  attempt: number;
  startedAtMs?: number;
  endedAtMs?: number;
  /** From its start to its end, checks and waits before retries included. */
  durationMs?: number;
  maxRetries?: number;
  /** All tries of all attempts, oldest first. */
  readonly tries: LoggedTry[];
  readonly failedChecks: LoggedCheck[];
}

export interface LoggedTry {
  readonly attempt: number;
  startedAtMs: number;
  endedAtMs?: number;
  /** As the log says it, to the hundredth of a second or better. */
  durationMs?: number;
  status?: Outcome;
  exitCode?: number;
  signal?: string;
  limitMs?: number;
  /** Why it could not be started. */
  error?: string;
  /** The wait before the next try. */
  delayMs?: number;
}

export interface LoggedCheck {
  readonly phase: CheckPhase;
  readonly name: string;
  /** What it found. */
  message?: string;
}

const failures = new Set<Outcome>([
  'failed',
  'errored',
  'timed_out',
  'precheck_failed',
  'postcheck_failed',
  'unknown',
]);

/** Whether a job that ended so counts against its run. */
export function isFailure(status: Outcome | undefined): boolean {
  return status !== undefined && failures.has(status);
}

import { isFailedOutcome } from '@executioner/core';
import type { CheckPhase, Outcome, OutcomeReason, RunOutcome } from '../../journal/index.ts';

/** A run as its logs tell it. Times are milliseconds since 1970. What no line tells is absent. */
export interface LoggedRun {
  application?: string | undefined;
  /** Its number. */
  run?: number | undefined;
  startedAtMs: number;
  /** Of the last line about it. */
  lastAtMs: number;
  /** Absent when it never came to its end, or the log ends before it. */
  endedAtMs?: number | undefined;
  /** By our rule: a run with a failed job has failed, whatever the log calls it. */
  outcome?: RunOutcome | undefined;
  /** What the log calls it: SUCCESS, FAILED. */
  recordedStatus?: string | undefined;
  workers?: number | undefined;
  /** What made it start nothing new. */
  stopping?: { readonly why: 'failure' | 'cancel' | 'kill'; readonly by?: string } | undefined;
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
  readonly job?: string | undefined;
}

/** Its keys are all there from the beginning, in one order: there may be millions. */
export interface LoggedJob {
  readonly id: string;
  command?: string | undefined;
  /** Absent while it runs, or when the log ends before it. */
  status?: Outcome | undefined;
  reason?: OutcomeReason | undefined;
  /** The dependency because of which it was skipped; only journals tell. */
  because?: string | undefined;
  /** The attempt in which it last had its turn. */
  attempt: number;
  startedAtMs?: number | undefined;
  endedAtMs?: number | undefined;
  /** From its start to its end, checks and waits before retries included. */
  durationMs?: number | undefined;
  maxRetries?: number | undefined;
  /** All tries of all attempts, oldest first; of more than a hundred the newest. */
  tries: LoggedTry[];
  /** Of its last turn; of more than a hundred the newest. */
  readonly failedChecks: LoggedCheck[];
}

export interface LoggedTry {
  readonly attempt: number;
  startedAtMs: number;
  endedAtMs?: number | undefined;
  /** As the log says it, to the hundredth of a second or better. */
  durationMs?: number | undefined;
  status?: Outcome | undefined;
  exitCode?: number | undefined;
  signal?: string | undefined;
  limitMs?: number | undefined;
  /** Why it could not be started. */
  error?: string | undefined;
  /** The wait before the next try. */
  delayMs?: number | undefined;
}

export interface LoggedCheck {
  readonly phase: CheckPhase;
  readonly name: string;
  /** What it found. */
  message?: string;
}

/** Whether a job that ended so counts against its run. */
export function isFailure(status: Outcome | undefined): boolean {
  return isFailedOutcome(status);
}

/** A job that nothing is known of. */
export function emptyJob(id: string): LoggedJob {
  return {
    id,
    command: undefined,
    status: undefined,
    reason: undefined,
    because: undefined,
    attempt: 0,
    startedAtMs: undefined,
    endedAtMs: undefined,
    durationMs: undefined,
    maxRetries: undefined,
    tries: [],
    failedChecks: [],
  };
}

/** A try that has just begun. */
export function emptyTry(attempt: number, startedAtMs: number): LoggedTry {
  return {
    attempt,
    startedAtMs,
    endedAtMs: undefined,
    durationMs: undefined,
    status: undefined,
    exitCode: undefined,
    signal: undefined,
    limitMs: undefined,
    error: undefined,
    delayMs: undefined,
  };
}

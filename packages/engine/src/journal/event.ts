// The events of a run: the only truth about it. The scheduler decides them, the journal keeps them, and
// everything that is shown of a run is a fold over them. Times are whole milliseconds.

import type { Outcome } from '@executioner/core';

export type { Outcome };

/** Why a job has its outcome, where the outcome alone does not say. */
export type OutcomeReason =
  | 'requested'
  | 'disabled'
  | 'dependency'
  | 'stopped'
  | 'unchanged'
  | 'marked'
  | 'allowed'
  /** A person refused the job, or nobody approved it in time. */
  | 'rejected'
  /** A lock was refused, or lost while the job ran. */
  | 'lock';

/** The raw end of a process: an exit code or the signal that killed it, with the kernel's accounting. */
export interface ProcessEnd {
  readonly exit_code?: number;
  /** As named by the kernel: `SIGKILL`. */
  readonly signal?: string;
  readonly cpu_ms?: number;
  readonly max_rss_kb?: number;
}

/** A failed start: the system call's error, for example `ENOENT` of the working folder. */
export interface StartError {
  readonly errno: string;
  readonly message: string;
}

export type CheckPhase = 'pre' | 'post';

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

/** How many jobs ended in each way; the keys are outcomes. */
export type OutcomeCounts = Readonly<Partial<Record<Outcome, number>>>;

/** Facts of the attempt that only the driver knows; written with `run.started`. */
export interface EngineIdentity {
  readonly engine_pid: number;
  /** Start time of the engine's process in the kernel's clock ticks; with `boot_id` it tells a reused pid. */
  readonly ticks?: number;
  readonly boot_id?: string;
  readonly host: string;
  readonly version: string;
}

/** Something that happened to the run as a whole. `m` is the monotonic time of the attempt. */
export type RunEvent<J = number> =
  | {
      readonly type: 'run.started';
      readonly m: number;
      readonly plan_hash: string;
      readonly seed: number;
      readonly application: string;
      readonly jobs: number;
      readonly workers: number;
      readonly options: Readonly<Record<string, unknown>>;
      readonly engine: EngineIdentity;
    }
  | {
      readonly type: 'run.adopted';
      readonly m: number;
      readonly from_attempt: number;
      readonly engine: EngineIdentity;
    }
  | { readonly type: 'run.paused'; readonly m: number; readonly by: string }
  | { readonly type: 'run.resumed'; readonly m: number; readonly by: string }
  | { readonly type: 'run.changed'; readonly m: number; readonly workers: number; readonly by: string }
  | {
      readonly type: 'run.stopping';
      readonly m: number;
      /** `failure`: nothing new starts. `cancel`: running jobs are ended too. `kill`: at once, without grace. */
      readonly why: 'failure' | 'cancel' | 'kill';
      /** A signal's name, `user`, or the job whose failure stopped the run. */
      readonly by: string;
      readonly job?: J;
    }
  | {
      readonly type: 'run.finished';
      readonly m: number;
      readonly outcome: RunOutcome;
      readonly exit_code: number;
      readonly counts: OutcomeCounts;
    };

/** Something that happened to one try (or to the job, where `try` is its latest). */
interface JobFact<J> {
  readonly m: number;
  readonly job: J;
  /** From 1; a person who opens a finished job again begins a new round. */
  readonly round: number;
  /** From 1 in each round; 0 while the round has not tried yet. */
  readonly try: number;
}

export type JobEvent<J = number> =
  | (JobFact<J> & {
      readonly type: 'lock.requested' | 'lock.granted' | 'lock.lost';
      readonly locks: readonly string[];
    })
  | (JobFact<J> & {
      readonly type: 'check.started';
      readonly phase: CheckPhase;
      readonly index: number;
      readonly name: string;
    })
  | (JobFact<J> & {
      readonly type: 'check.finished';
      readonly phase: CheckPhase;
      readonly index: number;
      readonly name: string;
      readonly ok: boolean;
      /** What was looked at and found, for people: `{path: "input.sql", exists: false}`. */
      readonly values?: Readonly<Record<string, unknown>>;
      readonly message?: string;
    })
  | (JobFact<J> & { readonly type: 'job.approving' })
  | (JobFact<J> & { readonly type: 'job.approved'; readonly by: string })
  | (JobFact<J> & {
      readonly type: 'job.starting';
      /** Names this try for good: `<run>.<attempt>.<job number>.<round>.<try>`, and a mark of the state folder. */
      readonly token: string;
      readonly command_hash: string;
      /** Names the job's definition, for estimates and resumes; see `definitionHasher`. */
      readonly definition_hash?: string;
      readonly limit_ms: number;
    })
  | (JobFact<J> & { readonly type: 'job.started'; readonly pid: number; readonly ticks?: number })
  | (JobFact<J> & {
      /** A try that an earlier attempt began belongs to this one now. */
      readonly type: 'job.adopted';
      readonly from_attempt: number;
      /** Absent when the process is known to be gone. */
      readonly pid?: number;
      readonly ticks?: number;
      /** How long ago it started. */
      readonly age_ms: number;
    })
  /** The job has written something; recorded sparingly, and only where `no_output_timeout` is set. */
  | (JobFact<J> & { readonly type: 'job.output' })
  | (JobFact<J> & {
      readonly type: 'job.warning';
      readonly what: 'slow' | 'limit_exceeded';
      readonly after_ms: number;
    })
  | (JobFact<J> & {
      readonly type: 'job.signalled';
      readonly signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT';
      readonly why: 'time_limit' | 'no_output' | 'cancel' | 'grace' | 'lock_lost';
    })
  | (JobFact<J> & { readonly type: 'job.exited'; readonly end: ProcessEnd })
  | (JobFact<J> & { readonly type: 'job.failed_to_start'; readonly error: StartError })
  | (JobFact<J> & { readonly type: 'job.lost' })
  | (JobFact<J> & {
      readonly type: 'job.retrying';
      /** The outcome of the try that is repeated. */
      readonly status: Outcome;
      readonly delay_ms: number;
    })
  /** The wait before a retry is over: the job stands among the ready ones again. */
  | (JobFact<J> & { readonly type: 'job.due' })
  | (JobFact<J> & {
      readonly type: 'job.finished';
      readonly status: Exclude<Outcome, 'skipped'>;
      readonly reason?: OutcomeReason;
      /** From the first try's start to the end, checks and back-off included. */
      readonly duration_ms: number;
      readonly tries: number;
    })
  | (JobFact<J> & {
      readonly type: 'job.skipped';
      readonly reason: 'requested' | 'disabled' | 'dependency' | 'stopped' | 'unchanged';
      /** For `dependency`: the dependency that cannot be met any more. */
      readonly because?: J;
    })
  | (JobFact<J> & {
      readonly type: 'job.kept';
      readonly status: Outcome;
      readonly reason?: OutcomeReason;
      readonly from_attempt: number;
    })
  | (JobFact<J> & { readonly type: 'job.leftover'; readonly pids: readonly number[] })
  | (JobFact<J> & {
      readonly type: 'job.modified';
      /** The changed keys as a configuration has them, secrets masked; a time limit in seconds. */
      readonly patch: Readonly<Record<string, unknown>>;
      /** Those of the job as it is now. */
      readonly command_hash?: string;
      readonly definition_hash?: string;
      readonly by: string;
    })
  | (JobFact<J> & { readonly type: 'job.marked'; readonly by: string })
  | (JobFact<J> & { readonly type: 'job.held'; readonly by: string })
  | (JobFact<J> & { readonly type: 'job.released'; readonly by: string })
  | (JobFact<J> & { readonly type: 'job.reset'; readonly by: string });

/**
 * An event. In the scheduler `J` is the job's number in the plan; in the journal and for users of the library
 * it is the job's id.
 */
export type Event<J = number> = RunEvent<J> | JobEvent<J>;

/** What each journal line carries besides the event. */
export interface Envelope {
  /** Version of the line's format. */
  readonly v: 1;
  /** Unbroken over all attempts of a run, from 1. */
  readonly seq: number;
  /** Wall clock, UTC, for people; all arithmetic is done with `m`. */
  readonly t: string;
  readonly run: number;
  readonly attempt: number;
}

/** One line of a journal. */
export type JournalEvent = Envelope & Event<string>;

import type { CheckPhase, LoggedProblem, Outcome, OutcomeReason, RunOutcome } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';

/** What told of a run; of several the first in this order is believed. */
export type RecordKind = 'journal' | 'history' | 'text log';

/** What lists of jobs can do: arrays, and lists whose jobs become objects when they are looked at. */
export type JobList = Iterable<JobRecord> &
  Pick<readonly JobRecord[], 'length' | 'filter' | 'map' | 'flatMap' | 'find' | 'some' | 'every' | 'reduce'>;

/** A run, whatever told of it. Times are milliseconds since 1970; what is not told is absent. */
export interface RunRecord {
  readonly kind: RecordKind;
  /** The files that told of it, as they were named. */
  readonly files: readonly string[];
  /** Empty when nothing names it. */
  readonly application: string;
  readonly run?: number | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs?: number | undefined;
  /** Of the last attempt, where there are several and their starts are told. */
  readonly attemptStartedAtMs?: number | undefined;
  /** Of the last attempt, from its start to its end or to the last news of it. */
  readonly durationMs: number;
  /** Absent when it is still running, was killed, or the log ends before it. */
  readonly outcome?: RunOutcome | undefined;
  /** What version 1 or another program calls its outcome. */
  readonly recordedStatus?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly workers?: number | undefined;
  /** Jobs of the configuration, with those that nothing is told about. */
  readonly jobCount: number;
  readonly attempts: number;
  /** What made it start nothing new: the failure of a job, a signal, a person. */
  readonly stopped?: RunStop | undefined;
  /** What stopped it further after that: a signal, which ends what is running. */
  readonly laterStops?: readonly RunStop[] | undefined;
  readonly jobs: JobList;
  readonly problems: readonly LoggedProblem[];
  /** The folder of its journals, where there is one. */
  readonly folder?: string | undefined;
  readonly configuration?: string | undefined;
  readonly host?: string | undefined;
  readonly version?: string | undefined;
}

export interface RunStop {
  readonly why: 'failure' | 'cancel' | 'kill';
  readonly by?: string;
  readonly job?: string;
  /** Where that is told. */
  readonly atMs?: number;
}

export interface JobRecord {
  readonly id: string;
  readonly status: JobStatus;
  readonly reason?: OutcomeReason | undefined;
  /** The dependency because of which it was skipped. */
  readonly because?: string | undefined;
  /** What tells that dependency, where the log itself does not. */
  readonly becauseFrom?: BecauseFrom | undefined;
  /** The failed jobs of which one may have kept it from running, where that is all that is known. */
  readonly maybeBecause?: readonly string[] | undefined;
  readonly command?: string | undefined;
  /** Names what it was: jobs of one id with equal definitions do the same. */
  readonly definition?: string | undefined;
  readonly startedAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
  /** Checks, tries and the waits between them. */
  readonly durationMs?: number | undefined;
  /** From when its dependencies were met to its start; only where the configuration of the run is known. */
  readonly waitedMs?: number | undefined;
  /** Those of the attempt in which it has its status. */
  readonly tries: readonly TryRecord[];
  readonly failedChecks: readonly {
    readonly phase: CheckPhase;
    readonly name: string;
    readonly message?: string;
  }[];
  readonly maxRetries?: number | undefined;
  /** Of all its tries together. */
  readonly cpuMs?: number | undefined;
  /** The most that any of its tries took. */
  readonly maxRssKb?: number | undefined;
  /** The last lines of its output, or why it failed, where the source tells. */
  readonly lastOutput?: string | undefined;
}

export type BecauseFrom =
  | { readonly kind: 'configuration'; readonly file: string }
  /** Other runs, in which it never ran unless that dependency had succeeded before: likely, not certain. */
  | { readonly kind: 'history'; readonly runs: number };

export interface TryRecord {
  readonly startedAtMs: number;
  readonly endedAtMs?: number | undefined;
  readonly status?: Outcome | undefined;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly limitMs?: number | undefined;
  /** Why it could not be started. */
  readonly error?: string | undefined;
  /** The wait before the next try. */
  readonly delayMs?: number | undefined;
}

/** How long a try took; undefined while it lasts. */
export function tryDurationMs({ startedAtMs, endedAtMs }: TryRecord): number | undefined {
  return endedAtMs === undefined ? undefined : Math.max(0, endedAtMs - startedAtMs);
}

/** Retries beyond the first tries of its jobs. */
export function retriesOf({ tries }: JobRecord): number {
  return Math.max(0, tries.length - 1);
}

const failedStatuses: ReadonlySet<JobStatus> = new Set([
  'failed',
  'errored',
  'timed_out',
  'precheck_failed',
  'postcheck_failed',
  'unknown',
]);

/** Whether the job ended badly; also if it was allowed to. */
export function hasFailed({ status }: { readonly status: JobStatus }): boolean {
  return failedStatuses.has(status);
}

/** Whether the job's bad end makes its run a failed one. */
export function failsRun(job: Pick<JobRecord, 'status' | 'reason'>): boolean {
  return hasFailed(job) && job.reason !== 'allowed';
}

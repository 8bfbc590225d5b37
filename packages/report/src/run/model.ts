import type {
  CheckPhase,
  Outcome,
  OutcomeReason,
  ProcessEnd,
  RunOutcome,
  StartError,
} from '@executioner/engine';
import type { JobStatus } from '../look/index.ts';

/** A check of a try that did not hold. */
export interface FailedCheck {
  readonly phase: CheckPhase;
  readonly name: string;
  readonly message?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** One try of a job. Times are milliseconds since the start of its attempt. */
export interface TryReport {
  readonly attempt: number;
  readonly round: number;
  /** From 1; 0 if its pre-checks kept the command from being tried at all. */
  readonly try: number;
  readonly startMs: number;
  /** Absent while it lasts, or when the journal ends before it. */
  readonly endMs?: number;
  /** Absent while it lasts. */
  readonly status?: Outcome;
  readonly limitMs?: number;
  readonly end?: ProcessEnd;
  readonly error?: StartError;
  readonly failedChecks: readonly FailedCheck[];
}

/** A job as it stands at the end of the events. */
export interface JobReport {
  readonly id: string;
  readonly status: JobStatus;
  readonly reason?: OutcomeReason;
  /** The dependency because of which it was skipped. */
  readonly because?: string;
  /** The attempt in which it got its status, and its start there; absent if it never started. */
  readonly attempt: number;
  readonly startMs?: number;
  /** Checks, tries and waiting between them, up to now while it runs; absent if it never started, or nothing tells its end. */
  readonly durationMs?: number;
  /** All tries of all attempts, in order. */
  readonly tries: readonly TryReport[];
}

/** One start of the run. */
export interface AttemptReport {
  readonly attempt: number;
  /** Wall clock, UTC: milliseconds since 1970. */
  readonly startedAtMs: number;
  /** From its start to its last event, or to now while it is under way. */
  readonly durationMs: number;
  /** Whether its engine was at work when the report was made. */
  readonly isUnderWay?: true;
  readonly workers?: number;
  /** The configuration file it was started with. */
  readonly file?: string;
  readonly host?: string;
  readonly version?: string;
  /** Absent if it did not finish: it is still running, or its engine was killed. */
  readonly outcome?: RunOutcome;
  readonly exitCode?: number;
  /** What made it start nothing new from some time on: `the failure of "load"`, `SIGINT`. */
  readonly stopped?: string;
}

/** All that reports show of a run: plain data, made from its events alone. */
export interface RunReport {
  readonly run: number;
  readonly application: string;
  /** The number of jobs of the configuration; those without an event are not in `jobs`. */
  readonly jobCount: number;
  readonly attempts: readonly AttemptReport[];
  /** In the order of their first event. */
  readonly jobs: readonly JobReport[];
  /** How many jobs have each status, jobs without an event among the waiting; allowed failures are failures here. */
  readonly counts: Readonly<Partial<Record<JobStatus, number>>>;
}

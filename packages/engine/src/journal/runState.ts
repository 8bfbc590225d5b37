import type {
  CheckPhase,
  EngineIdentity,
  Outcome,
  OutcomeReason,
  ProcessEnd,
  RunOutcome,
  StartError,
} from './event.ts';

/** Where a job is, as far as its events tell; what it waits for is the scheduler's knowledge. */
export type JobPhase =
  | 'waiting'
  | 'locking'
  | 'approving'
  | 'checking'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'retrying'
  | 'done';

/**
 * A run as its events show it, up to any of them. All times are milliseconds since 1970: the start of the
 * attempt by the wall clock, plus the monotonic time since then.
 */
export interface RunState {
  run: number;
  application: string;
  attempts: AttemptState[];
  /** In the order in which the jobs first appear. */
  readonly jobs: Map<string, JobState>;
  phase: 'running' | 'paused' | 'stopping' | 'finished';
  workers: number;
  /** How many jobs the plan has; `jobs` holds those that something has happened to. */
  jobCount: number;
  outcome?: RunOutcome;
  exitCode?: number;
  stopping?: Stopping;
  /** Which worker was busy with which job and when, in the order of ending; what is going on is in `busy`. */
  readonly occupancy: Occupancy[];
  /** By worker, from 0; a job takes the lowest free one. */
  readonly busy: (Occupancy | undefined)[];
  /** The last event's time and number. */
  nowMs: number;
  lastSeq: number;
}

export interface AttemptState {
  readonly attempt: number;
  readonly startedAtMs: number;
  /** The last event so far. */
  lastEventAtMs: number;
  /** Undefined when it did not finish: it is still running, or its engine was killed. */
  endedAtMs?: number;
  workers?: number;
  /** The configuration file it was started with. */
  file?: string;
  engine?: EngineIdentity;
  outcome?: RunOutcome;
  exitCode?: number;
  /** What first made it start nothing new. */
  stopping?: Stopping;
}

export interface Stopping {
  readonly why: 'failure' | 'cancel' | 'kill';
  readonly by: string;
  readonly job?: string;
}

export interface JobState {
  readonly id: string;
  phase: JobPhase;
  /** Attempt and round in which it last had its turn; 0 before. */
  attempt: number;
  round: number;
  outcome?: Outcome | undefined;
  /** The attempt in which it got its outcome. */
  outcomeAttempt?: number | undefined;
  reason?: OutcomeReason | undefined;
  /** The dependency because of which it was skipped. */
  because?: string | undefined;
  /** From the first try's start of the last round, checks and back-off included. */
  durationMs?: number | undefined;
  startedAtMs?: number | undefined;
  endedAtMs?: number | undefined;
  /** All tries of all rounds and attempts, oldest first. */
  readonly tries: TryState[];
  /** Checks of the last round, in the order of starting. */
  checks: CheckState[];
  /** Checks of all earlier rounds and attempts. */
  readonly earlierChecks: CheckState[];
  held: boolean;
  /** Processes that outlived it. */
  leftovers: readonly number[];
}

export interface TryState {
  readonly attempt: number;
  readonly round: number;
  readonly try: number;
  readonly token?: string;
  readonly startedAtMs: number;
  /** When its process was over. */
  endedAtMs?: number | undefined;
  /** When its outcome stood: after its checks. */
  closedAtMs?: number | undefined;
  outcome?: Outcome | undefined;
  limitMs?: number;
  /** The attempts that took it over while it ran, and when. */
  adoptions?: { readonly attempt: number; readonly atMs: number }[];
  pid?: number;
  end?: ProcessEnd | undefined;
  error?: StartError;
  /** Nobody knows how it ended. */
  lost?: true;
  signals: { readonly atMs: number; readonly signal: string; readonly why: string }[];
  warnings: { readonly atMs: number; readonly what: string }[];
  /** The wait before the next try. */
  delayMs?: number;
}

export interface CheckState {
  readonly attempt: number;
  readonly round: number;
  readonly phase: CheckPhase;
  readonly index: number;
  readonly name: string;
  readonly try: number;
  readonly startedAtMs: number;
  endedAtMs?: number;
  ok?: boolean;
  message?: string;
  values?: Readonly<Record<string, unknown>>;
}

export interface Occupancy {
  readonly worker: number;
  readonly job: string;
  readonly fromMs: number;
  toMs?: number;
}

/** The state before the first event. */
export function emptyRun(): RunState {
  return {
    run: 0,
    application: '',
    attempts: [],
    jobs: new Map(),
    phase: 'running',
    workers: 0,
    jobCount: 0,
    occupancy: [],
    busy: [],
    nowMs: 0,
    lastSeq: 0,
  };
}

import type {
  CheckPhase,
  EngineIdentity,
  Event,
  Outcome,
  OutcomeReason,
  ProcessEnd,
  StartError,
} from '../journal/event.ts';

/** What became of a try that was launched. */
export type Fate =
  /** `ranMs`, where a resume found it: how long it had run. */
  | { readonly kind: 'exited'; readonly end: ProcessEnd; readonly ranMs?: number }
  /** Found alive by a resume. `sinceMs` is its age: how long ago it started. */
  | { readonly kind: 'running'; readonly pid: number; readonly ticks?: number; readonly sinceMs: number }
  /** Never started: it may be launched again without risk. */
  | { readonly kind: 'never' }
  /** Started, and nobody can say how it ended. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'errored'; readonly error: StartError };

/** What a person or the driver may ask of a run. `by` says who: a signal's name, `user`, `cli`. */
export type Command =
  | { readonly kind: 'pause' | 'resume'; readonly by: string }
  | { readonly kind: 'cancel' | 'kill'; readonly by: string }
  | { readonly kind: 'workers'; readonly workers: number; readonly by: string }
  | {
      readonly kind: 'skip' | 'retry' | 'mark' | 'approve' | 'reject' | 'hold' | 'release';
      readonly job: number;
      readonly by: string;
    }
  | {
      readonly kind: 'modify';
      readonly job: number;
      /** Of its keys `timeout` (seconds), `max_retries` and `priority` matter to the scheduler. */
      readonly patch: Readonly<Record<string, unknown>>;
      readonly commandHash?: string;
      readonly definitionHash?: string;
      readonly by: string;
    };

/** A job whose outcome in an earlier attempt still stands. */
export interface KeptJob {
  readonly job: number;
  readonly status: Outcome;
  readonly reason?: OutcomeReason;
}

/** A try that an earlier attempt began and did not see end, and what became of it. */
export interface InFlightJob {
  readonly job: number;
  readonly round: number;
  readonly try: number;
  readonly fate: Fate;
}

/** What a resume takes over. Jobs that are named in neither list start from the beginning. */
export interface Inheritance {
  readonly fromAttempt: number;
  readonly kept: readonly KeptJob[];
  readonly inFlight: readonly InFlightJob[];
}

/** Everything the scheduler ever hears. `nowMs` is monotonic and never goes back. */
export type Input =
  /** The first input of every attempt. */
  | {
      readonly type: 'start';
      readonly nowMs: number;
      readonly application: string;
      readonly options: Readonly<Record<string, unknown>>;
      readonly engine: EngineIdentity;
      readonly inherited?: Inheritance;
    }
  /** Time has passed. Deadlines count at ticks alone: send one whenever `wakeAtMs` says so, after other inputs. */
  | { readonly type: 'tick'; readonly nowMs: number }
  | {
      readonly type: 'launched';
      readonly nowMs: number;
      readonly job: number;
      readonly pid: number;
      readonly ticks?: number;
    }
  | { readonly type: 'fate'; readonly nowMs: number; readonly job: number; readonly fate: Fate }
  | {
      readonly type: 'checked';
      readonly nowMs: number;
      readonly job: number;
      readonly phase: CheckPhase;
      readonly index: number;
      readonly ok: boolean;
      readonly values?: Readonly<Record<string, unknown>>;
      readonly message?: string;
    }
  | { readonly type: 'output'; readonly nowMs: number; readonly job: number }
  /** Processes that a try left behind when it ended. */
  | {
      readonly type: 'leftover';
      readonly nowMs: number;
      readonly job: number;
      readonly pids: readonly number[];
    }
  | { readonly type: 'lock'; readonly nowMs: number; readonly job: number; readonly granted: boolean }
  | { readonly type: 'command'; readonly nowMs: number; readonly command: Command };

/** What the driver must do once the event that caused it is written. */
export type Action =
  | {
      readonly type: 'launch';
      readonly job: number;
      readonly round: number;
      readonly try: number;
      readonly token: string;
      readonly limitMs: number;
    }
  | { readonly type: 'signal'; readonly job: number; readonly signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT' }
  | { readonly type: 'check'; readonly job: number; readonly phase: CheckPhase; readonly index: number }
  | { readonly type: 'acquire'; readonly job: number; readonly locks: readonly string[] }
  | { readonly type: 'release'; readonly job: number; readonly locks: readonly string[] }
  | { readonly type: 'notify'; readonly event: Event };

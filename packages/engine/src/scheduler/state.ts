import type { Outcome, OutcomeReason } from '../journal/event.ts';
import type { IndexedHeap } from './indexedHeap.ts';
import { emptyHeap } from './indexedHeap.ts';
import { outcomeName, Phase, type PhaseNumber, phaseNames, reasonName } from './phase.ts';
import type { Plan } from './plan.ts';
import { emptyReadyQueue, type ReadyQueue } from './readyQueue.ts';

/** How far a run is on its way to an early end. */
export const Stopping = { no: 0, failure: 1, cancel: 2, kill: 3 } as const;

/** Bits of `flags`. */
export const Flag = {
  /** Holds a worker, its resources and its locks. */
  holding: 1,
  /** Held back by a controller. */
  held: 2,
  /** Stands on the agenda. */
  listed: 4,
  /** A dependency can never be met; `because` names it. */
  unmeetable: 8,
  approved: 16,
  /** Reported as slow. */
  warned: 32,
  /** Reported as beyond a limit that is not enforced. */
  overLimit: 64,
} as const;

/** Why a running job was signalled; decides its outcome. */
export const StopCause = { none: 0, timeLimit: 1, cancel: 2, lock: 3 } as const;

/**
 * All that is known of an attempt: a fold of its events over its plan. Only `evolve` changes it. About 60
 * bytes a job.
 */
export interface State {
  /** Numbers of `Phase`. */
  readonly phase: Uint8Array;
  /** Numbers of `outcomeNames`; 0 until the job is done. */
  readonly outcome: Uint8Array;
  readonly reason: Uint8Array;
  readonly flags: Uint8Array;
  readonly stopCause: Uint8Array;
  /** How the latest try went, as a number of `outcomeNames`; 0 while it is open. */
  readonly tryStatus: Uint8Array;
  readonly round: Uint16Array;
  readonly try: Uint16Array;
  /** How many checks of the present phase have passed. */
  readonly checksPassed: Uint16Array;
  /** The exit code of the latest try, or one of `ExitCode`. */
  readonly exitCode: Int32Array;
  /** How many dependencies are still open. */
  readonly open: Int32Array;
  /** The dependency that cannot be met; -1: none. */
  readonly because: Int32Array;
  /** When the round's first try began, checks included, or `NEVER_MS`. */
  readonly beganAtMs: Float64Array;
  /** When the process of the latest try started, or `NEVER_MS` while there is none. */
  readonly startedAtMs: Float64Array;
  /** When a job was last heard of, where silence is limited. */
  readonly heardAtMs: Map<number, number>;
  /** What people have changed about jobs; later changes are added to earlier ones. */
  readonly modified: Map<number, Modification>;
  readonly deadlines: IndexedHeap;
  readonly ready: ReadyQueue;
  /** Jobs about which something must be decided before anything else happens, first come first served. */
  readonly agenda: { jobs: number[]; next: number };
  /** Jobs that kept their worker over a back-off that has ended. */
  readonly resuming: number[];
  workers: number;
  busyWorkers: number;
  started: boolean;
  paused: boolean;
  finished: boolean;
  stopping: number;
  /** The exit code that the first signal to stop the run asks for; 0: none did. */
  signalExitCode: number;
  /** The first job whose failure was not allowed; -1: none. */
  failedJob: number;
  /** Jobs without an outcome. */
  openJobs: number;
}

/** What a person has changed about a job, as far as decisions follow from it. */
export interface Modification {
  readonly limitMs?: number;
  readonly maxRetries?: number;
  readonly commandHash?: string;
  readonly definitionHash?: string;
}

/** The time of what has not happened. */
export const NEVER_MS = Number.NEGATIVE_INFINITY;

/** Exit codes that no process reports. */
export const ExitCode = { none: -(2 ** 31), timeout: -1 } as const;

/** The state before the first event. */
export function initialState(plan: Plan): State {
  const size = plan.jobs.length;
  return {
    phase: new Uint8Array(size),
    outcome: new Uint8Array(size),
    reason: new Uint8Array(size),
    flags: new Uint8Array(size),
    stopCause: new Uint8Array(size),
    tryStatus: new Uint8Array(size),
    round: new Uint16Array(size).fill(1),
    try: new Uint16Array(size),
    checksPassed: new Uint16Array(size),
    exitCode: new Int32Array(size).fill(ExitCode.none),
    open: Int32Array.from(
      { length: size },
      (_, job) => plan.dependencyStart[job + 1]! - plan.dependencyStart[job]!,
    ),
    because: new Int32Array(size).fill(-1),
    beganAtMs: new Float64Array(size).fill(NEVER_MS),
    startedAtMs: new Float64Array(size).fill(NEVER_MS),
    heardAtMs: new Map(),
    modified: new Map(),
    deadlines: emptyHeap(new Int32Array(size).fill(-1), new Float64Array(size)),
    ready: emptyReadyQueue(plan),
    agenda: { jobs: [], next: 0 },
    resuming: [],
    workers: plan.workers,
    busyWorkers: 0,
    started: false,
    paused: false,
    finished: false,
    stopping: Stopping.no,
    signalExitCode: 0,
    failedJob: -1,
    openJobs: size,
  };
}

/** A copy that shares nothing that can change. O(n). */
export function cloneState(state: Readonly<State>): State {
  return structuredClone(state) as State;
}

/** What there is to say about one job. */
export interface JobView {
  readonly phase: keyof typeof Phase;
  readonly round: number;
  readonly try: number;
  readonly held: boolean;
  readonly outcome?: Outcome;
  readonly reason?: OutcomeReason;
  /** The dependency that skipped the job. */
  readonly because?: number;
}

export function viewJob(state: Readonly<State>, job: number): JobView {
  const outcome = state.outcome[job]!;
  const reason = reasonName(state.reason[job]!);
  const because = state.because[job]!;
  return {
    phase: phaseNames[state.phase[job]!]!,
    round: state.round[job]!,
    try: state.try[job]!,
    held: hasFlag(state, job, Flag.held),
    ...(outcome === 0 ? {} : { outcome: outcomeName(outcome) }),
    ...(reason === undefined ? {} : { reason }),
    ...(because === -1 ? {} : { because }),
  };
}

export function phaseOf(state: Readonly<State>, job: number): PhaseNumber {
  return state.phase[job] as PhaseNumber;
}

export function hasFlag(state: Readonly<State>, job: number, flag: number): boolean {
  return (state.flags[job]! & flag) !== 0;
}

/** Whether a person or a stop may still prevent the job's next try: no process and no check is under way. */
export function isPending(state: Readonly<State>, job: number): boolean {
  const phase = state.phase[job];
  return (
    phase === Phase.waiting || phase === Phase.ready || phase === Phase.approving || phase === Phase.retrying
  );
}

/** When the scheduler wants to be woken by a tick; undefined: it waits for nothing but inputs. O(1). */
export function wakeAtMs(state: Readonly<State>): number | undefined {
  const job = state.deadlines.items[0];
  return job === undefined ? undefined : state.deadlines.keys[job];
}

import type { CheckPhase, Outcome, OutcomeReason } from '../../journal/index.ts';
import type { TextRange } from './textSource.ts';

/** Levels that version 1 and we write. */
export type LoggedLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** Whether lines of this level tell of trouble even where they are no sentence that is known. */
export function isTrouble(level: LoggedLevel): level is ProblemFact['level'] {
  return level !== 'INFO' && level !== 'DEBUG';
}

/** Which of the three logs a line stands in: by its stamp and by what comes before its message. */
export type TextLogKind = 'run' | 'application' | 'job';

/** Where a fact stands and when it was written; there only while it is given, as is the fact. */
export interface FactPlace {
  /** Milliseconds since 1970; the log has local time, of which whole seconds in run and application logs. */
  readonly atMs: number;
  readonly from: TextLogKind;
  /** Of the line in the text, from 1. */
  readonly line: number;
  /** Where the line begins, from 0. */
  readonly byteOffset: number;
  /** The number of the run, as far as the line, one before it or the name of the file tells. */
  readonly run: number | undefined;
}

/** What a line of a text log says of a run. */
export type RunFact =
  | { readonly type: 'run.initialized'; readonly attempt: number }
  | { readonly type: 'run.started' }
  | { readonly type: 'run.workers'; readonly workers: number }
  | { readonly type: 'run.resumed'; readonly attempt: number }
  | { readonly type: 'run.stopping'; readonly why: 'failure' | 'cancel' | 'kill'; readonly by?: string }
  | { readonly type: 'run.incomplete'; readonly jobs: readonly number[] }
  /** `status` as the log has it: SUCCESS, FAILED. */
  | { readonly type: 'run.finished'; readonly status: string };

/** What a line of a text log says of a job; `job` is the number of its id among the names of the parser. */
export type JobFact = { readonly job: number } & (
  | { readonly type: 'job.started' }
  | { readonly type: 'job.command'; readonly command: TextRange }
  | { readonly type: 'job.succeeded'; readonly durationMs?: number }
  /** The end of a try that did not succeed, from the job's own log. */
  | { readonly type: 'job.exited'; readonly exitCode: number; readonly signal?: string }
  | { readonly type: 'job.timed_out'; readonly limitMs?: number }
  | { readonly type: 'job.check'; readonly phase: CheckPhase; readonly name: string; readonly ok: boolean }
  | { readonly type: 'job.precheck_failed' }
  | { readonly type: 'job.postcheck_failed'; readonly durationMs: number }
  | { readonly type: 'job.start_failed'; readonly message: string }
  | { readonly type: 'job.lost' }
  /** There will be another try; `retry` counts from 1. */
  | {
      readonly type: 'job.retrying';
      readonly delayMs: number;
      readonly retry: number;
      readonly maxRetries: number;
    }
  | { readonly type: 'job.retried'; readonly retry: number; readonly maxRetries: number }
  /** There will be no further try. `status` is v1's name of how the last one ended, where the line has it. */
  | {
      readonly type: 'job.failed';
      readonly tries?: number;
      readonly status?: string;
      readonly exitCode?: number;
    }
  | { readonly type: 'job.cancelled' }
  | { readonly type: 'job.skipped'; readonly reason: OutcomeReason }
  | { readonly type: 'job.kept'; readonly status: Outcome }
  | { readonly type: 'job.marked' }
  /** A first line after the end of a try: the next one has begun. From the job's own log. */
  | { readonly type: 'job.wrote' }
);

/** A warning or an error that is none of the above. */
export interface ProblemFact {
  readonly type: 'problem';
  readonly level: 'WARNING' | 'ERROR' | 'CRITICAL';
  readonly message: string;
  readonly job: number | undefined;
}

export type LogFact = RunFact | JobFact | ProblemFact;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Key extends PropertyKey> = Union extends { readonly [K in Key]?: infer Value }
  ? Value
  : never;

/**
 * Room for a fact of any type, of which those fields count that its type has. A parser gives all its facts in one, so that a line
 * costs no object and whoever reads facts sees objects of one shape.
 */
export type FactRoom = Mutable<{ readonly [Key in KeysOf<LogFact>]: ValueOf<LogFact, Key> | undefined }> & {
  type: LogFact['type'];
};

export function factRoom(type: LogFact['type'] = 'job.started'): FactRoom {
  return {
    type,
    job: undefined,
    command: undefined,
    durationMs: undefined,
    exitCode: undefined,
    signal: undefined,
    limitMs: undefined,
    phase: undefined,
    name: undefined,
    ok: undefined,
    message: undefined,
    delayMs: undefined,
    retry: undefined,
    maxRetries: undefined,
    tries: undefined,
    status: undefined,
    reason: undefined,
    attempt: undefined,
    workers: undefined,
    why: undefined,
    by: undefined,
    jobs: undefined,
    level: undefined,
  };
}

/** The fact that the room holds. */
export function factIn(room: FactRoom): LogFact {
  return room as LogFact;
}

/** Room for the place of a fact. */
export function factPlace(): Mutable<FactPlace> {
  return { atMs: 0, from: 'run', line: 0, byteOffset: 0, run: undefined };
}

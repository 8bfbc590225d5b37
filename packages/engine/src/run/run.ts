import type { Clock, Environment } from '@executioner/core';
import type { CheckDefinition } from '../checks/index.ts';
import type { Durability, JournalCalls, JournalEvent, RunOutcome } from '../journal/index.ts';
import type { IdleLauncher } from '../launcher/index.ts';
import type { Forecast } from '../progress/index.ts';
import type { PlanOptions } from '../scheduler/index.ts';
import type { RunSummary } from '../summary/index.ts';
import type { LogLine } from '../textlogs/index.ts';
import type { JobPatch } from './jobPatch.ts';

export interface StartOptions
  extends Pick<
    PlanOptions,
    | 'workers'
    | 'parallel'
    | 'onFailure'
    | 'only'
    | 'skip'
    | 'seed'
    | 'onUnknown'
    | 'estimatesMs'
    | 'pastDurationMs'
    | 'approvals'
  > {
  /** The environment to inherit from and to find the state folder with: usually `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Variables above all that the configuration sets. */
  readonly variables?: Environment;
  /** Where runs and history are kept, absolute. Default: found through the environment. */
  readonly stateFolder?: string;
  /** Checks besides the built-in ones. */
  readonly checks?: readonly CheckDefinition[];
  /** false: no e-mails and webhooks are sent, whatever the configuration asks for. */
  readonly notify?: boolean;
  readonly durability?: Durability;
  /** Default: the clocks of this machine. */
  readonly clock?: Clock;
  /** The program that starts the processes. Default: the one of this package. */
  readonly launcher?: string;
  /** A launcher that is up already, for this run alone; used in place of a new one. */
  readonly idleLauncher?: IdleLauncher;
  /** The system calls that write the journal; for tests of failures. */
  readonly journalCalls?: JournalCalls;
  /** Receives the lines of the text logs as they arise, secrets masked. */
  readonly onLog?: (lines: readonly LogLine[]) => void;
}

/** A run that has begun. */
export interface Run {
  readonly id: number;
  readonly attempt: number;
  /** The folder with its journal. */
  readonly folder: string;
  /** The text log of the run. */
  readonly log: string;
  /**
   * All events from now on; a reader that begins in the turn of `start` misses none. What a reader has not taken yet is
   * kept in memory.
   */
  readonly events: AsyncIterable<JournalEvent>;
  /** Resolves when all is written and closed. Rejects only on an error of ours. */
  readonly result: Promise<RunResult>;
  /**
   * How long the run will still take; undefined while nothing is known of any job's duration, or while it waits for a
   * person. Cheap: made anew every two seconds at most, and counted down in between.
   */
  forecast(): Forecast | undefined;
  /** Starts nothing new until `resume`. `by` says who, for the journal. */
  pause(by?: string): void;
  resume(by?: string): void;
  /** Ends the run: running jobs are asked to end, then made to. */
  cancel(by?: string): void;
  /** Ends the run at once. */
  kill(by?: string): void;
  /** Skips a job that has not started; its dependents run. @throws RangeError for an unknown id, as all that name a job. */
  skip(job: string, by?: string): void;
  /** Opens a job that has ended for another round. */
  retry(job: string, by?: string): void;
  /** Changes how many jobs may run at once. */
  setWorkers(workers: number, by?: string): void;
  /** Takes a job that has not started, or has failed, for succeeded. */
  mark(job: string, by?: string): void;
  /** Keeps a job from starting until `release`. */
  hold(job: string, by?: string): void;
  release(job: string, by?: string): void;
  /** Lets a job of `approvals` start, or refuses it. */
  approve(job: string, by?: string): void;
  reject(job: string, by?: string): void;
  /**
   * Changes a job for its next try; one that is under way or has ended is left as it is. A resume goes by the file again.
   *
   * @throws RangeError when the patch will not do.
   */
  modify(job: string, patch: JobPatch, by?: string): void;
}

export interface RunResult {
  readonly outcome: RunOutcome;
  readonly exitCode: number;
  readonly summary: RunSummary;
}

import type { DependencyCondition } from '@executioner/core';
import type { Tone } from '@executioner/report';

/** What a picture shows of a workflow and perhaps of a run of it: plain data, all texts as they come. */
export interface Picture {
  /** The name of the application. */
  readonly title: string;
  readonly description: string;
  readonly jobs: readonly PictureJob[];
  readonly dependencies: readonly PictureDependency[];
  /** What the jobs are grouped by; each job's `group` is a number in it. */
  readonly groupBy: GroupBy;
  readonly groups: readonly string[];
  readonly critical: CriticalSummary;
  readonly run?: PictureRun;
}

export type GroupBy = 'tag' | 'include' | 'none';

export interface PictureJob {
  readonly id: string;
  readonly description: string;
  readonly command: string;
  readonly tags: readonly string[];
  /** -1 for a job in no group. */
  readonly group: number;
  readonly isEnabled: boolean;
  readonly isCritical: boolean;
  /** How long it may be late; absent where nothing is known of durations. */
  readonly slackMs?: number;
  readonly estimateMs?: number;
  /** What runs with a job of this: `pre-check file_exists`, `3 retries`, `limit 15m 00s`. */
  readonly facts: readonly string[];
  /** How it stands in the run. */
  readonly state?: JobPicture;
}

/** A job in a run. Times are milliseconds since the start of its attempt. */
export interface JobPicture {
  readonly word: string;
  readonly glyph: string;
  readonly tone: Tone;
  /** Why, where the status does not say it all: `needs "load"`. */
  readonly note: string;
  readonly exit: string;
  readonly tries: number;
  readonly startMs?: number;
  readonly durationMs?: number;
  /** One line for each try and each check that failed. */
  readonly lines: readonly string[];
  /** The last lines of its log. */
  readonly log?: readonly string[];
}

export interface PictureDependency {
  /** Numbers of jobs. */
  readonly from: number;
  readonly to: number;
  readonly when: DependencyCondition;
  /** Whether it is a step of the critical path. */
  readonly isCritical: boolean;
}

export interface CriticalSummary {
  /** What the lengths of the path are made of: durations of the run, estimates, or the mere number of jobs. */
  readonly by: 'run' | 'estimates' | 'count';
  /** Its jobs in order; empty when no path is longer than others could tell. */
  readonly path: readonly number[];
  /** The length, where durations are known. */
  readonly lengthMs?: number;
}

export interface PictureRun {
  /** `Run 12`. */
  readonly name: string;
  readonly verdict: string;
  readonly tone: Tone;
  readonly facts: readonly (readonly [term: string, value: string])[];
  /** Attempts, each with its lanes of bars. */
  readonly attempts: readonly PictureAttempt[];
}

export interface PictureAttempt {
  readonly attempt: number;
  readonly durationMs: number;
  readonly workers?: number;
  /** Lanes of workers, each with bars that do not overlap. */
  readonly lanes: readonly (readonly PictureBar[])[];
  /** Waits before retries and for a worker, drawn apart from what ran. */
  readonly waits: readonly PictureWait[];
}

export interface PictureBar {
  readonly job: number;
  readonly try: number;
  readonly tries: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly word: string;
  readonly tone: Tone;
  /** How long the job had been ready before it began. */
  readonly waitedMs: number;
}

export interface PictureWait {
  readonly job: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly why: 'retry' | 'worker';
}

import type { Job } from '@executioner/core';
import type { ProcessEnd } from '../journal/index.ts';

/** What the fold from events to lines remembers between them. */
export interface LogMemory {
  /** As people have changed them meanwhile. */
  readonly jobs: Map<string, Job>;
  readonly tries: Map<string, TryMemory>;
  /** Jobs that would be named as not completed if the run ended now, in file order. */
  readonly notCompleted: Set<string>;
  /** Jobs that ended well, or that nothing called for. */
  readonly fine: Set<string>;
  readonly active: Set<string>;
  parallel: boolean;
  continues: boolean;
}

/** The latest try of a job. */
export interface TryMemory {
  startedAtM: number;
  endedAtM: number;
  limitMs: number;
  overTime: boolean;
  end: ProcessEnd | undefined;
}

export function logMemory(jobs: readonly Job[]): LogMemory {
  return {
    jobs: new Map(jobs.map((job) => [job.id, job])),
    tries: new Map(),
    notCompleted: new Set(jobs.map((job) => job.id)),
    fine: new Set(),
    active: new Set(),
    parallel: false,
    continues: false,
  };
}

export function latestTry({ tries }: LogMemory, job: string): TryMemory {
  let latest = tries.get(job);
  if (latest === undefined) {
    latest = { startedAtM: 0, endedAtM: 0, limitMs: 0, overTime: false, end: undefined };
    tries.set(job, latest);
  }
  return latest;
}

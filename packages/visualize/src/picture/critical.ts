import { criticalPath, type Dag } from '@executioner/core';
import type { CriticalSummary } from './picture.ts';

export interface JobDurations {
  /** Of the run; undefined where the job never ran. */
  readonly run: readonly (number | undefined)[] | undefined;
  readonly estimates: readonly (number | undefined)[];
}

export interface CriticalJobs {
  readonly summary: CriticalSummary;
  /** 1 for the jobs of the path. */
  readonly isOnPath: Uint8Array;
  readonly slackMs: readonly (number | undefined)[];
}

/**
 * The critical path by the durations of the run, else by estimates, else by the number of jobs, in which case slack is
 * unknown. A single job is no path worth showing. Cost: O(n + m).
 */
export function findCriticalJobs(dag: Dag, { run, estimates }: JobDurations): CriticalJobs {
  const by = isKnown(run) ? 'run' : isKnown(estimates) ? 'estimates' : 'count';
  const known = by === 'run' ? run! : estimates;
  const { path, makespan, slack } = criticalPath(dag, (job) => (by === 'count' ? 1 : (known[job] ?? 0)));
  const isOnPath = new Uint8Array(dag.jobCount);
  if (path.length < 2) return { summary: { by, path: [] }, isOnPath, slackMs: [] };
  for (const job of path) isOnPath[job] = 1;
  const summary = { by, path: [...path], ...(by === 'count' ? {} : { lengthMs: makespan }) } as const;
  return { summary, isOnPath, slackMs: by === 'count' ? [] : [...slack] };
}

function isKnown(durations: readonly (number | undefined)[] | undefined): boolean {
  return durations?.some((each) => each !== undefined && each > 0) === true;
}

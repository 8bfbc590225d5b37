import { eachJob, type JobRecord, type RunRecord, statusCode } from '../runs/index.ts';
import type { RunLine } from './model.ts';
import { newestOnly } from './newest.ts';

/** A run that has failed, with the jobs that explain it. */
export interface TroubledRun {
  readonly line: RunLine;
  readonly run: RunRecord;
}

/** Keeps the newest runs that have failed. */
export interface NewestFailures {
  /** Whether a run that began then may be among the newest. */
  wants(startedAtMs: number): boolean;
  add(line: RunLine, run: RunRecord): void;
  /** Oldest first. */
  runs(): TroubledRun[];
}

/** Of runs with more jobs than this those that went well are forgotten at once. */
const wholeMax = 1000;

/** Makes a keeper of `count` runs: a small one is kept as it is, since most will have to make room for newer ones. */
export function newestFailures(count: number): NewestFailures {
  const kept = newestOnly<TroubledRun & { readonly startedAtMs: number }>(count);
  return {
    wants: kept.wants,
    add(line, run) {
      const { startedAtMs } = run;
      kept.add({ startedAtMs, line, run: run.jobs.length > wholeMax ? onlyTroubled(run) : run });
    },
    runs: () => kept.items().map(({ line, run }) => ({ line, run: onlyTroubled(run) })),
  };
}

const succeededCode = statusCode('succeeded');

function onlyTroubled(run: RunRecord): RunRecord {
  const jobs: JobRecord[] = [];
  eachJob(run, (job) => {
    if (job.statusCode !== succeededCode) jobs.push(job.record());
  });
  return { ...run, jobs };
}

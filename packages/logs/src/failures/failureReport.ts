import { jobLogName } from '@executioner/engine';
import type { JobRecord, RunRecord } from '../runs/index.ts';
import { type FailureCategory, failureCategory } from './category.ts';
import { causesOf, type SkippedJob } from './causes.ts';
import { type ExcerptLine, excerptOf } from './excerpt.ts';
import { jobLogFinder, outputIn } from './jobOutput.ts';

/** A failed job with all that tells why, and what it kept from running. */
export interface FailureReport {
  readonly application: string;
  readonly run: number | undefined;
  readonly job: JobRecord;
  /** The failure was allowed, and does not fail the run. */
  readonly allowed: boolean;
  readonly category: FailureCategory;
  readonly excerpt: readonly ExcerptLine[];
  readonly skipped: readonly SkippedJob[];
}

/** The failures of a run in the order in which they happened. Reads the end of each failed job's log. */
export function failuresOf(run: RunRecord, cwd: string): FailureReport[] {
  const logOf = jobLogFinder(run, cwd);
  return causesOf(run).roots.map(({ job, skipped }) => {
    const log = logOf(job);
    const output = job.tries.length === 0 && job.lastOutput === undefined ? [] : outputIn(log, job);
    return {
      application: run.application,
      run: run.run,
      job,
      allowed: job.reason === 'allowed',
      category: categoryOf(job, output, run, log),
      excerpt: excerptOf(output),
      skipped,
    };
  });
}

function categoryOf(
  job: JobRecord,
  output: readonly string[],
  run: RunRecord,
  log: string | undefined,
): FailureCategory {
  const category = failureCategory(job, output.slice(-40));
  const isTold = category.key !== 'exit-code' || output.length > 0 || job.tries.length === 0;
  if (isTold || run.run === undefined || log !== undefined) return category;
  const name = jobLogName(run.application === '' ? '*' : run.application, job.id, run.run).replace(
    '%2A',
    '*',
  );
  return { ...category, advice: `what it printed is not at hand: name the log of the job too, ${name}` };
}

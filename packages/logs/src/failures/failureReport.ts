import type { JobRecord, RunRecord } from '../runs/index.ts';
import { type FailureCategory, failureCategory } from './category.ts';
import { causesOf, type SkippedJob } from './causes.ts';
import { type ExcerptLine, excerptOf } from './excerpt.ts';
import { outputOf } from './jobOutput.ts';

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
  return causesOf(run).roots.map(({ job, skipped }) => {
    const output = job.tries.length === 0 && job.lastOutput === undefined ? [] : outputOf(job, run, cwd);
    return {
      application: run.application,
      run: run.run,
      job,
      allowed: job.reason === 'allowed',
      category: failureCategory(job, output.slice(-40)),
      excerpt: excerptOf(output),
      skipped,
    };
  });
}

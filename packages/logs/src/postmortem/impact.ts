import { causesOf } from '../failures/index.ts';
import { hasFailed, type RunRecord, tryDurationMs } from '../runs/index.ts';
import type { Impact, NotRun } from './model.ts';

/** What the failures of a run kept from running, and what they cost. */
export function impactOf(run: RunRecord): Impact {
  const { roots, stopped, unexplained } = causesOf(run);
  const notRun: NotRun[] = [
    ...roots.flatMap(({ skipped }) =>
      skipped.map(
        ({ id, chain, from }) =>
          ({ job: id, why: 'dependency', chain, ...(from !== undefined && { from }) }) as const,
      ),
    ),
    ...unexplained.map(
      ({ id, candidates }) => ({ job: id, why: 'dependency', chain: [], candidates }) as const,
    ),
    ...(stopped?.jobs ?? []).map((job) => ({ job, why: 'stopped', chain: [] }) as const),
  ];
  const failedTries = run.jobs.flatMap((job) =>
    job.tries.filter((_, index) => index < job.tries.length - 1 || hasFailed(job)),
  );
  return {
    jobs: run.jobCount,
    succeeded: run.jobs.filter(({ status }) => status === 'succeeded').length,
    failed: run.jobs.filter(hasFailed).length,
    notRun,
    cancelled: run.jobs.filter(({ status }) => status === 'cancelled').map(({ id }) => id),
    lostMs: failedTries.reduce((sum, each) => sum + (tryDurationMs(each) ?? 0) + (each.delayMs ?? 0), 0),
  };
}

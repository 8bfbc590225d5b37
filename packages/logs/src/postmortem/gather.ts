import { relative } from 'node:path';
import type { Diagnostic } from '@executioner/core';
import { type ConfiguredRun, earlierAttempts, turnStartMs } from '../changes/index.ts';
import { alikeFailures, type FailureReport, failuresOf, jobLogFinder } from '../failures/index.ts';
import { jobNovelty } from '../novelty/index.ts';
import { hasFailed } from '../runs/index.ts';
import type { PostMortemSources } from './assemble.ts';

/** Runs with failures before this one whose logs are looked at for similar ones. */
const pastFailuresMax = 20;
/** Earlier runs whose attempts are looked at one by one where they were resumed. */
const resumedRunsMax = 100;
/** Failed jobs whose logs are compared with those of good runs, and the runs each is compared with. */
const comparedJobsMax = 3;
const goodRuns = 5;

export interface GatherOptions {
  readonly cwd: string;
  readonly onFinding: (finding: Diagnostic) => void;
}

/** Reads the logs that a post-mortem needs. `earlier` are runs of the same application before it, oldest first. */
export async function gatherPostMortem(
  run: ConfiguredRun,
  earlier: readonly ConfiguredRun[],
  { cwd, onFinding }: GatherOptions,
): Promise<PostMortemSources> {
  const failures = failuresOf(run.record, cwd);
  const failed = new Set(failures.map(({ job }) => job.id));
  const attempts: ConfiguredRun[] = [];
  for (const each of [...earlier.slice(-resumedRunsMax), run])
    attempts.push(...(await earlierAttempts(each.record, cwd)));
  const failedBefore = [...earlier, ...attempts]
    .filter(({ record }) => record.jobs.some((job) => failed.has(job.id) && hasFailed(job)))
    .sort((a, b) => turnStartMs(a.record) - turnStartMs(b.record))
    .slice(-pastFailuresMax);
  const pastFailures = failedBefore.flatMap((past) =>
    failuresOf(past.record, cwd)
      .filter(({ job }) => failed.has(job.id))
      .map((failure) => ({ failure, run: past })),
  );
  const records = earlier.map(({ record }) => record);
  const novelties: { job: string; novelty: PostMortemSources['novelties'][number]['novelty'] }[] = [];
  // Those alike say the same.
  const kinds = alikeFailures(failures).map(({ first }) => first);
  for (const { job } of kinds.slice(0, comparedJobsMax)) {
    const novelty = await jobNovelty(job.id, run.record, records, { cwd, goodRuns, onFinding });
    if (novelty !== undefined) novelties.push({ job: job.id, novelty });
  }
  const pathOf = jobLogFinder(run.record, cwd);
  const logOf = ({ job }: FailureReport): string | undefined => {
    const path = pathOf(job);
    if (path === undefined) return undefined;
    const near = relative(cwd, path);
    return near.startsWith('..') ? path : near;
  };
  return { run, failures, earlier, attempts, pastFailures, novelties, logOf };
}

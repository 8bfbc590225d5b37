import { excerptOf, loggedOutput } from '../failures/index.ts';
import { hasFailed, type RunRecord } from '../runs/index.ts';
import type { FollowedChange } from './changes.ts';
import type { FollowedNews } from './growingRun.ts';

const linesShown = 5;
/** A job's log is written a moment after its end is known, on a loaded machine a longer one. */
const waitMs = 50;
const waitsMax = 100;
/** Where nothing tells whether more will come. */
const doubtfulWaitsMax = 10;
/** Of what has long been over nothing more will be written. */
const recentMs = 10_000;

export interface FailureOutputOptions {
  readonly cwd: string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly nowMs: () => number;
}

/** Of a job that has failed the lines of its output that matter; nothing for other changes. */
export async function outputOfFailure(
  { change: { atMs }, job }: FollowedNews,
  runNow: () => RunRecord,
  { cwd, sleep, nowMs }: FailureOutputOptions,
): Promise<Pick<FollowedChange, 'output'>> {
  if (job === undefined || !hasFailed(job) || job.tries.length === 0) return {};
  const run = runNow();
  for (let waits = 0; ; waits++) {
    const { lines, isWhole } = loggedOutput(job, run, cwd);
    const most = isWhole === undefined ? doubtfulWaitsMax : waitsMax;
    if (!(isWhole ?? lines.length > 0) && waits < most && nowMs() - atMs < recentMs) {
      await sleep(waitMs);
      continue;
    }
    const output = excerptOf(lines, { linesMax: linesShown }).map(({ text }) => text);
    return output.length === 0 ? {} : { output };
  }
}

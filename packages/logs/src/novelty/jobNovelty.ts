import type { Diagnostic } from '@executioner/core';
import { isJobSentence } from '@executioner/engine';
import { jobLogFinder } from '../failures/index.ts';
import { readableLog } from '../input/index.ts';
import type { ReadableLog } from '../patterns/index.ts';
import type { RunRecord } from '../runs/index.ts';
import { findNovelty, type NovelPattern, type Novelty } from './findNovelty.ts';

export interface JobNoveltyOptions {
  readonly cwd: string;
  /** Good runs that a failed one is compared with, the newest. */
  readonly goodRuns: number;
  /** What is wrong with a log that cannot be read, or not to its end. */
  readonly onFinding: (finding: Diagnostic) => void;
}

/**
 * What the log of a job in one run says that those of the last good runs before it do not, and the other way round;
 * undefined if its log is not there or none of a good run is.
 */
export async function jobNovelty(
  job: string,
  failed: RunRecord,
  earlier: readonly RunRecord[],
  options: JobNoveltyOptions,
): Promise<Novelty | undefined> {
  const failedLogs = await logsOf(job, failed, options);
  const good: (readonly ReadableLog[])[] = [];
  for (const run of [...earlier].reverse()) {
    if (good.length === options.goodRuns) break;
    const isGood = run.jobs.some(({ id, status }) => id === job && status === 'succeeded');
    const logs = isGood ? await logsOf(job, run, options) : [];
    if (logs.length > 0) good.push(logs);
  }
  if (failedLogs.length === 0 || good.length === 0) return undefined;
  const novelty = await findNovelty({ failed: [failedLogs], good });
  return { ...novelty, patterns: novelty.patterns.filter((each) => !isOfEngine(each, job)) };
}

/** What the engine writes into a job's log tells how the job ended, which is known. */
function isOfEngine({ pattern: { examples, level } }: NovelPattern, job: string): boolean {
  const written = level === 'error' ? 'ERROR' : level === 'warning' ? 'WARNING' : 'INFO';
  return isJobSentence(examples[0] ?? '', written, job);
}

async function logsOf(job: string, run: RunRecord, options: JobNoveltyOptions): Promise<ReadableLog[]> {
  const record = run.jobs.find(({ id }) => id === job);
  const path = record && jobLogFinder(run, options.cwd)(record);
  const log = path === undefined ? undefined : await readableLog(path, options);
  return log === undefined ? [] : [log];
}

import {
  countOf,
  formatDuration,
  formatPercent,
  formatTime,
  statusOrder,
  type Tone,
  visibleText,
} from '@executioner/report';
import { hasFailed, type JobRecord, type TryRecord } from '../runs/index.ts';
import type { JobStatistics, RunLine, StatusCounts } from './model.ts';

/** `Run 12 of nightly`. */
export function runName({ run, application }: Pick<RunLine, 'run' | 'application'>): string {
  const number = run === undefined ? 'A run' : `Run ${run}`;
  return application === '' ? number : `${number} of ${visibleText(application)}`;
}

/** How a run ended, in a word or two. */
export function verdictOf({ outcome, recordedStatus }: RunLine): {
  readonly text: string;
  readonly tone: Tone;
} {
  const recorded =
    outcome === 'failed' && recordedStatus === 'SUCCESS'
      ? ' (its log calls it SUCCESS, though jobs failed)'
      : '';
  switch (outcome) {
    case 'succeeded':
      return { text: 'succeeded', tone: 'good' };
    case 'failed':
      return { text: `failed${recorded}`, tone: 'bad' };
    case 'cancelled':
      return { text: 'cancelled', tone: 'warning' };
    case undefined:
      return { text: 'not finished', tone: 'active' };
  }
}

/** Facts about a run: when, how long, how busy. */
export function runFacts(line: RunLine, timeZone: string): string[] {
  const { workers, workerUse, attempts, retries } = line;
  return [
    `started ${formatTime(line.startedAtMs, timeZone)}`,
    `${line.outcome === undefined ? 'last news after' : 'took'} ${formatDuration(line.durationMs)}`,
    ...(attempts > 1 ? [countOf(attempts, 'attempt')] : []),
    ...(workers === undefined ? [] : [countOf(workers, 'worker')]),
    ...(workerUse === undefined ? [] : [`${formatPercent(workerUse)} busy`]),
    ...(retries === 0 ? [] : [countOf(retries, 'retry', 'retries')]),
  ];
}

/** Jobs that ended badly. */
export function failedCount(counts: StatusCounts): number {
  return statusOrder
    .filter((status) => hasFailed({ status }))
    .reduce((sum, status) => sum + (counts[status] ?? 0), 0);
}

/** How the last try ended: its signal or exit code. */
export function exitText(last: TryRecord | undefined): string {
  return last?.signal ?? (last?.exitCode === undefined ? '' : String(last.exitCode));
}

/**
 * The jobs of a run as they are listed: all in their order if they are few, else those that failed, those that were retried,
 * and the slowest, `most` at most.
 */
export function shownJobs(jobs: readonly JobRecord[], most: number): readonly JobRecord[] {
  if (jobs.length <= most) return jobs;
  const rank = (job: JobRecord): number => {
    if (hasFailed(job)) return 0;
    if (job.status === 'running') return 1;
    if (job.status === 'cancelled') return 2;
    return job.tries.length > 1 ? 3 : 4;
  };
  return jobs
    .filter(({ status }) => status !== 'skipped' && status !== 'waiting')
    .sort((a, b) => rank(a) - rank(b) || (b.durationMs ?? 0) - (a.durationMs ?? 0))
    .slice(0, most);
}

/** Jobs that had their turn, the troublesome first, then those that take longest. */
export function rankedJobs(jobs: readonly JobStatistics[]): JobStatistics[] {
  return jobs.filter(({ runs, failures }) => runs > 0 || failures > 0).sort(byTrouble);
}

function byTrouble(a: JobStatistics, b: JobStatistics): number {
  return (
    b.failures - a.failures ||
    b.retries - a.retries ||
    (b.duration?.p50 ?? 0) - (a.duration?.p50 ?? 0) ||
    (a.job < b.job ? -1 : 1)
  );
}

import {
  countOf,
  formatDuration,
  formatPercent,
  formatTime,
  statusOrder,
  type Tone,
  visibleText,
} from '@executioner/report';
import {
  eachJob,
  hasFailed,
  type JobFigures,
  type JobList,
  type JobRecord,
  type RecordKind,
  statusCode,
  type TryRecord,
} from '../runs/index.ts';
import { failedRunsVerdict } from '../statistics/index.ts';
import type { JobStatistics, LogSummary, RunLine, StatusCounts } from './model.ts';

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

/** `12 runs of 2 workflows`. */
export function runsTitle({ runCount, workflows }: Pick<LogSummary, 'runCount' | 'workflows'>): string {
  return `${countOf(runCount, 'run')} of ${countOf(workflows.length, 'workflow')}`;
}

/** How all runs ended: not only the newest, which are listed. */
export function runsVerdict({ workflows }: Pick<LogSummary, 'workflows'>): ReturnType<typeof verdictOf> {
  return failedRunsVerdict(workflows.reduce((sum, { failed }) => sum + failed, 0));
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
export function shownJobs(jobs: JobList, most: number): readonly JobRecord[] {
  if (jobs.length <= most) return [...jobs];
  let first: Candidate[] = [];
  /** The last of those that would be shown so far. */
  let last = { rank: Number.POSITIVE_INFINITY, durationMs: 0 };
  let place = -1;
  eachJob({ jobs }, (job) => {
    place += 1;
    const rank = rankOf(job);
    if (rank > last.rank) return;
    const durationMs = Number.isNaN(job.durationMs) ? 0 : job.durationMs;
    if (rank === last.rank && durationMs <= last.durationMs) return;
    if (idleCodes.includes(job.statusCode)) return;
    first.push({ place, rank, durationMs });
    if (first.length < 2 * most) return;
    first = first.sort(byRank).slice(0, most);
    last = first.at(-1)!;
  });
  return recordsAt(
    jobs,
    first
      .sort(byRank)
      .slice(0, most)
      .map((each) => each.place),
  );
}

const idleCodes = [statusCode('skipped'), statusCode('waiting')];

interface Candidate {
  readonly place: number;
  readonly rank: number;
  readonly durationMs: number;
}

function byRank(a: Candidate, b: Candidate): number {
  return a.rank - b.rank || b.durationMs - a.durationMs || a.place - b.place;
}

function rankOf(job: JobFigures): number {
  if (job.hasFailed) return 0;
  if (job.statusCode === statusCode('running')) return 1;
  if (job.statusCode === statusCode('cancelled')) return 2;
  return job.tryCount > 1 ? 3 : 4;
}

/** The jobs at these places of a list, in the order of the places given. */
function recordsAt(jobs: JobList, places: readonly number[]): JobRecord[] {
  const found = new Map<number, JobRecord>();
  const wanted = new Set(places);
  let place = 0;
  eachJob({ jobs }, (job) => {
    if (wanted.has(place)) found.set(place, job.record());
    place += 1;
  });
  return places.map((each) => found.get(each)!);
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

/** How long a job of a run took; logs that know whole seconds call anything shorter nought. */
export function tookText({ durationMs }: JobRecord, kind: RecordKind): string {
  if (durationMs === undefined) return '';
  return durationMs === 0 && kind === 'text log' ? '<1s' : formatDuration(durationMs);
}

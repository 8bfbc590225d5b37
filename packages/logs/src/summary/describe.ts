import {
  countOf,
  formatDuration,
  formatPercent,
  formatTime,
  statusOrder,
  type Tone,
  visibleText,
} from '@executioner/report';
import { hasFailed } from '../runs/index.ts';
import type { RunLine, StatusCounts } from './model.ts';

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

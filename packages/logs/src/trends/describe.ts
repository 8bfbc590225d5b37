import { countOf, formatDuration, formatPercent, formatTime, visibleText } from '@executioner/report';
import type { Trend, TrendChange } from './model.ts';

/** `load_a of nightly`, or `nightly` for the workflow itself. */
export function trendName({ application, job }: Trend): string {
  const workflow = application === '' ? 'a workflow' : application;
  return visibleText(job === undefined ? workflow : application === '' ? job : `${job} of ${workflow}`);
}

/** `slower since run 45 (2026-01-02 …): median 2.1s → 3.4s (+62%), p = 0.001`. */
export function changeSentence(change: TrendChange, timeZone: string): string {
  const { what, worse, before, after, run, atMs, pValue } = change;
  const since = `${run === undefined ? '' : `run ${run}, `}${formatTime(atMs, timeZone)}`;
  const p = `p ${pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(3)}`}`;
  if (what === 'failures') {
    return `fails ${worse ? 'more' : 'less'} often since ${since}: ${formatPercent(before)} → ${formatPercent(after)} of its turns, ${p}`;
  }
  return `${worse ? 'slower' : 'faster'} since ${since}: median ${formatDuration(before)} → ${formatDuration(after)} (${signedShare(before, after)}), ${p}`;
}

export function signedShare(before: number, after: number): string {
  if (before === 0) return 'from nothing';
  const share = after / before - 1;
  return `${share < 0 ? '−' : '+'}${formatPercent(Math.abs(share))}`;
}

/** `saved by a retry in 3 runs (12% of 25 turns), last in run 24`. */
export function flakySentence({ flakiness, runs }: Trend): string {
  const { savedByRetry = 0, recoveredNextRun = 0, rate = 0, lastRun } = flakiness ?? {};
  const ways = [
    ...(savedByRetry === 0 ? [] : [`saved by a retry in ${countOf(savedByRetry, 'run')}`]),
    ...(recoveredNextRun === 0 ? [] : [`well again in the next run ${countOf(recoveredNextRun, 'time')}`]),
  ];
  const last = lastRun === undefined ? '' : `, last in run ${lastRun}`;
  return `${ways.join(', ')} (${formatPercent(rate)} of ${countOf(runs, 'turn')})${last}`;
}

const bars = '▁▂▃▄▅▆▇█';
const courseLength = 30;

/** The durations of the newest turns as little bars, failures as crosses. */
export function course({ points }: Trend): string {
  const newest = points.slice(-courseLength);
  const durations = newest.flatMap(({ durationMs }) => (durationMs === undefined ? [] : [durationMs]));
  const most = Math.max(...durations, 1);
  return newest
    .map(({ durationMs, failed }) => {
      if (failed) return '✗';
      if (durationMs === undefined) return '·';
      return bars[Math.min(bars.length - 1, Math.floor((durationMs / most) * bars.length))];
    })
    .join('');
}

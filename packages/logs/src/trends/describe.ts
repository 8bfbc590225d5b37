import { countOf, formatDuration, formatPercent, formatTime, visibleText } from '@executioner/report';
import type { Trend, TrendChange, Trends } from './model.ts';

/** Gives names to trends: where there is one workflow, jobs need not be told apart by it. */
export function trendNames({ workflows }: Pick<Trends, 'workflows'>): (trend: Trend) => string {
  return workflows.length > 1
    ? trendName
    : (trend) => trendName({ ...trend, application: trend.job === undefined ? trend.application : '' });
}

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
    return `fails ${worse ? 'more' : 'less'} often since ${since}: ${formatPercent(before)} → ${formatPercent(after)} of its runs, ${p}`;
  }
  return `${worse ? 'slower' : 'faster'} since ${since}: median ${formatDuration(before)} → ${formatDuration(after)} (${signedShare(before, after)}), ${p}`;
}

export function signedShare(before: number, after: number): string {
  if (before === 0) return 'from nothing';
  const share = after / before - 1;
  return `${share < 0 ? '−' : '+'}${formatPercent(Math.abs(share))}`;
}

/** `saved by a retry in 3 runs (12% of 25 runs), last in run 24`. */
export function flakySentence({ flakiness, runs }: Trend): string {
  const { savedByRetry = 0, recoveredNextRun = 0, rate = 0, lastRun } = flakiness ?? {};
  const ways = [
    ...(savedByRetry === 0 ? [] : [`saved by a retry in ${countOf(savedByRetry, 'run')}`]),
    ...(recoveredNextRun === 0
      ? []
      : [
          `well again in the next run ${recoveredNextRun === 1 ? 'once' : countOf(recoveredNextRun, 'time')}`,
        ]),
  ];
  const last = lastRun === undefined ? '' : `, last in run ${lastRun}`;
  return `${ways.join(', ')} (${formatPercent(rate)} of ${countOf(runs, 'run')})${last}`;
}

/** `2 failures in a row since run 5, after 3 successes`. */
export function failingSentence({ points }: Trend): string {
  const lastGood = points.findLastIndex(({ failed }) => !failed);
  const row = points.slice(lastGood + 1);
  const since = row[0]!.run === undefined ? '' : ` ${row.length === 1 ? 'in' : 'since'} run ${row[0]!.run}`;
  const good = points[lastGood];
  const before = good?.run === undefined ? '' : `, last good in run ${good.run}`;
  return `${row.length === 1 ? 'failed' : `${row.length} failures in a row`}${since}${before}`;
}

/** With a capital, and a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Runs that a series needs before a change in it can be told from chance. */
const enoughRuns = 6;

/** That there is no change, or too little to tell one. */
export function calmSentence({ workflows, jobs }: Pick<Trends, 'workflows' | 'jobs'>): string {
  const most = Math.max(0, ...[...workflows, ...jobs].map(({ points }) => points.length));
  return most < enoughRuns
    ? `too few runs to tell a change from chance: a series needs about ${enoughRuns}`
    : 'nothing has changed that chance would not explain as well: no duration, no rate of failures';
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

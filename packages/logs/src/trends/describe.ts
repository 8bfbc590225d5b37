import { formatDuration, formatPercent, formatTime, visibleText } from '@executioner/report';
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

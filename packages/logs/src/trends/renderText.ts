import type { Palette } from '@executioner/core';
import {
  countOf,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  paintTone,
  textTable,
} from '@executioner/report';
import { changeSentence, signedShare, trendName } from './describe.ts';
import { flakyTrends, type StandingChange, standingChanges } from './findings.ts';
import type { Trend, Trends } from './model.ts';

export interface RenderTrendsOptions {
  readonly colors: Palette;
  readonly columns: number;
  readonly timeZone: string;
  readonly all: boolean;
}

const shownMax = 15;

/** The trends for a terminal. */
export function renderTrendsText(trends: Trends, options: RenderTrendsOptions): string {
  const { runCount, firstAtMs, lastAtMs, workflows, jobs } = trends;
  if (runCount === 0 || firstAtMs === undefined || lastAtMs === undefined) return 'no runs in these logs\n';
  const { colors, timeZone } = options;
  const head = [
    `${colors.bold(countOf(runCount, 'run'))} of ${countOf(workflows.length, 'workflow')}`,
    colors.dim(`${formatTime(firstAtMs, timeZone)} to ${formatTime(lastAtMs, timeZone)}`),
  ];
  const sections = [
    head,
    changeLines(standingChanges([...workflows, ...jobs]), options),
    flakyLines(flakyTrends(jobs), options),
    trendTable('Workflow', workflows, options),
    trendTable('Job', jobs, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function changeLines(
  changes: readonly StandingChange[],
  { colors, timeZone, all }: RenderTrendsOptions,
): string[] {
  if (changes.length === 0) return ['nothing has changed for good: no duration, no rate of failures'];
  const shown = all ? changes : changes.slice(0, shownMax);
  const hidden = changes.length - shown.length;
  return [
    colors.dim('What has changed'),
    ...shown.map(({ trend, change }) => {
      const glyph = change.worse ? paintTone(colors, 'bad', '▲') : paintTone(colors, 'good', '▼');
      return `${glyph} ${colors.bold(trendName(trend))} ${changeSentence(change, timeZone)}`;
    }),
    ...(hidden === 0 ? [] : [colors.dim(`and ${countOf(hidden, 'more change')} (--all lists them)`)]),
  ];
}

function flakyLines(flaky: readonly Trend[], { colors, all }: RenderTrendsOptions): string[] {
  if (flaky.length === 0) return [];
  const shown = all ? flaky : flaky.slice(0, shownMax);
  const hidden = flaky.length - shown.length;
  return [
    colors.dim('Flaky: failed, and then succeeded with nothing changed'),
    ...shown.map((trend) => {
      const { savedByRetry, recoveredNextRun, rate, lastRun } = trend.flakiness!;
      const ways = [
        ...(savedByRetry === 0 ? [] : [`saved by a retry in ${countOf(savedByRetry, 'run')}`]),
        ...(recoveredNextRun === 0
          ? []
          : [`well again in the next run ${countOf(recoveredNextRun, 'time')}`]),
      ];
      const last = lastRun === undefined ? '' : `, last in run ${lastRun}`;
      return `${paintTone(colors, 'warning', '≈')} ${colors.bold(trendName(trend))} ${ways.join(', ')} (${formatPercent(rate)} of ${countOf(trend.runs, 'turn')})${last}`;
    }),
    ...(hidden === 0 ? [] : [colors.dim(`and ${countOf(hidden, 'more flaky job')} (--all lists them)`)]),
  ];
}

function trendTable(title: string, trends: readonly Trend[], options: RenderTrendsOptions): string[] {
  const { colors, columns, all } = options;
  const ranked = [...trends].sort(
    (a, b) =>
      changed(b) - changed(a) ||
      (b.durationMs ?? 0) - (a.durationMs ?? 0) ||
      (trendName(a) < trendName(b) ? -1 : 1),
  );
  const shown = all ? ranked : ranked.slice(0, shownMax);
  if (shown.length === 0) return [];
  const table = textTable(
    [
      { title, elastic: true },
      { title: 'Runs', align: 'right' },
      { title: 'Failed', align: 'right' },
      { title: 'Median', align: 'right' },
      { title: 'Change', align: 'right' },
      { title: 'Course', elastic: true },
    ],
    shown.map((trend) => [
      trendName(trend),
      formatCount(trend.runs),
      trend.failures === 0
        ? ''
        : `${formatCount(trend.failures)} (${formatPercent(trend.failures / trend.runs)})`,
      trend.durationMs === undefined ? '' : formatDuration(trend.durationMs),
      changeCell(trend, colors),
      course(trend),
    ]),
    { width: columns, paintTitle: colors.dim },
  );
  const hidden = ranked.length - shown.length;
  return hidden === 0 ? table : [...table, colors.dim(`${countOf(hidden, 'more')} (--all lists them)`)];
}

function changed({ changes }: Trend): number {
  return changes.some(({ stands, worse }) => stands && worse) ? 1 : 0;
}

function changeCell({ changes }: Trend, colors: Palette): string {
  const change = changes.findLast(({ what, stands }) => what === 'duration' && stands);
  if (change === undefined) return '';
  return paintTone(colors, change.worse ? 'bad' : 'good', signedShare(change.before, change.after));
}

const bars = '▁▂▃▄▅▆▇█';
const courseLength = 30;

/** The durations of the newest turns as little bars, failures as crosses. */
function course({ points }: Trend): string {
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

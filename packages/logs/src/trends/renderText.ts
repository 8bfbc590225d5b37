import type { Palette } from '@executioner/core';
import { shellWord } from '@executioner/engine';
import {
  countOf,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  paintTone,
  textTable,
} from '@executioner/report';
import {
  calmSentence,
  changeSentence,
  course,
  failingSentence,
  flakySentence,
  signedShare,
  trendNames,
} from './describe.ts';
import {
  failingTrends,
  flakyTrends,
  rankedTrends,
  type StandingChange,
  standingChanges,
} from './findings.ts';
import type { Trend, Trends } from './model.ts';

export interface RenderTrendsOptions {
  readonly colors: Palette;
  readonly columns: number;
  readonly timeZone: string;
  readonly all: boolean;
  /** They are those of the state folder, so that commands may be named that look there. */
  readonly isOwnHistory?: boolean;
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
    changeLines(trends, options),
    failingLines(trends, options),
    flakyLines(trends, options),
    trendTable('Workflow', workflows, trends, options),
    trendTable('Job', jobs, trends, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function changeLines(trends: Trends, { colors, timeZone, all, isOwnHistory }: RenderTrendsOptions): string[] {
  const changes = standingChanges([...trends.workflows, ...trends.jobs]);
  if (changes.length === 0) return [calmSentence(trends)];
  const nameOf = trendNames(trends);
  const shown = all ? changes : changes.slice(0, shownMax);
  const hidden = changes.length - shown.length;
  return [
    colors.dim('What has changed'),
    ...shown.map(({ trend, change }) => {
      const glyph = change.worse ? paintTone(colors, 'bad', '▲') : paintTone(colors, 'good', '▼');
      return `${glyph} ${colors.bold(nameOf(trend))} ${changeSentence(change, timeZone)}`;
    }),
    ...(hidden === 0 ? [] : [colors.dim(`and ${countOf(hidden, 'more change')} (--all lists them)`)]),
    ...(isOwnHistory ? nextLine(changes, colors) : []),
  ];
}

/** What tells more of the job that has become worse. */
function nextLine(changes: readonly StandingChange[], colors: Palette): string[] {
  const job = changes.find(({ trend, change }) => change.worse && trend.job !== undefined)?.trend.job;
  return job === undefined
    ? []
    : [colors.dim(`next: what changed just then: executioner logs bisect --job ${shellWord(job)}`)];
}

function failingLines({ jobs, workflows }: Trends, options: RenderTrendsOptions): string[] {
  const nameOf = trendNames({ workflows });
  const lines = failingTrends(jobs).map(
    (trend) =>
      `${paintTone(options.colors, 'bad', '✗')} ${options.colors.bold(nameOf(trend))} ${failingSentence(trend)}`,
  );
  return cutLines('Failing now', lines, 'more job', options);
}

function flakyLines({ jobs, workflows }: Trends, options: RenderTrendsOptions): string[] {
  const nameOf = trendNames({ workflows });
  const lines = flakyTrends(jobs).map(
    (trend) =>
      `${paintTone(options.colors, 'warning', '≈')} ${options.colors.bold(nameOf(trend))} ${flakySentence(trend)}`,
  );
  return cutLines('Flaky: failed, and then succeeded with nothing changed', lines, 'more flaky job', options);
}

function cutLines(
  title: string,
  lines: readonly string[],
  noun: string,
  { colors, all }: RenderTrendsOptions,
): string[] {
  if (lines.length === 0) return [];
  const shown = all ? lines : lines.slice(0, shownMax);
  const hidden = lines.length - shown.length;
  return [
    colors.dim(title),
    ...shown,
    ...(hidden === 0 ? [] : [colors.dim(`and ${countOf(hidden, noun)} (--all lists them)`)]),
  ];
}

function trendTable(
  title: string,
  trends: readonly Trend[],
  all: Trends,
  options: RenderTrendsOptions,
): string[] {
  const { colors, columns } = options;
  const nameOf = trendNames(all);
  const ranked = rankedTrends(trends);
  const shown = options.all ? ranked : ranked.slice(0, shownMax);
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
      nameOf(trend),
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
  return hidden === 0 ? table : [...table, colors.dim(`${formatCount(hidden)} more (--all lists them)`)];
}

function changeCell({ changes }: Trend, colors: Palette): string {
  const change = changes.findLast(({ what, stands }) => what === 'duration' && stands);
  if (change === undefined) return '';
  return paintTone(colors, change.worse ? 'bad' : 'good', signedShare(change.before, change.after));
}

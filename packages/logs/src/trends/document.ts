import {
  type Block,
  countOf,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  type ReportDocument,
  type Section,
} from '@executioner/report';
import { failedRunsVerdict } from '../statistics/index.ts';
import {
  calmSentence,
  changeSentence,
  course,
  failingSentence,
  flakySentence,
  sentence,
  signedShare,
  trendNames,
} from './describe.ts';
import { failingTrends, flakyTrends, rankedTrends, standingChanges } from './findings.ts';
import type { Trend, Trends } from './model.ts';

export interface TrendsDocumentOptions {
  readonly timeZone: string;
  /** Lists everything. */
  readonly all: boolean;
}

const shownMax = 20;

/** The trends as a document: for pull requests, tickets and chat. */
export function trendsDocument(trends: Trends, { timeZone, all }: TrendsDocumentOptions): ReportDocument {
  const { runCount, firstAtMs, lastAtMs, workflows, jobs } = trends;
  const nameOf = trendNames(trends);
  const changes = standingChanges([...workflows, ...jobs]).map(
    ({ trend, change }) => `${change.worse ? '▲' : '▼'} ${nameOf(trend)} ${changeSentence(change, timeZone)}`,
  );
  const failing = failingTrends(jobs).map((trend) => `${nameOf(trend)} ${failingSentence(trend)}`);
  const flaky = flakyTrends(jobs).map((trend) => `${nameOf(trend)} ${flakySentence(trend)}`);
  return {
    title: `Performance of ${countOf(runCount, 'run')}`,
    verdict: failedRunsVerdict(workflows.reduce((sum, { failures }) => sum + failures, 0)),
    facts:
      firstAtMs === undefined || lastAtMs === undefined
        ? []
        : [['from', `${formatTime(firstAtMs, timeZone)} to ${formatTime(lastAtMs, timeZone)}`]],
    sections: [
      {
        title: 'What has changed',
        blocks:
          changes.length === 0
            ? [{ kind: 'text', text: sentence(calmSentence(trends)) }]
            : [list(changes, all, 'more change')],
      },
      ...(failing.length === 0 ? [] : [{ title: 'Failing now', blocks: [list(failing, all, 'more job')] }]),
      ...(flaky.length === 0
        ? []
        : [
            {
              title: 'Flaky: failed, and then succeeded with nothing changed',
              blocks: [list(flaky, all, 'more flaky job')],
            },
          ]),
      ...table('Workflows', workflows, nameOf, all),
      ...table('Jobs', jobs, nameOf, all),
    ],
  };
}

function list(texts: readonly string[], all: boolean, noun: string): Block {
  const shown = all ? texts : texts.slice(0, shownMax);
  const left = texts.length - shown.length;
  const items = left === 0 ? shown : [...shown, `and ${countOf(left, noun)}`];
  return { kind: 'list', items: items.map((text) => ({ text })) };
}

function table(
  title: string,
  trends: readonly Trend[],
  nameOf: (trend: Trend) => string,
  all: boolean,
): Section[] {
  if (trends.length === 0) return [];
  const ranked = rankedTrends(trends);
  const shown = all ? ranked : ranked.slice(0, shownMax);
  const left = ranked.length - shown.length;
  const right = (name: string) => ({ title: name, align: 'right' as const });
  const rows = shown.map((trend) => {
    const { runs, failures, durationMs, changes } = trend;
    const change = changes.findLast(({ what, stands }) => what === 'duration' && stands);
    return [
      nameOf(trend),
      formatCount(runs),
      failures === 0 ? '' : `${formatCount(failures)} (${formatPercent(failures / runs)})`,
      durationMs === undefined ? '' : formatDuration(durationMs),
      change === undefined ? '' : signedShare(change.before, change.after),
      course(trend),
    ];
  });
  const columns = [
    { title: title.slice(0, -1) },
    right('Runs'),
    right('Failed'),
    right('Median'),
    right('Change'),
    { title: 'Course' },
  ];
  return [
    {
      title,
      blocks: [
        { kind: 'table', columns, rows },
        ...(left === 0 ? [] : [{ kind: 'text', text: `and ${formatCount(left)} more` } as const]),
      ],
    },
  ];
}

import {
  type ChartPoint,
  countOf,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  type Html,
  html,
  htmlPage,
  longTable,
  seriesChart,
} from '@executioner/report';
import { failedRunsVerdict } from '../statistics/index.ts';
import {
  calmSentence,
  changeSentence,
  failingSentence,
  sentence,
  signedShare,
  trendName,
  trendNames,
} from './describe.ts';
import { failingTrends, flakyTrends, rankedTrends, standingChanges } from './findings.ts';
import type { Trend, TrendPoint, Trends } from './model.ts';

export interface RenderTrendsHtmlOptions {
  readonly timeZone: string;
  readonly version: string;
}

/** Jobs with a chart of their own; the table has all of them. */
const chartsMax = 30;

/** The trends as one page that needs no network, no script and no other file. */
export function renderTrendsHtml(trends: Trends, { timeZone, version }: RenderTrendsHtmlOptions): string {
  const { runCount, firstAtMs = 0, lastAtMs = 0, workflows, jobs } = trends;
  const verdict = failedRunsVerdict(workflows.reduce((sum, { failures }) => sum + failures, 0));
  const nameOf = trendNames(trends);
  const title = `Performance of ${countOf(runCount, 'run')}`;
  const body = html`<header>
<h1>${title} <span class="badge ${verdict.tone}">${verdict.text}</span></h1>
<dl class="facts"><div><dt>workflows</dt><dd>${workflows.length}</dd></div><div><dt>jobs</dt><dd>${jobs.length}</dd></div>${runCount === 0 ? '' : html`<div><dt>from</dt><dd>${formatTime(firstAtMs, timeZone)}</dd></div><div><dt>to</dt><dd>${formatTime(lastAtMs, timeZone)}</dd></div>`}</dl>
</header>
${changes(trends, timeZone)}
${failing(jobs, nameOf)}
${flaky(jobs, nameOf)}
${charts('Workflows', workflows, nameOf, timeZone)}
${charts('Jobs', chosenForCharts(jobs), nameOf, timeZone)}
${table(jobs, nameOf)}
<section><h2>How changes are found</h2>
<p>At each place of a series the values before and after it are compared by their ranks (Mann and Whitney 1947), the clearest
place is taken (Hawkins and Deng 2010), and it counts if fewer than 1 in 100 random orders of the values have one as clear.
Changes below 10% or 50 ms are left out. Durations are those of successes.</p></section>`;
  return htmlPage({ title, body, footer: `Made by executioner ${version} from the logs of the runs.` });
}

function changes(trends: Trends, timeZone: string): Html {
  const found = standingChanges([...trends.workflows, ...trends.jobs]);
  const nameOf = trendNames(trends);
  const list =
    found.length === 0
      ? html`<p>${sentence(calmSentence(trends))}</p>`
      : html`<ul class="plain">${found.map(
          ({ trend, change }) =>
            html`<li><span class="${change.worse ? 'bad' : 'good'}"><span aria-hidden="true">${change.worse ? '▲' : '▼'}</span> <strong>${nameOf(trend)}</strong></span> ${changeSentence(change, timeZone)}</li>
`,
        )}</ul>`;
  return html`<section><h2>What has changed</h2>
${list}</section>`;
}

type NameOf = (trend: Trend) => string;

/** The table of all jobs has the others. */
const failingMax = 30;

function failing(jobs: readonly Trend[], nameOf: NameOf): Html | undefined {
  const found = failingTrends(jobs);
  if (found.length === 0) return undefined;
  const left = found.length - failingMax;
  return html`<section><h2>Failing now</h2>
<ul class="plain">${found.slice(0, failingMax).map(
    (trend) =>
      html`<li><span class="bad"><span aria-hidden="true">✗</span> <strong>${nameOf(trend)}</strong></span> ${failingSentence(trend)}</li>
`,
  )}</ul>${left > 0 ? html`<p>and ${countOf(left, 'more job')}</p>` : ''}</section>`;
}

function flaky(jobs: readonly Trend[], nameOf: NameOf): Html | undefined {
  const found = flakyTrends(jobs);
  if (found.length === 0) return undefined;
  const rows = found.map((trend) => {
    const { savedByRetry, recoveredNextRun, rate, lastRun } = trend.flakiness!;
    return html`<tr><th scope="row">${nameOf(trend)}</th><td class="number">${formatCount(trend.runs)}</td><td class="number">${savedByRetry}</td><td class="number">${recoveredNextRun}</td><td class="number">${formatPercent(rate)}</td><td class="number">${lastRun ?? ''}</td></tr>
`;
  });
  return html`<section><h2>Flaky jobs</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of flaky jobs"><table>
<caption>Jobs that failed, and then succeeded with nothing changed</caption>
<thead><tr><th scope="col">Job</th><th scope="col" class="number">Runs</th><th scope="col" class="number">Saved by a retry</th><th scope="col" class="number">Well in the next run</th><th scope="col" class="number">Rate</th><th scope="col" class="number">Last run</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

/** Those that have changed or failed, then the longest; a series of one or two shows nothing. */
function chosenForCharts(jobs: readonly Trend[]): Trend[] {
  return jobs
    .filter(({ points }) => points.length >= 3)
    .sort(
      (a, b) =>
        b.changes.length - a.changes.length ||
        b.failures - a.failures ||
        (b.durationMs ?? 0) - (a.durationMs ?? 0) ||
        (trendName(a) < trendName(b) ? -1 : 1),
    )
    .slice(0, chartsMax);
}

function charts(title: string, trends: readonly Trend[], nameOf: NameOf, timeZone: string): Html | undefined {
  const shown = trends.filter(({ points }) => points.length > 0);
  if (shown.length === 0) return undefined;
  return html`<section><h2>${title}</h2>
<div class="charts">${shown.map((trend) => chart(trend, nameOf(trend), timeZone))}</div></section>`;
}

function chart(trend: Trend, name: string, timeZone: string): Html {
  const { points, stretches, runs, failures, durationMs } = trend;
  const facts = [
    countOf(runs, 'run'),
    ...(failures === 0 ? [] : [`${formatCount(failures)} failed`]),
    ...(durationMs === undefined ? [] : [`median ${formatDuration(durationMs)}`]),
  ].join(', ');
  const day = (point: TrendPoint | undefined) =>
    point === undefined ? '' : formatTime(point.startedAtMs, timeZone).slice(0, 16);
  const last = stretches.length - 1;
  return html`<section><h3>${name}</h3><p class="note">${facts}</p>
${seriesChart({
  points: points.map((point) => chartPoint(point, timeZone)),
  levels: stretches.map(({ from, to, durationMs: value }, index) => ({
    from,
    to,
    value,
    tone: index < last || last === 0 ? 'muted' : value > stretches[index - 1]!.durationMs ? 'bad' : 'good',
  })),
  format: formatDuration,
  ends: [day(points[0]), day(points.at(-1))],
  description: `Durations of ${name}: ${facts}. The table of jobs has the figures.`,
})}</section>
`;
}

function chartPoint({ run, startedAtMs, durationMs, failed }: TrendPoint, timeZone: string): ChartPoint {
  const name = `${run === undefined ? '' : `run ${run}, `}${formatTime(startedAtMs, timeZone)}`;
  if (failed) return { value: undefined, tone: 'bad', title: `${name}: failed` };
  if (durationMs === undefined) return { value: undefined, tone: 'muted', title: `${name}: not finished` };
  return { value: durationMs, tone: 'active', title: `${name}: ${formatDuration(durationMs)}` };
}

const rowsShown = 100;

function table(jobs: readonly Trend[], nameOf: NameOf): Html | undefined {
  if (jobs.length === 0) return undefined;
  const rows = (jobs.length > rowsShown ? rankedTrends(jobs) : jobs).map((trend) => {
    const { runs, failures, durationMs, changes: found } = trend;
    const change = found.findLast(({ what, stands }) => what === 'duration' && stands);
    return html`<tr><th scope="row">${nameOf(trend)}</th><td class="number">${formatCount(runs)}</td><td class="number">${failures === 0 ? '' : `${formatCount(failures)} (${formatPercent(failures / runs)})`}</td><td class="number">${durationMs === undefined ? '' : formatDuration(durationMs)}</td><td class="number ${change === undefined ? '' : change.worse ? 'bad' : 'good'}">${change === undefined ? '' : signedShare(change.before, change.after)}</td></tr>
`;
  });
  return longTable({
    title: 'All jobs',
    noun: 'job',
    caption: `${countOf(jobs.length, 'job')}; the median is that of successes since the last change`,
    head: html`<tr><th scope="col">Job</th><th scope="col" class="number">Runs</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Median</th><th scope="col" class="number">Last change</th></tr>`,
    rows: rows.slice(0, rowsShown),
    more: rows.slice(rowsShown),
  });
}

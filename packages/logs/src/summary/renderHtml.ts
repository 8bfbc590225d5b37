import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  type Html,
  html,
  htmlPage,
  inLanes,
  longTable,
  type StatusLook,
  statusLook,
  statusOrder,
  type TimelineBar,
  timelineSvg,
  visibleText,
} from '@executioner/report';
import {
  alikeFailures,
  describeEnd,
  type FailureReport,
  keptFromRunning,
  othersText,
  unexplainedTexts,
} from '../failures/index.ts';
import type { JobRecord, RunRecord, TryRecord } from '../runs/index.ts';
import {
  exitText,
  failedCount,
  rankedJobs,
  runFacts,
  runName,
  runsTitle,
  runsVerdict,
  shownJobs,
  tookText,
  verdictOf,
} from './describe.ts';
import type { FailedRun, JobStatistics, LogSummary, RunLine, StatusCounts } from './model.ts';

export interface RenderHtmlOptions {
  readonly timeZone: string;
  readonly version: string;
}

const failedRunsShown = 20;
const runsShown = 200;
const rowsShown = 100;

/** The summary as one page that needs no network, no script and no other file. */
export function renderHtml(summary: LogSummary, { timeZone, version }: RenderHtmlOptions): string {
  const { runs, only } = summary;
  const [line] = runs;
  const isOne = only !== undefined && line !== undefined;
  const title = isOne ? runName(line) : runsTitle(summary);
  const verdict = isOne ? verdictOf(line) : runsVerdict(summary);
  const facts = isOne ? runFacts(line, timeZone) : spanFacts(runs, timeZone);
  const body = html`<header>
<h1>${title} <span class="badge ${verdict.tone}">${verdict.text}</span></h1>
<p class="note">${facts.join(', ')}</p>
${counts(summary.counts)}
</header>
${summary.failures
  .slice(-failedRunsShown)
  .reverse()
  .map((failedRun) => failuresOf(failedRun, isOne, timeZone))}
${isOne ? [timeline(only), runJobs(only)] : [runsTable(runs, timeZone), jobsTable(summary)]}
${problems(summary, timeZone)}`;
  return htmlPage({
    title: `${title}: ${verdict.text}`,
    body,
    footer: `Made by executioner ${version} from the logs of the runs.`,
  });
}

function spanFacts(runs: readonly RunLine[], timeZone: string): string[] {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return ['no runs in these logs'];
  return [`from ${formatTime(first.startedAtMs, timeZone)}`, `to ${formatTime(last.startedAtMs, timeZone)}`];
}

function counts(all: StatusCounts): Html {
  const items = statusOrder.filter((status) => (all[status] ?? 0) > 0);
  return html`<ul class="counts" aria-label="Jobs by outcome">
${items.map(
  (status) => html`<li><strong>${formatCount(all[status]!)}</strong> ${look(statusLook(status))}</li>
`,
)}</ul>`;
}

function look({ glyph, word, tone }: StatusLook): Html {
  return html`<span class="status ${tone}"><span aria-hidden="true">${glyph}</span> ${word}</span>`;
}

function failuresOf({ run, failures, causes }: FailedRun, isOne: boolean, timeZone: string): Html {
  const { stopped, unexplained } = causes;
  const title = isOne
    ? countOf(failures.length, 'failure')
    : `${runName(run)}, ${formatTime(run.startedAtMs, timeZone)}`;
  return html`<section><h2>${title}</h2>
${alikeFailures(failures).map(({ first, others }) => failure(first, others))}
${stopped === undefined ? undefined : html`<p class="note">${countOf(stopped.jobs.length, 'job')} not started: the run was stopped by ${visibleText(stopped.by)}</p>`}
${unexplainedTexts(unexplained, failures.length).map((text) => html`<p class="note">${capital(text)}</p>`)}
</section>`;
}

function failure(report: FailureReport, others: readonly FailureReport[]): Html {
  const { job, category, excerpt, skipped } = report;
  const status = statusLook(job.status, job.reason);
  const how = describeEnd(report);
  return html`<article class="job ${status.tone}">
<h3>${visibleText(job.id)}</h3>
<p>${look(status)}${kindOf(report, status.word)}${how === '' ? '' : `, ${how}`}</p>
${
  excerpt.length === 0
    ? undefined
    : html`<pre class="excerpt mono">${excerpt.map(
        ({ text, matters, skipped: count }) => html`${
          count > 0
            ? html`<span class="note">… ${countOf(count, 'line')}</span>
`
            : undefined
        }${matters ? html`<mark>${visibleText(text)}</mark>` : visibleText(text)}
`,
      )}</pre>`
}
${keptFromRunning(skipped).map((text) => html`<p>${capital(text)}</p>`)}
${others.length === 0 ? undefined : html`<p class="bad">${othersText(others)}</p>`}
<p class="note">Next: ${category.advice}</p>
</article>
`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The kind of trouble, where the status does not say it already. */
function kindOf({ category }: FailureReport, status: string): string {
  const isSaid = category.key === 'exit-code' || category.key === 'time-limit' || category.title === status;
  return isSaid ? '' : `, ${category.title}`;
}

/** The tries of a run over time, in as many lanes as were busy at once. */
function timeline(run: RunRecord): Html | undefined {
  const lastMs = run.startedAtMs + run.durationMs;
  const bars = run.jobs
    .flatMap((job) => job.tries.map((each, index) => bar(job, each, index + 1, run.startedAtMs, lastMs)))
    .filter(({ startMs }) => startMs >= 0)
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  if (bars.length === 0) return undefined;
  const lanes = inLanes(bars);
  const durationMs = bars.reduce((end, { endMs }) => Math.max(end, endMs), run.durationMs);
  const description = `${countOf(bars.length, 'try', 'tries')} in ${countOf(lanes.length, 'lane')} over ${formatDuration(durationMs)}; the table of jobs has the same times`;
  return html`<section><h2>Timeline</h2>
${timelineSvg({ lanes, durationMs, description })}</section>`;
}

function bar(job: JobRecord, each: TryRecord, number: number, originMs: number, lastMs: number): TimelineBar {
  const { word, tone } = statusLook(each.status ?? 'running');
  const startMs = each.startedAtMs - originMs;
  const endMs = Math.max(startMs, (each.endedAtMs ?? lastMs) - originMs);
  const label = visibleText(job.id);
  const tries = number > 1 ? `, try ${number}` : '';
  const title = `${label}${tries}: ${word}, +${formatDuration(startMs)}, ${formatDuration(endMs - startMs)}`;
  return { label, title, startMs, endMs, tone };
}

function runsTable(runs: readonly RunLine[], timeZone: string): Html {
  const shown = runs.slice(-runsShown).reverse();
  const rows = shown.map((line) => {
    const { text, tone } = verdictOf(line);
    const failed = failedCount(line.counts);
    return html`<tr><td class="number">${line.run ?? ''}</td><th scope="row">${visibleText(line.application)}</th><td class="status ${tone}">${text}</td><td class="status">${formatTime(line.startedAtMs, timeZone)}</td><td class="number">${formatDuration(line.durationMs)}</td><td class="number">${formatCount(line.jobCount)}</td><td class="number">${failed === 0 ? '' : failed}</td><td class="number">${line.retries === 0 ? '' : line.retries}</td><td>${visibleText(line.firstFailure ?? '')}</td></tr>
`;
  });
  return html`<section><h2>Runs</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of runs"><table>
<caption>The newest ${countOf(shown.length, 'run')}, the newest first</caption>
<thead><tr><th scope="col" class="number">Run</th><th scope="col">Workflow</th><th scope="col">Outcome</th><th scope="col">Started</th><th scope="col" class="number">Took</th><th scope="col" class="number">Jobs</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Retries</th><th scope="col">First failure</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

/** The jobs of one run; of very many first those that matter. */
function runJobs({ jobs, kind }: RunRecord): Html | undefined {
  if (jobs.length === 0) return undefined;
  const has = (key: 'waitedMs' | 'cpuMs' | 'maxRssKb') => jobs.some((job) => job[key] !== undefined);
  const [waits, cpu, memory] = [has('waitedMs'), has('cpuMs'), has('maxRssKb')];
  const row = (job: JobRecord) =>
    html`<tr><th scope="row">${visibleText(job.id)}</th><td>${look(statusLook(job.status, job.reason))}</td>${number(tookText(job, kind))}${waits ? number(ms(job.waitedMs)) : undefined}${number(job.tries.length === 0 ? '' : String(job.tries.length))}${number(exitText(job.tries.at(-1)))}${cpu ? number(ms(job.cpuMs)) : undefined}${memory ? number(job.maxRssKb === undefined ? '' : formatBytes(job.maxRssKb * 1024)) : undefined}</tr>
`;
  const head = html`<tr><th scope="col">Job</th><th scope="col">Status</th>${['Took', ...(waits ? ['Waited'] : []), 'Tries', 'Exit', ...(cpu ? ['CPU'] : []), ...(memory ? ['Memory'] : [])].map(columnTitle)}</tr>`;
  const first = shownJobs(jobs, rowsShown);
  const shown = new Set(first);
  return longTable({
    title: 'Jobs',
    noun: 'job',
    caption:
      first.length === jobs.length
        ? countOf(jobs.length, 'job')
        : `${countOf(jobs.length, 'job')}: first those that failed, were retried or took longest`,
    head,
    rows: first.map(row),
    more: jobs.filter((job) => !shown.has(job)).map(row),
  });
}

/** What many runs tell of each job. */
function jobsTable({ jobs, workflows }: LogSummary): Html | undefined {
  const known = jobs.filter(({ runs, failures }) => runs > 0 || failures > 0);
  if (known.length === 0) return undefined;
  const ranked = known.length > rowsShown ? rankedJobs(known) : known;
  const several = workflows.length > 1;
  const has = (pick: (job: JobStatistics) => unknown) => ranked.some((job) => pick(job) !== undefined);
  const [waits, cpu, memory] = [
    has((job) => job.waiting),
    has((job) => job.cpuMs),
    has((job) => job.memoryBytes),
  ];
  const rows = ranked.map((job) => {
    const { duration, failures, retries, runs } = job;
    return html`<tr><th scope="row">${visibleText(job.job)}</th>${several ? html`<td>${visibleText(job.application)}</td>` : undefined}<td>${look(statusLook(job.lastStatus))}</td>${number(formatCount(runs))}${number(failures === 0 ? '' : `${formatCount(failures)} (${formatPercent(failures / Math.max(1, runs))})`)}${number(retries === 0 ? '' : formatCount(retries))}${number(ms(duration?.p50))}${number(ms(duration?.p90))}${number(ms(duration?.p99))}${number(ms(duration?.max))}${waits ? number(ms(job.waiting?.p50)) : undefined}${cpu ? number(ms(job.cpuMs?.p50)) : undefined}${memory ? number(job.memoryBytes === undefined ? '' : formatBytes(job.memoryBytes.max)) : undefined}</tr>
`;
  });
  const head = html`<tr><th scope="col">Job</th>${several ? html`<th scope="col">Workflow</th>` : undefined}<th scope="col">Last</th>${['Runs', 'Failed', 'Retries', 'Median', '90%', '99%', 'Longest', ...(waits ? ['Waited'] : []), ...(cpu ? ['CPU'] : []), ...(memory ? ['Memory'] : [])].map(columnTitle)}</tr>`;
  return longTable({
    title: 'Jobs',
    noun: 'job',
    caption: `${countOf(ranked.length, 'job')}; durations are those of successes where there are any`,
    head,
    rows: rows.slice(0, rowsShown),
    more: rows.slice(rowsShown),
  });
}

const number = (text: string): Html => html`<td class="number">${text}</td>`;
const columnTitle = (text: string): Html => html`<th scope="col" class="number">${text}</th>`;
const ms = (value: number | undefined): string => (value === undefined ? '' : formatDuration(value));

function problems({ problems: groups }: LogSummary, timeZone: string): Html | undefined {
  if (groups.length === 0) return undefined;
  const rows = [...groups].reverse().map(
    ({ level, message, count, lastAtMs }) =>
      html`<tr><td class="status ${level === 'WARNING' ? 'warning' : 'bad'}">${level}</td><td class="number">${count}</td><td class="status">${formatTime(lastAtMs, timeZone)}</td><td>${visibleText(message)}</td></tr>
`,
  );
  return html`<section><h2>Warnings and errors besides</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of warnings and errors"><table>
<thead><tr><th scope="col">Level</th><th scope="col" class="number">Times</th><th scope="col">Last</th><th scope="col">Message</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

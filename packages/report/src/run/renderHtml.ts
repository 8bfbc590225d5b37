import { countOf, formatCount, formatDuration, visibleText } from '../format/index.ts';
import { type Html, html, htmlPage, timelineSvg } from '../html/index.ts';
import { type StatusLook, statusLook } from '../look/index.ts';
import {
  attemptFacts,
  countedStatuses,
  effortOf,
  jobRow,
  jobsInDetail,
  runTitle,
  runVerdict,
  tryLines,
} from './describe.ts';
import { type Bar, timelineLanes } from './lanes.ts';
import type { AttemptReport, JobReport, RunReport } from './model.ts';

/** The report of a run as one HTML page that needs no network, no script and no other file. */
export function renderHtml(
  report: RunReport,
  { timeZone, version }: { readonly timeZone: string; readonly version: string },
): string {
  const { text, tone } = runVerdict(report);
  const body = html`<header>
<h1>${runTitle(report)} <span class="badge ${tone}">${text}</span></h1>
${report.attempts.map((attempt) => facts(attempt, report.attempts.length > 1, timeZone))}
<ul class="counts" aria-label="Jobs by outcome">
${countedStatuses(report).map(({ count, look }) => html`<li><strong>${formatCount(count)}</strong> ${status(look)}</li>\n`)}</ul>
</header>
${details(report)}
${report.attempts.map((attempt) => timeline(report, attempt))}
${jobTable(report)}`;
  return htmlPage({
    title: `${runTitle(report)}: ${text}`,
    body,
    footer: `Made by executioner ${version} from the journal of the run.`,
  });
}

function facts(attempt: AttemptReport, named: boolean, timeZone: string): Html {
  const all: [string, string][] = [
    ...(named ? [['attempt', String(attempt.attempt)] as [string, string]] : []),
    ...attemptFacts(attempt, timeZone),
  ];
  return html`<dl class="facts">${all.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
`;
}

function status({ glyph, word, tone }: StatusLook): Html {
  return html`<span class="status ${tone}"><span aria-hidden="true">${glyph}</span> ${word}</span>`;
}

function details(report: RunReport): Html | undefined {
  const jobs = jobsInDetail(report);
  if (jobs.length === 0) return undefined;
  return html`<section>
<h2>${countOf(jobs.length, 'job')} to look at</h2>
${jobs.map(detail)}</section>`;
}

function detail(job: JobReport): Html {
  const look = statusLook(job.status, job.reason);
  const lines = job.tries.flatMap((each) => tryLines(job, each));
  return html`<article class="job ${look.tone}">
<h3>${visibleText(job.id)}</h3>
<p>${status(look)}, ${effortOf(job)}</p>
<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
</article>
`;
}

function timeline(report: RunReport, attempt: AttemptReport): Html | undefined {
  const lanes = timelineLanes(report, attempt.attempt);
  if (lanes.length === 0) return undefined;
  const suffix = report.attempts.length > 1 ? ` of attempt ${attempt.attempt}` : '';
  const tries = lanes.reduce((sum, lane) => sum + lane.length, 0);
  const description = `${countOf(tries, 'try', 'tries')} in ${countOf(lanes.length, 'lane')} over ${formatDuration(attempt.durationMs)}; the table of jobs has the same times`;
  return html`<section>
<h2>Timeline${suffix}</h2>
${timelineSvg({ lanes: lanes.map((lane) => lane.map(timelineBar)), durationMs: attempt.durationMs, description })}
</section>
`;
}

function timelineBar(bar: Bar) {
  const look = statusLook(bar.status ?? 'running', bar.reason);
  const id = visibleText(bar.job);
  const tries = bar.try > 1 ? `, try ${bar.try}` : '';
  const title = `${id}${tries}: ${look.word}, +${formatDuration(bar.startMs)}, ${formatDuration(bar.endMs - bar.startMs)}`;
  return { label: id, title, startMs: bar.startMs, endMs: bar.endMs, tone: look.tone };
}

function jobTable(report: RunReport): Html {
  const rows = report.jobs.map((job) => {
    const { id, look, note, start, duration, tries, exit } = jobRow(job);
    return html`<tr><th scope="row">${id}</th><td>${status(look)}${note === '' ? undefined : html`<br><span class="note">${note}</span>`}</td><td class="number">${start}</td><td class="number">${duration}</td><td class="number">${tries}</td><td class="number">${exit}</td></tr>
`;
  });
  return html`<section>
<h2>Jobs</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of jobs">
<table>
<caption>${countOf(report.jobCount, 'job')}, in the order in which they began</caption>
<thead><tr><th scope="col">Job</th><th scope="col">Status</th><th scope="col" class="number">Start</th><th scope="col" class="number">Duration</th><th scope="col" class="number">Tries</th><th scope="col" class="number">Exit</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
</section>`;
}

import type { Palette } from '@executioner/core';
import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  paintStatus,
  paintTone,
  statusLook,
  statusOrder,
  type TextColumn,
  textTable,
  visibleText,
} from '@executioner/report';
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
import { failureLines } from './failureText.ts';
import type { LogSummary, RunLine, StatusCounts } from './model.ts';

export interface RenderTextOptions {
  readonly colors: Palette;
  readonly columns: number;
  readonly timeZone: string;
  /** Lists every run and job. */
  readonly all: boolean;
}

const runsShown = 15;
const jobsShown = 20;
const failedRunsShown = 3;
const problemsShown = 8;

/** The summary for a terminal. */
export function renderText(summary: LogSummary, options: RenderTextOptions): string {
  const sections = [
    header(summary, options),
    summary.runCount > 1 ? runsTable(summary, options) : [],
    summary.runCount === 1 ? runTable(summary, options) : jobsTable(summary, options),
    failures(summary, options),
    problems(summary, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function header(summary: LogSummary, { colors, timeZone }: RenderTextOptions): string[] {
  const { only, runs, runCount } = summary;
  const [line] = runs;
  if (only !== undefined && line !== undefined) {
    const { text, tone } = verdictOf(line);
    return [
      `${colors.bold(runName(line))}: ${paintTone(colors, tone, text)}`,
      colors.dim(runFacts(line, timeZone).join(', ')),
      `${countOf(line.jobCount, 'job')}: ${countLine(line.counts, colors)}`,
    ];
  }
  if (runCount === 0) return ['no runs in these logs'];
  const { text, tone } = runsVerdict(summary);
  const span = `${formatTime(runs[0]!.startedAtMs, timeZone)} to ${formatTime(runs.at(-1)!.startedAtMs, timeZone)}`;
  return [
    `${colors.bold(runsTitle(summary))}, ${paintTone(colors, tone, text)}`,
    colors.dim(span),
    `${countOf(summary.jobTurns, 'job')} run, ${countOf(summary.retries, 'retry', 'retries')}: ${countLine(summary.counts, colors)}`,
  ];
}

function countLine(counts: StatusCounts, colors: Palette): string {
  return statusOrder
    .filter((status) => (counts[status] ?? 0) > 0)
    .map((status) => {
      const { glyph, word, tone } = statusLook(status);
      return paintTone(colors, tone, `${glyph} ${formatCount(counts[status]!)} ${word}`);
    })
    .join('  ');
}

function runsTable(
  { runs, runCount }: LogSummary,
  { colors, columns, timeZone, all }: RenderTextOptions,
): string[] {
  const shown = all ? runs : runs.slice(-runsShown);
  const table = textTable(
    [
      { title: 'Run', align: 'right' },
      { title: 'Workflow', elastic: true },
      { title: 'Outcome' },
      { title: 'Started' },
      { title: 'Took', align: 'right' },
      { title: 'Jobs', align: 'right' },
      { title: 'Failed', align: 'right' },
      { title: 'Retries', align: 'right' },
      { title: 'First failure', elastic: true },
    ],
    shown.map((line) => [
      line.run === undefined ? '' : String(line.run),
      visibleText(line.application),
      paintVerdict(line, colors),
      formatTime(line.startedAtMs, timeZone),
      formatDuration(line.durationMs),
      formatCount(line.jobCount),
      blankZero(failedCount(line.counts)),
      blankZero(line.retries),
      visibleText(line.firstFailure ?? ''),
    ]),
    { width: columns, paintTitle: colors.dim },
  );
  const hidden = runCount - shown.length;
  return hidden === 0
    ? table
    : [...table, colors.dim(`${countOf(hidden, 'earlier run')} (--all lists them)`)];
}

function paintVerdict({ outcome }: RunLine, colors: Palette): string {
  const look =
    outcome === undefined ? { ...statusLook('running'), word: 'not finished' } : statusLook(outcome);
  return paintStatus(colors, look);
}

/** The jobs of one run: those that did not succeed, and the slowest. */
function runTable({ only }: LogSummary, { colors, columns, all }: RenderTextOptions): string[] {
  if (only === undefined) return [];
  const shown = all ? [...only.jobs] : shownJobs(only.jobs, jobsShown);
  if (shown.length === 0) return [];
  const has = (key: 'waitedMs' | 'cpuMs' | 'maxRssKb') => shown.some((job) => job[key] !== undefined);
  const optional = <T>(wanted: boolean, value: T): T[] => (wanted ? [value] : []);
  const right = (title: string): TextColumn => ({ title, align: 'right' });
  const [waits, cpu, memory] = [has('waitedMs'), has('cpuMs'), has('maxRssKb')];
  const table = textTable(
    [
      { title: 'Job', elastic: true },
      { title: 'Status' },
      right('Took'),
      ...optional(waits, right('Waited')),
      right('Tries'),
      right('Exit'),
      ...optional(cpu, right('CPU')),
      ...optional(memory, right('Memory')),
    ],
    shown.map((job) => [
      visibleText(job.id),
      paintStatus(colors, statusLook(job.status, job.reason)),
      tookText(job, only.kind),
      ...optional(waits, duration(job.waitedMs)),
      job.tries.length === 0 ? '' : String(job.tries.length),
      exitText(job.tries.at(-1)),
      ...optional(cpu, duration(job.cpuMs)),
      ...optional(memory, job.maxRssKb === undefined ? '' : formatBytes(job.maxRssKb * 1024)),
    ]),
    { width: columns, paintTitle: colors.dim },
  );
  const hidden = only.jobs.length - shown.length;
  return hidden === 0 ? table : [...table, colors.dim(`${countOf(hidden, 'more job')} (--all lists them)`)];
}

function duration(ms: number | undefined): string {
  return ms === undefined ? '' : formatDuration(ms);
}

/** What many runs tell of each job, the troublesome first, then those that take longest. */
function jobsTable({ jobs, workflows }: LogSummary, { colors, columns, all }: RenderTextOptions): string[] {
  const ranked = rankedJobs(jobs);
  const shown = all ? ranked : ranked.slice(0, jobsShown);
  if (shown.length === 0) return [];
  const several = workflows.length > 1;
  const right = (title: string): TextColumn => ({ title, align: 'right' });
  const table = textTable(
    [
      { title: 'Job', elastic: true },
      ...(several ? [{ title: 'Workflow', elastic: true }] : []),
      right('Runs'),
      right('Failed'),
      right('Retries'),
      right('Median'),
      right('90%'),
      right('99%'),
      right('Longest'),
      { title: 'Last' },
    ],
    shown.map((job) => [
      visibleText(job.job),
      ...(several ? [visibleText(job.application)] : []),
      formatCount(job.runs),
      job.failures === 0
        ? ''
        : `${formatCount(job.failures)} (${formatPercent(job.failures / Math.max(1, job.runs))})`,
      blankZero(job.retries),
      duration(job.duration?.p50),
      duration(job.duration?.p90),
      duration(job.duration?.p99),
      duration(job.duration?.max),
      paintStatus(colors, statusLook(job.lastStatus)),
    ]),
    { width: columns, paintTitle: colors.dim },
  );
  const hidden = ranked.length - shown.length;
  return hidden === 0 ? table : [...table, colors.dim(`${countOf(hidden, 'more job')} (--all lists them)`)];
}

function blankZero(count: number): string {
  return count === 0 ? '' : formatCount(count);
}

/** The failures alone, and the warnings and errors besides. */
export function renderErrors(
  errors: Pick<LogSummary, 'failures' | 'problems'>,
  options: RenderTextOptions,
): string {
  const { colors, timeZone } = options;
  const runs = errors.failures.map((failed) => [
    `${colors.bold(runName(failed.run))}, ${colors.dim(`started ${formatTime(failed.run.startedAtMs, timeZone)}`)}`,
    ...failureLines(failed, colors, options.all),
  ]);
  const sections = [...runs, problems(errors, options)].filter((lines) => lines.length > 0);
  if (sections.length === 0) return 'no failures\n';
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function failures({ failures: runs, runCount }: LogSummary, { colors, all }: RenderTextOptions): string[] {
  const shown = all ? runs : runs.slice(-failedRunsShown);
  const lines = shown.flatMap((failed) => [
    ...(runCount > 1 ? [colors.bold(runName(failed.run)), ''] : []),
    ...failureLines(failed, colors, all),
    '',
  ]);
  const hidden = runs.length - shown.length;
  const note =
    hidden === 0
      ? []
      : [colors.dim(`failures of ${countOf(hidden, 'earlier run')}: --errors-only shows all`)];
  return lines.length === 0 ? [] : [...lines.slice(0, -1), ...(note.length === 0 ? [] : ['', ...note])];
}

function problems(
  { problems: groups }: Pick<LogSummary, 'problems'>,
  { colors, timeZone, all }: RenderTextOptions,
): string[] {
  const shown = all ? groups : groups.slice(-problemsShown);
  if (shown.length === 0) return [];
  const hidden = groups.length - shown.length;
  return [
    colors.dim('Warnings and errors besides'),
    ...shown.map(({ lastAtMs, level, message, count }) => {
      const times = count === 1 ? '' : colors.dim(` (${formatCount(count)} times, last shown)`);
      const tone = level === 'WARNING' ? 'warning' : 'bad';
      return `  ${colors.dim(formatTime(lastAtMs, timeZone))} ${paintTone(colors, tone, level)} ${visibleText(message)}${times}`;
    }),
    ...(hidden === 0 ? [] : [colors.dim(`  and ${countOf(hidden, 'other')} (--all lists them)`)]),
  ];
}

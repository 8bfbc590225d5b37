import {
  type Block,
  countOf,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  type ReportDocument,
  type Section,
  statusLook,
  statusOrder,
  type TextColumn,
  visibleText,
} from '@executioner/report';
import {
  alikeFailures,
  failureBlocks,
  keptFromRunning,
  othersText,
  unexplainedTexts,
} from '../failures/index.ts';
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
import type { FailedRun, LogSummary, RunLine, StatusCounts } from './model.ts';

export interface DocumentOptions {
  readonly timeZone: string;
  /** Lists everything. */
  readonly all: boolean;
}

const runsShown = 20;
const jobsShown = 30;
const failuresShown = 20;
const problemsShown = 10;

/** The summary as a document: for pull requests, tickets and chat. */
export function summaryDocument(summary: LogSummary, options: DocumentOptions): ReportDocument {
  const { runs, only, failures } = summary;
  const [line] = runs;
  const isOne = only !== undefined && line !== undefined;
  const sections = [
    ...failureSections(failures, options, isOne),
    ...(isOne
      ? oneRunJobs(summary, options)
      : [...runsSection(summary, options), ...jobsSection(summary, options)]),
    ...problemsSection(summary, options),
  ];
  if (isOne)
    return {
      title: runName(line),
      verdict: verdictOf(line),
      facts: [
        ['run', runFacts(line, options.timeZone).join(', ')],
        ['jobs', `${formatCount(line.jobCount)}: ${countsText(line.counts)}`],
      ],
      sections,
    };
  return {
    title: runsTitle(summary),
    verdict: runsVerdict(summary),
    facts: [
      ...(runs.length === 0 ? [] : [spanFact(runs, options.timeZone)]),
      ['jobs run', `${formatCount(summary.jobTurns)}: ${countsText(summary.counts)}`],
    ],
    sections,
  };
}

/** The failures alone as a document, and the warnings and errors besides. */
export function errorsDocument(
  errors: Pick<LogSummary, 'failures' | 'problems'>,
  options: DocumentOptions,
): ReportDocument {
  const count = errors.failures.reduce((sum, { failures }) => sum + failures.length, 0);
  return {
    title: 'Failures',
    verdict:
      count === 0
        ? { text: 'none', tone: 'good' }
        : { text: `${countOf(count, 'failure')} in ${countOf(errors.failures.length, 'run')}`, tone: 'bad' },
    facts: [],
    sections: [...failureSections(errors.failures, options, false), ...problemsSection(errors, options)],
  };
}

function spanFact(runs: readonly RunLine[], timeZone: string): [string, string] {
  return [
    'from',
    `${formatTime(runs[0]!.startedAtMs, timeZone)} to ${formatTime(runs.at(-1)!.startedAtMs, timeZone)}`,
  ];
}

function countsText(counts: StatusCounts): string {
  return statusOrder
    .filter((status) => (counts[status] ?? 0) > 0)
    .map((status) => `${statusLook(status).glyph} ${formatCount(counts[status]!)} ${statusLook(status).word}`)
    .join(', ');
}

/** The newest run first: in a chat only the beginning is seen. */
function failureSections(
  failed: readonly FailedRun[],
  { timeZone, all }: DocumentOptions,
  isOne: boolean,
): Section[] {
  const shown = all ? failed : failed.slice(-failuresShown);
  const left = failed.length - shown.length;
  return [
    ...[...shown].reverse().map(({ run, failures, causes }): Section => {
      const groups = all ? failures.map((first) => ({ first, others: [] })) : alikeFailures(failures);
      const told = all ? groups : groups.slice(0, failuresShown);
      const more = groups.slice(told.length).reduce((sum, { others }) => sum + 1 + others.length, 0);
      return {
        title: isOne
          ? countOf(failures.length, 'failure')
          : `${runName(run)}, ${formatTime(run.startedAtMs, timeZone)}`,
        blocks: [
          ...told.flatMap(({ first, others }): Block[] => [
            ...failureBlocks(first),
            ...list([
              ...keptFromRunning(first.skipped),
              ...(others.length === 0 ? [] : [othersText(others)]),
              ...(first.category.key === 'exit-code' && first.excerpt.length > 0
                ? []
                : [`next: ${first.category.advice}`]),
            ]),
          ]),
          ...(more === 0 ? [] : [text(`and ${countOf(more, 'more failure')}`)]),
          ...(causes.stopped === undefined
            ? []
            : [
                text(
                  `${countOf(causes.stopped.jobs.length, 'job')} not started: the run was stopped by ${visibleText(causes.stopped.by)}`,
                ),
              ]),
          ...unexplainedTexts(causes.unexplained, failures.length).map(text),
        ],
      };
    }),
    ...(left === 0
      ? []
      : [{ title: 'Earlier failures', blocks: [text(`of ${countOf(left, 'earlier run')}`)] }]),
  ];
}

function text(what: string): Block {
  return { kind: 'text', text: what };
}

function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items: items.map((item) => ({ text: item })) }];
}

function table(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  left: { readonly count: number; readonly noun: string },
): Block[] {
  return [
    { kind: 'table', columns, rows },
    ...(left.count === 0 ? [] : [text(`and ${countOf(left.count, left.noun)}`)]),
  ];
}

const right = (title: string): TextColumn => ({ title, align: 'right' });
const ms = (value: number | undefined): string => (value === undefined ? '' : formatDuration(value));
const blankZero = (count: number): string => (count === 0 ? '' : formatCount(count));

function oneRunJobs({ only }: LogSummary, { all }: DocumentOptions): Section[] {
  const jobs = only?.jobs ?? [];
  if (jobs.length === 0) return [];
  const shown = all ? jobs : shownJobs(jobs, jobsShown);
  const columns = [{ title: 'Job' }, { title: 'Status' }, right('Took'), right('Tries'), right('Exit')];
  const rows = shown.map((job) => {
    const { glyph, word } = statusLook(job.status, job.reason);
    return [
      job.id,
      `${glyph} ${word}`,
      tookText(job, only!.kind),
      job.tries.length === 0 ? '' : String(job.tries.length),
      exitText(job.tries.at(-1)),
    ];
  });
  const left = { count: jobs.length - shown.length, noun: 'more job' };
  return [{ title: 'Jobs', blocks: table(columns, rows, left) }];
}

function runsSection({ runs, runCount }: LogSummary, { timeZone, all }: DocumentOptions): Section[] {
  if (runs.length === 0) return [];
  const shown = (all ? [...runs] : runs.slice(-runsShown)).reverse();
  const columns = [
    right('Run'),
    { title: 'Workflow' },
    { title: 'Outcome' },
    { title: 'Started' },
    right('Took'),
    right('Jobs'),
    right('Failed'),
    { title: 'First failure' },
  ];
  const rows = shown.map((line) => [
    line.run === undefined ? '' : String(line.run),
    line.application,
    verdictOf(line).text,
    formatTime(line.startedAtMs, timeZone),
    formatDuration(line.durationMs),
    formatCount(line.jobCount),
    blankZero(failedCount(line.counts)),
    line.firstFailure ?? '',
  ]);
  const left = { count: runCount - shown.length, noun: 'earlier run' };
  return [{ title: 'Runs', blocks: table(columns, rows, left) }];
}

function jobsSection({ jobs, workflows }: LogSummary, { all }: DocumentOptions): Section[] {
  const ranked = rankedJobs(jobs);
  const shown = all ? ranked : ranked.slice(0, jobsShown);
  if (shown.length === 0) return [];
  const several = workflows.length > 1;
  const columns = [
    { title: 'Job' },
    ...(several ? [{ title: 'Workflow' }] : []),
    right('Runs'),
    right('Failed'),
    right('Retries'),
    right('Median'),
    right('90%'),
    right('Longest'),
  ];
  const rows = shown.map((job) => [
    job.job,
    ...(several ? [job.application] : []),
    formatCount(job.runs),
    job.failures === 0
      ? ''
      : `${formatCount(job.failures)} (${formatPercent(job.failures / Math.max(1, job.runs))})`,
    blankZero(job.retries),
    ms(job.duration?.p50),
    ms(job.duration?.p90),
    ms(job.duration?.max),
  ]);
  return [
    {
      title: 'Jobs',
      blocks: table(columns, rows, { count: ranked.length - shown.length, noun: 'more job' }),
    },
  ];
}

function problemsSection(
  { problems: groups }: Pick<LogSummary, 'problems'>,
  { timeZone, all }: DocumentOptions,
): Section[] {
  if (groups.length === 0) return [];
  const shown = (all ? [...groups] : groups.slice(-problemsShown)).reverse();
  const columns = [
    { title: 'Last' },
    { title: 'Level' },
    right('Times'),
    { title: 'Message', elastic: true },
  ];
  const rows = shown.map(({ lastAtMs, level, count, message }) => [
    formatTime(lastAtMs, timeZone),
    level,
    formatCount(count),
    message,
  ]);
  const left = { count: groups.length - shown.length, noun: 'other' };
  return [{ title: 'Warnings and errors besides', blocks: table(columns, rows, left) }];
}

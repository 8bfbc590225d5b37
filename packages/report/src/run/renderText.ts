import type { Palette } from '@executioner/core';
import { countOf, formatCount } from '../format/index.ts';
import { paintStatus, paintTone, statusLook, textTable } from '../look/index.ts';
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
import type { JobReport, RunReport } from './model.ts';

export interface RenderTextOptions {
  readonly colors: Palette;
  readonly columns: number;
  readonly timeZone: string;
  /** Lists every job; else runs of more than a hundred jobs list those that did not succeed, and the slowest. */
  readonly all?: boolean;
}

const jobsListedMax = 100;
const slowestListed = 10;

/** The report of a run for a terminal. */
export function renderText(report: RunReport, options: RenderTextOptions): string {
  const { colors } = options;
  const { text, tone } = runVerdict(report);
  const sections = [
    [`${colors.bold(runTitle(report))}: ${paintTone(colors, tone, text)}`, ...attemptLines(report, options)],
    [countLine(report, colors)],
    jobTable(report, options),
    detailLines(report, colors),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function attemptLines({ attempts }: RunReport, { colors, timeZone }: RenderTextOptions): string[] {
  return attempts.map((attempt) => {
    const facts = attemptFacts(attempt, timeZone).map(([term, value]) => `${term} ${value}`);
    const prefix = attempts.length === 1 ? '' : `attempt ${attempt.attempt}: `;
    return colors.dim(prefix + facts.join(', '));
  });
}

function countLine(report: RunReport, colors: Palette): string {
  const counts = countedStatuses(report).map(({ count, look }) =>
    paintTone(colors, look.tone, `${look.glyph} ${formatCount(count)} ${look.word}`),
  );
  return `${countOf(report.jobCount, 'job')}: ${counts.join('  ')}`;
}

function jobTable(report: RunReport, { colors, columns, all = false }: RenderTextOptions): string[] {
  const listed = all || report.jobs.length <= jobsListedMax ? report.jobs : noteworthy(report.jobs);
  if (listed.length === 0) return [];
  const rows = listed.map(jobRow);
  const withNotes = rows.some(({ note }) => note !== '');
  const table = textTable(
    [
      { title: 'Job', elastic: true },
      { title: 'Status' },
      { title: 'Start', align: 'right' },
      { title: 'Duration', align: 'right' },
      { title: 'Tries', align: 'right' },
      { title: 'Exit', align: 'right' },
      ...(withNotes ? [{ title: 'Reason', elastic: true }] : []),
    ],
    rows.map((row) => [
      row.id,
      paintStatus(colors, row.look),
      row.start,
      row.duration,
      row.tries,
      row.exit,
      ...(withNotes ? [row.note] : []),
    ]),
    { width: columns, paintTitle: colors.dim },
  );
  const hidden = report.jobs.length - listed.length;
  return hidden === 0
    ? table
    : [...table, colors.dim(`${countOf(hidden, 'more job')} that succeeded (--all lists them)`)];
}

/** What did not succeed, and the slowest of the rest, in the order of the report. */
function noteworthy(jobs: readonly JobReport[]): JobReport[] {
  const slowest = jobs
    .filter(({ status }) => status === 'succeeded')
    .sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))
    .slice(0, slowestListed);
  const listed = new Set(slowest);
  return jobs.filter((job) => job.status !== 'succeeded' || listed.has(job));
}

function detailLines(report: RunReport, colors: Palette): string[] {
  return jobsInDetail(report).flatMap((job) => {
    const look = statusLook(job.status, job.reason);
    const head = `${paintTone(colors, look.tone, look.glyph)} ${colors.bold(jobRow(job).id)}: ${look.word}, ${effortOf(job)}`;
    return [head, ...job.tries.flatMap((each) => tryLines(job, each)).map((line) => `    ${line}`)];
  });
}

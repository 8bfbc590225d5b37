import { type Palette, palette } from '@executioner/core';
import type { Outcome } from '../journal/index.ts';
import { secondStamp } from '../textlogs/index.ts';
import { describeFailure } from './describeFailure.ts';
import type { FailedJob, RunSummary, SkippedJob } from './summary.ts';

export interface SummaryStyle {
  /** Plain unless given. */
  readonly colors?: Palette;
  /** At most so many jobs of a kind are shown; 20 unless given. */
  readonly limit?: number;
}

const width = 40;

/**
 * The end of a run for a person: a block of figures under the names v1's users know, then each failed job with the
 * reason, the last lines it printed and its log, then the skipped jobs with the chain of causes. Ends with a line break.
 */
export function renderSummary(
  summary: RunSummary,
  { colors = palette(false), limit = 20 }: SummaryStyle = {},
): string {
  const divider = colors.cyan('='.repeat(width));
  const blocks = [
    [divider, colors.cyan(centred('EXECUTION SUMMARY')), divider, ...figures(summary, colors)],
    section('Failed Jobs:', summary.failed, limit, (job) => failedLines(job, colors)),
    section('Cancelled Jobs:', summary.cancelled, limit, (job) => [`  - ${job}`]),
    ...skippedSections(summary.skipped, limit),
    [`Log: ${summary.log}`, divider],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function centred(text: string): string {
  return `${' '.repeat((width - text.length) >> 1)}${text}`;
}

function figures(summary: RunSummary, colors: Palette): string[] {
  const { counts } = summary;
  const failed = summary.failed.length;
  const skipped = counts.skipped ?? 0;
  const cancelled = counts.cancelled ?? 0;
  const line = (name: string, value: string) => `${colors.cyan(`${name}:`)} ${value}`;
  const attempt = summary.attempt > 1 ? ` (Attempt ${summary.attempt})` : '';
  return [
    line('Application', summary.application),
    line('Run ID', `${colors.yellow(`${summary.run}`)}${attempt}`),
    line('Status', statusText(summary, colors)),
    line('Start Time', secondStamp(summary.startedAtMs)),
    line('End Time', secondStamp(summary.endedAtMs)),
    line('Duration', clockText(summary.durationMs)),
    line('Jobs Completed', `${colors.green(`${counts.succeeded ?? 0}`)} of ${summary.total}`),
    line('Jobs Failed', failed > 0 ? colors.red(`${failed}`) : '0'),
    line('Jobs Skipped', skipped > 0 ? colors.yellow(`${skipped}`) : '0'),
    ...(cancelled > 0 ? [line('Jobs Cancelled', colors.yellow(`${cancelled}`))] : []),
  ];
}

function statusText({ outcome, exitCode }: RunSummary, colors: Palette): string {
  if (outcome === 'succeeded') return colors.green('SUCCESS');
  return colors.red(`${outcome === 'cancelled' ? 'CANCELLED' : 'FAILED'} (exit code ${exitCode})`);
}

/** `0:01:05`. */
function clockText(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function section<T>(
  title: string,
  items: readonly T[],
  limit: number,
  linesOf: (item: T) => string[],
): string[] {
  if (items.length === 0) return [];
  const rest = items.length - limit;
  return [title, ...items.slice(0, limit).flatMap(linesOf), ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}

function failedLines(job: FailedJob, colors: Palette): string[] {
  return [
    `  - ${colors.red(job.job)}${described(job.description)}`,
    `      Reason: ${describeFailure(job)}`,
    ...(job.lastLines.length === 0
      ? []
      : ['      Last output:', ...job.lastLines.map((line) => `        | ${line}`)]),
    `      Log: ${job.log}`,
  ];
}

function described(description: string): string {
  return description === '' ? '' : `: ${description}`;
}

function skippedSections(skipped: readonly SkippedJob[], limit: number): string[][] {
  const unmet = skipped.filter(({ reason }) => reason === 'dependency' || reason === 'stopped');
  const chosen = skipped.filter(({ reason }) => reason !== 'dependency' && reason !== 'stopped');
  return [
    section('Skipped Jobs (unmet dependencies):', unmet, limit, (job) => [
      `  - ${job.job}${described(job.description)}`,
      `      Skipped: ${whySkipped(job)}`,
    ]),
    section('Skipped Jobs:', chosen, limit, ({ job, reason }) => [`  - ${job} (${reason})`]),
  ];
}

function whySkipped({ reason, because }: SkippedJob): string {
  if (reason === 'stopped') return 'the run was stopping before it could start';
  const [first, ...further] = because.map(({ job, status }) => `${job} (${outcomeText(status)})`);
  if (because[0]?.status === 'succeeded') return `nothing called for it: ${first}`;
  return [`needs ${first}`, ...further.map((one) => `which needs ${one}`)].join(', ');
}

function outcomeText(status: Outcome): string {
  return status.replaceAll('_', ' ').replace('precheck', 'pre-check').replace('postcheck', 'post-check');
}

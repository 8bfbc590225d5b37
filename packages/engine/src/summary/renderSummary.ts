import { outcomes, type Palette, palette } from '@executioner/core';
import { secondStamp } from '../textlogs/index.ts';
import { describeFailure, failureCategory } from './describeFailure.ts';
import type { FailedJob, RunSummary, SkippedJob } from './summary.ts';

export interface SummaryStyle {
  /** Plain unless given. */
  readonly colors?: Palette;
  /** At most so many jobs of a kind are shown; 20 unless given. */
  readonly limit?: number;
  /** The command that goes on with the run, shown unless all is well. */
  readonly resumeCommand?: string | undefined;
}

const width = 40;

/**
 * The end of a run for a person: a block of figures under the names v1's users know, then each failed job with the
 * reason, the last lines it printed and its log, then the skipped jobs with the chain of causes. Ends with a line break.
 */
export function renderSummary(
  summary: RunSummary,
  { colors = palette(false), limit = 20, resumeCommand }: SummaryStyle = {},
): string {
  const divider = colors.cyan('='.repeat(width));
  const blocks = [
    [divider, colors.cyan(centred('EXECUTION SUMMARY')), divider, ...figures(summary, colors)],
    section('Failed Jobs:', summary.failed, limit, (job) => failedLines(job, colors)),
    section('Cancelled Jobs:', summary.cancelled, limit, (job) => [`  - ${job}`]),
    ...skippedSections(summary.skipped, limit),
    [
      `Log: ${summary.log}`,
      ...(resumeCommand === undefined || summary.outcome === 'succeeded' ? [] : [`Resume: ${resumeCommand}`]),
      divider,
    ],
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
    line('Jobs Failed', failedText(summary.failed, colors)),
    line('Jobs Skipped', skipped > 0 ? colors.yellow(`${skipped}`) : '0'),
    ...(cancelled > 0 ? [line('Jobs Cancelled', colors.yellow(`${cancelled}`))] : []),
  ];
}

function failedText(failed: readonly FailedJob[], colors: Palette): string {
  const allowed = failed.filter(({ reason }) => reason === 'allowed').length;
  if (allowed === 0) return failed.length > 0 ? colors.red(`${failed.length}`) : '0';
  const text = `${failed.length} (${allowed === failed.length ? '' : `${allowed} of them `}allowed to fail)`;
  return allowed === failed.length ? colors.yellow(text) : colors.red(text);
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
    `      Reason (${failureCategory(job)}): ${describeFailure(job)}`,
    ...foundLines(job),
    ...(job.lastLines.length === 0
      ? []
      : ['      Last output:', ...job.lastLines.map((line) => `        | ${line}`)]),
    `      Log: ${job.log}`,
  ];
}

/** What the failed check looked at and found. */
function foundLines({ check }: FailedJob): string[] {
  const values = Object.entries(check?.values ?? {}).filter(([, value]) => value !== undefined);
  if (values.length === 0) return [];
  return [`      Found: ${values.map(([name, value]) => `${name}: ${valueText(value)}`).join(', ')}`];
}

const longestValue = 200;

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

function described(description: string): string {
  return description === '' ? '' : `: ${description}`;
}

function skippedSections(skipped: readonly SkippedJob[], limit: number): string[][] {
  const unmet = skipped.filter(({ reason }) => reason === 'dependency');
  const stopped = skipped.filter(({ reason }) => reason === 'stopped');
  const chosen = skipped.filter(({ reason }) => reason !== 'dependency' && reason !== 'stopped');
  return [
    section('Skipped Jobs (unmet dependencies):', unmet, limit, (job) => [
      `  - ${job.job}${described(job.description)}`,
      `      Skipped: ${whySkipped(job)}`,
    ]),
    section('Skipped Jobs (the run was stopping):', stopped, limit, ({ job, description }) => [
      `  - ${job}${described(description)}`,
    ]),
    section('Skipped Jobs:', chosen, limit, ({ job, reason }) => [`  - ${job} (${reason})`]),
  ];
}

function whySkipped({ because, between }: SkippedJob): string {
  const [first, ...further] = because.map(({ job, status }) => `${job} (${outcomes[status].words})`);
  if (because[0]?.status === 'succeeded') return `nothing called for it: ${first}`;
  const links = [`needs ${first}`, ...further.map((one) => `which needs ${one}`)];
  if (between > 0) links.splice(-1, 1, `which through ${between} more needs ${further.at(-1)}`);
  return links.join(', ');
}

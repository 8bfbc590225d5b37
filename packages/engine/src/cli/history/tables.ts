import { escapeControls, formatSize, isFailedOutcome, type Palette } from '@executioner/core';
import { type HistoryStatus, type JobEntry, type RunEntry, v1StatusName } from '../../history/index.ts';
import { secondStamp } from '../../textlogs/index.ts';
import { shellWord } from '../shellWord.ts';

// The tables look as v1's do, so that its users and their scripts find their way.

/** The newest runs, oldest first, as `--list-runs` shows them. */
export function runsTable(entries: readonly RunEntry[], colors: Palette, application?: string): string {
  if (entries.length === 0) {
    return application === undefined
      ? '\nNo execution history found.\n'
      : `\nNo execution history found for application '${escapeControls(application)}'.\n`;
  }
  const of = application === undefined ? '' : ` for '${escapeControls(application)}'`;
  const widest = Math.max(
    20,
    ...entries.map((entry) => Math.min(40, escapeControls(entry.application).length)),
  );
  const jobsWidth = Math.max(12, ...entries.map((entry) => jobsText(entry).length));
  const columns = [
    right('Run', 7),
    right('Attempt', 7),
    left('Application', widest),
    left('Status', 11),
    left('Start Time', 19),
    right('Duration', 8),
    right('Jobs', jobsWidth),
  ];
  const rows = entries.map((entry) =>
    [
      right(`${entry.run}`, 7),
      right(`#${entry.attempt}`, 7),
      left(escapeControls(entry.application), widest),
      statusCell(entry.status, 11, colors),
      left(secondStamp(entry.started_at), 19),
      right(clock(entry.duration_ms), 8),
      right(jobsText(entry), jobsWidth),
    ].join(' | '),
  );
  return [`\nRecent Execution History${of}:`, ...framed(columns.join(' | '), rows), ''].join('\n');
}

/** A run with all its attempts, as `--show-run` shows it. */
export function runDetails(
  attempts: readonly RunEntry[],
  jobs: readonly JobEntry[],
  { colors, calledAs }: { readonly colors: Palette; readonly calledAs: string },
): string {
  const first = attempts[0]!;
  const last = attempts.at(-1)!;
  const failed = latestOfEach(jobs).filter(
    ({ status, reason }) => isFailedOutcome(status) && reason !== 'allowed',
  );
  return [
    `\nRun Details for ID ${first.run} (All Attempts):`,
    '='.repeat(80),
    `Application: ${escapeControls(last.application)}`,
    `Total Attempts: ${attempts.length}`,
    `Final Status: ${statusCell(last.status, 0, colors)}${recordedText(last)}`,
    `Start Time: ${secondStamp(first.started_at)}`,
    `End Time: ${last.ended_at === undefined ? 'N/A' : secondStamp(last.ended_at)}`,
    `Duration: ${clock(totalMs(attempts))}`,
    `Total Jobs in Config: ${last.job_count}`,
    ...(last.source === 'run' ? [] : [`Imported From: ${last.source}`]),
    ...(last.log === undefined ? [] : [`Main log: ${escapeControls(last.log)}`]),
    '',
    'Job Status Details (All Attempts):',
    ...jobLines(jobs, colors),
    ...(failed.length === 0
      ? []
      : ['', 'Failed Jobs:', '-'.repeat(80), ...failed.flatMap((job) => failedLines(job))]),
    ...(last.status === 'succeeded' || last.status === 'running' ? [] : resumeLines(last, failed, calledAs)),
    '',
  ].join('\n');
}

/** Jobs that a search has found. */
export function foundJobs(jobs: readonly JobEntry[], colors: Palette): string {
  if (jobs.length === 0) return 'No job found.\n';
  const width = Math.min(30, Math.max(6, ...jobs.map(({ job }) => escapeControls(job).length)));
  const head = [
    right('Run', 7),
    left('Job ID', width),
    left('Status', 16),
    left('Start Time', 19),
    right('Duration', 8),
  ];
  const rows = jobs.map((job) => {
    const why = job.error ?? job.command;
    return [
      right(`${job.run}`, 7),
      left(escapeControls(job.job), width),
      statusCell(job.status, 16, colors),
      left(job.started_at === undefined ? 'N/A' : secondStamp(job.started_at), 19),
      right(clock(job.duration_ms), 8),
      cut(escapeControls(why), 80),
    ].join(' | ');
  });
  return `${framed([...head, 'Error or Command'].join(' | '), rows).join('\n')}\n`;
}

function framed(head: string, rows: readonly string[]): string[] {
  return ['='.repeat(head.length), head, '-'.repeat(head.length), ...rows];
}

function jobLines(jobs: readonly JobEntry[], colors: Palette): string[] {
  const head = [
    left('Job ID', 30),
    left('Attempt', 7),
    left('Status', 16),
    left('Start Time', 19),
    left('End Time', 19),
    right('Duration', 8),
    right('Tries', 5),
    right('CPU', 8),
    right('Memory', 9),
  ].join(' | ');
  return framed(
    head,
    jobs.map(
      (job) =>
        [
          left(escapeControls(job.job), 30),
          left(`#${job.attempt}`, 7),
          statusCell(job.status, 16, colors),
          left(job.started_at === undefined ? 'N/A' : secondStamp(job.started_at), 19),
          left(job.ended_at === undefined ? 'N/A' : secondStamp(job.ended_at), 19),
          right(clock(job.duration_ms), 8),
          right(`${job.tries}`, 5),
          right(job.cpu_ms === undefined ? '' : `${(job.cpu_ms / 1000).toFixed(2)}s`, 8),
          right(job.max_rss_kb === undefined ? '' : formatSize(job.max_rss_kb * 1024), 9),
        ].join(' | ') + recordedText(job),
    ),
  );
}

/** The commands that go on with a run; of an imported one nobody knows the configuration. */
function resumeLines(
  { run, config_file: file }: RunEntry,
  failed: readonly JobEntry[],
  calledAs: string,
): string[] {
  const resume = `${calledAs}${file === undefined ? ' WORKFLOW' : ''} --resume-from ${run}`;
  const ids = failed.map(({ job }) => job).join(',');
  return [
    '',
    'Resume Options:',
    '-'.repeat(80),
    `  ${resume}`,
    ...(failed.length === 0
      ? []
      : [`  ${resume} --resume-failed-only`, `  ${calledAs} --mark-success -r ${run} -j ${shellWord(ids)}`]),
  ];
}

function failedLines({ job, error, command }: JobEntry): string[] {
  const reason = error === undefined ? '' : ` ${escapeControls(error)}`;
  return [
    `${escapeControls(job)}:${reason}`,
    ...(command === '' ? [] : [`  ${cut(escapeControls(command), 160)}`]),
  ];
}

/** In a later attempt a job may have ended otherwise. */
function latestOfEach(jobs: readonly JobEntry[]): JobEntry[] {
  return [...new Map(jobs.map((job) => [job.job, job])).values()];
}

function recordedText({ status, recorded_status: recorded }: RunEntry | JobEntry): string {
  return recorded === undefined || recorded === v1StatusName(status)
    ? ''
    : ` (recorded as ${escapeControls(recorded)})`;
}

function statusCell(status: HistoryStatus, width: number, colors: Palette): string {
  const text = left(v1StatusName(status), width);
  if (status === 'succeeded') return colors.green(text);
  return isFailedOutcome(status) ? colors.red(text) : colors.yellow(text);
}

/** `4/5 (1 failed)`. */
function jobsText({ counts, job_count: total }: RunEntry): string {
  const failed = Object.entries(counts).reduce(
    (sum, [status, count]) => (isFailedOutcome(status) ? sum + count : sum),
    0,
  );
  return `${counts.succeeded ?? 0}/${total}${failed > 0 ? ` (${failed} failed)` : ''}`;
}

function totalMs(attempts: readonly RunEntry[]): number | undefined {
  const known = attempts.flatMap(({ duration_ms: one }) => one ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0);
}

/** `00:01:05`. */
function clock(durationMs: number | undefined): string {
  if (durationMs === undefined) return 'N/A';
  const seconds = Math.floor(durationMs / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function left(text: string, width: number): string {
  return text.length > width && width > 0 ? cut(text, width) : text.padEnd(width);
}

function right(text: string, width: number): string {
  return text.padStart(width);
}

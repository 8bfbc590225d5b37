import { describeEnd, type FailureReport } from '../failures/index.ts';
import type { RunRecord } from '../runs/index.ts';
import type { FailedRun } from '../summary/index.ts';
import { standingChanges, type Trends } from '../trends/index.ts';
import { csvField } from './csvField.ts';

type Cell = string | number | undefined;

function csvRow(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === undefined ? '' : csvField(String(cell)))).join(',')}\n`;
}

const time = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

export const jobsCsvHeader = csvRow([
  'workflow',
  'run',
  'run_outcome',
  'job',
  'status',
  'reason',
  'because',
  'started_at',
  'ended_at',
  'duration_ms',
  'waited_ms',
  'tries',
  'exit_code',
  'signal',
  'cpu_ms',
  'max_rss_kb',
]);

/** A row for each job of a run (RFC 4180), times in UTC. */
export function jobsCsvRows({ application, run, outcome, jobs }: RunRecord): string {
  return jobs
    .map((job) => {
      const last = job.tries.at(-1);
      return csvRow([
        application,
        run,
        outcome,
        job.id,
        job.status,
        job.reason,
        job.because,
        time(job.startedAtMs),
        time(job.endedAtMs),
        job.durationMs,
        job.waitedMs,
        job.tries.length,
        last?.exitCode,
        last?.signal,
        job.cpuMs,
        job.maxRssKb,
      ]);
    })
    .join('');
}

/** A row for each failure. */
export function failuresCsv(runs: readonly FailedRun[]): string {
  const header = [
    'workflow',
    'run',
    'job',
    'status',
    'allowed',
    'category',
    'how',
    'ended_at',
    'kept_from_running',
    'line',
  ];
  return csvRow(header) + runs.flatMap(({ failures }) => failures.map(failureRow)).join('');
}

function failureRow(failure: FailureReport): string {
  const { application, run, job, allowed, category, skipped, excerpt } = failure;
  return csvRow([
    application,
    run,
    job.id,
    job.status,
    allowed ? 'yes' : 'no',
    category.key,
    describeEnd(failure),
    time(job.endedAtMs),
    skipped.map(({ id }) => id).join(' '),
    (excerpt.findLast(({ matters }) => matters) ?? excerpt.at(-1))?.text,
  ]);
}

/** A row for each workflow and each job. */
export function trendsCsv({ workflows, jobs }: Trends): string {
  const header = csvRow([
    'workflow',
    'job',
    'runs',
    'failures',
    'median_ms',
    'duration_before_ms',
    'duration_after_ms',
    'duration_changed_in_run',
    'duration_p',
    'failure_share_before',
    'failure_share_after',
    'failures_changed_in_run',
    'failures_p',
    'flaky_rate',
  ]);
  const changes = standingChanges([...workflows, ...jobs]);
  const rows = [...workflows, ...jobs].map((trend) => {
    const of = (what: 'duration' | 'failures') =>
      changes.find((each) => each.trend === trend && each.change.what === what)?.change;
    const [duration, failures] = [of('duration'), of('failures')];
    const { application, job, runs, durationMs, flakiness } = trend;
    return csvRow([
      application,
      job,
      runs,
      trend.failures,
      durationMs,
      duration?.before,
      duration?.after,
      duration?.run,
      duration?.pValue,
      failures?.before,
      failures?.after,
      failures?.run,
      failures?.pValue,
      flakiness?.rate,
    ]);
  });
  return header + rows.join('');
}

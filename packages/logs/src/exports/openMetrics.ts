import type { DistributionSummary } from '../statistics/index.ts';
import type { LogSummary } from '../summary/index.ts';

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly suffix?: string;
  readonly labels: Labels;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly unit?: 'seconds' | 'bytes';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * The summary in the text format of OpenMetrics 1.0, which Prometheus reads as well: counters of runs, of turns of jobs by
 * outcome and of retries, and durations, processor time and memory with quantiles. Base units: seconds and bytes.
 */
export function renderOpenMetrics(summary: LogSummary): string {
  return `${families(summary)
    .filter(({ samples }) => samples.length > 0)
    .map(render)
    .join('')}# EOF\n`;
}

function families({ workflows, jobs, runs }: LogSummary): Family[] {
  const seconds = (ms: number) => ms / 1000;
  const ofJob = (pick: 'duration' | 'waiting' | 'cpuMs' | 'memoryBytes', scale: (value: number) => number) =>
    jobs.flatMap((job) => quantiles({ workflow: job.application, job: job.job }, job[pick], scale));
  return [
    {
      name: 'executioner_runs',
      type: 'counter',
      help: 'Runs by outcome.',
      samples: workflows.flatMap(({ application: workflow, runs: all, failed, cancelled, unfinished }) => {
        const succeeded = all - failed - cancelled - unfinished;
        return Object.entries({ succeeded, failed, cancelled, unfinished }).map(([outcome, value]) => ({
          suffix: '_total',
          labels: { workflow, outcome },
          value,
        }));
      }),
    },
    {
      name: 'executioner_run_duration_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'How long finished runs took.',
      samples: workflows.flatMap(({ application: workflow, duration }) =>
        quantiles({ workflow }, duration, seconds),
      ),
    },
    {
      name: 'executioner_run_last_start_timestamp_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When the newest run began, in seconds since 1970.',
      samples: [...new Map(runs.map((line) => [line.application, line.startedAtMs]))].map(
        ([workflow, atMs]) => ({
          labels: { workflow },
          value: seconds(atMs),
        }),
      ),
    },
    {
      name: 'executioner_job_turns',
      type: 'counter',
      help: 'Jobs by how they ended, or where they stand.',
      samples: jobs.flatMap(({ application: workflow, job, counts }) =>
        Object.entries(counts).map(([status, value]) => ({
          suffix: '_total',
          labels: { workflow, job, status },
          value,
        })),
      ),
    },
    {
      name: 'executioner_job_retries',
      type: 'counter',
      help: 'Tries of jobs beyond their first.',
      samples: jobs.map(({ application: workflow, job, retries }) => ({
        suffix: '_total',
        labels: { workflow, job },
        value: retries,
      })),
    },
    {
      name: 'executioner_job_duration_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'How long jobs took, checks and retries included; of successes where there are any.',
      samples: ofJob('duration', seconds),
    },
    {
      name: 'executioner_job_waiting_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'How long jobs waited after the last of their dependencies had ended.',
      samples: ofJob('waiting', seconds),
    },
    {
      name: 'executioner_job_cpu_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'Processor time of all tries of a job.',
      samples: ofJob('cpuMs', seconds),
    },
    {
      name: 'executioner_job_memory_bytes',
      type: 'summary',
      unit: 'bytes',
      help: 'The most memory that a try of a job took.',
      samples: ofJob('memoryBytes', (bytes) => bytes),
    },
  ];
}

function quantiles(
  labels: Labels,
  summary: DistributionSummary | undefined,
  scale: (value: number) => number,
): Sample[] {
  if (summary === undefined) return [];
  const { count, mean, p50, p90, p99 } = summary;
  return [
    ...Object.entries({ '0.5': p50, '0.9': p90, '0.99': p99 }).map(([quantile, value]) => ({
      labels: { ...labels, quantile },
      value: scale(value),
    })),
    { suffix: '_count', labels, value: count },
    { suffix: '_sum', labels, value: scale(mean * count) },
  ];
}

function render({ name, type, unit, help, samples }: Family): string {
  const head = [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
  ];
  const lines = samples.map(
    ({ suffix = '', labels, value }) => `${name}${suffix}${renderLabels(labels)} ${value}`,
  );
  return `${[...head, ...lines].join('\n')}\n`;
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`);
  return `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

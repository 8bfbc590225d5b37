import { type Configuration, Dag, type Job, type TimeLimit, transitiveReduction } from '@executioner/core';
import { countOf, formatDuration, type RunReport, statusLook } from '@executioner/report';
import { findCriticalJobs } from './critical.ts';
import { groupJobs } from './groups.ts';
import type { GroupBy, JobPicture, Picture, PictureDependency, PictureJob } from './picture.ts';
import { pictureOfJob, pictureOfRun } from './runPicture.ts';

export interface PictureOptions {
  readonly groupBy: GroupBy;
  /** Only these jobs; all when absent. Dependencies on others are not drawn. */
  readonly only?: ReadonlySet<string>;
  /** Estimates from history by job id, for jobs that declare none. */
  readonly estimatesMs?: ReadonlyMap<string, number>;
  /** The run to colour the jobs by. */
  readonly report?: RunReport;
  /** The last lines of the logs of jobs, by id. */
  readonly logs?: ReadonlyMap<string, readonly string[]>;
  /** Whether dependencies that follow from others are left out. */
  readonly isReduced?: boolean;
  /** The zone of the times shown. */
  readonly timeZone: string;
}

/** A job as far as a picture needs to know it: one of a configuration, or what a log tells of one. */
export type PictureSourceJob = Pick<
  Job,
  'id' | 'command' | 'description' | 'dependencies' | 'tags' | 'enabled'
> &
  Partial<Job>;

/** What a picture is made of; a loaded `Configuration` fits. */
export interface PictureSource extends Pick<Configuration, 'applicationName' | 'description' | 'file'> {
  readonly jobs: readonly PictureSourceJob[];
  /** False for what a log alone tells; true when absent. */
  readonly areDependenciesKnown?: boolean;
}

/** The picture of a valid configuration, and of a run of it where there is one. Cost: O(n + m). */
export function buildPicture(configuration: PictureSource, options: PictureOptions): Picture {
  const jobs = configuration.jobs.filter(({ id }) => options.only?.has(id) ?? true);
  const dag = Dag.from(jobs);
  const states = options.report === undefined ? undefined : statesOf(options.report, options.logs);
  const silent = options.report === undefined ? notInRun : silentState(options.report, configuration.jobs);
  const estimates = jobs.map(
    ({ id, estimatedDurationMs }) => estimatedDurationMs ?? options.estimatesMs?.get(id),
  );
  const critical = findCriticalJobs(dag, {
    run: states === undefined ? undefined : jobs.map(({ id }) => states.get(id)?.durationMs),
    estimates,
  });
  const { groups, groupOf } = groupJobs(jobs, options.groupBy, configuration.file);
  const pictures = jobs.map((job, number): PictureJob => {
    const slackMs = critical.slackMs[number];
    const estimateMs = estimates[number];
    const state = states?.get(job.id) ?? (states === undefined ? undefined : silent);
    return {
      id: job.id,
      description: job.description === job.id ? '' : job.description,
      command: job.command,
      tags: job.tags,
      group: groupOf[number]!,
      isEnabled: job.enabled,
      isCritical: critical.isOnPath[number] === 1,
      ...(slackMs === undefined ? {} : { slackMs }),
      ...(estimateMs === undefined ? {} : { estimateMs }),
      facts: factsOf(job),
      ...(state === undefined ? {} : { state }),
    };
  });
  return {
    title: configuration.applicationName,
    description: configuration.description,
    jobs: pictures,
    dependencies: dependenciesOf(jobs, dag, {
      path: critical.summary.path,
      isReduced: options.isReduced === true,
    }),
    groupBy: options.groupBy,
    groups,
    critical: critical.summary,
    ...(options.report === undefined
      ? {}
      : {
          run: pictureOfRun(options.report, dag, {
            timeZone: options.timeZone,
            areDependenciesKnown: configuration.areDependenciesKnown !== false,
          }),
        }),
  };
}

const notInRun: JobPicture = {
  word: 'not in this run',
  glyph: '·',
  tone: 'muted',
  note: '',
  exit: '',
  tries: 0,
  lines: [],
};

/** Jobs that a run has no event of yet are waiting, if it has as many more; else they are none of its jobs. */
function silentState({ counts, jobs }: RunReport, drawn: readonly PictureSourceJob[]): JobPicture {
  const known = new Set(jobs.map(({ id }) => id));
  const expected = (counts.waiting ?? 0) - jobs.filter(({ status }) => status === 'waiting').length;
  const isWaiting = expected > 0 && drawn.filter(({ id }) => !known.has(id)).length <= expected;
  return isWaiting ? { ...notInRun, word: statusLook('waiting').word } : notInRun;
}

function statesOf(report: RunReport, logs: PictureOptions['logs']): ReadonlyMap<string, JobPicture> {
  return new Map(report.jobs.map((job) => [job.id, pictureOfJob(job, logs?.get(job.id))]));
}

function dependenciesOf(
  jobs: readonly PictureSourceJob[],
  dag: Dag,
  { path, isReduced }: { readonly path: readonly number[]; readonly isReduced: boolean },
): PictureDependency[] {
  const nextOnPath = new Map(path.slice(1).map((job, k) => [path[k]!, job]));
  const { offsets, values } = (isReduced ? transitiveReduction(dag).dag : dag).dependencies;
  return jobs.flatMap((job, to) => {
    const conditions = new Map(job.dependencies.map(({ job: id, when }) => [id, when]));
    const own = Array.from(values.subarray(offsets[to]!, offsets[to + 1]!));
    return own.map((from) => ({
      from,
      to,
      when: conditions.get(dag.ids[from]!) ?? 'success',
      isCritical: nextOnPath.get(from) === to,
    }));
  });
}

function factsOf(job: PictureSourceJob): string[] {
  const { retry, preChecks = [], postChecks = [], priority = 0, locks = [], resources = {} } = job;
  return [
    ...preChecks.map(({ name }) => `pre-check ${name}`),
    ...postChecks.map(({ name }) => `post-check ${name}`),
    ...(retry !== undefined && retry.maxRetries > 0
      ? [`${countOf(retry.maxRetries, 'retry', 'retries')}, the first after ${formatDuration(retry.delayMs)}`]
      : []),
    ...(job.timeLimit === undefined ? [] : [`time limit ${limitText(job.timeLimit)}`]),
    ...(priority === 0 ? [] : [`priority ${priority}`]),
    ...Object.entries(resources).map(([pool, amount]) => `takes ${amount} of ${pool}`),
    ...locks.map((lock) => `lock ${lock}`),
    ...(job.allowFailure === true ? ['may fail'] : []),
    ...(job.enabled ? [] : ['disabled']),
  ];
}

function limitText(limit: TimeLimit): string {
  if (limit.kind === 'fixed') return formatDuration(limit.limitMs);
  const base = limit.percentile === 50 ? 'median' : `p${limit.percentile}`;
  return `${limit.factor} × ${base} of the past, at least ${formatDuration(limit.floorMs)}`;
}

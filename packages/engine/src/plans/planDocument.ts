import type { Check, Configuration, DependencyCondition, Job, RetryStatus } from '@executioner/core';
import { type Masker, maskDeep } from '../output/index.ts';
import { AtStart, makePlan, type Plan, type PlanOptions } from '../scheduler/index.ts';
import { startingOrder } from './startingOrder.ts';

/** What would run, as a file: the answer to "what exactly will happen", and what `run --plan` holds itself to. */
export interface PlanDocument {
  readonly kind: 'executioner-plan';
  readonly v: 1;
  readonly application: string;
  /** The configuration, absolute; `-` when it came from standard input. */
  readonly file: string;
  /** Tells plans apart: 16 hexadecimal digits over everything that can change a decision. */
  readonly hash: string;
  readonly workers: number;
  readonly on_failure: 'stop' | 'continue';
  /** Drives the jitter of retries; null: the number of the run. */
  readonly seed: number | null;
  /** The jobs that a selection has picked; null: all. */
  readonly selected: readonly string[] | null;
  /** Ids in the order of starting when all goes well; jobs that only a failure calls for come last. */
  readonly order: readonly string[];
  /** In file order. */
  readonly jobs: readonly PlannedJob[];
}

export interface PlannedJob {
  readonly id: string;
  readonly action: 'run' | 'skip_requested' | 'skip_disabled';
  /** Secrets masked, as in the parameters of checks. */
  readonly command: string;
  readonly working_dir: string;
  readonly shell: string | null;
  /** Names of the variables that the configuration or the command line sets, sorted; values stay out. */
  readonly environment: readonly string[];
  readonly dependencies: readonly { readonly job: string; readonly when: DependencyCondition }[];
  readonly pre_checks: readonly Pick<Check, 'name' | 'params'>[];
  readonly post_checks: readonly Pick<Check, 'name' | 'params'>[];
  /** 0: none. */
  readonly limit_ms: number;
  readonly warn_ms: number;
  readonly no_output_ms: number;
  readonly grace_ms: number;
  readonly max_retries: number;
  readonly retry_delay_ms: number;
  readonly retry_backoff: number;
  readonly retry_jitter: number;
  readonly max_retry_time_ms: number;
  readonly retry_on_status: readonly RetryStatus[];
  readonly retry_on_exit_codes: readonly number[];
  readonly priority: number;
  readonly resources: Readonly<Record<string, number>>;
  readonly locks: readonly string[];
  readonly allow_failure: boolean;
  /** The median of past successes, else `estimated_duration`; null: nobody knows. */
  readonly estimate_ms: number | null;
  /** Over command, variables with their values, checks, dependencies, folder and shell; comparable in one state folder. */
  readonly definition_hash: string;
}

export interface PlanDocumentOptions extends PlanOptions {
  readonly definitionHash: (job: Job) => string;
  /** Names of the variables that the command line sets. */
  readonly variables?: readonly string[];
  /** For secrets that stand in commands and parameters. */
  readonly masker?: Masker;
}

/** Makes the plan of a run as a document. Touches nothing. O(n log n + m). */
export function planDocument(configuration: Configuration, options: PlanDocumentOptions): PlanDocument {
  const plan = makePlan(configuration, options);
  const { order, never } = startingOrder(plan);
  const { variables = [], masker = (text: string) => text } = options;
  return {
    kind: 'executioner-plan',
    v: 1,
    application: configuration.applicationName,
    file: configuration.file,
    hash: plan.hash,
    workers: plan.workers,
    on_failure: plan.onFailure,
    seed: options.seed ?? null,
    selected: options.only === undefined ? null : plan.ids,
    order: [...order, ...never].map((job) => plan.ids[job]!),
    jobs: plan.jobs.map((job, number) =>
      maskedJob(plannedJob(job, number, plan, configuration, variables), masker),
    ),
  };
}

const actionNames: Readonly<Record<number, PlannedJob['action']>> = {
  [AtStart.run]: 'run',
  [AtStart.skipRequested]: 'skip_requested',
  [AtStart.skipDisabled]: 'skip_disabled',
};

function plannedJob(
  job: Job,
  number: number,
  plan: Plan,
  configuration: Configuration,
  variables: readonly string[],
): PlannedJob {
  const names = new Set([...job.env.flatMap((layer) => Object.keys(layer.variables)), ...variables]);
  return {
    id: job.id,
    action: actionNames[plan.atStart[number]!]!,
    command: job.command,
    working_dir: job.workingDir,
    shell: configuration.allowShell ? (job.shell ?? configuration.shell ?? '/bin/sh') : null,
    environment: [...names].sort(),
    dependencies: job.dependencies.map(({ job: id, when }) => ({ job: id, when })),
    pre_checks: job.preChecks.map(({ name, params }) => ({ name, params })),
    post_checks: job.postChecks.map(({ name, params }) => ({ name, params })),
    limit_ms: plan.limitMs[number]!,
    warn_ms: plan.warnMs[number]!,
    no_output_ms: plan.noOutputMs[number]!,
    grace_ms: plan.graceMs[number]!,
    max_retries: job.retry.maxRetries,
    retry_delay_ms: job.retry.delayMs,
    retry_backoff: job.retry.backoff,
    retry_jitter: job.retry.jitter,
    max_retry_time_ms: job.retry.maxRetryTimeMs,
    retry_on_status: job.retry.onStatus,
    retry_on_exit_codes: job.retry.onExitCodes,
    priority: job.priority,
    resources: job.resources,
    locks: job.locks,
    allow_failure: job.allowFailure,
    estimate_ms: plan.guessed[number] === 1 ? null : plan.estimateMs[number]!,
    definition_hash: plan.definitionHash[number]!,
  };
}

function maskedJob(job: PlannedJob, masker: Masker): PlannedJob {
  const { command, pre_checks, post_checks } = job;
  return { ...job, ...maskDeep({ command, pre_checks, post_checks }, masker) };
}

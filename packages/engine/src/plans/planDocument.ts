import type { Check, Configuration, DependencyCondition, Job } from '@executioner/core';
import { simulate } from '../drivers/index.ts';
import { AtStart, makePlan, type Plan, type PlanOptions } from '../scheduler/index.ts';

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
  readonly priority: number;
  readonly resources: Readonly<Record<string, number>>;
  readonly locks: readonly string[];
  readonly allow_failure: boolean;
  readonly estimate_ms: number;
  /** Over command, variables with their values, checks, dependencies, folder and shell; comparable in one state folder. */
  readonly definition_hash: string;
}

export interface PlanDocumentOptions extends PlanOptions {
  readonly definitionHash: (job: Job) => string;
  /** Names of the variables that the command line sets. */
  readonly variables?: readonly string[];
}

/** Makes the plan of a run as a document. Touches nothing. O(n log n + m). */
export function planDocument(configuration: Configuration, options: PlanDocumentOptions): PlanDocument {
  const plan = makePlan(configuration, options);
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
    order: startingOrder(plan).map((job) => plan.ids[job]!),
    jobs: plan.jobs.map((job, number) =>
      plannedJob(job, number, plan, configuration, options.variables ?? []),
    ),
  };
}

function startingOrder(plan: Plan): number[] {
  const order = new Set<number>();
  const never: number[] = [];
  simulate(plan, {
    collect: false,
    onEvent(event) {
      if (event.type === 'check.started' || event.type === 'job.starting') order.add(event.job);
      if (event.type === 'job.skipped' && event.reason === 'dependency') never.push(event.job);
    },
  });
  return [...order, ...never];
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
    priority: job.priority,
    resources: job.resources,
    locks: job.locks,
    allow_failure: job.allowFailure,
    estimate_ms: plan.estimateMs[number]!,
    definition_hash: plan.definitionHash[number]!,
  };
}

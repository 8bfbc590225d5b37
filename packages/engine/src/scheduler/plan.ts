import type { Configuration, Job, TimeLimit } from '@executioner/core';
import { type Demands, distinctDemands } from './demand.ts';
import { type Edges, edgesOf } from './edges.ts';
import { type Estimates, estimateDurations } from './estimate.ts';
import { hasher, hashText } from './hash.ts';
import { type Ranks, rankJobs } from './rank.ts';

/** Choices of one run, over what the configuration says. Everything may be left out. */
export interface PlanOptions {
  /** How many jobs run at once. Default: `max_workers` where the run is parallel, else 1. */
  readonly workers?: number;
  /** Default: what the configuration says. Without it there is one worker, whatever `workers` says. */
  readonly parallel?: boolean;
  readonly onFailure?: 'stop' | 'continue';
  /** Ids of the jobs that take part; the others do not exist for this run. Default: all. */
  readonly only?: Iterable<string>;
  /** Ids of jobs that are skipped by request; their dependents run. */
  readonly skip?: Iterable<string>;
  /** Ids of jobs that a person must approve before they start, with how long to wait for that. */
  readonly approvals?: ReadonlyMap<string, number>;
  /** Drives the jitter of retries. */
  readonly seed?: number;
  /** Typical durations by id, from history. They win over `estimated_duration`. */
  readonly estimatesMs?: ReadonlyMap<string, number>;
  /** A percentile of the past successful durations of a job, for time limits that follow history. */
  readonly pastDurationMs?: (id: string, percentile: number) => number | undefined;
  /** `warn`: time limits are only reported. */
  readonly timeLimits?: 'enforce' | 'warn';
  /** What happens to a try that nobody can say the end of. Default: `rerun`. */
  readonly onUnknown?: 'rerun' | 'fail' | 'ask';
  /** Numbers of the run and the attempt, for the tokens of tries. No part of the plan's hash. */
  readonly run?: number;
  readonly attempt?: number;
  /** Ends every token, to set it apart from those of runs with the same number in other state folders. */
  readonly tokenSalt?: string;
  /** The hash of a job's definition that history and resumes compare. */
  readonly definitionHash?: (job: Job) => string;
  /** Hashes commands. Give a keyed one where commands may hold secrets. */
  readonly hash?: (text: string) => string;
}

/**
 * All that is decided before a run starts, in arrays by job number (the position among the jobs that take
 * part, in file order). Never changed afterwards.
 */
export interface Plan extends Edges, Ranks, Estimates, Demands {
  readonly jobs: readonly Job[];
  readonly ids: readonly string[];
  readonly numberById: ReadonlyMap<string, number>;
  readonly run: number;
  readonly attempt: number;
  readonly tokenSalt: string;
  /** Tells plans apart: 16 hexadecimal digits over everything that can change a decision. */
  readonly hash: string;
  readonly seed: number;
  readonly workers: number;
  /** One worker, in the order of becoming ready. */
  readonly sequential: boolean;
  readonly onFailure: 'stop' | 'continue';
  readonly onUnknown: 'rerun' | 'fail' | 'ask';
  readonly timeLimits: 'enforce' | 'warn';
  readonly limitMs: Float64Array;
  /** When a running job is reported as slow; 0: never. */
  readonly warnMs: Float64Array;
  /** The longest silence allowed; 0: any. */
  readonly noOutputMs: Float64Array;
  readonly graceMs: Float64Array;
  readonly preChecks: Uint16Array;
  readonly postChecks: Uint16Array;
  readonly allowFailure: Uint8Array;
  /** What happens at once when the run starts, as a number of `AtStart`. */
  readonly atStart: Uint8Array;
  /** How long the approval of a job may take, by job number. */
  readonly approvalMs: ReadonlyMap<number, number>;
  readonly commandHash: readonly string[];
  readonly definitionHash: readonly string[];
}

/** What the start of the run does with a job. */
export const AtStart = { run: 0, skipRequested: 1, skipDisabled: 2 } as const;

/**
 * The plan of a run. Expects a valid configuration: throws an internal error on a cycle, an unknown
 * dependency or a demand beyond its pool. O(n log n + m).
 */
export function makePlan(configuration: Configuration, options: PlanOptions = {}): Plan {
  const jobs = selectedJobs(configuration, options.only);
  const numberById = new Map(jobs.map((job, index) => [job.id, index]));
  const edges = edgesOf(configuration, jobs, numberById);
  const estimates = estimateDurations(jobs, options.estimatesMs);
  const parallel = options.parallel ?? configuration.parallel;
  const workers = parallel ? Math.max(1, options.workers ?? configuration.maxWorkers) : 1;
  const hash = options.hash ?? hashText;
  const plan: Plan = {
    ...edges,
    ...estimates,
    ...rankJobs(jobs, edges, estimates.estimateMs),
    ...distinctDemands(configuration, jobs),
    jobs,
    ids: jobs.map((job) => job.id),
    numberById,
    run: options.run ?? 0,
    attempt: options.attempt ?? 1,
    tokenSalt: options.tokenSalt ?? '',
    hash: '',
    seed: (options.seed ?? 0) | 0,
    workers,
    sequential: workers === 1,
    onFailure: options.onFailure ?? configuration.onFailure,
    onUnknown: options.onUnknown ?? 'rerun',
    timeLimits: options.timeLimits ?? 'enforce',
    limitMs: Float64Array.from(jobs, (job) => timeLimitMs(job.id, job.timeLimit, options)),
    warnMs: Float64Array.from(jobs, (job) =>
      job.warnAfter ? timeLimitMs(job.id, job.warnAfter, options) : 0,
    ),
    noOutputMs: Float64Array.from(jobs, (job) => job.noOutputTimeoutMs ?? 0),
    graceMs: Float64Array.from(jobs, (job) => job.gracePeriodMs),
    preChecks: Uint16Array.from(jobs, (job) => job.preChecks.length),
    postChecks: Uint16Array.from(jobs, (job) => job.postChecks.length),
    allowFailure: Uint8Array.from(jobs, (job) => (job.allowFailure ? 1 : 0)),
    atStart: atStart(jobs, options.skip),
    approvalMs: approvalsByNumber(numberById, options.approvals),
    commandHash: jobs.map((job) => hash(job.command)),
    definitionHash: options.definitionHash ? jobs.map(options.definitionHash) : [],
  };
  return { ...plan, hash: planHash(plan) };
}

function selectedJobs(configuration: Configuration, only: Iterable<string> | undefined): readonly Job[] {
  if (only === undefined) return configuration.jobs;
  const selected = new Set(only);
  return configuration.jobs.filter((job) => selected.has(job.id));
}

function timeLimitMs(id: string, limit: TimeLimit, options: PlanOptions): number {
  if (limit.kind === 'fixed') return limit.limitMs;
  const past = options.pastDurationMs?.(id, limit.percentile);
  return past === undefined ? limit.fallbackMs : Math.max(limit.floorMs, Math.round(past * limit.factor));
}

function atStart(jobs: readonly Job[], skip: Iterable<string> = []): Uint8Array {
  const skipped = new Set(skip);
  return Uint8Array.from(jobs, (job) => {
    if (skipped.has(job.id)) return AtStart.skipRequested;
    return job.enabled ? AtStart.run : AtStart.skipDisabled;
  });
}

function approvalsByNumber(
  numberById: ReadonlyMap<string, number>,
  approvals: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<number, number> {
  const byNumber = new Map<number, number>();
  for (const [id, waitMs] of approvals) {
    const job = numberById.get(id);
    if (job !== undefined) byNumber.set(job, waitMs);
  }
  return byNumber;
}

function planHash(plan: Plan): string {
  const hash = hasher().text(
    JSON.stringify([plan.onFailure, plan.onUnknown, plan.timeLimits, plan.demands, plan.poolNames]),
  );
  hash.numbers([plan.seed, plan.workers]);
  const arrays = [
    plan.dependencyStart,
    plan.dependency,
    plan.dependencyWhen,
    plan.order,
    plan.urgency,
    plan.demandOf,
    plan.capacities,
    plan.limitMs,
    plan.warnMs,
    plan.noOutputMs,
    plan.graceMs,
    plan.preChecks,
    plan.postChecks,
    plan.allowFailure,
    plan.atStart,
    [...plan.approvalMs].flat(),
  ];
  for (const array of arrays) hash.numbers(array);
  for (const { id, command, retry } of plan.jobs) {
    hash.text(id).text(command).text(retry.onStatus.join()).numbers(retry.onExitCodes);
    hash.numbers([retry.maxRetries, retry.delayMs, retry.backoff, retry.jitter, retry.maxRetryTimeMs]);
  }
  for (const definition of plan.definitionHash) hash.text(definition);
  return hash.digest();
}

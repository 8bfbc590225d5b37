import { CommandError, type Configuration, type Job } from '@executioner/core';
import type { PlanOptions } from '../scheduler/index.ts';
import type { PlanDocument, PlannedJob } from './planDocument.ts';
import { fitsSchema, type ShapeError } from './validator.generated.ts';

/**
 * Reads a plan from its text.
 *
 * @throws CommandError `NO_PLAN` for anything else, `PLAN_VERSION` for one of a newer version.
 */
export function parsePlan(text: string, file: string): PlanDocument {
  let value: Partial<Record<keyof PlanDocument, unknown>> | null;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw noPlan(file, (error as Error).message);
  }
  if (value?.kind !== 'executioner-plan') throw noPlan(file, 'it is JSON, but not a plan');
  if (value.v !== 1) {
    throw new CommandError(
      'PLAN_VERSION',
      `"${file}" is a plan of version ${value.v}, and this program reads version 1`,
      {
        hint: 'use the version of Executioner that wrote it, or make the plan anew',
      },
    );
  }
  if (!fitsSchema(value)) throw noPlan(file, whatIsWrong(fitsSchema.errors?.[0]));
  return value as unknown as PlanDocument;
}

function whatIsWrong({ instancePath = '', keyword = '', params = {} }: Partial<ShapeError> = {}): string {
  const path = instancePath
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  if (keyword === 'required') {
    return `${path === '' ? 'it' : path} has no "${params.missingProperty}"`;
  }
  const { type, allowedValue, allowedValues = [allowedValue] } = params;
  const wanted =
    keyword === 'type' ? [type].flat() : (allowedValues as unknown[]).map((one) => JSON.stringify(one));
  return `${path} is not ${wanted.filter((one) => one !== undefined).join(' or ') || 'what it should be'}`;
}

function noPlan(file: string, why: string): CommandError {
  return new CommandError('NO_PLAN', `"${file}" is no plan: ${why}`, {
    hint: 'make one with: executioner plan <workflow> -o plan.json',
  });
}

/** The options under which a run is what was planned, as far as they decide that. */
export function plannedOptions(plan: PlanDocument): PlanOptions {
  return {
    workers: plan.workers,
    parallel: plan.workers > 1,
    onFailure: plan.on_failure,
    skip: plan.jobs.filter(({ action }) => action === 'skip_requested').map(({ id }) => id),
    estimatesMs: new Map(
      plan.jobs.flatMap(({ id, estimate_ms }) => (estimate_ms === null ? [] : [[id, estimate_ms]])),
    ),
    ...(plan.selected === null ? {} : { only: plan.selected }),
    ...(plan.seed === null ? {} : { seed: plan.seed }),
  };
}

/** The configuration with the limits that followed history fixed at what they were when the plan was made. */
export function withPlannedLimits(configuration: Configuration, plan: PlanDocument): Configuration {
  const planned = new Map(plan.jobs.map((job) => [job.id, job]));
  return { ...configuration, jobs: configuration.jobs.map((job) => withLimits(job, planned.get(job.id))) };
}

function withLimits(job: Job, planned: PlannedJob | undefined): Job {
  const followsHistory = job.timeLimit.kind === 'history' || job.warnAfter?.kind === 'history';
  if (planned === undefined || !followsHistory) return job;
  return {
    ...job,
    timeLimit:
      job.timeLimit.kind === 'history' ? { kind: 'fixed', limitMs: planned.limit_ms } : job.timeLimit,
    ...(job.warnAfter?.kind === 'history' ? { warnAfter: { kind: 'fixed', limitMs: planned.warn_ms } } : {}),
  };
}

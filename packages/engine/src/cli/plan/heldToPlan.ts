import { type CommandContext, type Configuration, readInput } from '@executioner/core';
import {
  comparePlans,
  type PlanDifference,
  type PlanDocument,
  parsePlan,
  plannedOptions,
  withPlannedLimits,
} from '../../plans/index.ts';
import type { StartOptions } from '../../run/index.ts';
import { presentPlan } from './presentPlan.ts';

/** Reads a plan named on the command line. @throws CommandError as `readInput` and `parsePlan` do. */
export async function readPlan(file: string, { io }: CommandContext): Promise<PlanDocument> {
  return parsePlan(await readInput(file, io), file);
}

/**
 * What to start so that it is what was planned. Where something differs now, that is shown on standard error, and the
 * result is undefined.
 */
export function heldToPlan(
  configuration: Configuration,
  options: StartOptions,
  plan: PlanDocument,
  context: CommandContext,
): { readonly configuration: Configuration; readonly options: StartOptions } | undefined {
  const held = withPlannedLimits(configuration, plan);
  const chosen = { ...options, ...plannedOptions(plan) };
  const differences = comparePlans(plan, presentPlan(held, chosen, context));
  if (differences.length === 0) return { configuration: held, options: chosen };
  const { io, messageColors: colors } = context;
  io.stderr.write(
    [
      `${colors.red('Refused:')} what would run now is not what was planned\n`,
      ...differences.map((difference) => `  ${shown(difference)}\n`),
      'Make the plan anew with "executioner plan", or bring the workflow back to what it was\n',
    ].join(''),
  );
  return undefined;
}

function shown({ job, message }: PlanDifference): string {
  return job === undefined ? message : `${job}: ${message}`;
}

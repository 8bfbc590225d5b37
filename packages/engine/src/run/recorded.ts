import { hostname } from 'node:os';
import type { Configuration } from '@executioner/core';
import type { EngineIdentity } from '../journal/index.ts';
import { processIdentity } from '../runs/index.ts';
import type { Plan } from '../scheduler/index.ts';
import { version } from '../version.ts';
import type { StartOptions } from './run.ts';

/** What the journal says about how the run was asked for: no values of variables. */
export function recordedOptions(
  configuration: Configuration,
  plan: Plan,
  options: StartOptions,
): Readonly<Record<string, unknown>> {
  return {
    file: configuration.file,
    parallel: options.parallel ?? configuration.parallel,
    on_failure: plan.onFailure,
    skip: [...(options.skip ?? [])],
    variables: Object.keys(options.variables ?? {}),
    ...(options.only === undefined ? {} : { selected: plan.ids }),
  };
}

/** Who runs the attempt, so that a later one can tell whether it still does. */
export function engineIdentity(): EngineIdentity {
  const { pid, ticks, bootId } = processIdentity();
  return {
    engine_pid: pid,
    host: hostname(),
    version,
    ...(ticks === undefined ? {} : { ticks }),
    ...(bootId === undefined ? {} : { boot_id: bootId }),
  };
}

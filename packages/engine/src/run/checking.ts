import { type Configuration, interpolateDeep, type Job } from '@executioner/core';
import { type CheckDefinition, type CheckResult, checkRegistry, runCheck } from '../checks/index.ts';
import type { JobEnvironments } from '../environment/index.ts';
import type { CheckPhase } from '../journal/index.ts';
import { type Masker, maskDeep } from '../output/index.ts';
import { workingDir } from './workingDir.ts';

/** Carries out the checks of a run. */
export interface Checking {
  /** Never rejects; the result has its secrets masked. */
  check(job: Job, phase: CheckPhase, index: number): Promise<CheckResult>;
  /** Ends the checks that are under way, and all later ones, as failed. */
  stop(): void;
}

export function checking(
  configuration: Configuration,
  environments: JobEnvironments,
  options: { readonly masker: Masker; readonly checks: readonly CheckDefinition[] },
): Checking {
  const registry = checkRegistry(options.checks);
  const controller = new AbortController();
  return {
    async check(job, phase, index) {
      const check = (phase === 'pre' ? job.preChecks : job.postChecks)[index]!;
      const environment = environments.of(job).variables;
      const params = interpolateDeep(check.params, (name) => environment[name]).value;
      const context = {
        workingDir: workingDir(job, configuration, environment),
        environment,
        signal: controller.signal,
      };
      return maskDeep(await runCheck({ ...check, params }, registry, context), options.masker);
    },
    stop: () => controller.abort(),
  };
}

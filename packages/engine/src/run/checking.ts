import { dirname } from 'node:path';
import {
  type Configuration,
  interpolateDeep,
  isCheckPath,
  type Job,
  type JobEnvironments,
} from '@executioner/core';
import {
  type CheckDefinition,
  type CheckResult,
  checkRegistry,
  runCheck,
  type TryOutput,
} from '../checks/index.ts';
import type { CheckPhase } from '../journal/index.ts';
import { type Masker, maskDeep } from '../output/index.ts';
import { argumentVector } from './argumentVector.ts';
import { workingDir } from './workingDir.ts';

/** Carries out the checks of a run. */
export interface Checking {
  /** Never rejects; the result has its secrets masked. */
  check(job: Job, phase: CheckPhase, index: number): Promise<CheckResult>;
  /** Ends the checks that are under way, and all later ones, as failed. */
  stop(): void;
}

export interface CheckingOptions {
  readonly masker: Masker;
  readonly checks: readonly CheckDefinition[];
  /** What a job's last try has printed. */
  readonly outputOf: (job: string) => TryOutput | undefined;
}

export function checking(
  configuration: Configuration,
  environments: JobEnvironments,
  options: CheckingOptions,
): Checking {
  const registry = checkRegistry(options.checks);
  const controller = new AbortController();
  return {
    async check(job, phase, index) {
      const check = (phase === 'pre' ? job.preChecks : job.postChecks)[index]!;
      const environment = environments.of(job).variables;
      const params = interpolateDeep(check.params, (name) => environment[name]).value;
      const context = {
        job: job.id,
        workingDir: workingDir(job, configuration, environment),
        folder: folderOf(job, configuration),
        commandLine: (command: string) => argumentVector({ ...job, command }, configuration, environment),
        output: phase === 'post' ? options.outputOf(job.id) : undefined,
        environment,
        signal: controller.signal,
      };
      return maskDeep(await runCheck({ ...check, params }, registry, context), options.masker);
    },
    stop: () => controller.abort(),
  };
}

/** Whether a check of the job reads what its command has printed. */
export function readsOutput({ postChecks }: Job, checks: readonly CheckDefinition[]): boolean {
  const own = new Set(checks.map(({ name }) => name));
  return postChecks.some(({ name }) => name.startsWith('output_') || own.has(name) || isCheckPath(name));
}

function folderOf({ origin }: Job, configuration: Configuration): string {
  return origin.file === '-' ? configuration.workingDir : dirname(origin.file);
}

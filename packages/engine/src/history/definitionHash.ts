import { createHmac } from 'node:crypto';
import type { Check, Configuration, Job } from '@executioner/core';

/**
 * Makes the function that names a job's definition: 16 hexadecimal digits over what decides what it does: its
 * command, the variables that the configuration sets for it, its checks, its dependencies with their conditions, its
 * working folder and its shell. Not over its description, tags, limits, priority and retries, which may change
 * without making an earlier success worth less, nor over `--env` and what is inherited. `key` keeps the values of
 * variables from being guessed.
 */
export function definitionHasher(
  key: Buffer,
  { shell, allowShell }: Pick<Configuration, 'shell' | 'allowShell'>,
): (job: Job) => string {
  return (job) => {
    const runBy = allowShell ? (job.shell ?? shell ?? null) : false;
    return createHmac('sha256', key).update(definitionText(job, runBy)).digest('hex').slice(0, 16);
  };
}

/** `runBy`: the shell, null for the usual one, false for none. */
function definitionText(job: Job, runBy: string | false | null): string {
  const variables = Object.assign({}, ...job.env.map((layer) => layer.variables)) as Record<string, string>;
  return JSON.stringify([
    job.command,
    sorted(Object.entries(variables)),
    job.preChecks.map(checkText),
    job.postChecks.map(checkText),
    sorted(job.dependencies.map(({ job: id, when }) => [id, when])),
    job.workingDir,
    runBy,
  ]);
}

/** The time limit of a check does not change what it looks at. */
function checkText({ name, params }: Check): unknown {
  return [name, withSortedKeys(params)];
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return sorted(Object.entries(value)).map(([key, item]) => [key, withSortedKeys(item)]);
}

/** By the first of each, which occurs once. */
function sorted<T extends readonly [string, unknown] | readonly string[]>(entries: readonly T[]): T[] {
  return [...entries].sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
}

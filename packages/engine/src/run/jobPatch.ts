import { type Job, parseDuration } from '@executioner/core';

/** What may be changed about a job, under the names of the configuration. */
export interface JobPatch {
  readonly command?: string;
  /** Laid over the variables that the job has. */
  readonly env_variables?: Readonly<Record<string, string>>;
  /** The time limit: seconds, or text such as "15m". */
  readonly timeout?: number | string;
  readonly max_retries?: number;
  readonly priority?: number;
}

/** A patch that can be applied; its time limit is in seconds. */
export type CheckedPatch = Omit<JobPatch, 'timeout'> & { readonly timeout?: number };

/** @throws RangeError saying what is wrong with it: an unknown key, a value of the wrong kind. */
export function checkedPatch(patch: Readonly<Record<string, unknown>>): CheckedPatch {
  const checked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(patch)) {
    const rule = rules[key];
    if (rule === undefined) {
      const keys = Object.keys(rules).join(', ');
      throw new RangeError(`"${key}" of a job cannot be changed while it runs; these can: ${keys}`);
    }
    const result = rule.read(value);
    if (result === undefined) throw new RangeError(`"${key}" must be ${rule.wanted}`);
    checked[key] = result;
  }
  if (Object.keys(checked).length === 0) throw new RangeError('the patch changes nothing');
  return checked as CheckedPatch;
}

/** The job as the patch makes it. */
export function patchedJob(job: Job, patch: CheckedPatch): Job {
  const { command, env_variables: variables, timeout, max_retries: maxRetries, priority } = patch;
  return {
    ...job,
    ...(command === undefined ? {} : { command }),
    ...(variables === undefined ? {} : { env: [...job.env, { scope: 'job', name: job.id, variables }] }),
    ...(timeout === undefined ? {} : { timeLimit: { kind: 'fixed', limitMs: timeout * 1000 } }),
    ...(maxRetries === undefined ? {} : { retry: { ...job.retry, maxRetries } }),
    ...(priority === undefined ? {} : { priority }),
  };
}

interface Rule {
  readonly wanted: string;
  /** The value as it is applied; undefined: it will not do. */
  read(value: unknown): unknown;
}

const rules: Readonly<Record<string, Rule>> = {
  command: {
    wanted: 'a command',
    read: (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
  },
  env_variables: {
    wanted: 'names with texts',
    read: (value) => (isTexts(value) ? value : undefined),
  },
  timeout: {
    wanted: 'a duration above 0, as 90 or "15m"',
    read(value) {
      const limitMs = parseDuration(value);
      return limitMs === undefined || limitMs === 0 ? undefined : limitMs / 1000;
    },
  },
  max_retries: {
    wanted: 'a whole number from 0',
    read: (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined),
  },
  priority: {
    wanted: 'a whole number',
    read: (value) => (Number.isSafeInteger(value) ? value : undefined),
  },
};

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, text]) => /^[A-Za-z_]\w*$/.test(name) && typeof text === 'string')
  );
}

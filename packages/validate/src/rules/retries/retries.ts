import { formatDuration, type RetryPolicy, type TimeLimit } from '@executioner/core';
import type { FindingPlace } from '../findingPlace.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

export const impossibleRetries: Rule = {
  code: 'W703',
  title: 'Retries that can never happen',
  severity: 'warning',
  explanation:
    'The job has retries, and no failure leads to one: both "retry_on_status" and "retry_on_exit_codes" are empty, or hold nothing but exit code 0, which is no failure.',
  remedy: 'Name the failures that are worth another try, or set "max_retries" to 0.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 3\n    retry_on_status: []\n    retry_on_exit_codes: []\n',
    mended:
      'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 3\n    retry_on_status: []\n    retry_on_exit_codes: [75]\n',
  },
  check(subject, report) {
    const look = (job: JobSubject): void => {
      const { retry, id } = job.job;
      if (retry.maxRetries === 0 || retry.onStatus.length > 0) return;
      if (retry.onExitCodes.some(isExitCode)) return;
      report({
        message: `job "${id}" has ${retry.maxRetries} ${retry.maxRetries === 1 ? 'retry' : 'retries'}, and no failure leads to one`,
        place: placeOf(job, subject, 'max_retries'),
        job: id,
        hint: 'name failures in "retry_on_status" or "retry_on_exit_codes", or set "max_retries" to 0',
      });
    };
    return { job: look };
  },
};

export const retrySettingsWithoutEffect: Rule = {
  code: 'I704',
  title: 'Retry settings without retries',
  severity: 'info',
  explanation:
    'The job says how it is tried again, and is never tried again: "max_retries" is 0, which is the default.',
  remedy: 'Set "max_retries", or remove the other settings.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    retry_delay: 10s\n',
    mended:
      'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 2\n    retry_delay: 10s\n',
  },
  check(subject, report) {
    // Jobs that say nothing of retries share the policy of their file.
    let shared: RetryPolicy | undefined;
    const look = (job: JobSubject): void => {
      const { retry } = job.job;
      if (retry.maxRetries > 0 || retry === shared) return;
      shared = retry;
      // A template may hold the settings for those of its jobs that have retries: the job itself is looked at.
      const own = subject.writtenJob(job.job);
      const key = retryKeys.find((candidate) => Object.hasOwn(own, candidate));
      if (key === undefined) return;
      report({
        message: `"${key}" has no effect: job "${job.job.id}" has no retries`,
        place: { ...job.place(key), part: 'key' },
        job: job.job.id,
        hint: 'set "max_retries", or remove it',
      });
    };
    return { job: look };
  },
};

export const retryTimeTooShort: Rule = {
  code: 'W705',
  title: 'Too little time for the retries',
  severity: 'warning',
  explanation:
    'No retry starts later than "max_retry_time" after the first try began. The waits alone (delay × backoff, once for each retry) take longer than that, so that the last retries, or all of them, can never happen however fast the job fails.',
  remedy: 'Raise "max_retry_time", or lower "retry_delay", "retry_backoff" or "max_retries".',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 5\n    retry_delay: 10m\n    max_retry_time: 1h\n',
    mended:
      'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 5\n    retry_delay: 1m\n    max_retry_time: 1h\n',
  },
  check(subject, report) {
    const look = (job: JobSubject): void => {
      const { retry, id } = job.job;
      if (retry.maxRetries === 0) return;
      const possible = possibleRetries(retry);
      if (possible === retry.maxRetries) return;
      const limit = formatDuration(retry.maxRetryTimeMs);
      report({
        message:
          possible === 0
            ? `job "${id}" can never be tried again: the first wait is longer than its "max_retry_time" of ${limit}`
            : `only ${possible} of the ${retry.maxRetries} retries of job "${id}" can happen within its "max_retry_time" of ${limit}`,
        place: placeOf(job, subject, 'max_retry_time', 'max_retries', 'retry_delay'),
        job: id,
        hint: 'raise "max_retry_time", or lower "retry_delay", "retry_backoff" or "max_retries"',
      });
    };
    return { job: look };
  },
};

export const limitThatNeverFires: Rule = {
  code: 'W706',
  title: 'Limit that can never be reached',
  severity: 'warning',
  explanation:
    'The job is stopped by its "timeout" before its "timeout_warning" or "no_output_timeout" can come, so that they never do anything.',
  remedy: 'Lower the warning or the "no_output_timeout", or raise "timeout".',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n    timeout: 10m\n    timeout_warning: 15m\n',
    mended:
      'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n    timeout: 20m\n    timeout_warning: 15m\n',
  },
  check(subject, report) {
    const look = (job: JobSubject): void => {
      const { id, timeLimit, warnAfter, noOutputTimeoutMs } = job.job;
      if (warnAfter === undefined && noOutputTimeoutMs === undefined) return;
      const limitMs = fixedMs(timeLimit);
      if (limitMs === undefined) return;
      const warnMs = warnAfter && fixedMs(warnAfter);
      for (const [key, ms] of [
        ['timeout_warning', warnMs],
        ['no_output_timeout', noOutputTimeoutMs],
      ] as const) {
        if (ms === undefined || ms < limitMs) continue;
        report({
          message: `"${key}" of job "${id}" (${formatDuration(ms)}) never comes: the job is stopped after ${formatDuration(limitMs)}`,
          place: placeOf(job, subject, key, 'timeout'),
          job: id,
          hint: 'lower it, or raise "timeout"',
        });
      }
    };
    return { job: look };
  },
};

export const estimateAboveLimit: Rule = {
  code: 'W707',
  title: 'Job expected to exceed its limit',
  severity: 'warning',
  explanation:
    'The job is said to take longer ("estimated_duration") than it may ("timeout"), so that it would usually be stopped.',
  remedy: 'Raise "timeout", or correct "estimated_duration".',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n    estimated_duration: 2h\n    timeout: 90m\n',
    mended:
      'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n    estimated_duration: 2h\n    timeout: 3h\n',
  },
  check(subject, report) {
    const look = (job: JobSubject): void => {
      const { id, timeLimit, estimatedDurationMs } = job.job;
      if (estimatedDurationMs === undefined) return;
      const limitMs = fixedMs(timeLimit);
      if (limitMs === undefined || estimatedDurationMs <= limitMs) return;
      report({
        message: `job "${id}" is said to take ${formatDuration(estimatedDurationMs)}, and is stopped after ${formatDuration(limitMs)}`,
        place: job.place('estimated_duration'),
        job: id,
        hint: 'raise "timeout", or correct "estimated_duration"',
        related: subject.says(job.job, 'timeout')
          ? [{ message: 'the limit', place: job.place('timeout') }]
          : [],
      });
    };
    return { job: look };
  },
};

export const impossibleExitCode: Rule = {
  code: 'W708',
  title: 'Retry on success',
  severity: 'warning',
  explanation:
    '"retry_on_exit_codes" names 0, with which only a command that succeeded ends. A job that succeeded is not tried again, so the entry does nothing. Jobs with "post_checks" are left out: there it means to try again when a check failed although the command went well.',
  remedy: 'Remove the 0. Exit codes of failures are 1 to 255.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 2\n    retry_on_exit_codes: [0, 1]\n',
    mended:
      'version: 2\njobs:\n  - id: call\n    description: Calls the service\n    command: "true"\n    max_retries: 2\n    retry_on_exit_codes: [1]\n',
  },
  check(subject, report) {
    const look = (job: JobSubject): void => {
      const { id, retry, postChecks } = job.job;
      if (retry.onExitCodes.length === 0) return;
      const index = retry.onExitCodes.indexOf(0);
      // With a check after the command it may be meant: the check failed although the command went well.
      if (index === -1 || postChecks.length > 0 || !subject.says(job.job, 'retry_on_exit_codes')) return;
      report({
        message: `job "${id}" is tried again on exit code 0, which is success`,
        place: job.place('retry_on_exit_codes', index),
        job: id,
        hint: 'remove it: exit codes of failures are 1 to 255',
      });
    };
    return { job: look };
  },
};

const retryKeys = [
  'retry_delay',
  'retry_backoff',
  'retry_jitter',
  'max_retry_time',
  'retry_on_status',
  'retry_on_exit_codes',
];

function isExitCode(code: number): boolean {
  return code >= 1 && code <= 255;
}

/** The first of the keys that the job says itself, else its default at the top, else the job. */
function placeOf(job: JobSubject, subject: Subject, ...keys: readonly string[]): FindingPlace {
  for (const key of keys) {
    if (subject.says(job.job, key)) return job.place(key);
    if (subject.written(`default_${key}`) !== undefined) return subject.setting(`default_${key}`);
  }
  return { origin: job.job.origin };
}

/** How many retries can start even if every try fails at once; the jitter counted in their favour. */
function possibleRetries({ maxRetries, delayMs, backoff, jitter, maxRetryTimeMs }: RetryPolicy): number {
  let elapsedMs = 0;
  for (let retry = 0; retry < maxRetries; retry++) {
    elapsedMs += delayMs * backoff ** retry * Math.max(0, 1 - jitter);
    if (elapsedMs > maxRetryTimeMs) return retry;
    // Waits that do not grow any more fit as they fit now.
    if (retry > 10_000) return maxRetries;
  }
  return maxRetries;
}

function fixedMs(limit: TimeLimit): number | undefined {
  return limit.kind === 'fixed' ? limit.limitMs : undefined;
}

import { constants } from 'node:os';
import { type Job, outcomes } from '@executioner/core';
import type { JobEvent, Outcome, ProcessEnd } from '../journal/index.ts';
import { forRun, type Sentence } from './logLine.ts';
import type { TryMemory } from './memory.ts';

type OfJob<Type extends JobEvent['type']> = Extract<JobEvent<string>, { type: Type }>;

/** The job log's last line about a try. */
export function exitSentence(job: string, end: ProcessEnd): string {
  if (end.exit_code === 0) return `Job ${job}: SUCCESS`;
  const name = end.signal === undefined ? '' : ` (${end.signal})`;
  return `Job ${job}: FAILED with exit code ${exitCode(end)}${name}`;
}

/** A try that will be repeated. */
export function retryingSentences(
  event: OfJob<'job.retrying'>,
  job: Job | undefined,
  latest: TryMemory,
): Sentence[] {
  const delay = (event.delay_ms / 1000).toFixed(1);
  const retries = job?.retry.maxRetries ?? 0;
  return [
    ...postCheckSentence(event.job, event.status, latest),
    forRun('INFO', `Will retry job ${event.job} in ${delay} seconds (attempt ${event.try}/${retries})`),
  ];
}

/** The end of a job: how it went, why there is no further try, and that the run goes on all the same. */
export function finishedSentences(
  event: OfJob<'job.finished'>,
  job: Job | undefined,
  latest: TryMemory,
  continues: boolean,
): Sentence[] {
  const { job: id, status, reason } = event;
  if (reason === 'marked') return [];
  if (status === 'succeeded') {
    return [forRun('INFO', `Job '${id}' completed successfully in ${seconds(latest)} seconds`)];
  }
  if (status === 'cancelled') return [forRun('WARNING', `Job ${id} was cancelled.`)];
  const verdict =
    status === 'precheck_failed'
      ? [forRun('ERROR', `Pre-checks failed for job ${id}. Skipping job execution.`)]
      : [...postCheckSentence(id, status, latest), lastTry(event, job, latest)];
  const goesOn = continues || job?.allowFailure === true;
  return goesOn ? [...verdict, forRun('WARNING', `Job ${id} failed but continuing.`)] : verdict;
}

function postCheckSentence(id: string, status: Outcome, latest: TryMemory): Sentence[] {
  if (status !== 'postcheck_failed') return [];
  return [forRun('ERROR', `Job ${id} failed post-checks after ${seconds(latest)} seconds.`)];
}

function seconds({ startedAtM, endedAtM }: TryMemory): string {
  return (Math.max(0, endedAtM - startedAtM) / 1000).toFixed(2);
}

/** Why there is no further try. */
function lastTry(
  { job: id, status, tries, duration_ms }: OfJob<'job.finished'>,
  job: Job | undefined,
  latest: TryMemory,
): Sentence {
  const retry = job?.retry;
  const exhausted = forRun('ERROR', `Job ${id} failed after ${tries} attempts.`);
  if (retry === undefined || tries > retry.maxRetries) return exhausted;
  const name = outcomes[status].v1Name;
  const code = tryCode(status, latest);
  if (!retry.onStatus.some((one) => one === name) && !retry.onExitCodes.includes(code)) {
    return forRun(
      'ERROR',
      `Job ${id} failed with status '${name}' and exit code ${code}. No retry conditions met.`,
    );
  }
  if (duration_ms <= retry.maxRetryTimeMs) return exhausted;
  const limit = retry.maxRetryTimeMs / 1000;
  return forRun('WARNING', `Job ${id} exceeded maximum retry time of ${limit}s after ${tries} attempts.`);
}

/** The exit code as logs always wrote it: −1 after a time limit, −2 for a failed start. */
function tryCode(status: Outcome, { end }: TryMemory): number {
  if (status === 'timed_out') return -1;
  return end === undefined ? -2 : exitCode(end);
}

/** A signal counts as its negative number. */
function exitCode({ exit_code = 0, signal }: ProcessEnd): number {
  return signal === undefined ? exit_code : -(constants.signals[signal as NodeJS.Signals] ?? 0);
}

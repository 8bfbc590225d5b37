import { constants } from 'node:os';
import type { ProcessEnd } from '../journal/index.ts';
import type { FailedCheck, FailedJob } from './summary.ts';

/** What kind of trouble a job's failure is. */
export type FailureCategory = 'failure' | 'time limit' | 'check' | 'engine error';

/** `engine error`: not the command's doing, but that it could not be started, or that nobody saw its end. */
export function failureCategory({ status }: FailedJob): FailureCategory {
  switch (status) {
    case 'timed_out':
      return 'time limit';
    case 'precheck_failed':
    case 'postcheck_failed':
      return 'check';
    case 'errored':
    case 'unknown':
      return 'engine error';
    default:
      return 'failure';
  }
}

/** Why a job failed, as one sentence without a final full stop: the kind of failure first, then what is known of it. */
export function describeFailure(job: FailedJob): string {
  return job.reason === 'allowed' ? `${whatHappened(job)}; it is allowed to fail` : whatHappened(job);
}

function whatHappened(job: FailedJob): string {
  const effort = `${job.tries === 1 ? '1 try' : `${job.tries} tries`}, ${seconds(job.durationMs)}`;
  switch (job.status) {
    case 'precheck_failed':
      return `pre-check failed${checkText(job.check)}`;
    case 'postcheck_failed':
      return `post-check failed${checkText(job.check)} (${effort})`;
    case 'timed_out':
      return `${overtime(job)}${endText(job.end, ', ended by')} (${effort})`;
    case 'errored':
      if (job.reason === 'lock') return lockTrouble(job, effort);
      return `could not be started: ${job.startError?.message ?? 'no reason known'} (${effort})`;
    case 'unknown':
      return `nobody can say how it ended (${effort})`;
    default:
      return `failed with ${endText(job.end, '') || 'an unknown end'} (${effort})`;
  }
}

function overtime({ stoppedFor, limitMs = 0, silenceLimitMs }: FailedJob): string {
  const silence = silenceLimitMs === undefined ? 'too long' : `more than ${seconds(silenceLimitMs)}`;
  return stoppedFor === 'no_output'
    ? `timed out, silent for ${silence}`
    : `timed out, limit ${seconds(limitMs)}`;
}

function lockTrouble({ stoppedFor }: FailedJob, effort: string): string {
  return stoppedFor === 'lock_lost' ? `ended when it lost its lock (${effort})` : 'could not take its locks';
}

function checkText(check: FailedCheck | undefined): string {
  if (check === undefined) return '';
  return check.message === undefined ? `: ${check.name}` : `: ${check.name}: ${check.message}`;
}

function endText(end: ProcessEnd | undefined, prefix: string): string {
  if (end?.signal !== undefined) return `${prefix}${prefix === '' ? 'signal ' : ' '}${end.signal}`;
  if (end?.exit_code !== undefined && prefix === '')
    return `exit code ${end.exit_code}${meaning(end.exit_code)}`;
  return '';
}

/** What a shell means by an exit code of its own. */
function meaning(exitCode: number): string {
  if (exitCode === 126) return ', the command cannot be executed';
  if (exitCode === 127) return ', the command was not found';
  const [name] = Object.entries(constants.signals).find(([, number]) => exitCode === 128 + number) ?? [];
  return name === undefined ? '' : `, as after ${name}`;
}

function seconds(durationMs: number): string {
  return `${Number((durationMs / 1000).toFixed(2))} s`;
}

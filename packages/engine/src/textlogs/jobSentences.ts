import type { Envelope, JobEvent } from '../journal/index.ts';
import { checkSentences } from './checkSentences.ts';
import { exitSentence, finishedSentences, retryingSentences } from './endings.ts';
import { forJob, forRun, type Sentence } from './logLine.ts';
import { type LogMemory, latestTry } from './memory.ts';

type OfJob<Type extends JobEvent['type']> = Extract<JobEvent<string>, { type: Type }>;

/** What the logs say about an event of a job. */
export function jobSentences(event: Envelope & JobEvent<string>, memory: LogMemory): Sentence[] {
  const id = event.job;
  const job = memory.jobs.get(id);
  switch (event.type) {
    case 'check.started':
      return announcement(id, memory);
    case 'check.finished':
      return checkSentences(event, job);
    case 'job.starting':
      return starting(event, memory);
    case 'job.adopted':
      memory.active.add(id);
      Object.assign(latestTry(memory, id), {
        startedAtM: event.m - event.age_ms,
        overTime: false,
        end: undefined,
      });
      return [];
    case 'job.warning':
      return [forRun('WARNING', slowness(event))];
    case 'job.signalled':
      return signalled(event, memory);
    case 'job.exited':
      return exited(event, memory);
    case 'job.failed_to_start':
      latestTry(memory, id).endedAtM = event.m;
      return [forJob('ERROR', `Exception during command execution: ${event.error.message}`)];
    case 'job.lost':
      return [forJob('ERROR', `Job ${id}: nobody can say how it ended`)];
    case 'job.leftover':
      return [forJob('WARNING', `Job ${id} left processes behind: ${event.pids.join(', ')}`)];
    case 'job.retrying':
      return retryingSentences(event, job, latestTry(memory, id));
    case 'job.finished':
      memory.active.delete(id);
      if (event.status === 'succeeded') memory.fine.add(id);
      if (event.status !== 'cancelled') memory.notCompleted.delete(id);
      return finishedSentences(event, job, latestTry(memory, id), memory.continues);
    case 'job.skipped':
      return skipped(event, memory);
    case 'job.kept':
      memory.notCompleted.delete(id);
      return [
        forRun(
          'INFO',
          event.status === 'succeeded'
            ? `Skipping previously successful job: ${id}`
            : `Skipping job ${id}, which ended ${event.status} before`,
        ),
      ];
    case 'job.marked':
      return [forRun('INFO', `Marked job ${id} as SUCCESS for run ${event.run}`)];
    case 'job.modified':
      remember(event, memory);
      return [forRun('INFO', `Job ${id} was changed by ${event.by}: ${Object.keys(event.patch).join(', ')}`)];
    case 'job.reset':
      memory.notCompleted.add(id);
      return [forRun('INFO', `Job ${id} was opened again by ${event.by}`)];
    case 'job.held':
      return [forRun('INFO', `Job ${id} is held by ${event.by}`)];
    case 'job.released':
      return [forRun('INFO', `Job ${id} was released by ${event.by}`)];
    case 'job.approving':
      return [forRun('INFO', `Job ${id} waits for approval`)];
    case 'job.approved':
      return [forRun('INFO', `Job ${id} was approved by ${event.by}`)];
    default:
      return [];
  }
}

function remember({ job: id, patch }: OfJob<'job.modified'>, { jobs }: LogMemory): void {
  const job = jobs.get(id);
  const { command, max_retries: maxRetries } = patch;
  if (job === undefined) return;
  jobs.set(id, {
    ...job,
    ...(typeof command === 'string' ? { command } : {}),
    ...(typeof maxRetries === 'number' ? { retry: { ...job.retry, maxRetries } } : {}),
  });
}

/** The first sign of life of a job, which may be a check or a start. */
function announcement(id: string, { active, jobs }: LogMemory): Sentence[] {
  if (active.has(id)) return [];
  active.add(id);
  const command = (jobs.get(id)?.command ?? '').trimEnd();
  return [
    forRun('INFO', `Starting job '${id}'`),
    forRun('INFO', `Running job: ${id} Command: ${command}`),
    forJob('INFO', `Executing job - ${id}: ${command}`),
  ];
}

function starting(event: OfJob<'job.starting'>, memory: LogMemory): Sentence[] {
  const announced = announcement(event.job, memory);
  const known = latestTry(memory, event.job);
  Object.assign(known, { startedAtM: event.m, limitMs: event.limit_ms, overTime: false, end: undefined });
  if (event.try === 1) return announced;
  const retries = memory.jobs.get(event.job)?.retry.maxRetries ?? 0;
  return [...announced, forRun('INFO', `Retry attempt ${event.try - 1}/${retries} for job ${event.job}`)];
}

/** A job that waited for a failure which did not happen is not missed. */
function skipped({ job, reason, because }: OfJob<'job.skipped'>, memory: LogMemory): Sentence[] {
  if (reason === 'stopped') return [];
  if (reason === 'dependency' && !memory.fine.has(because ?? '')) return [];
  memory.notCompleted.delete(job);
  memory.fine.add(job);
  return reason === 'dependency' ? [] : [forRun('INFO', `Skipping job ${job} (${reason})`)];
}

function slowness({ job, what, after_ms }: OfJob<'job.warning'>): string {
  const seconds = after_ms / 1000;
  return what === 'slow'
    ? `Job ${job} is still running after ${seconds} seconds`
    : `Job ${job} is over its time limit: ${seconds} seconds so far`;
}

function signalled({ job, why, signal }: OfJob<'job.signalled'>, memory: LogMemory): Sentence[] {
  const known = latestTry(memory, job);
  if (why === 'grace') return [forJob('WARNING', `Job ${job} outlived its grace period and gets ${signal}`)];
  if (why === 'cancel') return [forJob('WARNING', `Job ${job} is stopped with ${signal}`)];
  if (why === 'lock_lost')
    return [forJob('ERROR', `Job ${job} has lost a lock and is stopped with ${signal}`)];
  known.overTime = true;
  const seconds = known.limitMs / 1000;
  const sentence =
    why === 'time_limit'
      ? `Job ${job} timed out after ${seconds} seconds (timeout=${seconds}).`
      : `Job ${job} timed out: it has been silent for too long.`;
  return [forJob('ERROR', sentence), forRun('ERROR', sentence)];
}

function exited({ job, m, end }: OfJob<'job.exited'>, memory: LogMemory): Sentence[] {
  const known = latestTry(memory, job);
  Object.assign(known, { end, endedAtM: m });
  if (known.overTime) return [];
  return [forJob(end.exit_code === 0 ? 'INFO' : 'ERROR', exitSentence(job, end))];
}

import type { Event } from '../journal/event.ts';
import type { Plan } from './plan.ts';
import type { Action } from './types.ts';

/**
 * What must be done once the event is written. Pure; mostly nothing. A `release` may name locks that the job does
 * not hold (any more).
 */
export function actions(event: Event, plan: Plan): Action[] {
  switch (event.type) {
    case 'job.starting':
      return [
        {
          type: 'launch',
          job: event.job,
          round: event.round,
          try: event.try,
          token: event.token,
          limitMs: event.limit_ms,
        },
      ];
    case 'job.signalled':
      return [{ type: 'signal', job: event.job, signal: event.signal }];
    case 'check.started':
      return [{ type: 'check', job: event.job, phase: event.phase, index: event.index }];
    case 'lock.requested':
      return [{ type: 'acquire', job: event.job, locks: event.locks }];
    case 'job.adopted':
      return withLocks('acquire', event.job, plan);
    case 'job.finished':
    case 'job.skipped':
    case 'job.marked':
    case 'job.approving':
      return withLocks('release', event.job, plan);
    case 'job.retrying':
      return plan.sequential ? [] : withLocks('release', event.job, plan);
    case 'run.finished':
      return [{ type: 'notify', event }];
    default:
      return [];
  }
}

function withLocks(type: 'acquire' | 'release', job: number, plan: Plan): Action[] {
  const { locks } = plan.jobs[job]!;
  return locks.length === 0 ? [] : [{ type, job, locks }];
}

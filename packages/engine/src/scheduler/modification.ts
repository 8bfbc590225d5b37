import type { JobEvent } from '../journal/event.ts';
import { joinQueue, leaveQueue } from './capacity.ts';
import type { Plan } from './plan.ts';
import { isQueued, prefer } from './readyQueue.ts';
import type { Modification, State } from './state.ts';

// What people change about single jobs while a run goes on. The plan stays as it is: changes lie over it.

export function limitMsOf(state: Readonly<State>, plan: Plan, job: number): number {
  return state.modified.get(job)?.limitMs ?? plan.limitMs[job]!;
}

export function maxRetriesOf(state: Readonly<State>, plan: Plan, job: number): number {
  return state.modified.get(job)?.maxRetries ?? plan.jobs[job]!.retry.maxRetries;
}

/** Called by `evolve` alone. O(n) for a new priority, else O(1). */
export function modify(
  state: State,
  plan: Plan,
  { job, patch, command_hash, definition_hash }: JobEvent & { readonly type: 'job.modified' },
): void {
  const { timeout, max_retries: maxRetries, priority } = patch;
  const change: Modification = {
    ...(typeof timeout === 'number' ? { limitMs: timeout * 1000 } : {}),
    ...(typeof maxRetries === 'number' ? { maxRetries } : {}),
    ...(command_hash === undefined ? {} : { commandHash: command_hash }),
    ...(definition_hash === undefined ? {} : { definitionHash: definition_hash }),
  };
  state.modified.set(job, { ...state.modified.get(job), ...change });
  if (typeof priority !== 'number') return;
  const wasQueued = isQueued(state.ready, plan, job);
  leaveQueue(state, plan, job);
  prefer(state.ready, plan, job, priority);
  if (wasQueued) joinQueue(state, plan, job);
}

import type { JournalEvent } from './event.ts';
import { applyJobEvent, type JobJournalEvent, reopen } from './foldJob.ts';
import { release } from './occupancy.ts';
import { type AttemptState, emptyRun, type JobState, type RunState } from './runState.ts';
import { unreachable } from './unreachable.ts';

/** Folds the events of a run, of all its attempts in order, into its state. Cost: linear in the events. */
export function fold(events: Iterable<JournalEvent>): RunState {
  const state = emptyRun();
  for (const event of events) applyEvent(state, event);
  return state;
}

/** Applies one more event: changes `state`, in constant time but for a look at the busy workers. */
export function applyEvent(state: RunState, event: JournalEvent): void {
  if (state.attempts.at(-1)?.attempt !== event.attempt) beginAttempt(state, event);
  const attempt = state.attempts.at(-1)!;
  state.nowMs = attempt.startedAtMs + event.m;
  attempt.lastEventAtMs = state.nowMs;
  state.lastSeq = event.seq;
  state.run = event.run;
  if ('round' in event) applyJobEvent(state, jobOf(state, event.job), event);
  else applyRunEvent(state, attempt, event);
}

/** What was going on in the attempt before ended with it, and which of its outcomes still stand is told anew. */
function beginAttempt(state: RunState, event: JournalEvent): void {
  for (const occupancy of state.busy) if (occupancy !== undefined) release(state, occupancy.job);
  const startedAtMs = Date.parse(event.t) - event.m;
  state.attempts.push({ attempt: event.attempt, startedAtMs, lastEventAtMs: startedAtMs });
  state.phase = 'running';
  delete state.outcome;
  delete state.exitCode;
  delete state.stopping;
  for (const job of state.jobs.values()) reopen(job);
}

function applyRunEvent(
  state: RunState,
  attempt: AttemptState,
  event: Exclude<JournalEvent, JobJournalEvent>,
): void {
  switch (event.type) {
    case 'run.started':
      state.application = event.application;
      state.jobCount = event.jobs;
      state.workers = event.workers;
      attempt.workers = event.workers;
      attempt.engine = event.engine;
      if (typeof event.options.file === 'string') attempt.file = event.options.file;
      return;
    case 'run.paused':
      state.phase = 'paused';
      return;
    case 'run.resumed':
      state.phase = 'running';
      return;
    case 'run.changed':
      state.workers = event.workers;
      attempt.workers = event.workers;
      return;
    case 'run.stopping': {
      const { why, by, job } = event;
      state.phase = 'stopping';
      state.stopping = { why, by, ...(job === undefined ? {} : { job }) };
      attempt.stopping ??= state.stopping;
      return;
    }
    case 'run.finished':
      state.phase = 'finished';
      state.outcome = event.outcome;
      state.exitCode = event.exit_code;
      attempt.outcome = event.outcome;
      attempt.exitCode = event.exit_code;
      attempt.endedAtMs = state.nowMs;
      return;
    case 'run.adopted':
      attempt.engine = event.engine;
      return;
    default:
      unreachable(event);
  }
}

/** A new job has all its fields, and never loses one: V8 would make a hash table of it, in place of a record. */
function jobOf(state: RunState, id: string): JobState {
  let job = state.jobs.get(id);
  if (job === undefined) {
    job = {
      id,
      phase: 'waiting',
      attempt: 0,
      round: 0,
      outcome: undefined,
      outcomeAttempt: undefined,
      reason: undefined,
      because: undefined,
      durationMs: undefined,
      startedAtMs: undefined,
      endedAtMs: undefined,
      tries: [],
      checks: [],
      earlierChecks: [],
      held: false,
      leftovers: [],
    };
    state.jobs.set(id, job);
  }
  return job;
}

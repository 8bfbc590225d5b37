import type { Event, JobEvent } from '../journal/event.ts';
import { list, unlist } from './agenda.ts';
import { hold, joinQueue, leaveQueue, letGo } from './capacity.ts';
import { schedule, scheduleRunning } from './deadlines.ts';
import { becomeReady, reconsider } from './dependency.ts';
import { finish, reset } from './ending.ts';
import { modify } from './modification.ts';
import { isFailure, OutcomeNumber, Phase, type PhaseNumber } from './phase.ts';
import { AtStart, type Plan } from './plan.ts';
import { ExitCode, Flag, isPending, NEVER_MS, type State, StopCause, Stopping } from './state.ts';
import { endTry, exit, loseLock, run, signal } from './try.ts';

/**
 * Changes `state` by one event: the only code that does, live and in replay. The cost is that of the event's
 * dependents and O(log n) for the heaps; starting and stopping a run look at every job.
 */
export function evolve(state: State, plan: Plan, event: Event): void {
  if ('job' in event && event.type !== 'run.stopping') {
    unlist(state, event.job!);
    evolveJob(state, plan, event as JobEvent);
    return;
  }
  switch (event.type) {
    case 'run.started':
      startRun(state, plan);
      return;
    case 'run.stopping':
      stopRun(state, plan, Stopping[event.why]);
      if (event.why !== 'failure' && state.signalExitCode === 0)
        state.signalExitCode = exitCodeBySignal[event.by] ?? 0;
      return;
    case 'run.paused':
      state.paused = true;
      return;
    case 'run.resumed':
      state.paused = false;
      return;
    case 'run.changed':
      state.workers = event.workers;
      return;
    case 'run.finished':
      state.finished = true;
      return;
  }
}

function evolveJob(state: State, plan: Plan, event: JobEvent): void {
  const { job } = event;
  switch (event.type) {
    case 'job.starting':
      begin(state, plan, job, Phase.starting, event.m);
      state.try[job] = event.try;
      state.tryStatus[job] = 0;
      state.exitCode[job] = ExitCode.none;
      state.stopCause[job] = StopCause.none;
      return;
    case 'job.started':
      run(state, plan, job, event.m, event.m);
      return;
    case 'job.exited':
      exit(state, job, event.end);
      return;
    case 'job.finished':
      if (isFailure(OutcomeNumber[event.status]) && plan.allowFailure[job] === 0 && state.failedJob === -1)
        state.failedJob = job;
      finish(state, plan, job, event.status, event.reason);
      return;
    case 'job.skipped':
      finish(state, plan, job, 'skipped', event.reason);
      return;
    case 'job.kept':
      finish(state, plan, job, event.status, event.reason);
      return;
    case 'job.marked':
      finish(state, plan, job, 'succeeded', 'marked');
      return;
    case 'job.failed_to_start':
      endTry(state, job, OutcomeNumber.errored);
      return;
    case 'job.lost':
      endTry(state, job, OutcomeNumber.unknown);
      return;
    case 'job.retrying':
      if (!plan.sequential) letGo(state, plan, job);
      state.phase[job] = Phase.retrying;
      schedule(state, job, event.m + event.delay_ms);
      return;
    case 'job.due':
      // An adopted job may find that a dependency runs again in this attempt: it waits for it, without a worker.
      reconsider(state, plan, job);
      if (state.phase[job] === Phase.waiting) letGo(state, plan, job);
      return;
    case 'check.started':
      if (event.index === 0) state.checksPassed[job] = 0;
      begin(state, plan, job, event.phase === 'pre' ? Phase.checking : Phase.verifying, event.m);
      return;
    case 'check.finished':
      if (event.ok) state.checksPassed[job]!++;
      else state.tryStatus[job] = OutcomeNumber[`${event.phase}check_failed`];
      list(state, job);
      return;
    case 'job.signalled':
      signal(state, plan, event);
      return;
    case 'job.warning':
      state.flags[job]! |= event.what === 'slow' ? Flag.warned : Flag.overLimit;
      scheduleRunning(state, plan, job);
      return;
    case 'job.output':
      state.heardAtMs.set(job, event.m);
      scheduleRunning(state, plan, job);
      return;
    case 'lock.requested':
      state.stopCause[job] = StopCause.none;
      begin(state, plan, job, Phase.locking, event.m);
      return;
    case 'lock.granted':
      state.phase[job] = Phase.checking;
      state.checksPassed[job] = 0;
      list(state, job);
      return;
    case 'lock.lost':
      loseLock(state, job);
      return;
    case 'job.adopted':
      begin(state, plan, job, Phase.running, event.m - event.age_ms);
      state.round[job] = event.round;
      state.try[job] = event.try;
      run(state, plan, job, event.m - event.age_ms, event.m);
      return;
    case 'job.approving':
      awaitApproval(state, plan, job, event.m);
      return;
    case 'job.approved':
      state.flags[job]! |= Flag.approved;
      reconsider(state, plan, job);
      return;
    case 'job.reset':
      reset(state, plan, job, event.round);
      return;
    case 'job.held':
      state.flags[job]! |= Flag.held;
      leaveQueue(state, plan, job);
      return;
    case 'job.released':
      state.flags[job]! &= ~Flag.held;
      if (state.phase[job] === Phase.ready) joinQueue(state, plan, job);
      return;
    case 'job.modified':
      modify(state, plan, event);
      return;
    case 'job.leftover':
      return;
  }
}

function startRun(state: State, plan: Plan): void {
  state.started = true;
  for (let job = 0; job < plan.jobs.length; job++)
    if (state.open[job] === 0 && plan.atStart[job] === AtStart.run) becomeReady(state, plan, job);
}

const exitCodeBySignal: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Lists the jobs that a stop concerns: see `decide` for what becomes of them. */
function stopRun(state: State, plan: Plan, stopping: number): void {
  state.stopping = stopping;
  for (let job = 0; job < plan.jobs.length; job++) {
    const isConcerned = isPending(state, job)
      ? stopping >= Stopping.cancel || plan.cleanup[job] === 0
      : stopping >= Stopping.cancel && isStoppable(state, job, stopping);
    if (isConcerned) list(state, job);
    // Nobody can signal a process that is not there yet: the job is listed again when it is.
    if (stopping >= Stopping.cancel && state.phase[job] === Phase.starting)
      state.stopCause[job] = StopCause.cancel;
  }
}

function isStoppable(state: Readonly<State>, job: number, stopping: number): boolean {
  switch (state.phase[job] as PhaseNumber) {
    case Phase.locking:
    case Phase.checking:
    case Phase.running:
    case Phase.verifying:
      return true;
    case Phase.stopping:
      return stopping === Stopping.kill;
    default:
      return false;
  }
}

/** The job has its turn: from here to its end or its back-off it holds what it needs. */
function begin(state: State, plan: Plan, job: number, phase: PhaseNumber, beganAtMs: number): void {
  hold(state, plan, job);
  state.phase[job] = phase;
  if (state.beganAtMs[job] === NEVER_MS) state.beganAtMs[job] = beganAtMs;
}

function awaitApproval(state: State, plan: Plan, job: number, nowMs: number): void {
  letGo(state, plan, job);
  state.phase[job] = Phase.approving;
  const waitMs = plan.approvalMs.get(job) ?? Number.POSITIVE_INFINITY;
  if (waitMs < Number.POSITIVE_INFINITY) schedule(state, job, nowMs + waitMs);
}

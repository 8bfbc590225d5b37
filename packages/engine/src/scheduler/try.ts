import type { JobEvent, ProcessEnd } from '../journal/event.ts';
import { list } from './agenda.ts';
import { schedule, scheduleRunning, unschedule } from './deadlines.ts';
import { OutcomeNumber, Phase } from './phase.ts';
import type { Plan } from './plan.ts';
import { ExitCode, Flag, NEVER_MS, type State, StopCause } from './state.ts';

// How a try goes, from its process's first moment to its last. Called by `evolve` alone.

/** The process is there. */
export function run(state: State, plan: Plan, job: number, startedAtMs: number, heardAtMs: number): void {
  state.phase[job] = Phase.running;
  state.flags[job]! &= ~(Flag.warned | Flag.overLimit);
  state.startedAtMs[job] = startedAtMs;
  if (plan.noOutputMs[job]! > 0) state.heardAtMs.set(job, heardAtMs);
  scheduleRunning(state, plan, job);
  if (state.stopCause[job] !== StopCause.none) list(state, job);
}

/** The process was sent a signal. */
export function signal(state: State, plan: Plan, event: JobEvent & { readonly type: 'job.signalled' }): void {
  const { job } = event;
  state.phase[job] = Phase.stopping;
  if (event.why === 'cancel') state.stopCause[job] ||= StopCause.cancel;
  else if (event.why === 'lock_lost') state.stopCause[job] ||= StopCause.lock;
  else if (event.why !== 'grace') state.stopCause[job] ||= StopCause.timeLimit;
  if (event.signal === 'SIGKILL') unschedule(state, job);
  else schedule(state, job, event.m + plan.graceMs[job]!);
}

/** Without its lock a job goes no further; one that waits for a retry will ask for the lock again. */
export function loseLock(state: State, job: number): void {
  const phase = state.phase[job];
  if (phase === Phase.stopping) return;
  state.stopCause[job] = StopCause.lock;
  if (phase === Phase.locking || phase === Phase.checking || phase === Phase.running) list(state, job);
}

/** The process has ended. */
export function exit(state: State, job: number, end: ProcessEnd): void {
  const stopCause = state.stopCause[job]!;
  state.exitCode[job] = exitCodeOf(end, stopCause);
  endTry(state, job, statusOf(end, stopCause));
}

/** The try is over, in one way or another; the verdict is to be decided. */
export function endTry(state: State, job: number, status: number): void {
  state.phase[job] = Phase.verifying;
  state.tryStatus[job] = status;
  state.checksPassed[job] = 0;
  state.startedAtMs[job] = NEVER_MS;
  state.heardAtMs.delete(job);
  unschedule(state, job);
  list(state, job);
}

function statusOf(end: ProcessEnd, stopCause: number): number {
  if (stopCause === StopCause.timeLimit) return OutcomeNumber.timed_out;
  if (stopCause === StopCause.cancel) return OutcomeNumber.cancelled;
  if (stopCause === StopCause.lock) return OutcomeNumber.errored;
  return end.exit_code === 0 ? OutcomeNumber.succeeded : OutcomeNumber.failed;
}

function exitCodeOf(end: ProcessEnd, stopCause: number): number {
  if (stopCause === StopCause.timeLimit) return ExitCode.timeout;
  return stopCause === StopCause.none && end.exit_code !== undefined ? end.exit_code : ExitCode.none;
}

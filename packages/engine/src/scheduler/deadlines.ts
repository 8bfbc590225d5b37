import { push, remove, reorder } from './indexedHeap.ts';
import { limitMsOf } from './modification.ts';
import { Phase } from './phase.ts';
import type { Plan } from './plan.ts';
import { Flag, hasFlag, type State } from './state.ts';

// Every job has at most one entry in the heap of deadlines: the next moment at which something must happen to
// it if nothing is heard before. What that is follows from its phase: in back-off the retry, in approval the
// end of patience, after SIGTERM the end of grace, and for a running job the nearest of the three below.

/** What the earliest deadline of a running job is about. */
export type RunningDeadline = 'limit' | 'silence' | 'slow';

export function schedule(state: State, job: number, atMs: number): void {
  const { deadlines } = state;
  deadlines.keys[job] = atMs;
  if (deadlines.place[job] === -1) push(deadlines, job);
  else reorder(deadlines, job);
}

export function unschedule(state: State, job: number): void {
  if (state.deadlines.place[job] !== -1) remove(state.deadlines, job);
}

/** Sets the deadline of a running job to the nearest of those that still concern it. */
export function scheduleRunning(state: State, plan: Plan, job: number): void {
  const atMs = Math.min(
    limitAtMs(state, plan, job),
    silenceAtMs(state, plan, job),
    slowAtMs(state, plan, job),
  );
  if (atMs === Number.POSITIVE_INFINITY) unschedule(state, job);
  else schedule(state, job, atMs);
}

/** Which deadline of a running job has passed, the gravest first. */
export function passedDeadline(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  nowMs: number,
): RunningDeadline | undefined {
  if (limitAtMs(state, plan, job) <= nowMs) return 'limit';
  if (silenceAtMs(state, plan, job) <= nowMs) return 'silence';
  if (slowAtMs(state, plan, job) <= nowMs) return 'slow';
  return undefined;
}

/** Whether output heard now is worth an event: it would move the end of patience by a twentieth at least. */
export function isOutputNews(state: Readonly<State>, plan: Plan, job: number, nowMs: number): boolean {
  if (state.phase[job] !== Phase.running || plan.noOutputMs[job] === 0) return false;
  return nowMs - (state.heardAtMs.get(job) ?? 0) >= hearingStepMs(plan, job);
}

function limitAtMs(state: Readonly<State>, plan: Plan, job: number): number {
  if (hasFlag(state, job, Flag.overLimit)) return Number.POSITIVE_INFINITY;
  return state.startedAtMs[job]! + limitMsOf(state, plan, job);
}

/** Output is recorded in steps, so that a talkative job fills no journal; silence may last a step longer. */
function silenceAtMs(state: Readonly<State>, plan: Plan, job: number): number {
  const heardAtMs = state.heardAtMs.get(job);
  return heardAtMs === undefined
    ? Number.POSITIVE_INFINITY
    : heardAtMs + plan.noOutputMs[job]! + hearingStepMs(plan, job);
}

function slowAtMs(state: Readonly<State>, plan: Plan, job: number): number {
  if (plan.warnMs[job] === 0 || hasFlag(state, job, Flag.warned)) return Number.POSITIVE_INFINITY;
  return state.startedAtMs[job]! + plan.warnMs[job]!;
}

function hearingStepMs(plan: Plan, job: number): number {
  return Math.ceil(plan.noOutputMs[job]! / 20);
}

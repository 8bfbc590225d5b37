import { Dag, remainingCriticalPath } from '@executioner/core';
import { simulate } from '../drivers/index.ts';
import { Phase, type Plan, type State } from '../scheduler/index.ts';

/** How long a run will still take. */
export interface Forecast {
  readonly remainingMs: number;
  /** It may well take longer: somebody's duration is a guess, or a job has outlived its estimate. */
  readonly atLeast: boolean;
}

export interface ForecastOptions {
  /** The time in which the state counts. */
  readonly nowMs: number;
  /** What jobs without an estimate are thought to take. Default: what the plan guesses. */
  readonly guessMs?: number | undefined;
}

/** Up to so many open jobs the rest of the run is played through; more are reckoned up. */
const playedThroughMax = 5000;

/**
 * Forecasts the end of a run from where it stands: by a virtual run, or for thousands of open jobs by the larger of the
 * longest chain and the work divided among the workers (Graham 1969). Undefined when nothing is known of any duration,
 * or when the run waits for a person. O(n) and a virtual run of at most 5,000 jobs; with more, O(n + m) the first time.
 */
export function forecast(
  plan: Plan,
  state: Readonly<State>,
  { nowMs, guessMs }: ForecastOptions,
): Forecast | undefined {
  if (state.paused || (guessMs === undefined && plan.guessed.every((guessed) => guessed === 1)))
    return undefined;
  const durationMs = (job: number) => expectedMs(plan, job, guessMs);
  const remainingMs =
    state.openJobs <= playedThroughMax
      ? playedThrough(plan, state, nowMs, durationMs)
      : reckonedUp(plan, state, nowMs, durationMs);
  if (remainingMs === undefined) return undefined;
  return { remainingMs, atLeast: isOptimistic(plan, state, nowMs, durationMs) };
}

/** No job outlives a limit that is enforced. */
function expectedMs(plan: Plan, job: number, guessMs: number | undefined): number {
  const estimateMs = plan.guessed[job] === 1 && guessMs !== undefined ? guessMs : plan.estimateMs[job]!;
  return plan.timeLimits === 'enforce' ? Math.min(estimateMs, plan.limitMs[job]!) : estimateMs;
}

function playedThrough(
  plan: Plan,
  state: Readonly<State>,
  nowMs: number,
  durationMs: (job: number) => number,
): number | undefined {
  const end = simulate(plan, { from: { state, nowMs }, durationMs, collect: false });
  return end.state.finished ? end.makespanMs : undefined;
}

function reckonedUp(
  plan: Plan,
  state: Readonly<State>,
  nowMs: number,
  durationMs: (job: number) => number,
): number {
  const chains = longestChains(plan);
  let workMs = 0;
  let longestMs = 0;
  for (let job = 0; job < plan.jobs.length; job++) {
    if (state.phase[job] === Phase.done) continue;
    const passedMs = Math.min(durationMs(job), runningForMs(state, job, nowMs));
    workMs += durationMs(job) - passedMs;
    longestMs = Math.max(longestMs, chains[job]! - passedMs);
  }
  return Math.max(workMs / Math.max(1, state.workers), longestMs);
}

const chainsByPlan = new WeakMap<Plan, Float64Array>();

function longestChains(plan: Plan): Float64Array {
  let chains = chainsByPlan.get(plan);
  if (chains === undefined) {
    chains = remainingCriticalPath(Dag.from(plan.jobs), plan.estimateMs);
    chainsByPlan.set(plan, chains);
  }
  return chains;
}

function isOptimistic(
  plan: Plan,
  state: Readonly<State>,
  nowMs: number,
  durationMs: (job: number) => number,
): boolean {
  for (let job = 0; job < plan.jobs.length; job++) {
    if (state.phase[job] === Phase.done) continue;
    if (plan.guessed[job] === 1 || runningForMs(state, job, nowMs) > durationMs(job)) return true;
  }
  return false;
}

function runningForMs(state: Readonly<State>, job: number, nowMs: number): number {
  return state.phase[job] === Phase.running ? nowMs - state.startedAtMs[job]! : 0;
}

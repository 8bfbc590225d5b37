import type { Outcome, OutcomeReason } from '../journal/event.ts';
import { letGo } from './capacity.ts';
import { unschedule } from './deadlines.ts';
import { reconsider, resolveDependents } from './dependency.ts';
import { OutcomeNumber, Phase, ReasonNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { ExitCode, Flag, isPending, NEVER_MS, type State, StopCause } from './state.ts';

// How a job ends, and how it is opened again. Called by `evolve` alone.

/** Gives the job its outcome, frees what it held and tells its dependents. */
export function finish(
  state: State,
  plan: Plan,
  job: number,
  outcome: Outcome,
  reason: OutcomeReason | undefined,
): void {
  letGo(state, plan, job);
  unschedule(state, job);
  state.phase[job] = Phase.done;
  state.outcome[job] = OutcomeNumber[outcome];
  state.reason[job] = reason === undefined ? 0 : ReasonNumber[reason];
  if (reason !== 'dependency') state.because[job] = -1;
  state.openJobs--;
  resolveDependents(state, plan, job);
}

/** Opens a job that is done for another round; dependents that have not begun wait for it again. */
export function reset(state: State, plan: Plan, job: number, round: number): void {
  state.openJobs++;
  state.round[job] = round;
  state.try[job] = 0;
  state.tryStatus[job] = 0;
  state.outcome[job] = 0;
  state.reason[job] = 0;
  state.stopCause[job] = StopCause.none;
  state.exitCode[job] = ExitCode.none;
  state.beganAtMs[job] = NEVER_MS;
  state.flags[job]! &= Flag.held;
  if (state.failedJob === job) state.failedJob = -1;
  reconsider(state, plan, job);
  for (let edge = plan.dependentStart[job]!; edge < plan.dependentStart[job + 1]!; edge++) {
    const dependent = plan.dependent[edge]!;
    if (isPending(state, dependent)) reconsider(state, plan, dependent);
  }
}

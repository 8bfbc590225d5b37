import { list, unlist } from './agenda.ts';
import { joinQueue, leaveQueue } from './capacity.ts';
import { unschedule } from './deadlines.ts';
import { Condition } from './edges.ts';
import { isFailure, OutcomeNumber, Phase, ReasonNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { Flag, hasFlag, type State } from './state.ts';

/** Whether a dependency on a job that is done is met. If not, it can never be met any more. */
export function isMet(when: number, outcome: number, reason: number, allowFailure: boolean): boolean {
  if (when === Condition.always) return true;
  if (when === Condition.failure) return isFailure(outcome);
  if (outcome === OutcomeNumber.skipped)
    return (
      reason === ReasonNumber.requested ||
      reason === ReasonNumber.disabled ||
      reason === ReasonNumber.unchanged
    );
  return outcome === OutcomeNumber.succeeded || (allowFailure && isFailure(outcome));
}

/** Tells the dependents of a job that is done. They become ready, or are listed to be skipped. */
export function resolveDependents(state: State, plan: Plan, job: number): void {
  for (let edge = plan.dependentStart[job]!; edge < plan.dependentStart[job + 1]!; edge++) {
    const dependent = plan.dependent[edge]!;
    if (state.phase[dependent] === Phase.waiting)
      resolve(state, plan, dependent, job, plan.dependentWhen[edge]!);
  }
}

/** Looks anew at all dependencies of a job that has not begun: some of them may be open again. */
export function reconsider(state: State, plan: Plan, job: number): void {
  unlist(state, job);
  leaveQueue(state, plan, job);
  unschedule(state, job);
  state.phase[job] = Phase.waiting;
  state.flags[job]! &= ~Flag.unmeetable;
  state.because[job] = -1;
  const from = plan.dependencyStart[job]!;
  const to = plan.dependencyStart[job + 1]!;
  state.open[job] = to - from;
  if (from === to) becomeReady(state, plan, job);
  for (let edge = from; edge < to; edge++) {
    const dependency = plan.dependency[edge]!;
    if (state.phase[dependency] === Phase.done)
      resolve(state, plan, job, dependency, plan.dependencyWhen[edge]!);
  }
}

/** Moves a job whose dependencies are all met on: into the line, or to a person's approval. */
export function becomeReady(state: State, plan: Plan, job: number): void {
  if (plan.approvalMs.has(job) && !hasFlag(state, job, Flag.approved)) {
    list(state, job);
    return;
  }
  state.phase[job] = Phase.ready;
  joinQueue(state, plan, job);
}

function resolve(state: State, plan: Plan, job: number, dependency: number, when: number): void {
  const allowed = plan.allowFailure[dependency] === 1;
  if (isMet(when, state.outcome[dependency]!, state.reason[dependency]!, allowed)) {
    if (--state.open[job]! === 0) becomeReady(state, plan, job);
  } else if (!hasFlag(state, job, Flag.unmeetable)) {
    state.flags[job]! |= Flag.unmeetable;
    state.because[job] = dependency;
    list(state, job);
  }
}

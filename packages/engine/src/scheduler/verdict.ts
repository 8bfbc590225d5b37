import type { Outcome, RunOutcome } from '../journal/event.ts';
import { isFailure, OutcomeNumber, outcomeName, ReasonNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { type State, Stopping } from './state.ts';

export interface Verdict {
  readonly outcome: RunOutcome;
  /** 0, 1, or 128 + n when signal n stopped the run, also when jobs had failed before. */
  readonly exitCode: number;
  readonly counts: Partial<Record<Outcome, number>>;
}

/**
 * The outcome of a run whose jobs are all done. It failed if a job failed without leave, was cancelled, or
 * never came to its turn because the run stopped. A job skipped for its dependencies adds nothing: what made
 * them unmeetable is judged by itself, and a cleanup that was not needed is no failure. O(n).
 */
export function verdict(state: Readonly<State>, plan: Plan): Verdict {
  const counts: Partial<Record<Outcome, number>> = {};
  let spoiled = false;
  for (let job = 0; job < plan.jobs.length; job++) {
    const outcome = outcomeName(state.outcome[job]!);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    spoiled ||= spoils(state, plan, job);
  }
  if (state.stopping >= Stopping.cancel)
    return { outcome: 'cancelled', exitCode: state.signalExitCode || 1, counts };
  return spoiled ? { outcome: 'failed', exitCode: 1, counts } : { outcome: 'succeeded', exitCode: 0, counts };
}

function spoils(state: Readonly<State>, plan: Plan, job: number): boolean {
  const outcome = state.outcome[job]!;
  if (isFailure(outcome)) return plan.allowFailure[job] === 0;
  if (outcome === OutcomeNumber.skipped) return state.reason[job] === ReasonNumber.stopped;
  return outcome === OutcomeNumber.cancelled;
}

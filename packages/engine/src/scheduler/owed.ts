import { actions } from './actions.ts';
import { startTry } from './decide.ts';
import { Phase, type PhaseNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { Flag, hasFlag, type State } from './state.ts';
import type { Action } from './types.ts';

/**
 * What was begun and is not confirmed: the actions a driver has to see to after a replay, by job number. A
 * `launch` may have happened already: ask the launch records for its fate before performing it. O(n).
 */
export function owed(state: Readonly<State>, plan: Plan): Action[] {
  const owedActions: Action[] = [];
  for (let job = 0; job < plan.jobs.length; job++) owedActions.push(...owedByJob(state, plan, job));
  return owedActions;
}

function owedByJob(state: Readonly<State>, plan: Plan, job: number): Action[] {
  const { locks } = plan.jobs[job]!;
  const acquire: Action[] =
    locks.length > 0 && hasFlag(state, job, Flag.holding) ? [{ type: 'acquire', job, locks }] : [];
  if (hasFlag(state, job, Flag.listed)) return acquire;
  switch (state.phase[job] as PhaseNumber) {
    case Phase.checking:
      return [...acquire, { type: 'check', job, phase: 'pre', index: state.checksPassed[job]! }];
    case Phase.verifying:
      return [...acquire, { type: 'check', job, phase: 'post', index: state.checksPassed[job]! }];
    case Phase.starting:
      return [...acquire, ...actions(startTry(state, plan, job, state.try[job]!, 0), plan)];
    case Phase.stopping: {
      const isInGrace = state.deadlines.place[job] !== -1;
      return [...acquire, { type: 'signal', job, signal: isInGrace ? 'SIGTERM' : 'SIGKILL' }];
    }
    default:
      return acquire;
  }
}

import type { Plan } from './plan.ts';
import type { State } from './state.ts';
import type { Action } from './types.ts';

/** What was begun and is not confirmed: the actions a driver has to see to after a replay, by job number. */
export function owed(_state: Readonly<State>, _plan: Plan): Action[] {
  throw new Error('Internal error: not here yet');
}

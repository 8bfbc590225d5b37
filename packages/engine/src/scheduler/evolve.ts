import type { Event } from '../journal/event.ts';
import type { Plan } from './plan.ts';
import type { State } from './state.ts';

/** Changes `state` by one event: the only code that does, live and in replay. */
export function evolve(_state: State, _plan: Plan, _event: Event): void {
  throw new Error('Internal error: not here yet');
}

import type { Event } from '../journal/event.ts';
import type { Plan } from './plan.ts';
import type { State } from './state.ts';
import type { Input } from './types.ts';

/**
 * Takes one input: returns the events it leads to, in order. On return `state` has evolved over all of them.
 * Write them to the journal, then perform `actions(event, plan)` of each. The same plan and inputs give the
 * same events.
 */
export function step(_state: State, _plan: Plan, _input: Input): Event[] {
  throw new Error('Internal error: not here yet');
}

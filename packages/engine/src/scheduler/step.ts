import type { Event } from '../journal/event.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { Plan } from './plan.ts';
import { respond } from './respond.ts';
import type { State } from './state.ts';
import type { Input } from './types.ts';

/**
 * Takes one input: returns the events it leads to, in order. On return `state` has evolved over all of them.
 * Write them to the journal, then perform `actions(event, plan)` of each. The same plan and inputs give the
 * same events.
 *
 * Each event is decided from the state that the events before it have made, so a replay that evolves over any
 * prefix of them stands exactly where the live run stood.
 */
export function step(state: State, plan: Plan, input: Input): Event[] {
  const events = respond(state, plan, input);
  for (const event of events) evolve(state, plan, event);
  for (;;) {
    const event = decide(state, plan, input.nowMs, input.type === 'tick');
    if (event === undefined) return events;
    evolve(state, plan, event);
    events.push(event);
  }
}

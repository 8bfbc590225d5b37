import type { Plan } from './plan.ts';
import { addReady, dropReady, isQueued, returnPools, takePools } from './readyQueue.ts';
import { Flag, hasFlag, type State } from './state.ts';

/** Gives the job a worker and what else it demands, unless it has them. */
export function hold(state: State, plan: Plan, job: number): void {
  leaveQueue(state, plan, job);
  if (hasFlag(state, job, Flag.holding)) return;
  state.flags[job]! |= Flag.holding;
  state.busyWorkers++;
  takePools(state.ready, plan, job);
}

/** Takes worker and pools from the job, if it has them. */
export function letGo(state: State, plan: Plan, job: number): void {
  leaveQueue(state, plan, job);
  if (!hasFlag(state, job, Flag.holding)) return;
  state.flags[job]! &= ~Flag.holding;
  state.busyWorkers--;
  returnPools(state.ready, plan, job);
}

/** Lets a ready job stand in line, behind nobody if it has kept its worker. Held jobs stand aside. */
export function joinQueue(state: State, plan: Plan, job: number): void {
  if (hasFlag(state, job, Flag.held)) return;
  if (hasFlag(state, job, Flag.holding)) state.resuming.push(job);
  else addReady(state.ready, plan, job);
}

/** Takes a job out of the line, if it stands there. */
export function leaveQueue(state: State, plan: Plan, job: number): void {
  if (isQueued(state.ready, plan, job)) dropReady(state.ready, plan, job);
  const at = state.resuming.indexOf(job);
  if (at !== -1) state.resuming.splice(at, 1);
}

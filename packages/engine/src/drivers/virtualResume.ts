import { owed, Phase, type Plan, type State } from '../scheduler/index.ts';
import type { SimulationOptions } from './simulation.ts';
import { type Arrivals, expectArrival } from './virtualArrivals.ts';

/** Notes what a run that is under way waits for: its running jobs end when they would have, answers come now. */
export function resumeArrivals(
  arrivals: Arrivals,
  state: Readonly<State>,
  plan: Plan,
  nowMs: number,
  options: SimulationOptions,
): void {
  for (const action of owed(state, plan)) {
    if (action.type === 'launch') expectArrival(arrivals, action.job, { type: 'launched' }, nowMs);
    else if (action.type === 'check') expectArrival(arrivals, action.job, action, nowMs);
    else if (action.type === 'acquire' && state.phase[action.job] === Phase.locking)
      expectArrival(arrivals, action.job, { type: 'lock' }, nowMs);
  }
  for (let job = 0; job < plan.jobs.length; job++) {
    if (state.phase[job] === Phase.stopping)
      expectArrival(arrivals, job, { type: 'killed', signal: 'SIGTERM' }, nowMs);
    if (state.phase[job] !== Phase.running) continue;
    const durationMs = options.durationMs?.(job, state.try[job]!) ?? plan.estimateMs[job]!;
    expectArrival(arrivals, job, { type: 'exit' }, Math.max(nowMs, state.startedAtMs[job]! + durationMs));
  }
}

import type { EngineIdentity, Event } from '../journal/event.ts';
import {
  type Action,
  actions,
  cloneState,
  type Inheritance,
  type Input,
  initialState,
  Phase,
  type Plan,
  type State,
  step,
  wakeAtMs,
} from '../scheduler/index.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';
import { type Arrivals, emptyArrivals, expectArrival, firstArrival, takeArrival } from './virtualArrivals.ts';
import { resumeArrivals } from './virtualResume.ts';

/**
 * Runs a plan in virtual time: the same scheduler as a real run, with no waiting, no processes and no chance.
 * What happens at one instant happens in the order (time, job, try). A discrete-event simulation; O(log n) an
 * event.
 */
export function simulate(plan: Plan, options: SimulationOptions = {}): Simulation {
  const { from, commands = [], collect = true, onEvent } = options;
  const state = from === undefined ? initialState(plan) : cloneState(from.state);
  const arrivals = emptyArrivals(plan);
  const events: Event[] = [];
  let nowMs = from?.nowMs ?? 0;
  let transitions = 0;
  let nextCommand = 0;

  const take = (input: Input): void => {
    for (const event of step(state, plan, input)) {
      transitions++;
      if (collect) events.push(event);
      onEvent?.(event);
      foresee(event);
    }
  };
  const foresee = (event: Event): void => {
    if (event.type === 'job.started' || event.type === 'job.adopted')
      expectExit(arrivals, event.job, nowMs, state, plan, options);
    for (const action of actions(event, plan)) expectAnswer(arrivals, action, nowMs, state, options);
  };

  if (from === undefined) take(startInput(options.inherited));
  else {
    resumeArrivals(arrivals, state, plan, nowMs, options);
    take({ type: 'tick', nowMs });
  }
  const beganAtMs = nowMs;
  for (;;) {
    const arrivesAtMs = firstArrival(arrivals);
    const commandAtMs = commands[nextCommand]?.atMs ?? Number.POSITIVE_INFINITY;
    const wakesAtMs = wakeAtMs(state) ?? Number.POSITIVE_INFINITY;
    const nextMs = Math.min(arrivesAtMs, commandAtMs, wakesAtMs);
    if (nextMs === Number.POSITIVE_INFINITY || state.finished) break;
    nowMs = Math.max(nowMs, nextMs);
    if (commandAtMs <= nowMs) take({ type: 'command', nowMs, command: commands[nextCommand++]!.command });
    else if (arrivesAtMs <= nowMs) take(takeArrival(arrivals, state, nowMs, options));
    else {
      const job = state.deadlines.items[0]!;
      if (options.silent?.(job, state.try[job]!) !== true) take({ type: 'output', nowMs, job });
      take({ type: 'tick', nowMs });
    }
  }
  return { events, makespanMs: nowMs - beganAtMs, transitions, state };
}

const virtualEngine: EngineIdentity = { engine_pid: 0, host: 'virtual', version: '0' };

function startInput(inherited: Inheritance | undefined): Input {
  return {
    type: 'start',
    nowMs: 0,
    application: 'simulation',
    options: {},
    engine: virtualEngine,
    ...(inherited === undefined ? {} : { inherited }),
  };
}

function expectExit(
  arrivals: Arrivals,
  job: number,
  nowMs: number,
  state: State,
  plan: Plan,
  options: SimulationOptions,
): void {
  if (state.phase[job] !== Phase.running && state.phase[job] !== Phase.stopping) return;
  const durationMs = options.durationMs?.(job, state.try[job]!) ?? plan.estimateMs[job]!;
  expectArrival(arrivals, job, { type: 'exit' }, Math.max(nowMs, state.startedAtMs[job]! + durationMs));
}

function expectAnswer(
  arrivals: Arrivals,
  action: Action,
  nowMs: number,
  state: State,
  options: SimulationOptions,
): void {
  switch (action.type) {
    case 'launch':
      expectArrival(arrivals, action.job, { type: 'launched' }, nowMs + (options.launchMs ?? 0));
      return;
    case 'check':
      expectArrival(arrivals, action.job, action, nowMs + (options.checkMs ?? 0));
      return;
    case 'acquire':
      if (state.phase[action.job] !== Phase.locking) return;
      expectArrival(arrivals, action.job, { type: 'lock' }, nowMs);
      return;
    case 'signal': {
      const endingMs =
        action.signal === 'SIGKILL' ? 0 : (options.endingMs?.(action.job, state.try[action.job]!) ?? 0);
      expectArrival(arrivals, action.job, { type: 'killed', signal: action.signal }, nowMs + endingMs);
      return;
    }
    default:
  }
}

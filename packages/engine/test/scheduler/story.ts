import type { Configuration } from '@executioner/core';
import { type Event, withJobIds } from '../../src/index.ts';
import {
  type Command,
  evolve,
  type Fate,
  type Inheritance,
  type Input,
  initialState,
  makePlan,
  type Plan,
  type PlanOptions,
  type State,
  step,
  viewJob,
  wakeAtMs,
} from '../../src/scheduler/index.ts';

type WithoutTime = Input extends infer One ? (One extends Input ? Omit<One, 'nowMs'> : never) : never;

/** A run that a test leads by the hand: it says what happens and reads what the scheduler made of it. */
export interface Story {
  readonly plan: Plan;
  readonly state: State;
  readonly events: Event[];
  /** Lets time pass, with a tick whenever the scheduler asked for one. */
  wait(ms: number): string[];
  started(id: string): string[];
  exits(id: string, code?: number): string[];
  dies(id: string, signal: string): string[];
  fate(id: string, fate: Fate): string[];
  checked(id: string, phase: 'pre' | 'post', index: number, ok: boolean): string[];
  lock(id: string, granted: boolean): string[];
  output(id: string): string[];
  command(kind: Exclude<Command['kind'], 'workers' | 'modify'>, id?: string): string[];
  workers(count: number): string[];
  modify(id: string, patch: Readonly<Record<string, unknown>>): string[];
  /** `job: outcome`, with reason and cause. */
  outcomes(): Record<string, string>;
}

export const engine = { engine_pid: 7, host: 'here', version: '1' };

/** Starts a story. The first events are in `story.events`; every later call returns those it led to, in short. */
export function tell(
  configuration: Configuration,
  options: PlanOptions = {},
  inherited?: Inheritance,
): Story {
  const plan = makePlan(configuration, options);
  const state = initialState(plan);
  const events: Event[] = [];
  let nowMs = 0;

  const take = (input: WithoutTime): string[] => {
    const next = step(state, plan, { ...input, nowMs } as Input);
    events.push(...next);
    return next.map((event) => inShort(event, plan));
  };
  const number = (id: string): number => plan.numberById.get(id)!;

  take({ type: 'start', application: 'test', options: {}, engine, ...(inherited ? { inherited } : {}) });
  return {
    plan,
    state,
    events,
    wait(ms) {
      const told: string[] = [];
      const endMs = nowMs + ms;
      for (let wakeMs = wakeAtMs(state); wakeMs !== undefined && wakeMs <= endMs; wakeMs = wakeAtMs(state)) {
        nowMs = Math.max(nowMs, wakeMs);
        told.push(...take({ type: 'tick' }));
      }
      nowMs = endMs;
      return told;
    },
    started: (id) => take({ type: 'launched', job: number(id), pid: 4000 + number(id) }),
    exits: (id, code = 0) =>
      take({ type: 'fate', job: number(id), fate: { kind: 'exited', end: { exit_code: code } } }),
    dies: (id, signal) => take({ type: 'fate', job: number(id), fate: { kind: 'exited', end: { signal } } }),
    fate: (id, fate) => take({ type: 'fate', job: number(id), fate }),
    checked: (id, phase, index, ok) => take({ type: 'checked', job: number(id), phase, index, ok }),
    lock: (id, granted) => take({ type: 'lock', job: number(id), granted }),
    output: (id) => take({ type: 'output', job: number(id) }),
    command: (kind, id) =>
      take({ type: 'command', command: { kind, by: 'user', ...(id ? { job: number(id) } : {}) } as Command }),
    workers: (workers) => take({ type: 'command', command: { kind: 'workers', workers, by: 'user' } }),
    modify: (id, patch) =>
      take({ type: 'command', command: { kind: 'modify', job: number(id), patch, by: 'user' } }),
    outcomes: () => outcomesOf(state, plan),
  };
}

export function outcomesOf(state: State, plan: Plan): Record<string, string> {
  return Object.fromEntries(
    plan.ids.map((id, job) => {
      const { phase, outcome, reason, because } = viewJob(state, job);
      const cause = because === undefined ? '' : ` ${plan.ids[because]}`;
      return [id, outcome === undefined ? phase : outcome + (reason ? ` (${reason}${cause})` : '')];
    }),
  );
}

/** The state that a replay of the events gives. */
export function replay(events: readonly Event[], plan: Plan): State {
  const state = initialState(plan);
  for (const event of events) evolve(state, plan, event);
  return state;
}

/** `12s job.finished a failed`: time, type, job and what else tells events of one type apart. */
export function inShort(event: Event, plan: Plan): string {
  const named = withJobIds(event, plan) as unknown as Record<string, unknown>;
  const telling = [
    'status',
    'reason',
    'because',
    'signal',
    'why',
    'what',
    'phase',
    'index',
    'ok',
    'delay_ms',
  ];
  const details = telling.filter((key) => named[key] !== undefined).map((key) => named[key]);
  const job = event.type === 'run.stopping' ? [] : [named.job];
  const workers = event.type === 'run.changed' ? [event.workers] : [];
  const end = event.type === 'run.finished' ? [event.outcome, event.exit_code] : [];
  const tryNumber = event.type === 'job.starting' && event.try > 1 ? [`try ${event.try}`] : [];
  return [`${event.m / 1000}s`, event.type, ...job, ...tryNumber, ...details, ...workers, ...end]
    .filter((part) => part !== undefined)
    .join(' ');
}

export function story(events: readonly Event[], plan: Plan): string[] {
  return events.map((event) => inShort(event, plan));
}

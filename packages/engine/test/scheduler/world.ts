import type { Event } from '../../src/index.ts';
import {
  type Action,
  actions,
  type Command,
  type Fate,
  type Inheritance,
  type Input,
  initialState,
  Phase,
  type Plan,
  type State,
  step,
  wakeAtMs,
} from '../../src/scheduler/index.ts';
import { engine } from './story.ts';

/** How unkind a random world is. Chances are out of a hundred. */
export interface Temper {
  readonly commands: number;
  readonly nonsense: number;
  readonly failures: number;
  /** Starts that fail or never happen, lost jobs, refused and lost locks. */
  readonly faults: number;
}

export const calm: Temper = { commands: 0, nonsense: 0, failures: 30, faults: 0 };
export const wild: Temper = { commands: 12, nonsense: 8, failures: 35, faults: 8 };

/** What a world did: every input, and the events that each of them led to. */
export interface Life {
  readonly state: State;
  readonly inputs: readonly Input[];
  readonly events: readonly Event[];
}

export interface WorldOptions {
  readonly seed: number;
  readonly temper: Temper;
  readonly inherited?: Inheritance;
  /** Says how a try ends, where that must not depend on chance. */
  readonly exitCode?: (job: number, tryNumber: number) => number;
  /** Called after each input with the events it led to. */
  readonly watch?: (state: State, events: readonly Event[], input: Input) => void;
}

const STEPS_MAX = 5000;

/**
 * Lives a run to its end in a world of chance: answers come in any order, late, twice or never asked for;
 * people meddle; processes ignore signals. One seed gives one life. Throws if the run does not end.
 */
export function live(plan: Plan, { seed, temper, inherited, exitCode, watch }: WorldOptions): Life {
  const state = initialState(plan);
  const chance = chanceFrom(seed);
  const inputs: Input[] = [];
  const events: Event[] = [];
  const open: Action[] = [];
  const running = new Set<number>();
  const killed = new Set<number>();
  let nowMs = 0;

  const take = (input: Input): void => {
    inputs.push(input);
    const next = step(state, plan, input);
    events.push(...next);
    watch?.(state, next, input);
    for (const event of next) {
      if (event.type === 'job.adopted' && event.pid !== undefined) running.add(event.job);
      if (event.type === 'job.exited' || event.type === 'job.lost') {
        running.delete(event.job);
        killed.delete(event.job);
      }
      for (const action of actions(event, plan)) {
        if (action.type === 'signal') {
          if (action.signal === 'SIGKILL' || chance.below(100) < 70) killed.add(action.job);
        } else if (action.type !== 'release' && action.type !== 'notify') open.push(action);
      }
    }
  };

  const end = (job: number): Fate => {
    if (killed.has(job)) return { kind: 'exited', end: { signal: 'SIGKILL' } };
    if (chance.below(100) < temper.faults) return { kind: 'unknown' };
    const code = exitCode?.(job, state.try[job]!) ?? (chance.below(100) < temper.failures ? 1 : 0);
    return { kind: 'exited', end: { exit_code: code } };
  };

  const answer = (action: Action): void => {
    switch (action.type) {
      case 'launch': {
        const { job } = action;
        if (state.phase[job] !== Phase.starting) return;
        const luck = chance.below(100);
        if (luck < temper.faults) take({ type: 'fate', nowMs, job, fate: { kind: 'never' } });
        else if (luck < 2 * temper.faults) {
          const error = { errno: 'ENOENT', message: 'no such folder' };
          take({ type: 'fate', nowMs, job, fate: { kind: 'errored', error } });
        } else if (luck < 90) {
          running.add(job);
          take({ type: 'launched', nowMs, job, pid: 100 + job });
        } else take({ type: 'fate', nowMs, job, fate: end(job) });
        return;
      }
      case 'check': {
        const ok = chance.below(100) >= temper.failures / 2;
        take({ type: 'checked', nowMs, job: action.job, phase: action.phase, index: action.index, ok });
        return;
      }
      case 'acquire':
        take({ type: 'lock', nowMs, job: action.job, granted: chance.below(100) >= temper.faults });
        return;
      default:
    }
  };

  take({
    type: 'start',
    nowMs,
    application: 'test',
    options: {},
    engine,
    ...(inherited ? { inherited } : {}),
  });
  for (let steps = 0; !state.finished; steps++) {
    if (steps > STEPS_MAX) throw new Error(`The run did not end in ${STEPS_MAX} inputs`);
    const isLate = steps > STEPS_MAX / 2;
    if (chance.below(100) < temper.commands && !isLate) {
      take({ type: 'command', nowMs, command: anyCommand(plan, chance) });
    } else if (chance.below(100) < temper.nonsense) {
      take(anyNonsense(plan, chance, nowMs));
    } else if (open.length > 0 && chance.below(3) > 0) {
      answer(open.splice(chance.below(open.length), 1)[0]!);
    } else if (running.size > 0 && chance.below(3) > 0) {
      const job = [...running][chance.below(running.size)]!;
      take({ type: 'fate', nowMs, job, fate: end(job) });
    } else if (wakeAtMs(state) !== undefined) {
      nowMs = Math.max(nowMs, Math.min(wakeAtMs(state)!, nowMs + 1 + chance.below(20_000)));
      take({ type: 'tick', nowMs });
    } else if (open.length === 0 && running.size === 0) {
      for (const command of wayOut(state, plan)) take({ type: 'command', nowMs, command });
    }
  }
  return { state, inputs, events };
}

/** What a person does in the end to a run that waits for people. */
function wayOut(state: State, plan: Plan): Command[] {
  const by = 'user';
  const commands: Command[] = [
    { kind: 'resume', by },
    { kind: 'workers', workers: Math.max(1, state.workers), by },
  ];
  for (let job = 0; job < plan.jobs.length; job++)
    commands.push({ kind: 'release', job, by }, { kind: 'approve', job, by });
  return commands;
}

function anyCommand(plan: Plan, chance: Chance): Command {
  const by = 'user';
  const job = chance.below(plan.jobs.length);
  const luck = chance.below(40);
  if (luck === 0) return { kind: 'kill', by };
  if (luck <= 1) return { kind: 'cancel', by };
  if (luck <= 6) return { kind: 'pause', by };
  if (luck <= 12) return { kind: 'resume', by };
  if (luck <= 16) return { kind: 'workers', workers: chance.below(5), by };
  if (luck <= 18)
    return { kind: 'modify', job, patch: { priority: luck % 4, max_retries: luck % 2, timeout: 60 }, by };
  const kinds = ['skip', 'retry', 'mark', 'approve', 'reject', 'hold', 'release'] as const;
  return { kind: kinds[chance.below(kinds.length)]!, job, by };
}

/** Answers that nobody asked for. Those that would claim a process for a job that has none are left out. */
function anyNonsense(plan: Plan, chance: Chance, nowMs: number): Input {
  const job = chance.below(plan.jobs.length);
  const phase = chance.below(2) === 0 ? 'pre' : 'post';
  const nonsense: Input[] = [
    { type: 'tick', nowMs },
    { type: 'output', nowMs, job },
    { type: 'checked', nowMs, job, phase, index: 7, ok: false },
    { type: 'leftover', nowMs, job, pids: [5] },
    { type: 'start', nowMs, application: 'again', options: {}, engine },
  ];
  return nonsense[chance.below(nonsense.length)]!;
}

export interface Chance {
  /** A whole number from 0 up to `limit`, without it. */
  below(limit: number): number;
}

/** A generator of chance that repeats itself for one seed (mulberry32, Tommy Ettinger 2017). */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) | 0;
      let hash = Math.imul(state ^ (state >>> 15), state | 1);
      hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
      return Math.floor((((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32) * limit);
    },
  };
}

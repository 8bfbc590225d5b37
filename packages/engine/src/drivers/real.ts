import type { Clock } from '@executioner/core';
import type { Event } from '../journal/index.ts';
import {
  type Action,
  actions,
  type Input,
  initialState,
  type Plan,
  type State,
  step,
  wakeAtMs,
} from '../scheduler/index.ts';

/** An input before the driver adds the time at which it came. */
export type UntimedInput = Input extends infer One ? (One extends Input ? Omit<One, 'nowMs'> : never) : never;

export interface RealDriverOptions {
  readonly plan: Plan;
  readonly clock: Clock;
  /** Writes a batch of events; returns whether the journal has it. While it has not, nothing new starts. */
  readonly write: (events: readonly Event[], wallMs: number) => boolean;
  /** Carries out an action; its result comes back as an input. */
  readonly perform: (action: Action) => void;
  /** Told about each batch once it has been handed to the journal, before its actions are performed. */
  readonly onEvents: (events: readonly Event[], wallMs: number) => void;
  /**
   * Called when the time for something has come, before it counts: what has happened and could not be told yet, because this
   * process had to wait itself, may be taken now.
   */
  readonly beforeTick?: () => void;
  /** A run that has begun already: its first events are written, and nobody has been told of them before `begin`. */
  readonly begun?: Begun;
}

export interface Begun {
  /** After the events. */
  readonly state: State;
  readonly events: readonly Event[];
  readonly wallMs: number;
}

/** Runs a plan in real time. */
export interface RealDriver {
  readonly state: Readonly<State>;
  /** The time in which the state counts: whole milliseconds since the driver was made. */
  nowMs(): number;
  /** Goes on with a run that has begun already. */
  begin(): void;
  /** Takes an input; it is decided on in this turn of the event loop, together with others that come with it. */
  take(input: UntimedInput): void;
  /** Performs what was held back: the journal can be written again. */
  journalWrites(): void;
  /** Resolves when the run has finished and its last event is with the journal; rejects on a bug of ours. */
  readonly finished: Promise<void>;
}

/** Timers of Node.js do not reach further. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The loop around the scheduler: take inputs, decide, one journal write for all that was decided, then the actions. Time
 * is that of the clock's monotonic side, in whole milliseconds since the driver was made.
 */
export function realDriver(options: RealDriverOptions): RealDriver {
  const { plan, clock, write, perform, onEvents, beforeTick, begun } = options;
  const startedAtMs = clock.monotonicMs();
  const state = begun?.state ?? initialState(plan);
  let finish: () => void;
  let fail: (error: unknown) => void;
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  let inputs: Input[] = [];
  let turn: NodeJS.Immediate | undefined;
  let unseen = begun;
  let timer: NodeJS.Timeout | undefined;
  let heldBack: Action[] = [];
  let over = false;

  const nowMs = () => Math.floor(clock.monotonicMs() - startedAtMs);

  function take(input: UntimedInput): void {
    if (over) return;
    inputs.push({ ...input, nowMs: nowMs() } as Input);
    turn ??= setImmediate(takeTurn);
  }

  function takeTurn(): void {
    turn = undefined;
    try {
      decideAll();
    } catch (error) {
      end();
      fail(error);
    }
  }

  function decideAll(): void {
    const taken = inputs;
    inputs = [];
    const first = deliverFirst();
    const events = taken.flatMap((input) => step(state, plan, input));
    const written = deliver(events);
    const due = [...first, ...events].flatMap((event) => actions(event, plan));
    if (written) due.forEach(perform);
    else for (const action of due) withhold(action);
    if (state.finished) {
      end();
      finish();
    } else {
      wake();
    }
  }

  function deliverFirst(): readonly Event[] {
    if (unseen === undefined) return [];
    const { events, wallMs } = unseen;
    unseen = undefined;
    onEvents(events, wallMs);
    return events;
  }

  function deliver(events: readonly Event[]): boolean {
    if (events.length === 0) return true;
    const wallMs = clock.nowMs();
    const written = write(events, wallMs);
    onEvents(events, wallMs);
    return written;
  }

  /** An unwritten decision may still end something, but starts nothing. */
  function withhold(action: Action): void {
    if (action.type === 'signal' || action.type === 'release') perform(action);
    else heldBack.push(action);
  }

  function wake(): void {
    clearTimeout(timer);
    const atMs = wakeAtMs(state);
    if (atMs === undefined) return;
    const delayMs = Math.min(
      longestTimerMs,
      Math.max(0, Math.ceil(atMs - (clock.monotonicMs() - startedAtMs))),
    );
    timer = setTimeout(tick, delayMs);
  }

  function tick(): void {
    beforeTick?.();
    take({ type: 'tick' });
  }

  function end(): void {
    over = true;
    clearTimeout(timer);
    clearImmediate(turn);
  }

  return {
    state,
    nowMs,
    begin() {
      turn ??= setImmediate(takeTurn);
    },
    take,
    journalWrites() {
      const due = heldBack;
      heldBack = [];
      due.forEach(perform);
    },
    finished,
  };
}

import type { CheckPhase } from '../journal/event.ts';
import type { Fate, Input, Plan, State } from '../scheduler/index.ts';
import { emptyHeap, type IndexedHeap, push, remove, reorder } from '../scheduler/indexedHeap.ts';
import type { SimulationOptions } from './simulation.ts';

/** What the virtual world owes the scheduler about a job; never more than one thing at a time. */
export type Arrival =
  | { readonly type: 'launched' | 'exit' | 'lock' }
  | { readonly type: 'killed'; readonly signal: string }
  | { readonly type: 'check'; readonly phase: CheckPhase; readonly index: number };

export interface Arrivals {
  /** Jobs by the time of their arrival, then by number. */
  readonly heap: IndexedHeap;
  readonly what: (Arrival | undefined)[];
}

export function emptyArrivals(plan: Plan): Arrivals {
  const size = plan.jobs.length;
  return { heap: emptyHeap(new Int32Array(size).fill(-1), new Float64Array(size)), what: new Array(size) };
}

/** When the next thing arrives; infinite: nothing does. */
export function firstArrival({ heap }: Arrivals): number {
  const job = heap.items[0];
  return job === undefined ? Number.POSITIVE_INFINITY : heap.keys[job]!;
}

/** Notes what will arrive. An end that is due earlier by itself stands; a time that never comes is none. */
export function expectArrival({ heap, what }: Arrivals, job: number, arrival: Arrival, atMs: number): void {
  const isExpected = heap.place[job] !== -1;
  if (atMs === Number.POSITIVE_INFINITY || (isExpected && heap.keys[job]! <= atMs)) return;
  what[job] = arrival;
  heap.keys[job] = atMs;
  if (isExpected) reorder(heap, job);
  else push(heap, job);
}

/** Takes the first arrival out, as the input that it is to the scheduler. */
export function takeArrival(
  arrivals: Arrivals,
  state: State,
  nowMs: number,
  options: SimulationOptions,
): Input {
  const job = arrivals.heap.items[0]!;
  const arrival = arrivals.what[job]!;
  remove(arrivals.heap, job);
  switch (arrival.type) {
    case 'launched':
      return launch(job, state, nowMs, options);
    case 'exit':
      return { type: 'fate', nowMs, job, fate: fateOf(job, state, options) };
    case 'killed':
      return { type: 'fate', nowMs, job, fate: { kind: 'exited', end: { signal: arrival.signal } } };
    case 'lock':
      return { type: 'lock', nowMs, job, granted: true };
    case 'check': {
      const { phase, index } = arrival;
      return { type: 'checked', nowMs, job, phase, index, ok: options.check?.(job, phase, index) ?? true };
    }
  }
}

/** A start that fails is known at once; every other fate comes at the end of the try. */
function launch(job: number, state: State, nowMs: number, options: SimulationOptions): Input {
  const fate = fateOf(job, state, options);
  if (fate.kind === 'errored' || fate.kind === 'never') return { type: 'fate', nowMs, job, fate };
  return { type: 'launched', nowMs, job, pid: 1000 + job };
}

const success: Fate = { kind: 'exited', end: { exit_code: 0 } };

function fateOf(job: number, state: State, options: SimulationOptions): Fate {
  return options.fate?.(job, state.try[job]!) ?? success;
}

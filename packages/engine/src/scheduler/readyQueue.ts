import { emptyHeap, type IndexedHeap, push, remove, reorder } from './indexedHeap.ts';
import type { Plan } from './plan.ts';

/** How many later jobs may take what a blocked job needs before its pools are kept for it. */
export const OVERTAKING_LIMIT = 100;

/**
 * The ready jobs and what is left of the pools.
 *
 * One heap of jobs per distinct demand. Demands whose pools suffice stand in `open`, by their first job; the
 * others are parked at a pool that lacks something, by how much of it they need:
 *
 *     take or add ──> open: [demand 0: job 4 …] [demand 2: job 9 …]      first = the next job to start
 *                      │ ▲
 *            too little│ │enough given back
 *                      ▼ │
 *                     parked at pool "cpu": [demand 1: needs 8] …
 *
 * After every change the first open demand fits, so that finding the next job costs nothing.
 */
export interface ReadyQueue {
  readonly heaps: readonly IndexedHeap[];
  readonly open: IndexedHeap;
  readonly parked: readonly IndexedHeap[];
  /** The pool at which a demand is parked; -1: at none. */
  readonly parkedAt: Int32Array;
  readonly free: Float64Array;
  /** A pool may be taken only by jobs with a key up to this one. */
  readonly reservedUpTo: Float64Array;
  /** Jobs found blocked, oldest first, with the value of `taken` at that time. */
  readonly blocked: Map<number, number>;
  /** Blocked jobs that have been overtaken often enough. */
  readonly starved: Set<number>;
  /** The urgency of jobs whose priority was changed; a half stands between two that occur in the plan. */
  readonly urgency: Map<number, number>;
  /** How many jobs have begun so far. */
  taken: number;
  /** How many jobs have become ready so far. */
  added: number;
}

export function emptyReadyQueue(plan: Plan): ReadyQueue {
  const jobPlace = new Int32Array(plan.jobs.length).fill(-1);
  const jobKeys = plan.sequential ? new Float64Array(plan.jobs.length) : plan.order.slice();
  const demandPlace = new Int32Array(plan.demands.length).fill(-1);
  const demandKeys = new Float64Array(plan.demands.length);
  const amounts = new Float64Array(plan.demands.length);
  return {
    heaps: plan.demands.map(() => emptyHeap(jobPlace, jobKeys)),
    open: emptyHeap(demandPlace, demandKeys),
    parked: plan.poolNames.map(() => emptyHeap(demandPlace, amounts)),
    parkedAt: new Int32Array(plan.demands.length).fill(-1),
    free: plan.capacities.slice(),
    reservedUpTo: new Float64Array(plan.poolNames.length).fill(Number.POSITIVE_INFINITY),
    blocked: new Map(),
    starved: new Set(),
    urgency: new Map(),
    taken: 0,
    added: 0,
  };
}

/** The job that should start next if a worker is free; -1: none fits. O(1). */
export function firstFitting(queue: ReadyQueue): number {
  const demand = queue.open.items[0];
  return demand === undefined ? -1 : queue.heaps[demand]!.items[0]!;
}

export function isQueued(queue: ReadyQueue, plan: Plan, job: number): boolean {
  return queue.heaps[plan.demandOf[job]!]!.place[job] !== -1;
}

/** Adds a job that has become ready. O(log n). */
export function addReady(queue: ReadyQueue, plan: Plan, job: number): void {
  const demand = plan.demandOf[job]!;
  const heap = queue.heaps[demand]!;
  if (plan.sequential)
    heap.keys[job] = (queue.urgency.get(job) ?? plan.urgency[job]!) * 2 ** 32 + queue.added;
  queue.added++;
  push(heap, job);
  if (heap.items[0] === job) placeDemand(queue, demand);
  parkUnfit(queue, plan);
}

/** Gives a job that is not queued another priority: it goes behind the jobs that have this one already. O(n). */
export function prefer(queue: ReadyQueue, plan: Plan, job: number, priority: number): void {
  let firstBehind = plan.jobs.length;
  let urgency: number | undefined;
  let urgencyBehind = plan.jobs.length;
  plan.jobs.forEach((other, number) => {
    if (other.priority === priority) urgency = plan.urgency[number]!;
    if (other.priority >= priority) return;
    firstBehind = Math.min(firstBehind, plan.order[number]!);
    urgencyBehind = Math.min(urgencyBehind, plan.urgency[number]!);
  });
  if (plan.sequential) queue.urgency.set(job, urgency ?? urgencyBehind - 0.5);
  else queue.heaps[plan.demandOf[job]!]!.keys[job] = firstBehind - 0.5;
}

/** Takes a job out that will not start now. It must be queued. O(log n), more while demands are blocked. */
export function dropReady(queue: ReadyQueue, plan: Plan, job: number): void {
  const demand = plan.demandOf[job]!;
  const heap = queue.heaps[demand]!;
  const wasFirst = heap.items[0] === job;
  remove(heap, job);
  if (wasFirst) placeDemand(queue, demand);
  forgetBlocked(queue, plan, job);
  parkUnfit(queue, plan);
}

/** Takes the job's demand from the pools, below zero if need be: an adopted job has it already. */
export function takePools(queue: ReadyQueue, plan: Plan, job: number): void {
  const { pools, amounts } = plan.demands[plan.demandOf[job]!]!;
  for (let i = 0; i < pools.length; i++) queue.free[pools[i]!]! -= amounts[i]!;
  queue.taken++;
  reserveForStarved(queue, plan);
  parkUnfit(queue, plan);
}

/** Gives the job's demand back. O(d log d) at worst, d being the number of demands parked at its pools. */
export function returnPools(queue: ReadyQueue, plan: Plan, job: number): void {
  const { pools, amounts } = plan.demands[plan.demandOf[job]!]!;
  for (let i = 0; i < pools.length; i++) {
    queue.free[pools[i]!]! += amounts[i]!;
    unpark(queue, pools[i]!);
  }
  parkUnfit(queue, plan);
}

/** Puts a demand where its first job belongs: among the open ones, or nowhere when it has no job left. */
function placeDemand(queue: ReadyQueue, demand: number): void {
  const first = queue.heaps[demand]!.items[0];
  if (first !== undefined) queue.open.keys[demand] = queue.heaps[demand]!.keys[first]!;
  const pool = queue.parkedAt[demand]!;
  if (pool !== -1) {
    remove(queue.parked[pool]!, demand);
    queue.parkedAt[demand] = -1;
  }
  const isOpen = queue.open.place[demand] !== -1;
  if (first === undefined) {
    if (isOpen) remove(queue.open, demand);
  } else if (isOpen) reorder(queue.open, demand);
  else push(queue.open, demand);
}

/** Parks open demands from the first on, until one fits. */
function parkUnfit(queue: ReadyQueue, plan: Plan): void {
  for (;;) {
    const demand = queue.open.items[0];
    if (demand === undefined) return;
    const first = queue.heaps[demand]!.items[0]!;
    const lacking = lackingPool(queue, plan, demand);
    if (lacking === -1) return;
    remove(queue.open, demand);
    const { pools, amounts } = plan.demands[demand]!;
    const heap = queue.parked[pools[lacking]!]!;
    heap.keys[demand] = amounts[lacking]!;
    push(heap, demand);
    queue.parkedAt[demand] = pools[lacking]!;
    if (!queue.blocked.has(first) && !queue.starved.has(first)) queue.blocked.set(first, queue.taken);
  }
}

/** Which of the demand's pools cannot serve its first job, as an index; -1: all can. */
function lackingPool(queue: ReadyQueue, plan: Plan, demand: number): number {
  const { pools, amounts } = plan.demands[demand]!;
  for (let i = 0; i < pools.length; i++) {
    const pool = pools[i]!;
    if (amounts[i]! > queue.free[pool]! || queue.open.keys[demand]! > queue.reservedUpTo[pool]!) return i;
  }
  return -1;
}

/** Opens the demands parked at a pool that now holds enough for them. */
function unpark(queue: ReadyQueue, pool: number): void {
  const heap = queue.parked[pool]!;
  for (;;) {
    const demand = heap.items[0];
    if (demand === undefined || heap.keys[demand]! > queue.free[pool]!) return;
    remove(heap, demand);
    queue.parkedAt[demand] = -1;
    push(queue.open, demand);
  }
}

function reserveForStarved(queue: ReadyQueue, plan: Plan): void {
  for (const [job, takenBefore] of queue.blocked) {
    if (queue.taken - takenBefore < OVERTAKING_LIMIT) return;
    queue.blocked.delete(job);
    queue.starved.add(job);
    for (const pool of poolsOf(plan, job)) tightenReservation(queue, plan, pool, job);
  }
}

function forgetBlocked(queue: ReadyQueue, plan: Plan, job: number): void {
  queue.blocked.delete(job);
  if (!queue.starved.delete(job)) return;
  for (const pool of poolsOf(plan, job)) {
    queue.reservedUpTo[pool] = Number.POSITIVE_INFINITY;
    for (const other of queue.starved)
      if (poolsOf(plan, other).includes(pool)) tightenReservation(queue, plan, pool, other);
    unpark(queue, pool);
  }
}

function tightenReservation(queue: ReadyQueue, plan: Plan, pool: number, job: number): void {
  const key = queue.heaps[plan.demandOf[job]!]!.keys[job]!;
  queue.reservedUpTo[pool] = Math.min(queue.reservedUpTo[pool]!, key);
}

function poolsOf(plan: Plan, job: number): readonly number[] {
  return plan.demands[plan.demandOf[job]!]!.pools;
}

import { emptyHeap, type IndexedHeap } from './indexedHeap.ts';
import type { Plan } from './plan.ts';

export interface ReadyQueue {
  readonly heaps: readonly IndexedHeap[];
}
export function emptyReadyQueue(plan: Plan): ReadyQueue {
  return { heaps: plan.demands.map(() => emptyHeap(new Int32Array(plan.jobs.length).fill(-1), plan.order)) };
}

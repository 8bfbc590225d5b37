import { simulate } from '../drivers/index.ts';
import type { Plan } from '../scheduler/index.ts';

/** How a run goes when all goes well, with every job taking its estimated duration. Job numbers. */
export interface StartingOrder {
  /** Jobs in the order in which they start. */
  readonly order: readonly number[];
  /** Jobs that start only when something fails. */
  readonly never: readonly number[];
  readonly makespanMs: number;
}

/** The scheduler's own order, run in virtual time. O(n log n + m). */
export function startingOrder(plan: Plan): StartingOrder {
  const order = new Set<number>();
  const never: number[] = [];
  const { makespanMs } = simulate(plan, {
    collect: false,
    // When all goes well, no job outlives its limit, however long a job is guessed to take.
    durationMs: (job) => Math.min(plan.estimateMs[job]!, plan.limitMs[job]!),
    onEvent(event) {
      if (event.type === 'check.started' || event.type === 'job.starting') order.add(event.job);
      if (event.type === 'job.skipped' && event.reason === 'dependency') never.push(event.job);
    },
  });
  return { order: [...order], never, makespanMs };
}

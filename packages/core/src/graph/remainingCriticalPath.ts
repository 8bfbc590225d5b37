import type { Dag } from './dag.ts';
import { type Durations, durationArray } from './durations.ts';

/**
 * For each job the longest path that begins with it, its own duration counted: how long the rest of the run takes at
 * the least once it starts. List schedulers start the job with the longest one first (Hu 1961; Adam, Chandy and
 * Dickson 1974). In the unit of the durations. Cost: O(n + m). Throws a RangeError if a duration is negative or not finite.
 */
export function remainingCriticalPath(dag: Dag, durations: Durations): Float64Array {
  const remaining = durationArray(durations, dag.jobCount).slice();
  const { offsets, values } = dag.dependents;
  for (let place = dag.jobCount - 1; place >= 0; place--) {
    const job = dag.order[place]!;
    let longest = 0;
    const end = offsets[job + 1]!;
    for (let k = offsets[job]!; k < end; k++) longest = Math.max(longest, remaining[values[k]!]!);
    remaining[job]! += longest;
  }
  return remaining;
}

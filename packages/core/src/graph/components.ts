import type { Rows } from './rows.ts';

/** A partition of the jobs. Components are numbered by their earliest job in the file, from 0. */
export interface Components {
  readonly count: number;
  /** The component of each job. */
  readonly componentOf: Int32Array;
  /** Row `c`: the jobs of component `c`, ascending. */
  readonly members: Rows;
}

/** From any labels ≥ 0 below the number of jobs, equal for jobs of one component, to `Components`. Cost: O(n). */
export function componentsFromLabels(labels: Int32Array): Components {
  const jobCount = labels.length;
  const numberOf = new Int32Array(jobCount).fill(-1);
  const componentOf = new Int32Array(jobCount);
  let count = 0;
  for (let job = 0; job < jobCount; job++) {
    const label = labels[job]!;
    if (numberOf[label] === -1) numberOf[label] = count++;
    componentOf[job] = numberOf[label]!;
  }
  return { count, componentOf, members: membersOf(componentOf, count) };
}

function membersOf(componentOf: Int32Array, count: number): Rows {
  const offsets = new Int32Array(count + 1);
  for (const component of componentOf) offsets[component + 1]!++;
  for (let component = 0; component < count; component++) offsets[component + 1]! += offsets[component]!;
  const values = new Int32Array(componentOf.length);
  const next = offsets.slice(0, count);
  componentOf.forEach((component, job) => {
    values[next[component]!++] = job;
  });
  return { offsets, values };
}

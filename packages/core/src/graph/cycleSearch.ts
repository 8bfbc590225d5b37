import type { JobGraph } from './jobGraph.ts';
import type { Rows } from './rows.ts';

/** What is left of one component after another, every job that is left having a dependency and a dependent left. */
export interface CycleSearch {
  /** Turns to the jobs of another component. */
  begin(component: Int32Array): void;
  isLeft(job: number): boolean;
  /** A job that certainly lies on a cycle: where a walk along dependencies from `job` closes. */
  someJobOnCycle(job: number): number;
  /** A shortest cycle through `job` that has fewer than `lengthLimit` jobs, each depending on the next. */
  cycleThrough(job: number, lengthLimit: number): Int32Array | undefined;
  /** Removes `job`, and with it all that can then be on no cycle. */
  remove(job: number): void;
}

/** A search over the components of `graph`, whose jobs `componentOf` tells apart. Memory: O(n), used again by each. */
export function cycleSearch(
  { jobCount, dependencies, dependents }: JobGraph,
  componentOf: Int32Array,
): CycleSearch {
  const left = new Uint8Array(jobCount);
  let current: Int32Array = new Int32Array(0);
  const dependenciesLeft = new Int32Array(jobCount);
  const dependentsLeft = new Int32Array(jobCount);
  /** The walk or search that met a job last: marks need no clearing. */
  const metBy = new Int32Array(jobCount);
  let walk = 0;
  const queue = new Int32Array(jobCount);
  const cameFrom = new Int32Array(jobCount);
  const distance = new Int32Array(jobCount);

  function begin(component: Int32Array): void {
    for (const job of current) left[job] = 0;
    current = component;
    for (const job of component) left[job] = 1;
    for (const job of component) {
      dependenciesLeft[job] = countWithin(dependencies, job);
      dependentsLeft[job] = countWithin(dependents, job);
    }
  }

  function countWithin(rows: Rows, job: number): number {
    let count = 0;
    const end = rows.offsets[job + 1]!;
    for (let k = rows.offsets[job]!; k < end; k++) {
      if (componentOf[rows.values[k]!] === componentOf[job]) count++;
    }
    return count;
  }

  function someJobOnCycle(from: number): number {
    walk++;
    let job = from;
    while (metBy[job] !== walk) {
      metBy[job] = walk;
      let k = dependencies.offsets[job]!;
      while (left[dependencies.values[k]!] === 0) k++;
      job = dependencies.values[k]!;
    }
    return job;
  }

  function cycleThrough(start: number, lengthLimit: number): Int32Array | undefined {
    walk++;
    queue[0] = start;
    distance[start] = 0;
    let queued = 1;
    for (let head = 0; head < queued; head++) {
      const job = queue[head]!;
      if (distance[job]! + 1 >= lengthLimit) return undefined;
      const end = dependencies.offsets[job + 1]!;
      for (let k = dependencies.offsets[job]!; k < end; k++) {
        const next = dependencies.values[k]!;
        if (next === start) return pathTo(job);
        if (left[next] === 0 || metBy[next] === walk) continue;
        metBy[next] = walk;
        cameFrom[next] = job;
        distance[next] = distance[job]! + 1;
        queue[queued++] = next;
      }
    }
    return undefined;
  }

  function pathTo(end: number): Int32Array {
    const path = new Int32Array(distance[end]! + 1);
    let job = end;
    for (let step = path.length - 1; step >= 0; step--) {
      path[step] = job;
      job = cameFrom[job]!;
    }
    return path;
  }

  function remove(first: number): void {
    if (left[first] === 0) return;
    left[first] = 0;
    queue[0] = first;
    let removed = 1;
    for (let head = 0; head < removed; head++) {
      removed = release(dependencies, dependentsLeft, queue[head]!, removed);
      removed = release(dependents, dependenciesLeft, queue[head]!, removed);
    }
  }

  /** Takes `job` off the counts of its neighbours, and removes those that have none left on that side. */
  function release(rows: Rows, counts: Int32Array, job: number, removed: number): number {
    let count = removed;
    const end = rows.offsets[job + 1]!;
    for (let k = rows.offsets[job]!; k < end; k++) {
      const neighbour = rows.values[k]!;
      if (left[neighbour] === 0 || --counts[neighbour]! > 0) continue;
      left[neighbour] = 0;
      queue[count++] = neighbour;
    }
    return count;
  }

  return { begin, isLeft: (job) => left[job] === 1, someJobOnCycle, cycleThrough, remove };
}

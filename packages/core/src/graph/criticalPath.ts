import type { Dag } from './dag.ts';
import { type Durations, durationArray } from './durations.ts';
import { levels } from './levels.ts';

/** Times are in the unit of the durations, from the start of the run, with as many workers as it takes. */
export interface CriticalPath {
  /** The finish of the last job: the least time any number of workers needs. 0 for no jobs. */
  readonly makespan: number;
  readonly earliestStart: Float64Array;
  readonly earliestFinish: Float64Array;
  /** The latest times that leave the makespan as it is. */
  readonly latestStart: Float64Array;
  readonly latestFinish: Float64Array;
  /** Latest less earliest start: how long a job may be late. Exactly 0 for a critical job. */
  readonly slack: Float64Array;
  /** All jobs without slack, in file order. */
  readonly criticalJobs: Int32Array;
  /** One longest path, from a job without dependencies to one without dependents. */
  readonly path: Int32Array;
}

/**
 * The critical path method of Kelley and Walker (1959). Cost: O(n + m).
 *
 * Of several longest paths, `path` is the one that, read from its end, takes the first job of the file each time.
 * Slack that rounding alone could explain counts as none: with l jobs on the longest chain, that is up to
 * 4 · l · 2⁻⁵² · makespan. Whole numbers are added without rounding, and get no tolerance.
 * Throws a RangeError if a duration is negative or not finite.
 */
export function criticalPath(dag: Dag, durations: Durations): CriticalPath {
  const duration = durationArray(durations, dag.jobCount);
  const { earliestStart, earliestFinish } = forwardPass(dag, duration);
  const makespan = earliestFinish.reduce((last, finish) => Math.max(last, finish), 0);
  const { latestStart, latestFinish } = backwardPass(dag, duration, makespan);
  const slackMin = duration.every(Number.isInteger)
    ? 0
    : 4 * levels(dag).sizes.length * Number.EPSILON * makespan;
  const slack = latestStart.map((latest, job) => {
    const difference = latest - earliestStart[job]!;
    return difference <= slackMin ? 0 : difference;
  });
  return {
    makespan,
    earliestStart,
    earliestFinish,
    latestStart,
    latestFinish,
    slack,
    criticalJobs: Int32Array.from(slack.keys()).filter((job) => slack[job] === 0),
    path: longestPath(dag, earliestFinish, makespan),
  };
}

function forwardPass({ jobCount, order, dependencies: { offsets, values } }: Dag, duration: Float64Array) {
  const earliestStart = new Float64Array(jobCount);
  const earliestFinish = new Float64Array(jobCount);
  for (const job of order) {
    let start = 0;
    const end = offsets[job + 1]!;
    for (let k = offsets[job]!; k < end; k++) start = Math.max(start, earliestFinish[values[k]!]!);
    earliestStart[job] = start;
    earliestFinish[job] = start + duration[job]!;
  }
  return { earliestStart, earliestFinish };
}

function backwardPass(
  { jobCount, order, dependents: { offsets, values } }: Dag,
  duration: Float64Array,
  makespan: number,
) {
  const latestStart = new Float64Array(jobCount);
  const latestFinish = new Float64Array(jobCount);
  for (let place = jobCount - 1; place >= 0; place--) {
    const job = order[place]!;
    let finish = makespan;
    const end = offsets[job + 1]!;
    for (let k = offsets[job]!; k < end; k++) finish = Math.min(finish, latestStart[values[k]!]!);
    latestFinish[job] = finish;
    latestStart[job] = finish - duration[job]!;
  }
  return { latestStart, latestFinish };
}

/** Backwards from the end: a job starts exactly when its last dependency finishes, so equality needs no tolerance. */
function longestPath(
  { jobCount, dependencies, dependents }: Dag,
  earliestFinish: Float64Array,
  makespan: number,
) {
  const path: number[] = [];
  let job = 0;
  while (job < jobCount && !(earliestFinish[job] === makespan && isEmpty(dependents, job))) job++;
  if (job === jobCount) return new Int32Array(0);
  for (;;) {
    path.push(job);
    if (isEmpty(dependencies, job)) return Int32Array.from(path).reverse();
    job = lastToFinish(dependencies, job, earliestFinish);
  }
}

function isEmpty(rows: Dag['dependencies'], job: number): boolean {
  return rows.offsets[job] === rows.offsets[job + 1];
}

function lastToFinish(
  { offsets, values }: Dag['dependencies'],
  job: number,
  earliestFinish: Float64Array,
): number {
  let last = values[offsets[job]!]!;
  const end = offsets[job + 1]!;
  for (let k = offsets[job]! + 1; k < end; k++) {
    if (earliestFinish[values[k]!]! > earliestFinish[last]!) last = values[k]!;
  }
  return last;
}

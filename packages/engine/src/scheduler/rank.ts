import { Dag, type Job, remainingCriticalPath } from '@executioner/core';
import { Condition, type Edges } from './edges.ts';

export interface Ranks {
  /** Place of each job among all: priority, longer remaining critical path, file order. 0 goes first. */
  readonly order: Float64Array;
  /** Place of each job's priority among the priorities that occur; 0 is the highest. */
  readonly urgency: Int32Array;
  /** 1 for jobs with a `failure` or `always` dependency and all that depend on them: they outlive a stop. */
  readonly cleanup: Uint8Array;
}

/** The order in which ready jobs are preferred. Throws an internal error on a cycle. O(n log n + m). */
export function rankJobs(jobs: readonly Job[], edges: Edges, estimateMs: Float64Array): Ranks {
  const dag = Dag.from(jobs);
  const remainingMs = remainingCriticalPath(dag, estimateMs);
  const preferred = Int32Array.from(jobs.keys()).sort(
    (a, b) => jobs[b]!.priority - jobs[a]!.priority || remainingMs[b]! - remainingMs[a]! || a - b,
  );
  const order = new Float64Array(jobs.length);
  const urgency = new Int32Array(jobs.length);
  let level = -1;
  let priority = Number.NaN;
  preferred.forEach((job, place) => {
    if (jobs[job]!.priority !== priority) level++;
    priority = jobs[job]!.priority;
    order[job] = place;
    urgency[job] = level;
  });
  return { order, urgency, cleanup: cleanupJobs(dag.order, edges) };
}

/** `sequence` holds the jobs, dependencies first. */
function cleanupJobs(sequence: Int32Array, edges: Edges): Uint8Array {
  const cleanup = new Uint8Array(sequence.length);
  for (const job of sequence) {
    for (let edge = edges.dependencyStart[job]!; edge < edges.dependencyStart[job + 1]!; edge++)
      if (edges.dependencyWhen[edge] !== Condition.success || cleanup[edges.dependency[edge]!] === 1)
        cleanup[job] = 1;
  }
  return cleanup;
}

import type { Job } from '@executioner/core';
import { Condition, type Edges } from './edges.ts';

export interface Ranks {
  /** Place of each job among all: priority, longer remaining critical path, file order. 0 goes first. */
  readonly order: Float64Array;
  /** Place of each job's priority among the priorities that occur; 0 is the highest. */
  readonly urgency: Int32Array;
  /** 1 for jobs with a `failure` or `always` dependency and all that depend on them: they outlive a stop. */
  readonly cleanup: Uint8Array;
}

/**
 * The order in which ready jobs are preferred. The remaining critical path of a job is its own estimate and
 * the longest chain of estimates after it (Kelley and Walker 1959). O(n log n + m).
 */
export function rankJobs(jobs: readonly Job[], edges: Edges, estimateMs: Float64Array): Ranks {
  const sequence = topologicalSequence(edges);
  const remainingMs = remainingCriticalPath(sequence, edges, estimateMs);
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
  return { order, urgency, cleanup: cleanupJobs(sequence, edges) };
}

/** Dependencies before dependents (Kahn 1962). Throws an internal error on a cycle. */
function topologicalSequence(edges: Edges): Int32Array {
  const size = edges.dependencyStart.length - 1;
  const sequence = new Int32Array(size);
  const open = new Int32Array(size);
  let found = 0;
  for (let job = 0; job < size; job++) {
    open[job] = edges.dependencyStart[job + 1]! - edges.dependencyStart[job]!;
    if (open[job] === 0) sequence[found++] = job;
  }
  for (let next = 0; next < found; next++) {
    const job = sequence[next]!;
    for (let edge = edges.dependentStart[job]!; edge < edges.dependentStart[job + 1]!; edge++)
      if (--open[edges.dependent[edge]!]! === 0) sequence[found++] = edges.dependent[edge]!;
  }
  if (found < size) throw new Error('Internal error: the dependencies form a cycle');
  return sequence;
}

function remainingCriticalPath(sequence: Int32Array, edges: Edges, estimateMs: Float64Array): Float64Array {
  const remainingMs = new Float64Array(sequence.length);
  for (let place = sequence.length - 1; place >= 0; place--) {
    const job = sequence[place]!;
    let longestMs = 0;
    for (let edge = edges.dependentStart[job]!; edge < edges.dependentStart[job + 1]!; edge++)
      longestMs = Math.max(longestMs, remainingMs[edges.dependent[edge]!]!);
    remainingMs[job] = longestMs + estimateMs[job]!;
  }
  return remainingMs;
}

function cleanupJobs(sequence: Int32Array, edges: Edges): Uint8Array {
  const cleanup = new Uint8Array(sequence.length);
  for (const job of sequence) {
    for (let edge = edges.dependencyStart[job]!; edge < edges.dependencyStart[job + 1]!; edge++)
      if (edges.dependencyWhen[edge] !== Condition.success || cleanup[edges.dependency[edge]!] === 1)
        cleanup[job] = 1;
  }
  return cleanup;
}

import type { Configuration, DependencyCondition, Job } from '@executioner/core';

/** Conditions of dependencies by number. */
export const Condition = { success: 0, failure: 1, always: 2 } as const satisfies Record<
  DependencyCondition,
  number
>;

/**
 * The dependencies as compressed sparse rows: those of job `j` stand from `dependencyStart[j]` up to
 * `dependencyStart[j + 1]`, its dependents likewise.
 */
export interface Edges {
  readonly dependencyStart: Int32Array;
  readonly dependency: Int32Array;
  readonly dependencyWhen: Uint8Array;
  readonly dependentStart: Int32Array;
  /** Dependents in file order. */
  readonly dependent: Int32Array;
  readonly dependentWhen: Uint8Array;
}

/**
 * The edges among `jobs`. A dependency that takes no part in the run is left out: it counts as satisfied.
 * Throws an internal error when a dependency exists nowhere. O(n + m).
 */
export function edgesOf(
  configuration: Configuration,
  jobs: readonly Job[],
  numberById: ReadonlyMap<string, number>,
): Edges {
  const all = jobs === configuration.jobs ? undefined : new Set(configuration.jobs.map((job) => job.id));
  const dependencyStart = new Int32Array(jobs.length + 1);
  const dependency: number[] = [];
  const when: number[] = [];
  jobs.forEach((job, index) => {
    for (const edge of job.dependencies) {
      const number = numberById.get(edge.job);
      if (number !== undefined) {
        dependency.push(number);
        when.push(Condition[edge.when]);
      } else if (!all?.has(edge.job))
        throw new Error(`Internal error: job "${job.id}" depends on "${edge.job}", which does not exist`);
    }
    dependencyStart[index + 1] = dependency.length;
  });
  const forward = {
    dependencyStart,
    dependency: Int32Array.from(dependency),
    dependencyWhen: Uint8Array.from(when),
  };
  return { ...forward, ...reversed(forward) };
}

function reversed(forward: Pick<Edges, 'dependencyStart' | 'dependency' | 'dependencyWhen'>) {
  const { dependencyStart, dependency, dependencyWhen } = forward;
  const size = dependencyStart.length - 1;
  const dependentStart = new Int32Array(size + 1);
  for (const job of dependency) dependentStart[job + 1]!++;
  for (let job = 0; job < size; job++) dependentStart[job + 1]! += dependentStart[job]!;
  const free = dependentStart.slice();
  const dependent = new Int32Array(dependency.length);
  const dependentWhen = new Uint8Array(dependency.length);
  for (let job = 0; job < size; job++) {
    for (let edge = dependencyStart[job]!; edge < dependencyStart[job + 1]!; edge++) {
      const place = free[dependency[edge]!]!++;
      dependent[place] = job;
      dependentWhen[place] = dependencyWhen[edge]!;
    }
  }
  return { dependentStart, dependent, dependentWhen };
}

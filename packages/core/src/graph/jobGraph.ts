import { type Rows, transpose, withoutDuplicates } from './rows.ts';

/** What a graph needs to know of a job. A loaded `Job` fits, and so does a bare `{ id, dependencies: ['a'] }`. */
export interface GraphJob {
  readonly id: string;
  readonly dependencies: readonly (string | { readonly job: string })[];
}

/**
 * Jobs and their dependencies as numbers: job `i` is the i-th of the file. Cycles are possible, self-loops too; a
 * `Dag` is a graph that was found to have none. Every row ascends and names nothing twice, so two configurations that
 * differ only in the order of dependencies within a job give the same graph.
 */
export interface JobGraph {
  readonly jobCount: number;
  /** Distinct dependencies between known jobs. */
  readonly dependencyCount: number;
  readonly ids: readonly string[];
  readonly numberById: ReadonlyMap<string, number>;
  /** Row `i`: the jobs that job `i` waits for. */
  readonly dependencies: Rows;
  /** Row `i`: the jobs that wait for job `i`. */
  readonly dependents: Rows;
  /** Dependencies on ids that no job has. They are no edges of the graph. */
  readonly missing: readonly MissingDependency[];
}

export interface MissingDependency {
  /** The number of the job that names the dependency. */
  readonly job: number;
  readonly id: string;
}

export const JobGraph = {
  /**
   * Builds the graph of `jobs`, numbered in the order given. When several jobs share an id, dependencies on it mean
   * the first of them. Cost: O(n + m) time and memory.
   */
  from(jobs: Iterable<GraphJob>): JobGraph {
    const list = Array.from(jobs);
    const ids = list.map((job) => job.id);
    const numberById = numberIds(ids);
    const { named, missing } = resolveDependencies(list, numberById);
    return graphFromDependencies({ ids, numberById, missing }, named);
  },
};

/**
 * The graph whose job `i` depends on the jobs of row `i`, in any order and named any number of times.
 * Cost: O(n + m).
 */
export function graphFromDependencies(
  jobs: Pick<JobGraph, 'ids' | 'numberById' | 'missing'>,
  named: Rows,
): JobGraph {
  const dependents = withoutDuplicates(transpose(named));
  return {
    ...jobs,
    jobCount: jobs.ids.length,
    dependencyCount: dependents.values.length,
    dependencies: transpose(dependents),
    dependents,
  };
}

/** From id to number; the first of several jobs with one id keeps it. */
export function numberIds(ids: readonly string[]): Map<string, number> {
  const numberById = new Map<string, number>();
  ids.forEach((id, job) => {
    if (!numberById.has(id)) numberById.set(id, job);
  });
  return numberById;
}

function resolveDependencies(jobs: readonly GraphJob[], numberById: ReadonlyMap<string, number>) {
  const missing: MissingDependency[] = [];
  const offsets = new Int32Array(jobs.length + 1);
  const values = new Int32Array(jobs.reduce((sum, job) => sum + job.dependencies.length, 0));
  let count = 0;
  jobs.forEach((job, number) => {
    for (const dependency of job.dependencies) {
      const id = typeof dependency === 'string' ? dependency : dependency.job;
      const known = numberById.get(id);
      if (known === undefined) missing.push({ job: number, id });
      else values[count++] = known;
    }
    offsets[number + 1] = count;
  });
  return { named: { offsets, values: values.subarray(0, count) }, missing };
}

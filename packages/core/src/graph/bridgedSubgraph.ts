import { Dag } from './dag.ts';
import { graphFromDependencies, type JobGraph, numberIds } from './jobGraph.ts';
import { hasEdge, keepEdges, type Rows, transpose } from './rows.ts';
import { transitiveReduction } from './transitiveReduction.ts';

export interface BridgedSubgraph {
  /** The jobs kept, numbered anew in file order. */
  readonly dag: Dag;
  /** By new number: the number in the whole graph. */
  readonly originalJob: Int32Array;
  /** Row `i`: those dependencies of job `i` of the subgraph that it had only through removed jobs. */
  readonly bridges: Rows;
}

/**
 * The given jobs, each depending on exactly those of them that it depended on before, through whatever jobs. Direct
 * dependencies among them stay, needless ones too; where a path led through removed jobs there is a bridge, unless
 * the other dependencies imply it. `jobs` in any order. Cost: O(n + m) and one `transitiveReduction` of the subgraph,
 * and for each job kept a search through the removed jobs above it: O(k · (n + m)) at the worst for k jobs.
 */
export function bridgedSubgraph(dag: Dag, jobs: Iterable<number>): BridgedSubgraph {
  const originalJob = Int32Array.from(new Set(jobs)).sort();
  const newNumber = new Int32Array(dag.jobCount).fill(-1);
  originalJob.forEach((job, number) => {
    newNumber[job] = number;
  });
  const candidates = acyclic(subgraph(dag, originalJob, nearestKept(dag, originalJob, newNumber)));
  const { redundant } = transitiveReduction(candidates);
  const isDirect = (job: number, dependency: number) =>
    hasEdge(dag.dependencies, originalJob[job]!, originalJob[dependency]!);

  const all = candidates.dependencies;
  const dependencies = keepEdges(all, (job, k) => {
    return isDirect(job, all.values[k]!) || !hasEdge(redundant, job, all.values[k]!);
  });
  return {
    dag: {
      ...candidates,
      dependencyCount: dependencies.values.length,
      dependencies,
      dependents: transpose(dependencies),
    },
    originalJob,
    bridges: keepEdges(dependencies, (job, k) => !isDirect(job, dependencies.values[k]!)),
  };
}

function subgraph(dag: Dag, originalJob: Int32Array, dependencies: Rows): JobGraph {
  const ids = Array.from(originalJob, (job) => dag.ids[job]!);
  return graphFromDependencies({ ids, numberById: numberIds(ids), missing: [] }, dependencies);
}

function acyclic(graph: JobGraph): Dag {
  const result = Dag.check(graph);
  if (!result.ok) throw new Error('Internal error: a subgraph of a DAG has a cycle.');
  return result.dag;
}

/** For each job kept the jobs kept that it depends on directly or through removed jobs only; unsorted. */
function nearestKept({ jobCount, dependencies }: Dag, originalJob: Int32Array, newNumber: Int32Array): Rows {
  /** The job kept whose search met a job last: marks need no clearing. */
  const metBy = new Int32Array(jobCount).fill(-1);
  const stack = new Int32Array(jobCount);
  const found: number[] = [];
  const offsets = new Int32Array(originalJob.length + 1);
  originalJob.forEach((start, number) => {
    stack[0] = start;
    for (let stacked = 1; stacked > 0; ) {
      const job = stack[--stacked]!;
      const end = dependencies.offsets[job + 1]!;
      for (let k = dependencies.offsets[job]!; k < end; k++) {
        const dependency = dependencies.values[k]!;
        if (metBy[dependency] === number) continue;
        metBy[dependency] = number;
        if (newNumber[dependency] === -1) stack[stacked++] = dependency;
        else found.push(newNumber[dependency]!);
      }
    }
    offsets[number + 1] = found.length;
  });
  return { offsets, values: Int32Array.from(found) };
}
